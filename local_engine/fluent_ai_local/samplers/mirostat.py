"""Mirostat: as many tokens as keep the surprise of the text near a target (Basu et al. 2021,
https://arxiv.org/abs/2007.14966), in both versions, as llama.cpp has them.
"""

from __future__ import annotations

import math
from typing import Final, Literal

import torch

TAU: Final = 5.0
ETA: Final = 0.1
_TOP: Final = 100
"""Tokens by which version 1 estimates how probabilities fall."""


class Mirostat:
    """A sampler with a state: `mu`, the most surprise in bits that a token may have, moves with each `chosen` one."""

    def __init__(self, version: Literal[1, 2], tau: float = TAU, eta: float = ETA) -> None:
        self._version = version
        self._tau = tau
        self._eta = eta
        self.mu = 2 * tau

    def __call__(self, logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        """Of one sequence: logits [1, vocabulary]."""
        ordered, order = logits.softmax(-1).sort(dim=-1, descending=True, stable=True)
        probabilities = ordered[0]
        if self._version == 1:
            keep = max(int(self._count(probabilities)), 1)
        else:
            keep = max(int((-probabilities.log2() <= self.mu).sum()), 1)
        return logits.scatter(-1, order[:, keep:], -torch.inf)

    def chosen(self, logits: torch.Tensor, token: int) -> None:
        """A token was chosen by the logits that this sampler returned."""
        surprise = -float(logits[0].log_softmax(-1)[token]) / math.log(2)
        self.mu -= self._eta * (surprise - self._tau)

    def _count(self, probabilities: torch.Tensor) -> float:
        """How many tokens have the surprise `mu` together, where probabilities fall by Zipf's law."""
        size = len(probabilities)
        top = probabilities[:_TOP].double()
        top = top[top > 0]
        steps = torch.arange(len(top) - 1, dtype=torch.float64, device=top.device)
        t = ((steps + 2) / (steps + 1)).log()
        b = (top[:-1] / top[1:]).log()
        s = float((t * b).sum() / (t * t).sum()) if len(t) else 1.0
        e = s - 1
        try:
            return float(((e * 2**self.mu) / (1 - size**-e)) ** (1 / s))
        except (ArithmeticError, TypeError):  # no fall at all, or a power without end: all tokens
            return float(size)
