"""What samplers share: a distribution over tokens as logits, float32 [vocabulary], of which removed ones are -inf.

NumPy, not torch: torch sorts a vocabulary of 50,000 in 4 ms, which is more than a small model takes for a token, and
shares out what is larger than 32,768 values among threads that wait for one another by spinning.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Logits: TypeAlias = NDArray[np.float32]
Tokens: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
Sampler: TypeAlias = Callable[[Logits, Tokens], Logits]
"""Logits [vocabulary] and the tokens before them [tokens] to other logits, which are a new array, or the same one."""

LARGEST: Final = 1e38
"""Of what is added to a logit: float32 holds no larger ones."""
_NUCLEUS: Final = 256
"""Tokens among which those that make up most of the mass are looked for first; then among eight times as many."""
_LIMITS: Final = np.array([np.inf, -np.inf], np.float32)


def softmax(logits: Logits) -> Logits:
    """Probabilities [vocabulary]."""
    weights: Logits = np.exp(logits - logits.max())
    weights /= weights.sum()
    return weights


def log_softmax(logits: Logits) -> Logits:
    """Log probabilities [vocabulary]."""
    shifted: Logits = logits - logits.max()
    shifted -= np.log(np.exp(shifted).sum())
    return shifted


def without(logits: Logits, removed: Mask) -> Logits:
    """The logits but for those that are removed."""
    return np.minimum(logits, _LIMITS.take(removed.view(np.int8)))


def only(logits: Logits, kept: Tokens) -> Logits:
    """The logits of these tokens alone."""
    rest = np.full_like(logits, -np.inf)
    rest[kept] = logits[kept]
    return rest


def smallest(keys: Logits, count: int) -> Tokens:
    """The `count` tokens with the smallest keys, in order; among equal ones the lower ids come first."""
    if count < len(keys):
        border = np.partition(keys, count - 1)[count - 1]
        near = np.flatnonzero(keys <= border)
    else:
        near = np.arange(len(keys))
    return near[np.argsort(keys[near], kind="stable")[:count]]


def first_of_mass(keys: Logits, probabilities: Logits, mass: float) -> tuple[Tokens, NDArray[np.float64]]:
    """Tokens in the order of `smallest`, and the mass before each: all, or so many that theirs exceeds `mass`."""
    count = _NUCLEUS
    while True:
        order = smallest(keys, count)
        sums = probabilities[order].cumsum(dtype=np.float64)
        if sums[-1] > mass or count >= len(keys):
            return order, np.concatenate([[0.0], sums[:-1]])
        count *= 8
