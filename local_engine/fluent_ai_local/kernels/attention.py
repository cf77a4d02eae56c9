"""Attention of one new token to tokens before it and to itself, of heads that share keys and values."""

from __future__ import annotations

import numpy as np

from .arrays import Floats
from .intrinsics import exp, kernel


@kernel
def turn(x: Floats, cosine: Floats, sine: Floats, halves: bool) -> None:
    """Rotary embedding of one head in its place, as `layers.rope` has it: pairs stand side by side, or half a head
    apart.
    """
    pairs = cosine.shape[0]
    for pair in range(pairs):
        first, second = (pair, pair + pairs) if halves else (2 * pair, 2 * pair + 1)
        a, b = x[first], x[second]
        x[first] = a * cosine[pair] - b * sine[pair]
        x[second] = a * sine[pair] + b * cosine[pair]


@kernel
def attend(
    queries: Floats,
    keys: Floats,
    values: Floats,
    key: Floats,
    value: Floats,
    scale: np.float32,
    scores: Floats,
    out: Floats,
) -> None:
    """softmax(query . keys * scale) values of each of some heads, queries [heads, head_dim], which share keys: the rows
    of the cache, [tokens, head_dim], and the new ones.

    scores [heads, tokens + 1] is scratch; out [heads, head_dim]. Heads do not depend on one another.
    """
    heads, head_dim = queries.shape
    past = keys.shape[0]
    for t in range(past):
        for head in range(heads):
            scores[head, t] = _dot(queries[head], keys[t]) * scale
    for head in range(heads):
        scores[head, past] = _dot(queries[head], key) * scale
        _weigh(scores[head, : past + 1])
        for i in range(head_dim):
            out[head, i] = scores[head, past] * value[i]
    for t in range(past):
        cached = values[t]
        for head in range(heads):
            _add_to(out[head], scores[head, t], cached)


@kernel
def _weigh(scores: Floats) -> None:
    """Softmax, in its place."""
    largest = scores[0]
    for t in range(1, scores.shape[0]):
        largest = max(largest, scores[t])
    total = np.float32(0)
    for t in range(scores.shape[0]):
        weight = exp(scores[t] - largest)
        scores[t] = weight
        total += weight
    for t in range(scores.shape[0]):
        scores[t] /= total


@kernel
def _add_to(out: Floats, weight: np.float32, value: Floats) -> None:
    for i in range(out.shape[0]):
        out[i] += weight * value[i]


@kernel
def _dot(a: Floats, b: Floats) -> np.float32:
    total = np.float32(0)
    for i in range(a.shape[0]):
        total += a[i] * b[i]
    return total
