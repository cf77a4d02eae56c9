"""Linear maps that stay quantised: packed once while they load, multiplied by the kernels.

Vectors become integers of two bytes in blocks of 32 and are multiplied with the weights as these are. Only where the
processor has no quick products of bytes, and for many vectors, such as a prompt, are the weights dequantised, some rows
at a time, into a buffer for the BLAS: its products of floats cost less there, and the buffer is paid for by the number
of vectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from fluent_ai_local.kernels import block_product, matvec, packing
from fluent_ai_local.kernels.team import TEAM

FEW: Final = 8
"""Vectors up to which integers are faster than the BLAS on every processor."""
_BUFFER: Final = 2**20
"""Values that are dequantised at a time: 4 MB, of which a cache of the processor holds most."""


class Store:
    """The packed weights of a whole model. Two arrays, so that the system gets them back as a whole."""

    def __init__(self, weights: int, scales: int) -> None:
        self.weights = np.empty(weights, np.uint8)
        self.scales = np.empty(scales, np.uint16)
        self._buffers: list[NDArray[np.float32]] = []

    @contextmanager
    def buffer(self, size: int) -> Iterator[NDArray[np.float32]]:
        """An array of at least `size` values, kept for the next: touching fresh pages costs more than filling them."""
        try:
            buffer = self._buffers.pop()
        except IndexError:
            buffer = np.empty(0, np.float32)
        if buffer.size < size:
            buffer = np.empty(size, np.float32)
        try:
            yield buffer
        finally:
            self._buffers.append(buffer)


class PackedLinear:
    """A `Linear` of one or more packed matrices [matrix, 6]: form, begins, outputs, inputs, blocks of a row."""

    def __init__(self, store: Store, matrices: NDArray[np.int64]) -> None:
        self.store = store
        self.matrices = matrices
        self._outputs = int(matrices[:, 3].sum())
        self._inputs = int(matrices[0, 4])
        self._integers = all(block_product.outruns_floats(form) for form in matrices[:, 0])

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        flat = x.reshape(-1, self._inputs)
        out = flat.new_empty(len(flat), self._outputs)
        if self._integers or len(flat) <= FEW:
            self._multiply(flat.contiguous().numpy(), out.numpy())
        else:
            for begin, columns in self._dequantised():
                out[:, begin : begin + columns.shape[1]] = flat @ columns
        return out.view(*x.shape[:-1], self._outputs)

    def rows(self, numbers: torch.Tensor) -> torch.Tensor:
        out = torch.empty(*numbers.shape, self._inputs)
        flat = out.view(-1, self._inputs).numpy()
        for place, number in enumerate(numbers.flatten().tolist()):
            matvec.row(self.matrices[0], number, self.store.weights, self.store.scales, flat[place])
        return out

    def _multiply(self, x: NDArray[np.float32], out: NDArray[np.float32]) -> None:
        threads = torch.get_num_threads()
        arguments = (np.zeros(2, np.int64), threads, self.matrices, self.store.weights, self.store.scales, x, out)
        TEAM.run(partial(matvec.multiply, *arguments), threads)

    def _dequantised(self) -> Iterator[tuple[int, torch.Tensor]]:
        """Some rows at a time, as float columns [inputs, rows], and the number of the first; valid until the next."""
        together = max(1, _BUFFER // self._inputs // packing.ROWS) * packing.ROWS
        largest = min(together, _padded(int(self.matrices[:, 3].max())))
        threads = torch.get_num_threads()
        begin = 0
        with self.store.buffer(self._inputs * largest) as buffer:
            for matrix in self.matrices:
                outputs = int(matrix[3])
                for first in range(0, outputs, together):
                    count = min(together, outputs - first)
                    columns = buffer[: self._inputs * _padded(count)].reshape(self._inputs, -1)
                    arguments = (
                        np.zeros(2, np.int64), matrix, first // packing.ROWS, _padded(count) // packing.ROWS,
                        self.store.weights, self.store.scales, columns,
                    )  # fmt: skip
                    TEAM.run(partial(matvec.dequantise, *arguments), threads)
                    yield begin + first, torch.from_numpy(columns)[:, :count]
                begin += outputs


def _padded(rows: int) -> int:
    return -(-rows // packing.ROWS) * packing.ROWS
