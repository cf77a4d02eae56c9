"""The next tokens of some sequences through a whole decoder of the llama family, by any number of threads at once.

The step is a list of phases; one begins when the one before it is done. Their pieces are numbered through all phases,
and every thread runs the same loop over the phases and skips those of whose pieces it has no ticket. A sequence's
result does not depend on the others.
"""

from __future__ import annotations

import numpy as np

from .arrays import Addresses, Bytes, Counters, Floats, Halves, Integers, Matrix, Values
from .attention import attend_one, turn
from .intrinsics import carray, exp, fetch_add, floats_at, kernel
from .matvec import multiply_group, place_rows, quantise_all
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
    kv_heads: int,
    caches: Addresses,
    x: Floats,
    qkv: Floats,
    attended: Floats,
    hidden: Floats,
    logits: Floats,
) -> None:
    """Logits of the tokens after those whose embeddings are the rows of `x`; their keys and values go to the caches.

    counters int64 [2], zero; matrices int64 [layers, 7, 6] and head int64 [6]: form, begin in `weights`, begin in
    `scales`, outputs, inputs, blocks of a row; norms float32 [2 layers + 1, width]; cosine and sine float32
    [rows, head_dim / 2] of the rows' positions; caches int64 [rows, 3]: the address of float32 [layers, 2, kv_heads,
    room, head_dim], its room, and where the new token goes; x, qkv, attended, hidden and logits float32 [rows, ...],
    shared by the threads.
    """
    layers = matrices.shape[0]
    rows, width = x.shape
    head_dim = 2 * cosine.shape[1]
    heads = attended.shape[1] // head_dim
    shared = heads // kv_heads
    group_out = np.empty(32 * rows, np.float32)
    other_out = np.empty(32 * rows, np.float32)
    longest = (max(width, attended.shape[1], hidden.shape[1]) // 32 + 1) * rows
    normed = np.empty((rows, width), np.float32)
    q = np.empty(longest * 64, np.int8)
    scale = np.empty(longest, np.float32)
    total = np.empty(longest * 2, np.int32)
    query = np.empty(head_dim, np.float32)
    key = np.empty(head_dim, np.float32)
    scores = np.empty(np.max(caches[:, 2]) + 1, np.float32)

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
            rms(x, norms[2 * layer], epsilon, normed)
            quantise_all(normed, width, matrices[layer, Q, 5], q, scale, total)
        while ticket < end:
            first = (ticket - start) * size
            for number in range(first, min(first + size, groups)):
                if number < groups_q:
                    which, group, begin = Q, number, 0
                elif number < groups_q + groups_k:
                    which, group, begin = K, number - groups_q, heads * head_dim
                else:
                    which, group, begin = V, number - groups_q - groups_k, (heads + kv_heads) * head_dim
                multiply_group(matrices[layer, which], group, weights, scales, rows, q, scale, total, group_out)
                place_rows(group_out, qkv, begin + group * 32, begin + matrices[layer, which, 3])
            ticket = next_ticket(counters)
        start = end

        # Attention, a piece a head of a row.
        end = start + heads * rows
        if ticket < end:
            wait(counters, start)
        while ticket < end:
            row, number = (ticket - start) // heads, (ticket - start) % heads
            mine = number // shared
            room, past = caches[row, 1], caches[row, 2]
            first_key = caches[row, 0] + 4 * (2 * layer * kv_heads + mine) * room * head_dim
            keys = carray(floats_at(first_key), (room, head_dim))
            values = carray(floats_at(first_key + 4 * kv_heads * room * head_dim), (room, head_dim))
            new = qkv[row]
            turn(new[number * head_dim : (number + 1) * head_dim], cosine[row], sine[row], query)
            turn(new[(heads + mine) * head_dim : (heads + mine + 1) * head_dim], cosine[row], sine[row], key)
            value = new[(heads + kv_heads + mine) * head_dim : (heads + kv_heads + mine + 1) * head_dim]
            attend_one(query, keys, values, past, key, value, scores,
                       attended[row, number * head_dim : (number + 1) * head_dim])  # fmt: skip
            if number % shared == 0:  # nobody reads this place of the cache in this step
                keys[past] = key
                values[past] = value
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
            rms(x, norms[2 * layer + 1], epsilon, normed)
            quantise_all(normed, width, matrices[layer, GATE, 5], q, scale, total)
        while ticket < end:
            first = (ticket - start) * size
            for group in range(first, min(first + size, groups)):
                multiply_group(matrices[layer, GATE], group, weights, scales, rows, q, scale, total, group_out)
                multiply_group(matrices[layer, UP], group, weights, scales, rows, q, scale, total, other_out)
                for r in range(32 * rows):
                    gate = group_out[r]
                    other_out[r] *= gate / (np.float32(1) + exp(-gate))
                place_rows(other_out, hidden, group * 32, hidden.shape[1])
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
        rms(x, norms[2 * layers], epsilon, normed)
        quantise_all(normed, width, head[5], q, scale, total)
    while ticket < end:
        first = (ticket - start) * size
        for group in range(first, min(first + size, groups)):
            multiply_group(head, group, weights, scales, rows, q, scale, total, group_out)
            place_rows(group_out, logits, group * 32, head[3])
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
    total: Integers,
    out: Floats,
    x: Floats,
) -> tuple[int, int]:
    """One phase: x += matrix values. Returns the caller's next ticket and where the next phase starts."""
    rows, width = x.shape
    groups = groups_of(matrix)
    size = piece(groups, threads)
    end = start + (groups + size - 1) // size
    if ticket < end:
        wait(counters, start)
        quantise_all(values, values.shape[1], matrix[5], q, scale, total)
    while ticket < end:
        first = (ticket - start) * size
        for group in range(first, min(first + size, groups)):
            multiply_group(matrix, group, weights, scales, rows, q, scale, total, out)
            for row in range(rows):
                sums, more = x[row, group * 32 :], out[32 * row : 32 * row + 32]
                for r in range(min(32, width - group * 32)):
                    sums[r] += more[r]
        ticket = next_ticket(counters)
    return ticket, end


@kernel
def rms(x: Floats, weight: Floats, epsilon: np.float32, out: Floats) -> None:
    """RMSNorm of each row, as `layers.norm` has it."""
    rows, width = x.shape
    for row in range(rows):
        total = np.float32(0)
        for i in range(width):
            total += x[row, i] * x[row, i]
        factor = np.float32(1) / np.float32(np.sqrt(total / np.float32(width) + epsilon))
        for i in range(width):
            out[row, i] = x[row, i] * factor * weight[i]
