"""Linear maps that stay quantised: packed once while they load, multiplied by the kernels.

Vectors become integers of two bytes in blocks of 32 and are multiplied with the weights as these are. Only where the
processor has no quick products of bytes, and for many vectors, such as a prompt, are the weights dequantised, some rows
at a time, into a buffer for the BLAS: its products of floats cost less there, and the buffer is paid for by the number
of vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

import numpy as np
import torch
from fluent_ai.errors import UnsupportedModel
from numpy.typing import NDArray

from fluent_ai_local.files.model_file import TensorInfo
from fluent_ai_local.files.tensors import Tensors
from fluent_ai_local.kernels import block_product, matvec, packing
from fluent_ai_local.kernels.team import TEAM
from fluent_ai_local.layers.linear import Linear
from fluent_ai_local.layers.packed_size import form_of, matrices_in
from fluent_ai_local.layers.weights import FileWeights, NewStep

_FEW: Final = 8
"""Vectors up to which integers are faster than the BLAS on every processor."""
_BUFFER: Final = 2**20
"""Values that are dequantised at a time: 4 MB, of which a cache of the processor holds most."""
_READ: Final = 2**19
"""Values that are packed at a time, so that loading needs little more memory than the model does."""


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
        if self._integers or len(flat) <= _FEW:
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


def run_kernels() -> None:
    """Multiply a small matrix in every way, for what its kernels do when they run first."""
    store = Store(*packing.sizes(packing.BYTES, packing.ROWS, 32))
    packing.pack(
        packing.BYTES, packing.requantise(np.zeros((packing.ROWS, 32), np.float32)), store.weights, store.scales
    )
    linear = PackedLinear(store, np.array([[packing.BYTES, 0, 0, packing.ROWS, 32, 1]]))
    linear(linear.rows(torch.arange(1)))
    linear(linear.rows(torch.arange(_FEW + 1)))


class PackedWeights(FileWeights):
    """Weights packed for the kernels, on the CPU; norms are float32."""

    def __init__(self, tensors: Tensors) -> None:
        super().__init__(tensors)
        self._places: dict[str, list[tuple[int, int]]] = {}
        weights = scales = 0
        for info in tensors.file.tensors.values():
            for _ in range(matrices_in(info)):
                self._places.setdefault(info.name, []).append((weights, scales))
                more_weights, more_scales = packing.sizes(form_of(info), info.shape[-2], info.shape[-1])
                weights += more_weights
                scales += more_scales
        self._store = Store(weights, scales)
        self.size = self._store.weights.nbytes + self._store.scales.nbytes

    @property
    def new_step(self) -> NewStep:
        from fluent_ai_local.layers.packed_step import new_step  # which knows the linear maps of this module

        return new_step

    def linear(self, inputs: int, *parts: tuple[str, int]) -> Linear:
        matrices = [self._pack(self._take.info(f"{stem}.weight", outputs, inputs), 0) for stem, outputs in parts]
        return self.biased(PackedLinear(self._store, np.array(matrices, np.int64)), parts)

    def experts(self, count: int, inputs: int, *parts: tuple[str, int]) -> Sequence[Linear]:
        infos = [self._take.info(f"{stem}.weight", count, outputs, inputs) for stem, outputs in parts]
        matrices = [[self._pack(info, expert) for expert in range(count)] for info in infos]
        return [PackedLinear(self._store, np.array(one, np.int64)) for one in zip(*matrices, strict=True)]

    def _pack(self, info: TensorInfo, matrix: int) -> tuple[int, ...]:
        """Packs one matrix of those that the tensor is a stack of."""
        outputs, inputs = info.shape[-2:]
        size = info.size // matrices_in(info)
        form = form_of(info)
        begin, scales_begin = self._places[info.name][matrix]
        step = max(1, _READ // inputs // packing.ROWS) * packing.ROWS
        for first in range(0, outputs, step):
            count = min(step, outputs - first)
            values, phase = self._values(info, matrix * outputs + first, count)
            weights_size, scales_size = packing.sizes(form, count, inputs)
            ahead = packing.sizes(form, first, inputs)
            weights = self._store.weights[begin + ahead[0] :][:weights_size]
            scales = self._store.scales[scales_begin + ahead[1] :][:scales_size]
            with np.errstate(over="ignore"):
                packing.pack(form, values, weights, scales)
            if not np.isfinite(scales.view(np.float16)).all():
                raise self._unscaled(info, values)
            self._take.taken(phase, size * (first + count) // outputs - size * first // outputs)
        return form, begin, scales_begin, outputs, inputs, -(-inputs // 32)

    def _values(self, info: TensorInfo, first: int, count: int) -> tuple[packing.Values, str]:
        file = self._take.file
        if info.kind in packing.NATIVE:
            return packing.NATIVE[info.kind][1](file.raw(info.name, first, count)), "load"
        return packing.requantise(file.values(info.name, first, count)), "requantise"

    def _unscaled(self, info: TensorInfo, values: packing.Values) -> Exception:
        if not np.isfinite(values[1]).all():
            return self._take.not_finite(info)
        return UnsupportedModel(
            f"{self._take.file.path}: tensor {info.name!r} has scales beyond half precision; precision='exact' takes it"
        )
