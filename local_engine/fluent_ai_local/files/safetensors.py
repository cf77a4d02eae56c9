"""Reads safetensors files: a JSON header with a table of tensors, then their bytes without gaps.

Source: https://github.com/huggingface/safetensors#format. As with GGUF, every length is compared with the bytes that
are there before anything is allocated or read.
"""

from __future__ import annotations

import json
import os
from math import prod
from pathlib import Path
from typing import Final

import msgspec
from fluent_ai.errors import ModelLoadFailed, UnsupportedModel, WeightsCorrupt
from fluent_ai.type_info import prepare
from gguf.constants import GGMLQuantizationType

_MAX_HEADER: Final = 100_000_000
_BITS: Final = {
    "BOOL": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8, "F8_E8M0": 8,
    "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "I16": 16, "U16": 16, "F16": 16, "BF16": 16, "I32": 32, "U32": 32, "F32": 32,
    "C64": 64, "F64": 64, "I64": 64, "U64": 64,
}  # fmt: skip
_KINDS: Final = {
    "F32": GGMLQuantizationType.F32,
    "F16": GGMLQuantizationType.F16,
    "BF16": GGMLQuantizationType.BF16,
    "F64": GGMLQuantizationType.F64,
}


class Stored(msgspec.Struct, frozen=True):
    """A tensor of a safetensors file; `start` is counted from the file's begin."""

    path: Path
    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    size: int

    @property
    def kind(self) -> GGMLQuantizationType:
        """Raises UnsupportedModel for a type that is not one of floating-point numbers of 16, 32 or 64 bits."""
        kind = _KINDS.get(self.dtype)
        if kind is None:
            raise UnsupportedModel(
                f"{self.path}: tensor {self.name!r} is of the type {self.dtype}; supported: {', '.join(_KINDS)}"
            )
        return kind


class _Entry(msgspec.Struct):
    dtype: str
    shape: list[int]
    data_offsets: tuple[int, int]


def read_table(path: Path) -> dict[str, Stored]:
    """The tensors of a file by name, in the order of their bytes. Raises ModelLoadFailed or WeightsCorrupt."""
    try:
        with path.open("rb") as file:
            total = os.fstat(file.fileno()).st_size
            length = int.from_bytes(file.read(8), "little")
            if total < 8:
                raise WeightsCorrupt(f"{path}: the file has {total} bytes; a header needs 8 and more")
            if length > _MAX_HEADER or length > total - 8:
                raise WeightsCorrupt(f"{path}: the header needs {length:,} bytes and {total - 8:,} are left")
            header = file.read(length)
    except OSError as error:
        raise ModelLoadFailed(f"{path}: cannot be read: {error.strerror}") from None
    return _table(path, _entries(path, header), 8 + length, total)


def _entries(path: Path, header: bytes) -> dict[str, _Entry]:
    if not header.lstrip().startswith(b"{"):
        raise WeightsCorrupt(f"{path}: not a safetensors file: its header does not begin with {{")
    try:
        parts = msgspec.json.decode(header, type=dict[str, msgspec.Raw])
        metadata = parts.pop("__metadata__", None)
        if metadata is not None:
            msgspec.json.decode(metadata, type=dict[str, str] | None)
        decode = msgspec.json.Decoder(_Entry).decode
        return {name: decode(raw) for name, raw in parts.items() if _unambiguous(raw)}
    except (ValueError, RecursionError) as error:
        raise WeightsCorrupt(f"{path}: the header is malformed: {error}") from None


def _unambiguous(entry: msgspec.Raw) -> bool:
    """True. Raises ValueError for an entry that gives a key twice, of which two readers could see different ones."""

    def unique(pairs: list[tuple[str, object]]) -> None:
        if len({key for key, _ in pairs}) != len(pairs):
            raise ValueError("a tensor's entry gives a key twice")

    json.loads(bytes(entry), object_pairs_hook=unique)
    return True


def _table(path: Path, entries: dict[str, _Entry], begin: int, total: int) -> dict[str, Stored]:
    table: dict[str, Stored] = {}
    expected = 0
    for name, entry in sorted(entries.items(), key=lambda item: item[1].data_offsets):
        start, end = entry.data_offsets
        bits = _BITS.get(entry.dtype)
        if bits is None:
            raise WeightsCorrupt(f"{path}: tensor {name!r} has the unknown type {entry.dtype!r}")
        if start != expected or end < start:
            raise WeightsCorrupt(f"{path}: tensor {name!r} has the offsets {start} to {end}, expected {expected} on")
        if any(not 0 <= side < 2**64 for side in entry.shape):
            raise WeightsCorrupt(f"{path}: tensor {name!r} has the impossible shape {entry.shape}")
        if prod(entry.shape) * bits != (end - start) * 8:
            raise WeightsCorrupt(
                f"{path}: tensor {name!r} of shape {tuple(entry.shape)} and type {entry.dtype} has {end - start} bytes"
            )
        table[name] = Stored(path, name, entry.dtype, tuple(entry.shape), begin + start, end - start)
        expected = end
    if begin + expected != total:
        raise WeightsCorrupt(
            f"{path}: the tensors end at byte {begin + expected:,}, the file at {total:,}: "
            f"{'it is truncated' if total < begin + expected else 'something follows them'}"
        )
    return table


prepare(_Entry)
