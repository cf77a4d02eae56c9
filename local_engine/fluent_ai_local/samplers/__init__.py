"""Samplers: vectorised functions `(logits, history) -> logits`, applied in one order, the one of this list.

1. temperature
2. top_k
3. top_p, of what top_k left, renormalised

logits [batch, vocabulary] float; history [batch, tokens] int64: the prompt and what was generated. A removed token gets
-inf. Among equal logits the lower token id comes first, so a seed gives the same text everywhere. Temperature 0 is
greedy, exactly: no sampler runs and no random number is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec
import torch

from .choose import choose
from .temperature import temperature
from .truncation import top_k, top_p

__all__ = ["Sampler", "Sampling", "choose", "temperature", "top_k", "top_p"]

Sampler: TypeAlias = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """How the next token is chosen. `top_k` and `top_p` None: off."""

    temperature: float = 0.0
    top_k: int | None = None
    top_p: float | None = None

    @property
    def samplers(self) -> tuple[Sampler, ...]:
        """In their order; none when greedy."""
        if self.temperature == 0:
            return ()
        chain: list[Sampler] = [temperature(self.temperature)]
        if self.top_k is not None:
            chain.append(top_k(self.top_k))
        if self.top_p is not None:
            chain.append(top_p(self.top_p))
        return tuple(chain)
