"""Products of a packed matrix (see `packing`) and one vector, whose values are int8 in blocks of 32."""

from __future__ import annotations

import numpy as np

from .arrays import Bytes, Counters, Floats, Halves, Matrix, Values
from .block_product import add_bytes, add_nibbles
from .intrinsics import fetch_add, half, kernel
from .packing import NIBBLES
from .tickets import TAKEN, groups_of, next_ticket, piece, wait


@kernel
def quantise(x: Floats, inputs: int, q: Values, scale: Floats, total: Floats) -> None:
    """float32 x to int8 q, a scale for each block of 32, and scale * sum(q) of each block; zeros behind `inputs`."""
    for block in range(scale.shape[0]):
        begin = block * 32
        largest = np.float32(0)
        for i in range(begin, min(begin + 32, inputs)):
            largest = max(largest, abs(x[i]))
        inverse = np.float32(127) / largest if largest > 0 else np.float32(0)
        count = np.int32(0)
        for i in range(begin, begin + 32):
            value = np.int32(0)
            if i < inputs:
                value = np.int32(np.rint(x[i] * inverse))
            q[i] = np.int8(value)
            count += value
        scale[block] = largest / np.float32(127)
        total[block] = scale[block] * np.float32(count)


@kernel
def multiply_group(
    matrix: Matrix, group: int, weights: Bytes, scales: Halves, q: Values, scale: Floats, total: Floats, out: Floats
) -> None:
    """The 32 values of one group of rows into `out`; q, scale and total are those of `quantise`."""
    for r in range(32):
        out[r] = np.float32(0)
    blocks = matrix[5]
    s = matrix[2] + group * blocks * 64
    if matrix[0] == NIBBLES:
        w = matrix[1] + group * blocks * 512
        for block in range(blocks):
            add_nibbles(
                weights, w + block * 512, scales, s + block * 64, q, block * 32, scale[block], total[block], out
            )
    else:
        w = matrix[1] + group * blocks * 1024
        for half_ in range(2 * blocks):
            block = half_ >> 1
            add_bytes(weights, w + half_ * 512, scales, s + half_ * 32, q, half_ * 16, scale[block], total[block], out)


@kernel
def multiply(
    counters: Counters, threads: int, matrices: Matrix, weights: Bytes, scales: Halves, x: Floats, out: Floats
) -> None:
    """out [vectors, outputs] = x [vectors, inputs] times all matrices, whose outputs follow one another.

    May be called by any number of threads at once with the same arguments; counters as for `decode.step`.
    """
    vectors, inputs = x.shape
    blocks = matrices[0, 5]
    q = np.empty((vectors, blocks * 32), np.int8)
    scale = np.empty((vectors, blocks), np.float32)
    total = np.empty((vectors, blocks), np.float32)
    products = np.empty(32, np.float32)
    groups = 0
    for number in range(matrices.shape[0]):
        groups += groups_of(matrices[number])
    size = piece(groups, threads)
    pieces = (groups + size - 1) // size
    ticket = fetch_add(counters, TAKEN, 1)
    if ticket < pieces:
        for v in range(vectors):
            quantise(x[v], inputs, q[v], scale[v], total[v])
    while ticket < pieces:
        for place in range(ticket * size, min(ticket * size + size, groups)):
            number, group, begin = 0, place, 0
            while group >= groups_of(matrices[number]):
                group -= groups_of(matrices[number])
                begin += matrices[number, 3]
                number += 1
            count = min(32, matrices[number, 3] - group * 32)
            for v in range(vectors):
                multiply_group(matrices[number], group, weights, scales, q[v], scale[v], total[v], products)
                for r in range(count):
                    out[v, begin + group * 32 + r] = products[r]
        ticket = next_ticket(counters)
    wait(counters, pieces)


@kernel
def dequantise(
    counters: Counters, matrix: Matrix, first: int, groups: int, weights: Bytes, scales: Halves, out: Floats
) -> None:
    """So many groups of 32 rows, from the group `first` on, as float columns: out [inputs, 32 * groups].

    Columns, because one of a whole group is a vector. Threads as in `multiply`.
    """
    inputs, blocks = matrix[4], matrix[5]
    d = np.empty((2, 32), np.float32)
    group = fetch_add(counters, TAKEN, 1)
    while group < groups:
        place = group * 32
        for block in range(blocks):
            cell = (first + group) * blocks + block
            s = matrix[2] + cell * 64
            for r in range(32):
                d[0, r] = half(scales[s + r])
                d[1, r] = half(scales[s + 32 + r])
            if matrix[0] == NIBBLES:
                for k in range(min(16, inputs - block * 32)):
                    column = weights[matrix[1] + cell * 512 + k * 32 :][:32]
                    low = out[block * 32 + k, place : place + 32]
                    for r in range(32):
                        low[r] = d[0, r] * np.float32(column[r] & 15) + d[1, r]
                for k in range(min(16, inputs - block * 32 - 16)):
                    column = weights[matrix[1] + cell * 512 + k * 32 :][:32]
                    high = out[block * 32 + k + 16, place : place + 32]
                    for r in range(32):
                        high[r] = d[0, r] * np.float32(column[r] >> 4) + d[1, r]
            else:
                for k in range(min(32, inputs - block * 32)):
                    column = weights[matrix[1] + cell * 1024 + k * 32 :][:32]
                    values = out[block * 32 + k, place : place + 32]
                    for r in range(32):
                        values[r] = d[k // 16, r] * np.float32(np.int8(column[r]))
        group = next_ticket(counters)
    wait(counters, groups)


@kernel
def row(matrix: Matrix, number: int, weights: Bytes, scales: Halves, out: Floats) -> None:
    """One row as float32: out [inputs]."""
    inputs, blocks = matrix[4], matrix[5]
    group, r = number // 32, number % 32
    for block in range(blocks):
        begin = block * 32
        if matrix[0] == NIBBLES:
            w = matrix[1] + (group * blocks + block) * 512 + r
            s = matrix[2] + (group * blocks + block) * 64 + r
            d, m = half(scales[s]), half(scales[s + 32])
            for k in range(16):
                byte = weights[w + k * 32]
                if begin + k < inputs:
                    out[begin + k] = d * np.float32(byte & 15) + m
                if begin + k + 16 < inputs:
                    out[begin + k + 16] = d * np.float32(byte >> 4) + m
        else:
            w = matrix[1] + (group * blocks + block) * 1024 + r
            s = matrix[2] + (group * blocks + block) * 64 + r
            for k in range(32):
                if begin + k < inputs:
                    out[begin + k] = half(scales[s + k // 16 * 32]) * np.float32(np.int8(weights[w + k * 32]))
