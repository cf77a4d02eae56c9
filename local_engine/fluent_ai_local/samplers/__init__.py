"""Samplers: vectorised functions `(logits, history) -> logits`, applied in one order, the one of this list.

1. penalties: repetition, frequency, presence
2. temperature
3. top_n_sigma
4. top_k
5. typical, of what is left, renormalised, as are those below
6. top_p
7. min_p

logits [batch, vocabulary] float; history [batch, tokens] int64: the prompt and what was generated. A removed token gets
-inf. Among equal logits the lower token id comes first, so a seed gives the same text everywhere. Temperature 0 is
greedy, exactly: after the penalties, if any, no sampler runs and no random number is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec
import torch

from .choose import choose
from .penalties import penalties
from .temperature import temperature
from .truncation import min_p, top_k, top_n_sigma, top_p, typical

__all__ = [
    "Sampler",
    "Sampling",
    "choose",
    "min_p",
    "penalties",
    "temperature",
    "top_k",
    "top_n_sigma",
    "top_p",
    "typical",
]

Sampler: TypeAlias = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """How the next token is chosen. None, and a penalty that changes nothing: off."""

    temperature: float = 0.0
    top_k: int | None = None
    top_p: float | None = None
    min_p: float | None = None
    typical_p: float | None = None
    top_n_sigma: float | None = None
    repetition_penalty: float = 1.0
    frequency_penalty: float = 0.0
    presence_penalty: float = 0.0

    @property
    def greedy(self) -> bool:
        """Whether the most likely token is taken, without chance."""
        return self.temperature == 0

    @property
    def samplers(self) -> tuple[Sampler, ...]:
        """In their order; penalties only when greedy."""
        chain: list[Sampler] = []
        if (self.repetition_penalty, self.frequency_penalty, self.presence_penalty) != (1, 0, 0):
            chain.append(penalties(self.repetition_penalty, self.frequency_penalty, self.presence_penalty))
        if self.greedy:
            return tuple(chain)
        chain.append(temperature(self.temperature))
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
        return tuple(chain)
