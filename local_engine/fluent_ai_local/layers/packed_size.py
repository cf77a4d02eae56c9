"""What weights take once they are packed for the kernels; needs no kernels itself."""

from __future__ import annotations

from math import prod

from fluent_ai_local.files.model_file import ModelFile, TensorInfo
from fluent_ai_local.kernels import packing


def packed_size(file: ModelFile) -> int:
    """Bytes that the weights of a file take."""
    size = 0
    for info in file.tensors.values():
        if count := matrices_in(info):
            weights, scales = packing.sizes(form_of(info), info.shape[-2], info.shape[-1])
            size += count * (weights + 2 * scales)
        else:
            size += 4 * prod(info.shape)
    return size


def matrices_in(info: TensorInfo) -> int:
    """Matrices in a tensor: those of all experts lie in one."""
    return info.shape[0] if len(info.shape) == 3 else len(info.shape) // 2


def form_of(info: TensorInfo) -> int:
    """The form of `packing` that a tensor takes."""
    return packing.NATIVE[info.kind][0] if info.kind in packing.NATIVE else packing.BYTES
