"""Reads GGUF files (v2 and v3, little-endian): metadata, tensor table, tensor data.

Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Nothing in the file is believed: every length is
compared with the bytes that are left before anything is allocated or read.
"""

from __future__ import annotations

import mmap
import os
import struct
from math import prod
from pathlib import Path
from typing import Final

import numpy as np
from fluent_ai.content.printable import printable
from fluent_ai.errors import ModelLoadFailed, UnsupportedModel, WeightsCorrupt
from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType
from gguf.quants import dequantize
from numpy.typing import NDArray

from fluent_ai_local.files.model_file import ModelFile, Scalar, TensorInfo, Value, read_into

_SCALARS: Final = {
    0: struct.Struct("<B"),
    1: struct.Struct("<b"),
    2: struct.Struct("<H"),
    3: struct.Struct("<h"),
    4: struct.Struct("<I"),
    5: struct.Struct("<i"),
    6: struct.Struct("<f"),
    7: struct.Struct("<?"),
    10: struct.Struct("<Q"),
    11: struct.Struct("<q"),
    12: struct.Struct("<d"),
}
# ggml packs Q8_1 in 36 bytes; the gguf library still says 40.
_BLOCKS: Final = {**GGML_QUANT_SIZES, GGMLQuantizationType.Q8_1: (32, 36)}
_STRING: Final = 8
_ARRAY: Final = 9
_U32: Final = _SCALARS[4]
_U64: Final = _SCALARS[10]
_MAX_DIMS: Final = 4
_MAX_NAME: Final = 64
_MAX_OFFSET: Final = 2**63

_MAX_WORDS: Final = 300
"""Characters of what an error says is wrong."""


class GGUFFile(ModelFile):
    """An open GGUF file. Opening reads metadata and the tensor table.

    Raises ModelLoadFailed (cannot be opened), WeightsCorrupt (malformed or truncated), UnsupportedModel (a version or
    tensor type that is not implemented); each names the file and the field.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        try:
            self._file = self.path.open("rb", buffering=0)
        except OSError as error:
            raise ModelLoadFailed(f"{self.path}: cannot be read: {error.strerror}") from None
        try:
            if not self._size():
                raise WeightsCorrupt(f"{self.path}: the file is empty")
            with mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) as header:
                self.metadata, self.tensors = _read_header(_Reader(header, str(self.path)))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._file.close()

    def _size(self) -> int:
        return os.fstat(self._file.fileno()).st_size

    def values(self, name: str, first: int, count: int) -> NDArray[np.float32]:
        info = self.info(name)
        try:
            with np.errstate(invalid="ignore", over="ignore"):  # whoever uses the values checks that they are finite
                values = dequantize(self.raw(name, first, count), info.kind)
        except NotImplementedError:
            raise UnsupportedModel(f"{self.path}: tensor {name!r}: type {info.kind.name} is not implemented") from None
        return values.astype(np.float32, copy=False)

    def raw(self, name: str, first: int, count: int) -> NDArray[np.uint8]:
        info = self.info(name)
        row = info.size // max(1, prod(info.shape[:-1]))
        rows = np.empty((count, row), np.uint8)
        try:
            got = read_into(self._file, info.start + first * row, rows.data.cast("B")) if rows.size else 0
        except OSError as error:
            raise ModelLoadFailed(f"{self.path}: cannot be read: {error.strerror}") from None
        if got != rows.size:
            raise WeightsCorrupt(
                f"{self.path}: tensor {name!r} ends at byte {info.start + info.size:,}, the file at {self._size():,}: "
                "it is truncated"
            )
        return rows


class _Reader:
    """A cursor that refuses to run past the end."""

    def __init__(self, data: mmap.mmap, file: str) -> None:
        self.data = data
        self.file = file
        self.offset = 0

    def corrupt(self, what: str) -> WeightsCorrupt:
        """`what` may name a key or a tensor as the file does, with any characters and of any length."""
        named = what if len(what) <= _MAX_WORDS else f"{what[:_MAX_WORDS]}..."
        return WeightsCorrupt(f"{self.file}: {printable(named)} (at byte {self.offset:,})")

    def require(self, count: int, size: int, what: str) -> None:
        left = len(self.data) - self.offset
        if count * size > left:
            raise self.corrupt(f"{what} needs {count * size:,} bytes and {left:,} are left")

    def scalar(self, form: struct.Struct, what: str) -> int | float | bool:
        self.require(1, form.size, what)
        (value,) = form.unpack_from(self.data, self.offset)
        self.offset += form.size
        return value  # type: ignore[no-any-return]  # struct is untyped

    def u32(self, what: str) -> int:
        return int(self.scalar(_U32, what))

    def u64(self, what: str) -> int:
        return int(self.scalar(_U64, what))

    def bytes(self, what: str) -> bytes:
        length = self.u64(f"the length of {what}")
        self.require(length, 1, what)
        self.offset += length
        return self.data[self.offset - length : self.offset]

    def string(self, what: str) -> str:
        return self.bytes(what).decode(errors="replace")

    def strings(self, count: int, what: str) -> list[Scalar]:
        """So many, by a loop that calls nothing of ours: a vocabulary holds a quarter of a million."""
        self.require(count, _U64.size, what)
        data, unpack, at, last = self.data, _U64.unpack_from, self.offset, len(self.data) - _U64.size
        found: list[Scalar] = []
        for _ in range(count):
            begin = at + _U64.size
            end = begin + (unpack(data, at)[0] if at <= last else 0)
            if end > len(data):
                self.offset = at
                self.string(what)  # raises, and says what is missing
            found.append(data[begin:end].decode(errors="replace"))
            at = end
        self.offset = at
        return found

    def name(self, what: str) -> str:
        raw = self.bytes(what)
        try:
            return raw.decode()
        except UnicodeDecodeError:
            raise self.corrupt(f"{what} is not UTF-8") from None

    def value(self, kind: int, what: str) -> Value:
        if kind == _STRING:
            return self.string(what)
        if kind == _ARRAY:
            return self.array(what)
        form = _SCALARS.get(kind)
        if form is None:
            raise self.corrupt(f"{what} has the unknown value type {kind}")
        return self.scalar(form, what)

    def array(self, what: str) -> list[Scalar]:
        kind = self.u32(f"the item type of {what}")
        count = self.u64(f"the length of {what}")
        if kind == _STRING:
            return self.strings(count, what)
        form = _SCALARS.get(kind)
        if form is None:
            raise self.corrupt(f"{what} has items of type {kind}; allowed: scalars and strings")
        self.require(count, form.size, what)
        values = list(struct.unpack_from(f"<{count}{form.format[1:]}", self.data, self.offset))
        self.offset += count * form.size
        return values


def _read_header(reader: _Reader) -> tuple[dict[str, Value], dict[str, TensorInfo]]:
    reader.require(4, 1, "the magic number")
    magic = reader.data[:4]
    reader.offset = 4
    if magic != b"GGUF":
        raise reader.corrupt(f"not a GGUF file: it begins with {magic!r}")
    version = reader.u32("the version")
    if version not in (2, 3):
        raise UnsupportedModel(f"{reader.file}: GGUF version {version}; supported: 2 and 3, little-endian")
    tensor_count = reader.u64("the number of tensors")
    key_count = reader.u64("the number of metadata keys")
    reader.require(key_count, 13, "the metadata")  # the shortest: length of the key, type, one byte
    metadata: dict[str, Value] = {}
    for number in range(key_count):
        key = reader.name(f"metadata key {number}")
        if key in metadata:
            raise reader.corrupt(f"metadata key {key!r} stands there twice")
        metadata[key] = reader.value(reader.u32(f"the type of {key}"), key)
    alignment = metadata.get("general.alignment", 32)
    if type(alignment) is not int or alignment < 1 or alignment & (alignment - 1):
        raise reader.corrupt(f"general.alignment = {alignment!r}; allowed: a power of two")
    reader.require(tensor_count, 24, "the tensor table")  # the shortest: name, dimension count, type, offset
    return metadata, _read_tensor_table(reader, tensor_count, alignment)


def _read_tensor_table(reader: _Reader, count: int, alignment: int) -> dict[str, TensorInfo]:
    relative: dict[str, TensorInfo] = {}
    expected = 0
    for number in range(count):
        info = _read_tensor_info(reader, number)
        if info.name in relative:
            raise reader.corrupt(f"tensor {info.name!r} stands there twice")
        if info.start != expected:  # the format packs tensors; a gap or an overlap means a damaged table
            raise reader.corrupt(f"tensor {info.name!r} has offset {info.start}, expected {expected}")
        expected = _align(info.start + info.size, alignment)
        relative[info.name] = info
    begin = _align(reader.offset, alignment)
    return {
        name: TensorInfo(name, info.shape, info.kind, begin + info.start, info.size) for name, info in relative.items()
    }


def _read_tensor_info(reader: _Reader, number: int) -> TensorInfo:
    name = reader.name(f"the name of tensor {number}")
    if len(name.encode()) >= _MAX_NAME:
        raise reader.corrupt(f"the name of tensor {number} has {len(name.encode())} bytes; allowed: {_MAX_NAME - 1}")
    dims = reader.u32(f"the number of dimensions of {name!r}")
    if dims > _MAX_DIMS:
        raise reader.corrupt(f"tensor {name!r} has {dims} dimensions; allowed: at most {_MAX_DIMS}")
    shape = tuple(reversed([reader.u64(f"the shape of {name!r}") for _ in range(dims)]))
    kind_id = reader.u32(f"the type of {name!r}")
    start = reader.u64(f"the offset of {name!r}")
    try:
        kind = GGMLQuantizationType(kind_id)
    except ValueError:
        raise UnsupportedModel(f"{reader.file}: tensor {name!r} has the unknown type {kind_id}") from None
    block, block_size = _BLOCKS[kind]
    elements = prod(shape)
    if elements >= _MAX_OFFSET or start >= _MAX_OFFSET:
        raise reader.corrupt(f"tensor {name!r} of shape {shape} at offset {start} is out of range")
    if (shape[-1] if shape else 1) % block:
        raise reader.corrupt(f"tensor {name!r}: rows of {shape[-1]} are no multiple of {kind.name}'s block of {block}")
    return TensorInfo(name, shape, kind, start, elements // block * block_size)


def _align(offset: int, alignment: int) -> int:
    return (offset + alignment - 1) // alignment * alignment
