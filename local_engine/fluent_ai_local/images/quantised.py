"""Weights that files keep in eight bits beside their scales, as floating-point numbers again.

Known are LLM.int8() of bitsandbytes (Dettmers et al., 2022: rows of int8 with the largest magnitude of each), quanto's
int8 with one scale a row, and float8 with one scale a tensor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor

from fluent_ai_local.modules.filling import Readers

_INT8: Final = 127.0
_WEIGHT: Final = "weight"
_MARKERS: Final = ("weight_format", "input_scale", "output_scale", "scale_input", "scaled_fp8")
"""Ends of names beside quantised weights that change no value."""


def dequantised(tensors: Readers) -> dict[str, Callable[[], Tensor]]:
    """The tensors, with each quantised weight in the place of its parts. Others stay as they are."""
    found = dict(tensors)
    for name in tensors:
        stem, _, last = name.rpartition(".")
        if last == "SCB":
            _join(found, f"{stem}.{_WEIGHT}", f"{stem}.{_WEIGHT}", name, _INT8)
        elif last == "scale_weight":
            _join(found, f"{stem}.{_WEIGHT}", f"{stem}.{_WEIGHT}", name, 1.0)
        elif last == "_scale":
            _join(found, stem, f"{stem}._data", name, 1.0)
    if len(found) != len(tensors):
        for name in [name for name in found if name.rpartition(".")[2] in _MARKERS]:
            del found[name]
    return found


def _join(found: dict[str, Callable[[], Tensor]], name: str, data: str, scale: str, unit: float) -> None:
    if data in found:
        read, read_scale = found.pop(data), found.pop(scale)
        found[name] = lambda: _scaled(read(), read_scale(), unit)


def _scaled(values: Tensor, scale: Tensor, unit: float) -> Tensor:
    """`scale` has one number for all values, or one for each row."""
    each = scale.to(torch.float32).flatten() / unit
    rows = each if each.numel() == 1 else each.reshape(-1, *(1 for _ in values.shape[1:]))
    return values.to(torch.float32) * rows
