"""Samplers: functions `(logits, history) -> logits`, applied in one order, the one of this list.

1. logit_bias
2. penalties: repetition, frequency, presence
3. dry
4. temperature, or dynamic temperature
5. mirostat, which replaces all that follow
6. top_n_sigma
7. top_k
8. typical, of what is left, renormalised, as are those below
9. top_p
10. min_p
11. xtc

logits float32 [vocabulary]; history int64 [tokens]: the prompt and what was generated. A removed token gets -inf. Among
equal logits the lower token id comes first, and numbers are drawn on the CPU whatever the device, so that a seed gives
the same text everywhere. Temperature 0 is greedy, exactly: after biases and penalties, if any, no sampler runs and no
random number is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
import numpy as np
from fluent_ai.errors import StageFailed

from .bias import bias
from .choose import choose
from .distribution import Logits, Sampler, Tokens
from .dry import BASE, LENGTH, dry
from .mirostat import ETA, TAU, Mirostat
from .penalties import penalties
from .temperature import dynamic_temperature, temperature
from .truncation import min_p, top_k, top_n_sigma, top_p, typical, xtc

__all__ = [
    "Chain",
    "Logits",
    "Mirostat",
    "Sampler",
    "Sampling",
    "Tokens",
    "bias",
    "choose",
    "dry",
    "dynamic_temperature",
    "min_p",
    "penalties",
    "temperature",
    "top_k",
    "top_n_sigma",
    "top_p",
    "typical",
    "xtc",
]


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """How the next token is chosen. None, and a penalty that changes nothing: off."""

    temperature: float = 0.0
    dynatemp_range: float = 0.0
    dynatemp_exponent: float = 1.0
    top_k: int | None = None
    top_p: float | None = None
    min_p: float | None = None
    typical_p: float | None = None
    top_n_sigma: float | None = None
    xtc_probability: float = 0.0
    xtc_threshold: float = 0.1
    mirostat: Literal[0, 1, 2] = 0
    mirostat_tau: float = TAU
    mirostat_eta: float = ETA
    logit_bias: Mapping[int, float] = {}
    repetition_penalty: float = 1.0
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0
    dry_multiplier: float = 0.0
    dry_base: float = BASE
    dry_allowed_length: int = LENGTH
    dry_breakers: frozenset[int] = frozenset()

    @property
    def greedy(self) -> bool:
        """Whether the most likely token is taken, without chance."""
        return self.temperature == 0

    def samplers(self, generator: np.random.Generator | None) -> tuple[Sampler, ...]:
        """In their order; biases and penalties only when greedy. Those with a state are new."""
        chain: list[Sampler] = []
        if self.logit_bias:
            chain.append(bias(self.logit_bias))
        if (self.repetition_penalty, self.frequency_penalty, self.presence_penalty) != (1, 0, 0):
            chain.append(penalties(self.repetition_penalty, self.frequency_penalty, self.presence_penalty))
        if self.dry_multiplier:
            chain.append(dry(self.dry_multiplier, self.dry_base, self.dry_allowed_length, self.dry_breakers))
        if self.greedy:
            return tuple(chain)
        if self.dynatemp_range:
            chain.append(dynamic_temperature(self.temperature, self.dynatemp_range, self.dynatemp_exponent))
        else:
            chain.append(temperature(self.temperature))
        if self.mirostat:
            return (*chain, Mirostat(self.mirostat, self.mirostat_tau, self.mirostat_eta))
        if self.top_n_sigma is not None:
            chain.append(top_n_sigma(self.top_n_sigma))
        if self.top_k is not None:
            chain.append(top_k(self.top_k))
        if self.typical_p is not None:
            chain.append(typical(self.typical_p))
        if self.top_p is not None:
            chain.append(top_p(self.top_p))
        if self.min_p is not None:
            chain.append(min_p(self.min_p))
        if self.xtc_probability:
            chain.append(xtc(self.xtc_probability, self.xtc_threshold, generator))
        return tuple(chain)


class Chain:
    """The samplers of one sequence, and the choice behind them. `generator` is needed unless `sampling` is greedy."""

    def __init__(self, sampling: Sampling, generator: np.random.Generator | None) -> None:
        self._samplers = sampling.samplers(generator)
        self._generator = None if sampling.greedy else generator

    def choose(self, logits: Logits, history: Tokens) -> int:
        """The token id that continues the history [tokens], by its logits [vocabulary].

        Raises StageFailed where they are no numbers.
        """
        if not np.isfinite(logits.max()):
            raise StageFailed("the model's logits are no numbers", stage="sampling", provider="local")
        for sampler in self._samplers:
            logits = sampler(logits, history)
        token = choose(logits, self._generator)
        if self._samplers and isinstance(last := self._samplers[-1], Mirostat):
            last.chosen(logits, token)
        return token
