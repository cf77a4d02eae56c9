"""Products of a packed matrix (see `packing`) and vectors, whose values are integers in blocks of 32."""

from __future__ import annotations

from typing import Final

import numpy as np

from .arrays import Bytes, Counters, Floats, Halves, Integers, Matrix, Values
from .block_product import TILE, add_bytes, add_bytes_to_tile, add_nibbles, add_nibbles_to_tile
from .block_values import quantise_block
from .intrinsics import fetch_add, fetch_ahead, half, kernel
from .packing import NIBBLES
from .tickets import TAKEN, groups_of, next_ticket, piece, wait

_AHEAD: Final = 16
"""Blocks between the one that is multiplied and the one that is fetched from memory."""


@kernel
def quantise(x: Floats, inputs: int, q: Values, scale: Floats, total: Integers) -> None:
    """float32 x [inputs] as integers 254 * q[0] + q[1], with a scale for each block of 32; zeros behind `inputs`.

    q [blocks, 2, 32], flat; scale [blocks]; total [blocks, 2], flat: sums of the integers over each half of a block.
    """
    whole = inputs // 32
    for block in range(whole):
        quantise_block(x, q, scale, total, block, block)
    if whole < scale.shape[0]:
        last = np.zeros(32, np.float32)
        last[: inputs - 32 * whole] = x[32 * whole : inputs]
        quantise_block(last, q, scale, total, 0, whole)


@kernel
def _fetch_ahead(weights: Bytes, w: int, size: int, scales: Halves, s: int) -> None:
    """The block that comes some blocks after this one, for there is time: products of this one take a while."""
    for line in range(size // 64):
        fetch_ahead(weights, w + _AHEAD * size + 64 * line)
    fetch_ahead(scales, s + _AHEAD * 64)
    fetch_ahead(scales, s + _AHEAD * 64 + 32)


@kernel
def multiply_group(
    matrix: Matrix,
    group: int,
    weights: Bytes,
    scales: Halves,
    vectors: int,
    q: Values,
    scale: Floats,
    total: Integers,
    out: Floats,
) -> None:
    """The 32 values of one group of rows for each vector into out [vectors, 32], flat.

    q, scale and total are those of `quantise`, one vector behind the other. A vector's result does not depend on how
    many others there are.
    """
    blocks = matrix[5]
    for i in range(32 * vectors):
        out[i] = np.float32(0)
    first_s = matrix[2] + group * blocks * 64
    nibbles = matrix[0] == NIBBLES
    size = 512 if nibbles else 1024
    first_w = matrix[1] + group * blocks * size
    v = 0
    while v + TILE <= vectors:
        for block in range(blocks):
            w, s, b = first_w + block * size, first_s + block * 64, v * blocks + block
            if v == 0:
                _fetch_ahead(weights, w, size, scales, s)
            if nibbles:
                add_nibbles_to_tile(weights, w, scales, s, q, scale, total, b, blocks, out, 32 * v)
            else:
                add_bytes_to_tile(weights, w, scales, s, q, scale, total, b, blocks, out, 32 * v)
        v += TILE
    while v < vectors:
        for block in range(blocks):
            w, s, b = first_w + block * size, first_s + block * 64, v * blocks + block
            if v == 0:
                _fetch_ahead(weights, w, size, scales, s)
            if nibbles:
                add_nibbles(weights, w, scales, s, q, scale, total, b, blocks, out, 32 * v)
            else:
                add_bytes(weights, w, scales, s, q, scale, total, b, blocks, out, 32 * v)
        v += 1


@kernel
def multiply(
    counters: Counters, threads: int, matrices: Matrix, weights: Bytes, scales: Halves, x: Floats, out: Floats
) -> None:
    """out [vectors, outputs] = x [vectors, inputs] times all matrices, whose outputs follow one another.

    May be called by any number of threads at once with the same arguments; counters as for `decode.step`.
    """
    vectors, inputs = x.shape
    blocks = matrices[0, 5]
    q = np.empty(vectors * blocks * 64, np.int8)
    scale = np.empty(vectors * blocks, np.float32)
    total = np.empty(vectors * blocks * 2, np.int32)
    products = np.empty(32 * vectors, np.float32)
    groups = 0
    for number in range(matrices.shape[0]):
        groups += groups_of(matrices[number])
    size = piece(groups, threads)
    pieces = (groups + size - 1) // size
    ticket = fetch_add(counters, TAKEN, 1)
    if ticket < pieces:
        quantise_all(x, inputs, blocks, q, scale, total)
    while ticket < pieces:
        for place in range(ticket * size, min(ticket * size + size, groups)):
            number, group, begin = 0, place, 0
            while group >= groups_of(matrices[number]):
                group -= groups_of(matrices[number])
                begin += matrices[number, 3]
                number += 1
            multiply_group(matrices[number], group, weights, scales, vectors, q, scale, total, products)
            place_rows(products, out, begin + group * 32, begin + matrices[number, 3])
        ticket = next_ticket(counters)
    wait(counters, pieces)


@kernel
def place_rows(group: Floats, out: Floats, begin: int, end: int) -> None:
    """What `multiply_group` gave, to the columns from `begin` on of out [vectors, outputs], not beyond `end`."""
    for v in range(out.shape[0]):
        mine, values = out[v, begin:end], group[32 * v : 32 * v + 32]
        for r in range(min(32, end - begin)):
            mine[r] = values[r]


@kernel
def quantise_all(x: Floats, inputs: int, blocks: int, q: Values, scale: Floats, total: Integers) -> None:
    """`quantise` of each of x [vectors, inputs], one behind the other."""
    for v in range(x.shape[0]):
        begin, end = v * blocks, (v + 1) * blocks
        quantise(x[v], inputs, q[64 * begin : 64 * end], scale[begin:end], total[2 * begin : 2 * end])


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
                    column = weights[matrix[1] + cell * 512 + k // 4 * 128 + k % 4 :]
                    low = out[block * 32 + k, place : place + 32]
                    for r in range(32):
                        low[r] = d[0, r] * np.float32(column[4 * r] & 15) + d[1, r]
                for k in range(min(16, inputs - block * 32 - 16)):
                    column = weights[matrix[1] + cell * 512 + k // 4 * 128 + k % 4 :]
                    high = out[block * 32 + k + 16, place : place + 32]
                    for r in range(32):
                        high[r] = d[0, r] * np.float32(column[4 * r] >> 4) + d[1, r]
            else:
                for k in range(min(32, inputs - block * 32)):
                    column = weights[matrix[1] + cell * 1024 + k // 4 * 128 + k % 4 :]
                    values = out[block * 32 + k, place : place + 32]
                    for r in range(32):
                        values[r] = d[k // 16, r] * (np.float32(column[4 * r]) - np.float32(128))
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
            w = matrix[1] + (group * blocks + block) * 512 + r * 4
            s = matrix[2] + (group * blocks + block) * 64 + r
            d, m = half(scales[s]), half(scales[s + 32])
            for k in range(16):
                byte = weights[w + k // 4 * 128 + k % 4]
                if begin + k < inputs:
                    out[begin + k] = d * np.float32(byte & 15) + m
                if begin + k + 16 < inputs:
                    out[begin + k + 16] = d * np.float32(byte >> 4) + m
        else:
            w = matrix[1] + (group * blocks + block) * 1024 + r * 4
            s = matrix[2] + (group * blocks + block) * 64 + r
            for k in range(32):
                if begin + k < inputs:
                    byte = weights[w + k // 4 * 128 + k % 4]
                    out[begin + k] = half(scales[s + k // 16 * 32]) * (np.float32(byte) - np.float32(128))
