"""A model as Hugging Face publishes it: a folder of `config.json` and safetensors files, perhaps in shards.

It is read as if it had been converted to GGUF, so that a network knows one set of names and one layout only.
"""

from __future__ import annotations

import re
from functools import cached_property
from math import prod
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from fluent_ai.errors import ModelLoadFailed, WeightsCorrupt
from gguf.constants import GGMLQuantizationType
from gguf.quants import dequantize
from numpy.typing import NDArray

from fluent_ai_local.files import hf_config, hf_names
from fluent_ai_local.files.file_names import CONFIG, INDEX, SINGLE
from fluent_ai_local.files.model_file import ModelFile, TensorInfo, read_into
from fluent_ai_local.files.safetensors import Stored, read_table

_ROTATED: Final = re.compile(r"attn_([qk])\.(?:weight|bias)$")
_MAX_JSON: Final = 64 * 2**20


class _Tensor(msgspec.Struct, frozen=True):
    """Where a tensor comes from; what becomes of its values."""

    parts: tuple[Stored, ...]
    heads: int = 0
    """Its rows belong to so many heads, and the halves of each are to be interleaved; 0: they stay as they are."""
    plus: float = 0.0

    def order(self, first: int, count: int) -> NDArray[np.int64]:
        """Rows of the file that make up rows `first` to `first + count`."""
        rows = np.arange(first, first + count)
        if not self.heads:
            return rows
        size = self.parts[0].shape[0] // self.heads
        head, within = rows // size, rows % size
        return head * size + within % 2 * (size // 2) + within // 2


class HuggingFaceFolder(ModelFile):
    """A folder, as a `ModelFile`. Raises ModelLoadFailed, WeightsCorrupt or UnsupportedModel; each names the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.config = self.read_json(CONFIG)
        self.metadata = hf_config.to_metadata(self.config, path / CONFIG)
        self._tensors = self._named(self._stored())
        self.tensors = {name: _info(name, tensor) for name, tensor in self._tensors.items()}

    def close(self) -> None:
        pass

    def read_json(self, name: str, *, optional: bool = False) -> dict[str, object]:
        """A JSON object of the folder. Raises WeightsCorrupt, or ModelLoadFailed where the file is not there."""
        text = self.read_text(name, optional=optional)
        if not text and optional:
            return {}
        try:
            return msgspec.json.decode(text, type=dict[str, object])
        except (msgspec.MsgspecError, RecursionError) as error:
            raise WeightsCorrupt(f"{self.path / name}: {error}") from None

    def read_text(self, name: str, *, optional: bool = False) -> bytes:
        path = self.path / name
        try:
            if optional and not path.exists():
                return b""
            if path.stat().st_size > _MAX_JSON:
                raise WeightsCorrupt(f"{path}: larger than {_MAX_JSON:,} bytes")
            return path.read_bytes()
        except OSError as error:
            raise ModelLoadFailed(f"{path}: cannot be read: {error.strerror}") from None

    def raw(self, name: str, first: int, count: int) -> NDArray[np.uint8]:
        info, tensor = self.info(name), self._tensors[name]
        if len(info.shape) < 2:
            return self._read(tensor.parts[0], 0, 1)
        order = tensor.order(first, count)
        low, high = int(order.min(initial=first)), int(order.max(initial=first - 1)) + 1
        each = prod(info.shape[:-1]) // len(tensor.parts)
        rows = [
            self._read(part, begin, end - begin)
            for number, part in enumerate(tensor.parts)
            if (begin := max(low - number * each, 0)) < (end := min(high - number * each, each))
        ]
        whole = rows[0] if len(rows) == 1 else np.concatenate(rows)
        return whole[order - low] if tensor.heads else whole

    def values(self, name: str, first: int, count: int) -> NDArray[np.float32]:
        info, tensor = self.info(name), self._tensors[name]
        raw = self.raw(name, first, count)
        if info.kind is GGMLQuantizationType.F64:
            values = raw.view(np.float64).astype(np.float32)
        else:
            values = dequantize(raw, info.kind).astype(np.float32, copy=False)
        if len(info.shape) < 2 and tensor.heads:
            values = values[:, tensor.order(0, values.shape[1])]
        return values + np.float32(tensor.plus) if tensor.plus else values

    def _read(self, part: Stored, first: int, count: int) -> NDArray[np.uint8]:
        row = part.size // max(1, prod(part.shape[:-1]))
        rows = np.empty((count, row), np.uint8)
        try:
            with part.path.open("rb", buffering=0) as file:
                got = read_into(file, part.start + first * row, rows.data.cast("B")) if rows.size else 0
        except OSError as error:
            raise ModelLoadFailed(f"{part.path}: cannot be read: {error.strerror}") from None
        if got != rows.size:
            raise WeightsCorrupt(f"{part.path}: tensor {part.name!r} goes beyond the end of the file: it is truncated")
        return rows

    def _stored(self) -> dict[str, Stored]:
        """The tensors of all shards. Those of the index have to be where it says."""
        index = self.read_json(INDEX, optional=True)
        if not index:
            return read_table(self.path / SINGLE)
        placed = index.get("weight_map")
        if not isinstance(placed, dict) or not all(isinstance(shard, str) for shard in placed.values()):
            raise WeightsCorrupt(f"{self.path / INDEX}: weight_map is missing, or not a table of file names")
        found: dict[str, Stored] = {}
        for shard in sorted(set(placed.values())):
            if Path(shard).name != shard:
                raise WeightsCorrupt(f"{self.path / INDEX}: {shard!r} is not a file name")
            found |= {
                name: stored for name, stored in read_table(self.path / shard).items() if placed.get(name) == shard
            }
        missing = [name for name in placed if name not in found]
        if missing:
            where = self.path / placed[missing[0]]
            raise WeightsCorrupt(f"{where}: tensor {missing[0]!r} of the index is missing ({len(missing)} in all)")
        return found

    def _named(self, stored: dict[str, Stored]) -> dict[str, _Tensor]:
        layers = self.get(f"{self.architecture}.block_count", int)
        parts: dict[str, dict[int, Stored]] = {}
        classifies = "classifier.weight" in stored or "classifier.out_proj.weight" in stored
        for name, tensor in stored.items():
            gguf = hf_names.to_gguf(name, self.architecture, layers, classifies=classifies)
            if gguf is not None:
                parts.setdefault(gguf.name, {})[gguf.part] = tensor
        if self._tied:
            parts.pop("output.weight", None)
        return {name: self._tensor(name, several) for name, several in parts.items()}

    def _tensor(self, name: str, parts: dict[int, Stored]) -> _Tensor:
        missing = next((number for number in range(len(parts)) if number not in parts), None)
        if missing is not None:
            raise WeightsCorrupt(f"{self.path}: expert {missing} of {name!r} is missing")
        ordered = tuple(parts[number] for number in range(len(parts)))
        if any((part.shape, part.dtype) != (ordered[0].shape, ordered[0].dtype) for part in ordered):
            raise WeightsCorrupt(f"{self.path}: the experts of {name!r} differ in shape or type")
        return _Tensor(ordered, self._heads(name), 1.0 if self._gemma and name.endswith("norm.weight") else 0.0)

    def _heads(self, name: str) -> int:
        """Heads whose halves GGUF interleaves: those of queries and keys of llama."""
        rotated = _ROTATED.search(name) if self.architecture == "llama" else None
        if rotated is None:
            return 0
        heads = self.get("llama.attention.head_count", int)
        return heads if rotated[1] == "q" else self.get("llama.attention.head_count_kv", int, heads)

    @cached_property
    def _gemma(self) -> bool:
        return self.architecture.startswith("gemma")

    @property
    def _tied(self) -> bool:
        return self.config.get("tie_word_embeddings", self._gemma) is True


def _info(name: str, tensor: _Tensor) -> TensorInfo:
    first = tensor.parts[0]
    shape = (len(tensor.parts), *first.shape) if len(tensor.parts) > 1 or "_exps." in name else first.shape
    return TensorInfo(name, shape, first.kind, 0, sum(part.size for part in tensor.parts))


def is_folder(path: Path) -> bool:
    """Whether a path is a folder in the form of Hugging Face."""
    return (path / CONFIG).is_file()
