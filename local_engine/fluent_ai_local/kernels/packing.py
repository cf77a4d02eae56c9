"""Quantised matrices of GGUF files, packed for the kernels.

Rows stand in groups of 32, and four neighbouring columns of a row together, so that a vector register holds the same
columns of many rows, as `block_product` wants them; columns are in blocks of 32, as in GGUF. There are two forms, and
whatever GGUF's own type is becomes one of them:

- NIBBLES, w = d * n + m with 4 bits n: byte [group, block, k, row, i] holds columns 4 k + i and 4 k + i + 16; halves
  d and m [group, block, 2, row]. Q4_0, Q4_1 and Q4_K, whose scales of 6 bits are multiplied out: 5 bits a weight.
- BYTES, w = d * (b - 128): byte [group, block, k, row, i] is column 4 k + i; a half d for 16 columns
  [group, block, 2, row]. Q5_0, Q8_0 and Q6_K with their own values, and everything else after a requantisation to
  Q8_0: 9 bits a weight.

Source of GGUF's layouts: https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from gguf.constants import GGMLQuantizationType as Kind
from numpy.typing import NDArray

NIBBLES: Final = 0
BYTES: Final = 1
ROWS: Final = 32
"""Rows of a group."""

Raw: TypeAlias = NDArray[np.uint8]
Values: TypeAlias = tuple[NDArray[np.uint8], NDArray[np.float32]]
"""int8 [rows, blocks, 32], or two of 4 bits to a byte [rows, blocks, 16]; and their scales [rows, blocks, 2]."""


def _q4_0(raw: Raw) -> Values:
    blocks = raw.reshape(len(raw), -1, 18)
    d = _half(blocks[..., :2])
    return blocks[..., 2:], np.concatenate([d, -8 * d], -1)


def _q4_1(raw: Raw) -> Values:
    blocks = raw.reshape(len(raw), -1, 20)
    return blocks[..., 4:], _half(blocks[..., :4])


def _q4_k(raw: Raw) -> Values:
    blocks = raw.reshape(len(raw), -1, 144)
    d = _half(blocks[..., :4])
    packed = blocks[..., 4:16]
    first, second, third = packed[..., :4], packed[..., 4:8], packed[..., 8:]
    scale = np.concatenate([first & 63, (third & 15) | ((first >> 6) << 4)], -1)
    least = np.concatenate([second & 63, (third >> 4) | ((second >> 6) << 4)], -1)
    n = blocks[..., 16:].reshape(*blocks.shape[:2], 4, 1, 32)
    n = _split(n, -2).reshape(len(raw), -1, 32)
    scales = np.stack([d[..., :1] * scale, -d[..., 1:] * least], -1)
    return n[..., :16] | (n[..., 16:] << np.uint8(4)), scales.reshape(len(raw), -1, 2)


def _q5_0(raw: Raw) -> Values:
    blocks = raw.reshape(len(raw), -1, 22)
    fifth = np.unpackbits(blocks[..., 2:6], axis=-1, bitorder="little")
    n = _split(blocks[..., 6:]) | (fifth << np.uint8(4))
    return n - np.uint8(16), np.repeat(_half(blocks[..., :2]), 2, -1)


def _q8_0(raw: Raw) -> Values:
    blocks = raw.reshape(len(raw), -1, 34)
    return blocks[..., 2:], np.repeat(_half(blocks[..., :2]), 2, -1)


def _q6_k(raw: Raw) -> Values:
    blocks = raw.reshape(len(raw), -1, 210)
    low = blocks[..., :128].reshape(*blocks.shape[:2], 2, 1, 64)
    low = _split(low, -2).reshape(*blocks.shape[:2], 2, 4, 32)
    high = blocks[..., 128:192].reshape(*blocks.shape[:2], 2, 1, 32)
    high = (high >> np.array([0, 2, 4, 6], np.uint8)[:, None]) & np.uint8(3)
    n = (low | (high << np.uint8(4))).reshape(len(raw), -1, 32)
    scales = _half(blocks[..., 208:]) * blocks[..., 192:208].view(np.int8).astype(np.float32)
    return n - np.uint8(32), scales.reshape(len(raw), -1, 2)


def _half(raw: Raw) -> NDArray[np.float32]:
    return np.ascontiguousarray(raw).view(np.float16).astype(np.float32)


def _split(nibbles: Raw, axis: int = -1) -> Raw:
    return np.concatenate([nibbles & np.uint8(15), nibbles >> np.uint8(4)], axis)


NATIVE: Final[dict[Kind, tuple[int, Callable[[Raw], Values]]]] = {
    Kind.Q4_0: (NIBBLES, _q4_0),
    Kind.Q4_1: (NIBBLES, _q4_1),
    Kind.Q4_K: (NIBBLES, _q4_k),
    Kind.Q5_0: (BYTES, _q5_0),
    Kind.Q8_0: (BYTES, _q8_0),
    Kind.Q6_K: (BYTES, _q6_k),
}
"""The types whose values are kept as they are, and the form that each takes."""


def sizes(form: int, outputs: int, inputs: int) -> tuple[int, int]:
    """Bytes of weights, and halves of scales, that a matrix of this form takes."""
    cells = -(-outputs // ROWS) * -(-inputs // 32)
    return cells * (512 if form == NIBBLES else 1024), cells * 64


def pack(form: int, values: Values, weights: NDArray[np.uint8], scales: NDArray[np.uint16]) -> None:
    """Values of rows, a multiple of 32 or the last ones, into arrays of `sizes`. Scales beyond a half are refused."""
    n, d = values
    rows, blocks, _ = n.shape
    groups = -(-rows // ROWS)
    if groups * ROWS != rows:
        n = np.concatenate([n, np.zeros((groups * ROWS - rows, *n.shape[1:]), np.uint8)])
        d = np.concatenate([d, np.zeros((groups * ROWS - rows, blocks, 2), np.float32)])
    n = np.ascontiguousarray(n) if form == NIBBLES else n ^ np.uint8(128)  # the highest bit: int8 + 128
    fours = n.view(np.uint32).reshape(groups, ROWS, blocks, -1).transpose(0, 2, 3, 1)
    weights.view(np.uint32).reshape(fours.shape)[:] = fours
    halves = d.reshape(groups, ROWS, blocks, 2).transpose(0, 2, 3, 1)
    scales.view(np.float16).reshape(halves.shape)[:] = halves


def requantise(values: NDArray[np.float32]) -> Values:
    """float32 [rows, columns] as BYTES, as Q8_0 rounds them, with zeros behind the last column."""
    rows, columns = values.shape
    blocks = -(-columns // 32)
    if columns != blocks * 32:
        values = np.concatenate([values, np.zeros((rows, blocks * 32 - columns), np.float32)], -1)
    values = values.reshape(rows, blocks, 32)
    d = np.abs(values).max(-1, keepdims=True) / 127
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.rint(np.where(d > 0, values / d, 0)).astype(np.int8)
    return n.view(np.uint8), np.repeat(d, 2, -1)
