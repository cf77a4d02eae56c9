"""The tensors of a safetensors file, read into pages of their own.

They are not mapped: mapped weights would be read at their first use, unseen by progress and by estimates of memory, and
a file that shrinks meanwhile would crash the process.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Final

import torch
from fluent_ai.errors import ModelLoadFailed, UnsupportedModel, WeightsCorrupt
from torch import Tensor

from fluent_ai_local.files import pages
from fluent_ai_local.files.safetensors import read_table

_PIECE: Final = 64 * 2**20
_TYPES: Final = {
    "BOOL": torch.bool,
    "U8": torch.uint8,
    "I8": torch.int8,
    "I16": torch.int16,
    "I32": torch.int32,
    "I64": torch.int64,
    "F8_E4M3": torch.float8_e4m3fn,
    "F8_E5M2": torch.float8_e5m2,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "F32": torch.float32,
    "F64": torch.float64,
}


class WeightReader:
    """An open file.

    Raises ModelLoadFailed (cannot be opened or read), WeightsCorrupt (malformed or truncated), UnsupportedModel (a type
    that torch has not); each names the file.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._table = read_table(self.path)
        try:
            self._file = self.path.open("rb", buffering=0)
        except OSError as error:
            raise self._unreadable(error) from None

    def names(self) -> list[str]:
        return list(self._table)

    def tensor(self, name: str) -> Tensor:
        stored = self._table[name]
        if stored.dtype not in _TYPES:
            raise UnsupportedModel(f"{self.path}: tensor {name!r}: type {stored.dtype} is not implemented")
        values = pages.empty(stored.shape, _TYPES[stored.dtype])
        if stored.size:
            self._fill(values.view(-1).view(torch.uint8).numpy().data, stored.start, name)
        return values

    def _fill(self, buffer: memoryview, start: int, name: str) -> None:
        done = 0
        try:
            self._file.seek(start)
            while done < len(buffer) and (count := self._file.readinto(buffer[done : done + _PIECE])):
                done += count
        except OSError as error:
            raise self._unreadable(error) from None
        if done != len(buffer):
            raise WeightsCorrupt(
                f"{self.path}: tensor {name!r} ends at byte {start + len(buffer):,}, after the end of the file",
                provider="local",
            )

    def _unreadable(self, error: OSError) -> ModelLoadFailed:
        return ModelLoadFailed(f"{self.path}: cannot be read: {error.strerror}", provider="local")

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> WeightReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
