"""A GGUF file's tensors as torch tensors: checked, counted, on the device where they are used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import torch
from fluent_ai.errors import UnsupportedModel, WeightsCorrupt

from fluent_ai_local.files.gguf import GGUFFile

Loaded: TypeAlias = Callable[[int, int], None]
"""Told after each tensor: bytes read so far, bytes in all."""


class Tensors:
    """Hands out a file's tensors by name, checks each, and knows which nobody asked for."""

    def __init__(self, file: GGUFFile, device: torch.device, dtype: torch.dtype, loaded: Loaded) -> None:
        self._file = file
        self._device = device
        self._dtype = dtype
        self._loaded = loaded
        self._left = set(file.tensors)
        self._done = 0
        self._total = sum(info.size for info in file.tensors.values())

    def __call__(self, stem: str, *shape: int) -> torch.Tensor:
        name = f"{stem}.weight"
        info = self._file.tensors.get(name)
        if info is not None and info.shape != shape:
            raise WeightsCorrupt(f"{self._file.path}: tensor {name!r} has shape {info.shape}, expected {shape}")
        values = self._file.tensor(name)
        if not torch.isfinite(values.sum()):
            raise WeightsCorrupt(f"{self._file.path}: tensor {name!r} holds values that are not finite")
        self._left.discard(name)
        self._done += self._file.tensors[name].size
        self._loaded(self._done, self._total)
        return values.to(device=self._device, dtype=self._dtype)

    def check_all_taken(self) -> None:
        if self._left:
            names = ", ".join(sorted(self._left)[:3])
            raise UnsupportedModel(f"{self._file.path}: {len(self._left)} tensors have no place in llama: {names}")
