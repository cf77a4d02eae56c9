"""The next tokens of some sequences through a whole decoder, by any number of threads at once.

The decoders are those of Llama's and Gemma's families, told apart by data: norms of queries and keys, norms behind each
part, windows, and bases of the rotation. The step is a list of phases; one begins when the one before it is done. Their
pieces are numbered through all phases, and every thread runs the same loop over the phases and skips those of whose
pieces it has no ticket. A sequence's result does not depend on the others.
"""

from __future__ import annotations

import numpy as np

from .arrays import Addresses, Bytes, Counters, Floats, Halves, Integers, Matrix, Values
from .attention import attend, turn
from .intrinsics import carray, fetch_add, floats_at, kernel
from .matvec import multiply_group, place_rows, quantise_all
from .pointwise import gate, rms, rms_row
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
    head_norms: Floats,
    last_norm: Floats,
    epsilon: np.float32,
    layer_facts: Matrix,
    score_scale: np.float32,
    halves: bool,
    gelu: bool,
    cosine: Floats,
    sine: Floats,
    kv_heads: int,
    caches: Addresses,
    x: Floats,
    qkv: Floats,
    attended: Floats,
    hidden: Floats,
    sums: Floats,
    logits: Floats,
) -> None:
    """Logits of the tokens after those whose embeddings are the rows of `x`; their keys and values go to the caches.

    counters int64 [2], zero; matrices int64 [layers, 7, 6] and head int64 [6]: form, begin in `weights`, begin in
    `scales`, outputs, inputs, blocks of a row; norms float32 [layers, 2 or 4, width]: before attention, before gate and
    up, and behind both, where there are such; head_norms float32 [layers, 2 or 0, head_dim] of queries and keys;
    last_norm float32 [width]; layer_facts int64 [layers, 2]: number of the rotation, and tokens in the window or 0;
    score_scale: of scores; halves: pairs that turn stand half a head apart; gelu: or else SiLU; cosine and sine float32
    [rotations, rows, head_dim / 2] of the rows' positions; caches int64 [rows, 3]: the address of float32 [layers, 2,
    kv_heads, room, head_dim], its room, and where the new token goes; x, qkv, attended, hidden, sums (as wide as x) and
    logits float32 [rows, ...], shared by the threads.
    """
    layers = matrices.shape[0]
    rows, width = x.shape
    head_dim = 2 * cosine.shape[2]
    heads = attended.shape[1] // head_dim
    shared = heads // kv_heads
    group_out = np.empty(32 * rows, np.float32)
    other_out = np.empty(32 * rows, np.float32)
    longest = (max(width, attended.shape[1], hidden.shape[1]) // 32 + 1) * rows
    normed = np.empty((rows, width), np.float32)
    q = np.empty(longest * 64, np.int8)
    scale = np.empty(longest, np.float32)
    total = np.empty(longest * 2, np.int32)
    together = shared if threads == 1 else min(shared, max(1, heads * rows // (2 * threads)))
    parts = (shared + together - 1) // together
    queries = np.empty((together, head_dim), np.float32)
    key = np.empty(head_dim, np.float32)
    scores = np.empty((together, np.max(caches[:, 2]) + 1), np.float32)

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
            rms(x, norms[layer, 0], epsilon, normed)
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

        # Attention, a piece some heads of a row that share keys.
        end = start + rows * kv_heads * parts
        rotation, window = layer_facts[layer, 0], layer_facts[layer, 1]
        if ticket < end:
            wait(counters, start)
        while ticket < end:
            row, mine = (ticket - start) // parts // kv_heads, (ticket - start) // parts % kv_heads
            part = (ticket - start) % parts
            first_head, last_head = mine * shared + part * together, mine * shared + min((part + 1) * together, shared)
            room, past = caches[row, 1], caches[row, 2]
            first_key = caches[row, 0] + 4 * (2 * layer * kv_heads + mine) * room * head_dim
            keys = carray(floats_at(first_key), (room, head_dim))
            values = carray(floats_at(first_key + 4 * kv_heads * room * head_dim), (room, head_dim))
            new, answers = qkv[row].reshape(-1, head_dim), attended[row].reshape(-1, head_dim)
            turned_cosine, turned_sine = cosine[rotation, row], sine[rotation, row]
            for number in range(first_head, last_head):
                query = queries[number - first_head]
                query[:] = new[number]
                if head_norms.shape[1]:
                    rms_row(query, head_norms[layer, 0], epsilon, query)
                turn(query, turned_cosine, turned_sine, halves)
            key[:] = new[heads + mine]
            if head_norms.shape[1]:
                rms_row(key, head_norms[layer, 1], epsilon, key)
            turn(key, turned_cosine, turned_sine, halves)
            value = new[heads + kv_heads + mine]
            first = max(0, past + 1 - window) if window else 0
            attend(queries[: last_head - first_head], keys[first:past], values[first:past], key, value, score_scale,
                   scores, answers[first_head:last_head])  # fmt: skip
            if part == 0:  # nobody reads this place of the cache in this step
                keys[past] = key
                values[past] = value
            ticket = next_ticket(counters)
        start = end

        # Output, added to x.
        ticket, start = _add(counters, ticket, start, threads, matrices[layer, OUTPUT], weights, scales, attended,
                             q, scale, total, group_out, norms[layer, 2:3], epsilon, sums, normed, x)  # fmt: skip

        # Gate and up.
        groups = groups_of(matrices[layer, GATE])
        size = piece(groups, threads)
        end = start + (groups + size - 1) // size
        if ticket < end:
            wait(counters, start)
            rms(x, norms[layer, 1], epsilon, normed)
            quantise_all(normed, width, matrices[layer, GATE, 5], q, scale, total)
        while ticket < end:
            first = (ticket - start) * size
            for group in range(first, min(first + size, groups)):
                multiply_group(matrices[layer, GATE], group, weights, scales, rows, q, scale, total, group_out)
                multiply_group(matrices[layer, UP], group, weights, scales, rows, q, scale, total, other_out)
                gate(group_out, gelu, other_out)
                place_rows(other_out, hidden, group * 32, hidden.shape[1])
            ticket = next_ticket(counters)
        start = end

        # Down, added to x.
        ticket, start = _add(counters, ticket, start, threads, matrices[layer, DOWN], weights, scales, hidden,
                             q, scale, total, group_out, norms[layer, 3:4], epsilon, sums, normed, x)  # fmt: skip

    groups = groups_of(head)
    size = piece(groups, threads)
    end = start + (groups + size - 1) // size
    if ticket < end:
        wait(counters, start)
        rms(x, last_norm, epsilon, normed)
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
    after: Floats,
    epsilon: np.float32,
    sums: Floats,
    normed: Floats,
    x: Floats,
) -> tuple[int, int]:
    """x += matrix values, in one phase; in two where `after` [1 or 0, width] is a norm of what is added. Returns the
    caller's next ticket and where the next phase starts.
    """
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
            if after.shape[0]:
                place_rows(out, sums, group * 32, width)
            else:
                for row in range(rows):
                    mine, more = x[row, group * 32 :], out[32 * row : 32 * row + 32]
                    for r in range(min(32, width - group * 32)):
                        mine[r] += more[r]
        ticket = next_ticket(counters)
    if after.shape[0] == 0:
        return ticket, end
    start, end = end, end + rows
    if ticket < end:
        wait(counters, start)
    while ticket < end:
        row = ticket - start
        rms_row(sums[row], after[0], epsilon, normed[row])
        for i in range(width):
            x[row, i] += normed[row, i]
        ticket = next_ticket(counters)
    return ticket, end
