"""Memory for weights that goes back to the system at once, whatever else the process has allocated.

From the allocator, weights that come and go leave holes between what stays: with glibc, half as much again as all
weights was measured.
"""

from __future__ import annotations

import mmap
import sys
from math import prod
from typing import Final

import torch
from torch import Tensor

_SMALL: Final = 64 * 1024
"""Bytes below which memory comes from the allocator."""


def empty(shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    """A tensor on the CPU, in pages of its own, whose values are not set."""
    size = prod(shape) * dtype.itemsize
    if size < _SMALL:
        return torch.empty(shape, dtype=dtype)
    # On Windows all anonymous pages are private to the process.
    pages = mmap.mmap(-1, size) if sys.platform == "win32" else mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANON)
    return torch.frombuffer(pages, dtype=dtype).reshape(shape)


def on_its_own(tensor: Tensor, dtype: torch.dtype) -> Tensor:
    """The tensor in this type, and not as part of a larger one: itself, or a copy in pages of its own."""
    if tensor.dtype == dtype and tensor.untyped_storage().nbytes() == tensor.nbytes:
        return tensor
    return empty(tuple(tensor.shape), dtype).copy_(tensor)
