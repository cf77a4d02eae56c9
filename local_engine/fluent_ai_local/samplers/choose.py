"""The choice itself."""

from __future__ import annotations

from typing import Final

import numpy as np

from .distribution import Logits

_BLOCK: Final = 256
"""Tokens whose weights are added up before the one that is drawn is looked for among them."""


def choose(logits: Logits, generator: np.random.Generator | None) -> int:
    """The token id drawn from softmax(logits [vocabulary]); the most likely one when `generator` is None.

    Draws one number, whatever the logits are.
    """
    if generator is None:
        return int(logits.argmax())
    weights = np.exp(logits - logits.max())
    blocks = np.add.reduceat(weights, np.arange(0, len(weights), _BLOCK))
    block, rest = _draw(blocks, generator.random())
    place, _ = _draw(weights[block * _BLOCK : (block + 1) * _BLOCK], rest)
    return block * _BLOCK + place


def _draw(weights: Logits, part: float) -> tuple[int, float]:
    """Whose share of the sum holds the point at that part of it, and at which part of the share that is."""
    ends = weights.cumsum(dtype=np.float64)
    point = part * ends[-1]
    place = int(ends.searchsorted(point, side="right"))
    if place == len(ends):  # rounding has moved the point to the very end
        place = int(np.flatnonzero(weights)[-1])
    return place, min(1.0, max(0.0, (point - (ends[place] - weights[place])) / weights[place]))
