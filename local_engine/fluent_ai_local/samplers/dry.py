"""DRY, "don't repeat yourself": a penalty for tokens that would continue a repetition (p-e-w 2024,
https://github.com/oobabooga/text-generation-webui/pull/5677).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from .distribution import LARGEST, Logits, Sampler, Tokens

BASE: Final = 1.75
LENGTH: Final = 2


def dry(multiplier: float, base: float = BASE, allowed_length: int = LENGTH, breakers: Collection[int] = ()) -> Sampler:
    """Takes multiplier * base^(n - allowed_length) off each token that would continue a repetition of n tokens.

    That is for n >= allowed_length: the last n tokens of the history stand in it before, followed by that token. No
    repetition reaches back beyond a token of `breakers`, nor is one of these penalised.
    """

    def sample(logits: Logits, history: Tokens) -> Logits:
        penalised = logits.copy()
        for token, length in _repetitions(history.tolist(), breakers).items():
            if length >= allowed_length and token not in breakers:
                penalised[token] -= np.float32(_power(multiplier, base, length - allowed_length))
        return penalised

    return sample


def _power(multiplier: float, base: float, exponent: int) -> float:
    try:
        return min(multiplier * base**exponent, LARGEST)
    except OverflowError:
        return LARGEST


def _repetitions(tokens: Sequence[int], breakers: Collection[int]) -> dict[int, int]:
    """For each token that has followed what the history ends with: for how many tokens at most that is the same."""
    backwards = tokens[::-1]
    limit = next((place for place, token in enumerate(backwards) if token in breakers), len(backwards))
    longest: dict[int, int] = {}
    for place, length in enumerate(_z(backwards)):
        if place and (length := min(length, limit)):
            followed_by = backwards[place - 1]
            longest[followed_by] = max(length, longest.get(followed_by, 0))
    return longest


def _z(values: Sequence[int]) -> list[int]:
    """For each place, how many values from there on are those of the beginning (Gusfield 1997, the Z algorithm)."""
    count = len(values)
    z = [0] * count
    left = right = 0
    for place in range(1, count):
        length = min(right - place, z[place - left]) if place < right else 0
        while place + length < count and values[length] == values[place + length]:
            length += 1
        z[place] = length
        if place + length > right:
            left, right = place, place + length
    return z
