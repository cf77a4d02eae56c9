"""The files of a component, and the tensors in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from fluent_ai.errors import ModelLoadFailed, UnsupportedModel
from torch import Tensor

from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.files.weight_reader import WeightReader
from fluent_ai_local.images.quantised import dequantised
from fluent_ai_local.modules.filling import Readers, named

_INDEX: Final = "model.safetensors.index.json", "diffusion_pytorch_model.safetensors.index.json"
_SINGLE: Final = "model.safetensors", "diffusion_pytorch_model.safetensors"


def weight_files(folder: Path) -> list[Path]:
    """The files of one component: safetensors with all its shards, or a GGUF file.

    Raises ModelLoadFailed for a shard that is missing, or where there is nothing.
    """
    for name in _INDEX:
        if (folder / name).is_file():
            shards = _shards(folder / name)
            missing = [shard for shard in shards if not (folder / shard).is_file()]
            if missing or not shards:
                raise ModelLoadFailed(
                    f"{folder}: {len(missing)} of {len(shards)} shards are missing: {named(missing)}", provider="local"
                )
            return [folder / shard for shard in shards]
    for name in _SINGLE:
        if (folder / name).is_file():
            return [folder / name]
    quantised = sorted(folder.glob("*.gguf"))
    if len(quantised) == 1:
        return quantised
    among = f", but {len(quantised)} GGUF files; allowed: one" if quantised else ""
    raise ModelLoadFailed(f"{folder} holds none of {', '.join((*_SINGLE, *_INDEX))}{among}", provider="local")


def _shards(index: Path) -> list[str]:
    """Raises ModelLoadFailed for an index that names files elsewhere."""
    found = read_config(index).get("weight_map")
    shards = list(found.values()) if isinstance(found, dict) else []
    if not all(isinstance(shard, str) and shard == Path(shard).name for shard in shards):
        raise ModelLoadFailed(f"{index}: weight_map does not name files beside it", provider="local")
    return sorted(set(shards))


def read_config(path: Path) -> dict[str, Any]:
    """The JSON object of a configuration file. Raises ModelLoadFailed."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ModelLoadFailed(f"{path}: {error.strerror}", provider="local") from None
    except (ValueError, RecursionError):
        raise ModelLoadFailed(f"{path} is not JSON", provider="local") from None
    if not isinstance(found, dict):
        raise ModelLoadFailed(f"{path} is not a JSON object", provider="local")
    return found


@contextmanager
def opened(files: Iterable[Path]) -> Iterator[Readers]:
    """The tensors of safetensors files by name, each read, and dequantised, when it is called for.

    Raises ModelLoadFailed or WeightsCorrupt.
    """
    with ExitStack() as stack:
        found: dict[str, Callable[[], Tensor]] = {}
        for path in files:
            file = stack.enter_context(WeightReader(path))
            found |= {name: partial(file.tensor, name) for name in file.names()}
        yield dequantised(found)


@contextmanager
def opened_gguf(path: Path, architectures: tuple[str, ...]) -> Iterator[Readers]:
    """The tensors of a GGUF file by name, dequantised when they are called for.

    Raises UnsupportedModel, which names the architecture, for a file of another one; ModelLoadFailed or WeightsCorrupt.
    """
    with GGUFFile(path) as file:
        found = file.get("general.architecture", str, "")
        if found not in architectures:
            raise UnsupportedModel(
                f"{path} is a GGUF file of the architecture {found!r}; expected {' or '.join(architectures)}",
                provider="local",
            )
        yield {name: partial(file.tensor, name) for name in file.tensors}
