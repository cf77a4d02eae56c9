"""Mirostat: as many tokens as keep the surprise of the text near a target (Basu et al. 2021,
https://arxiv.org/abs/2007.14966), in both versions, as llama.cpp has them.
"""

from __future__ import annotations

import math
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from .distribution import Logits, Tokens, log_softmax, only, smallest, softmax

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

    def __call__(self, logits: Logits, history: Tokens) -> Logits:
        probabilities = softmax(logits)
        if self._version == 1:
            top = probabilities[smallest(-probabilities, min(_TOP, len(probabilities)))]
            keep = int(self._count(top.astype(np.float64), len(probabilities)))
        else:
            keep = int(np.count_nonzero(probabilities >= np.exp2(-self.mu)))
        return only(logits, smallest(-probabilities, min(max(keep, 1), len(probabilities))))

    def chosen(self, logits: Logits, token: int) -> None:
        """A token was chosen by the logits that this sampler returned."""
        surprise = -float(log_softmax(logits)[token]) / math.log(2)
        self.mu -= self._eta * (surprise - self._tau)

    def _count(self, top: NDArray[np.float64], size: int) -> float:
        """How many tokens have the surprise `mu` together, where probabilities fall by Zipf's law."""
        top = top[top > 0]
        steps = np.arange(len(top) - 1)
        t = np.log((steps + 2) / (steps + 1))
        b = np.log(top[:-1] / top[1:])
        s = float((t * b).sum() / (t * t).sum()) if len(t) else 1.0
        e = s - 1
        try:
            return float(((e * 2**self.mu) / (1 - size**-e)) ** (1 / s))
        except (ArithmeticError, TypeError):  # no fall at all, or a power without end: all tokens
            return float(size)
