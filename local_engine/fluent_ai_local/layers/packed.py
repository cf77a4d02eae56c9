"""The weights of a file, packed once for the kernels while they load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from fluent_ai.errors import UnsupportedModel

from fluent_ai_local.files.model_file import TensorInfo
from fluent_ai_local.files.tensors import Tensors
from fluent_ai_local.kernels import packing
from fluent_ai_local.layers.linear import Linear
from fluent_ai_local.layers.packed_linear import FEW, PackedLinear, Store
from fluent_ai_local.layers.packed_size import form_of, matrices_in
from fluent_ai_local.layers.packed_step import new_step
from fluent_ai_local.layers.weights import FileWeights, NewStep

_READ: Final = 2**19
"""Values that are packed at a time, so that loading needs little more memory than the model does."""


def run_kernels() -> None:
    """Multiply a small matrix in every way, for what its kernels do when they run first."""
    store = Store(*packing.sizes(packing.BYTES, packing.ROWS, 32))
    packing.pack(
        packing.BYTES, packing.requantise(np.zeros((packing.ROWS, 32), np.float32)), store.weights, store.scales
    )
    linear = PackedLinear(store, np.array([[packing.BYTES, 0, 0, packing.ROWS, 32, 1]]))
    linear(linear.rows(torch.arange(1)))
    linear(linear.rows(torch.arange(FEW + 1)))


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
