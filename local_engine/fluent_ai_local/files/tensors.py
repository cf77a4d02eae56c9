"""A model's tensors as torch tensors: checked, counted, on the device where they are used."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final, TypeAlias

import torch
from fluent_ai.errors import UnsupportedModel, WeightsCorrupt

from fluent_ai_local.files.model_file import ModelFile, TensorInfo

_SHOWN: Final = 8
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
        """Raises UnsupportedModel for tensors that nobody has asked for."""
        if self._left:
            raise UnsupportedModel(f"{self.file.path}: {self._surplus()}")

    def _surplus(self) -> str:
        return f"{len(self._left)} tensors have no place in {self.file.architecture}: {_named(self._left)}"


class Outline(Tensors):
    """Tensors of zeros that take no memory: what a network asks for, held against what the file has."""

    def __init__(self, file: ModelFile) -> None:
        super().__init__(file, torch.device("cpu"), torch.float32, lambda *facts: None)
        self._missing: list[str] = []

    def __call__(self, name: str, *shape: int) -> torch.Tensor:
        """One zero, as a tensor of that shape. Raises WeightsCorrupt if the file has it in another one."""
        if name in self.file.tensors:
            self.info(name, *shape)
        else:
            self._missing.append(name)
        return torch.zeros(()).expand(shape)  # not on the device `meta`: torch would import 800 modules for that

    def check_all_taken(self) -> None:
        """Raises WeightsCorrupt for tensors that are missing, and UnsupportedModel for those that have no place."""
        if not self._missing:
            return super().check_all_taken()
        count = len(self._missing)
        what = f"tensor {self._missing[0]!r} is" if count == 1 else f"{count} tensors are"
        named = "" if count == 1 else f": {_named(self._missing)}"
        more = f"; {self._surplus()}" if self._left else ""
        raise WeightsCorrupt(f"{self.file.path}: {what} missing{named}{more}", provider="local")


def _named(names: Collection[str]) -> str:
    return ", ".join(sorted(names)[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
