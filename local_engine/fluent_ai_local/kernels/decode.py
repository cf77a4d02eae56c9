"""One token through a whole decoder of the llama family, by any number of threads at once.

The step is a list of phases; one begins when the one before it is done. Their pieces are numbered through all phases,
and every thread runs the same loop over the phases and skips those of whose pieces it has no ticket.
"""

from __future__ import annotations

import numpy as np

from .arrays import Bytes, Counters, Floats, Halves, Matrix, Values
from .attention import attend_one, turn
from .intrinsics import exp, fetch_add, kernel
from .matvec import multiply_group, quantise
from .tickets import TAKEN, groups_of, next_ticket, piece, wait

Q, K, V, OUTPUT, GATE, UP, DOWN = range(7)
"""Matrices of a layer, in the order of `matrices`."""


@kernel
def step(
    counters: Counters,
    threads: int,
    matrices: Matrix,
    head: Matrix,
    weights: Bytes,
    scales: Halves,
    norms: Floats,
    epsilon: np.float32,
    cosine: Floats,
    sine: Floats,
    cache: Floats,
    past: int,
    x: Floats,
    qkv: Floats,
    attended: Floats,
    hidden: Floats,
    logits: Floats,
) -> None:
    """Logits of the token after the one whose embedding is in `x`; its keys and values go to `cache` at `past`.

    counters int64 [2], zero; matrices int64 [layers, 7, 6] and head int64 [6]: form, begin in `weights`, begin in
    `scales`, outputs, inputs, blocks of a row; norms float32 [2 layers + 1, width]; cosine and sine float32
    [head_dim / 2] of this position; cache float32 [layers, 2, kv_heads, tokens, head_dim]; x, qkv, attended, hidden and
    logits float32, shared by the threads.
    """
    layers = matrices.shape[0]
    width = x.shape[0]
    head_dim = cache.shape[4]
    kv_heads = cache.shape[2]
    heads = attended.shape[0] // head_dim
    shared = heads // kv_heads
    group_out = np.empty(32, np.float32)
    other_out = np.empty(32, np.float32)
    longest = max(width, attended.shape[0], hidden.shape[0]) // 32 + 1
    normed = np.empty(width, np.float32)
    q = np.empty(longest * 32, np.int8)
    scale = np.empty(longest, np.float32)
    total = np.empty(longest, np.float32)
    query = np.empty(head_dim, np.float32)
    key = np.empty(head_dim, np.float32)
    scores = np.empty(past + 1, np.float32)

    start = 0
    ticket = fetch_add(counters, TAKEN, 1)
    for layer in range(layers):
        # Queries, keys and values.
        groups_q, groups_k = groups_of(matrices[layer, Q]), groups_of(matrices[layer, K])
        groups = groups_q + 2 * groups_k
        size = piece(groups, threads)
        end = start + (groups + size - 1) // size
        if ticket < end:
            wait(counters, start)
            blocks = matrices[layer, Q, 5]
            rms(x, norms[2 * layer], epsilon, normed)
            quantise(normed, width, q[: blocks * 32], scale[:blocks], total[:blocks])
        while ticket < end:
            first = (ticket - start) * size
            for number in range(first, min(first + size, groups)):
                if number < groups_q:
                    which, group, begin = Q, number, 0
                elif number < groups_q + groups_k:
                    which, group, begin = K, number - groups_q, heads * head_dim
                else:
                    which, group, begin = V, number - groups_q - groups_k, (heads + kv_heads) * head_dim
                multiply_group(matrices[layer, which], group, weights, scales, q, scale, total, group_out)
                for r in range(min(32, matrices[layer, which, 3] - group * 32)):
                    qkv[begin + group * 32 + r] = group_out[r]
            ticket = next_ticket(counters)
        start = end

        # Attention, a piece a head.
        end = start + heads
        if ticket < end:
            wait(counters, start)
        while ticket < end:
            number = ticket - start
            mine = number // shared
            turn(qkv[number * head_dim : (number + 1) * head_dim], cosine, sine, query)
            turn(qkv[(heads + mine) * head_dim : (heads + mine + 1) * head_dim], cosine, sine, key)
            value = qkv[(heads + kv_heads + mine) * head_dim : (heads + kv_heads + mine + 1) * head_dim]
            attend_one(query, cache[layer, 0, mine], cache[layer, 1, mine], past, key, value, scores,
                       attended[number * head_dim : (number + 1) * head_dim])  # fmt: skip
            if number % shared == 0:  # nobody reads this place of the cache in this step
                cache[layer, 0, mine, past] = key
                cache[layer, 1, mine, past] = value
            ticket = next_ticket(counters)
        start = end

        # Output, added to x.
        ticket, start = _add(counters, ticket, start, threads, matrices[layer, OUTPUT], weights, scales, attended,
                             q, scale, total, group_out, x)  # fmt: skip

        # Gate and up.
        groups = groups_of(matrices[layer, GATE])
        size = piece(groups, threads)
        end = start + (groups + size - 1) // size
        if ticket < end:
            wait(counters, start)
            blocks = matrices[layer, GATE, 5]
            rms(x, norms[2 * layer + 1], epsilon, normed)
            quantise(normed, width, q[: blocks * 32], scale[:blocks], total[:blocks])
        while ticket < end:
            first = (ticket - start) * size
            for group in range(first, min(first + size, groups)):
                multiply_group(matrices[layer, GATE], group, weights, scales, q, scale, total, group_out)
                multiply_group(matrices[layer, UP], group, weights, scales, q, scale, total, other_out)
                for r in range(32):
                    gate = group_out[r]
                    other_out[r] *= gate / (np.float32(1) + exp(-gate))
                for r in range(min(32, hidden.shape[0] - group * 32)):
                    hidden[group * 32 + r] = other_out[r]
            ticket = next_ticket(counters)
        start = end

        # Down, added to x.
        ticket, start = _add(counters, ticket, start, threads, matrices[layer, DOWN], weights, scales, hidden,
                             q, scale, total, group_out, x)  # fmt: skip

    groups = groups_of(head)
    size = piece(groups, threads)
    end = start + (groups + size - 1) // size
    if ticket < end:
        wait(counters, start)
        blocks = head[5]
        rms(x, norms[2 * layers], epsilon, normed)
        quantise(normed, width, q[: blocks * 32], scale[:blocks], total[:blocks])
    while ticket < end:
        first = (ticket - start) * size
        for group in range(first, min(first + size, groups)):
            multiply_group(head, group, weights, scales, q, scale, total, group_out)
            for r in range(min(32, head[3] - group * 32)):
                logits[group * 32 + r] = group_out[r]
        ticket = next_ticket(counters)
    wait(counters, end)


@kernel
def _add(
    counters: Counters,
    ticket: int,
    start: int,
    threads: int,
    matrix: Matrix,
    weights: Bytes,
    scales: Halves,
    values: Floats,
    q: Values,
    scale: Floats,
    total: Floats,
    out: Floats,
    x: Floats,
) -> tuple[int, int]:
    """One phase: x += matrix values. Returns the caller's next ticket and where the next phase starts."""
    groups = groups_of(matrix)
    size = piece(groups, threads)
    end = start + (groups + size - 1) // size
    if ticket < end:
        wait(counters, start)
        blocks = matrix[5]
        quantise(values, values.shape[0], q[: blocks * 32], scale[:blocks], total[:blocks])
    while ticket < end:
        first = (ticket - start) * size
        for group in range(first, min(first + size, groups)):
            multiply_group(matrix, group, weights, scales, q, scale, total, out)
            for r in range(min(32, x.shape[0] - group * 32)):
                x[group * 32 + r] += out[r]
        ticket = next_ticket(counters)
    return ticket, end


@kernel
def rms(x: Floats, weight: Floats, epsilon: np.float32, out: Floats) -> None:
    """RMSNorm of one vector, as `layers.norm` has it."""
    total = np.float32(0)
    for i in range(x.shape[0]):
        total += x[i] * x[i]
    factor = np.float32(1) / np.float32(np.sqrt(total / np.float32(x.shape[0]) + epsilon))
    for i in range(x.shape[0]):
        out[i] = x[i] * factor * weight[i]
