"""One head's attention of one new token to all tokens before it and to itself."""

from __future__ import annotations

import math

import numpy as np

from .arrays import Floats
from .intrinsics import exp, kernel


@kernel
def turn(x: Floats, cosine: Floats, sine: Floats, out: Floats) -> None:
    """Rotary embedding of one head on adjacent pairs, as `layers.rope` has it."""
    for pair in range(cosine.shape[0]):
        a, b = x[2 * pair], x[2 * pair + 1]
        out[2 * pair] = a * cosine[pair] - b * sine[pair]
        out[2 * pair + 1] = a * sine[pair] + b * cosine[pair]


@kernel
def attend_one(
    query: Floats, keys: Floats, values: Floats, past: int, key: Floats, value: Floats, scores: Floats, out: Floats
) -> None:
    """softmax(query . keys / sqrt(head_dim)) values, over `past` rows [tokens, head_dim] of the cache and the new ones.

    scores [past + 1] is scratch; out [head_dim].
    """
    head_dim = query.shape[0]
    scale = np.float32(1.0) / np.float32(math.sqrt(head_dim))
    for t in range(past):
        scores[t] = _dot(query, keys[t]) * scale
    scores[past] = _dot(query, key) * scale
    largest = scores[0]
    for t in range(1, past + 1):
        largest = max(largest, scores[t])
    total = np.float32(0)
    for t in range(past + 1):
        weight = exp(scores[t] - largest)
        scores[t] = weight
        total += weight
    for i in range(head_dim):
        out[i] = scores[past] * value[i]
    for t in range(past):
        weight = scores[t]
        cached = values[t]
        for i in range(head_dim):
            out[i] += weight * cached[i]
    for i in range(head_dim):
        out[i] /= total


@kernel
def _dot(a: Floats, b: Floats) -> np.float32:
    total = np.float32(0)
    for i in range(a.shape[0]):
        total += a[i] * b[i]
    return total
