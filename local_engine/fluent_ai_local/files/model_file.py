"""A model's weights on disk, whatever their format: metadata and a table of tensors, both in the vocabulary of GGUF."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from io import FileIO
from math import prod
from pathlib import Path
from typing import Final, Self, TypeAlias, TypeVar

import msgspec
import numpy as np
import torch
from fluent_ai.errors import WeightsCorrupt
from gguf.constants import GGMLQuantizationType
from numpy.typing import NDArray

from fluent_ai_local.files import pages

Scalar: TypeAlias = int | float | bool | str
Value: TypeAlias = Scalar | list[Scalar]
T = TypeVar("T")
_AT_ONCE: Final = 2**20
"""Values that are dequantised at a time, so that a tensor needs little more memory than it takes."""


class TensorInfo(msgspec.Struct, frozen=True):
    """Where a tensor lies: `shape` in torch order (slowest dimension first), `start` counted from the file's begin."""

    name: str
    shape: tuple[int, ...]
    kind: GGMLQuantizationType
    start: int
    size: int


class ModelFile(ABC):
    """An open file or folder of weights. Data is read anew each time, and not mapped: a file that shrinks while it is
    in use is an error, not a crash.

    Every method raises WeightsCorrupt (malformed or truncated), UnsupportedModel or ModelLoadFailed (cannot be read),
    each of which names the file and the key or tensor.
    """

    path: Path
    metadata: Mapping[str, Value]
    tensors: Mapping[str, TensorInfo]

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def raw(self, name: str, first: int, count: int) -> NDArray[np.uint8]:
        """Rows `first` to `first + count` of a tensor as they are stored: [count, bytes of a row]."""

    @abstractmethod
    def values(self, name: str, first: int, count: int) -> NDArray[np.float32]:
        """Rows `first` to `first + count` of a tensor, dequantised: [count, columns]."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    @property
    def architecture(self) -> str:
        return self.get("general.architecture", str)

    @property
    def parameters(self) -> int:
        """Values in all tensors together."""
        return sum(prod(info.shape) for info in self.tensors.values())

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The metadata value of `key`. Raises WeightsCorrupt when it is missing without default or of another type."""
        value = self.metadata.get(key)
        if value is None:
            if default is None:
                raise WeightsCorrupt(f"{self.path}: metadata key {key!r} is missing")
            return default
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            raise WeightsCorrupt(f"{self.path}: {key} is of type {type(value).__name__}, expected {kind.__name__}")
        return value

    def get_list(self, key: str, kind: type[T]) -> list[T]:
        """The metadata array of `key`, all of whose items are of type `kind`; empty when it is missing."""
        value = self.metadata.get(key, [])
        if not isinstance(value, list):
            raise WeightsCorrupt(f"{self.path}: {key} is of type {type(value).__name__}, expected an array")
        if value and type(value[0]) is not kind:  # an array is homogeneous
            raise WeightsCorrupt(f"{self.path}: {key} holds {type(value[0]).__name__}, expected {kind.__name__}")
        return value  # type: ignore[return-value]  # checked in the line above

    def tensor(self, name: str) -> torch.Tensor:
        """The tensor's values as a new float32 CPU tensor, dequantised."""
        info = self.info(name)
        rows = prod(info.shape[:-1])
        whole = pages.empty(info.shape, torch.float32)
        if whole.numel():
            into = whole.view(rows, -1).numpy()
            step = max(1, _AT_ONCE // into.shape[1])
            for first in range(0, rows, step):
                count = min(step, rows - first)
                into[first : first + count] = self.values(name, first, count)
        return whole

    def info(self, name: str) -> TensorInfo:
        info = self.tensors.get(name)
        if info is None:
            raise WeightsCorrupt(f"{self.path}: tensor {name!r} is missing")
        return info


def read_into(file: FileIO, start: int, buffer: memoryview) -> int:
    """Bytes read from `start` on: all that fit, or those up to the end of the file."""
    file.seek(start)
    got = 0
    while got < len(buffer) and (count := file.readinto(buffer[got:])):
        got += count
    return got
