"""A model's tensors as torch tensors: checked, counted, on the device where they are used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import torch
from fluent_ai.errors import UnsupportedModel, WeightsCorrupt

from fluent_ai_local.files.model_file import ModelFile, TensorInfo

Loaded: TypeAlias = Callable[[str, int, int], None]
"""Told after each part of a tensor: what was done (`load`, `requantise`), bytes read so far, bytes in all."""


class Tensors:
    """Hands out a file's tensors by name, checks each, and knows which nobody asked for."""

    def __init__(self, file: ModelFile, device: torch.device, dtype: torch.dtype, loaded: Loaded) -> None:
        self.file = file
        self.device = device
        self._dtype = dtype
        self._loaded = loaded
        self._left = set(file.tensors)
        self._done = 0
        self._total = sum(info.size for info in file.tensors.values())

    def __call__(self, name: str, *shape: int) -> torch.Tensor:
        """The tensor, dequantised. Raises WeightsCorrupt or UnsupportedModel."""
        info = self.info(name, *shape)
        values = self.file.tensor(info.name)
        if not torch.isfinite(values.sum()):
            raise self.not_finite(info)
        self.taken("load", info.size)
        return values.to(device=self.device, dtype=self._dtype)

    def info(self, name: str, *shape: int) -> TensorInfo:
        """Where the tensor lies; it counts as asked for. Raises WeightsCorrupt if it is missing or of another shape."""
        info = self.file.info(name)
        if info.shape != shape:
            raise WeightsCorrupt(f"{self.file.path}: tensor {name!r} has shape {info.shape}, expected {shape}")
        self._left.discard(name)
        return info

    def not_finite(self, info: TensorInfo) -> WeightsCorrupt:
        return WeightsCorrupt(f"{self.file.path}: tensor {info.name!r} holds values that are not finite")

    def taken(self, phase: str, size: int) -> None:
        """Tells that so many more bytes were read."""
        self._done += size
        self._loaded(phase, self._done, self._total)

    def has(self, name: str) -> bool:
        return name in self.file.tensors

    def check_all_taken(self) -> None:
        if self._left:
            names = ", ".join(sorted(self._left)[:3])
            raise UnsupportedModel(
                f"{self.file.path}: {len(self._left)} tensors have no place in {self.file.architecture}: {names}"
            )
