"""Tensors from files into a module: all that it has, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import torch
from fluent_ai.errors import ModelLoadFailed, UnsupportedModel, WeightsCorrupt
from torch import Tensor, nn

from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.files.pages import on_its_own
from fluent_ai_local.files.weight_reader import WeightReader
from fluent_ai_local.images.keys import Readers
from fluent_ai_local.images.quantised import dequantised

_NAMED: Final = 5
_INDEX: Final = "model.safetensors.index.json", "diffusion_pytorch_model.safetensors.index.json"
_SINGLE: Final = "model.safetensors", "diffusion_pytorch_model.safetensors"
_DERIVED: Final = ("position_ids",)
"""Ends of names of what some files hold although modules make it themselves."""


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


def check_names(module: nn.Module, tensors: Readers, where: str) -> None:
    """Raises WeightsCorrupt, which names `where`, for tensors that are missing, or not part of the module."""
    wanted = module.state_dict()
    tied = _tied(wanted, tensors)
    surplus = [name for name in tensors if name not in wanted and not name.endswith(_DERIVED)]
    missing = [name for name in wanted if name not in tensors and name not in tied]
    if surplus or missing:
        raise WeightsCorrupt(f"{where}: {mismatch(missing, surplus)}", provider="local")


def fill(
    module: nn.Module,
    tensors: Readers,
    where: str,
    *,
    device: torch.device,
    dtype: torch.dtype,
    told: Callable[[int], None],
    prefix: str = "",
    without: str | None = None,
) -> None:
    """Put tensors in their places in a module of the meta device; `told` hears of the bytes in memory of each.

    The module is that part of a larger one whose names begin with `prefix`; those that begin with `without` stay away.
    Raises WeightsCorrupt, which names `where`, for a tensor of another shape, and for a place that nothing fills.
    """
    wanted = module.state_dict()
    tied = _tied(wanted, tensors)
    state: dict[str, Tensor] = {}
    for name, place in wanted.items():
        if name in tied or (without is not None and name.startswith(without)):
            continue
        tensor = tensors[prefix + name]()
        if tensor.shape != place.shape:
            raise WeightsCorrupt(
                f"{where}: {prefix}{name} is shaped {list(tensor.shape)}, expected {list(place.shape)}",
                provider="local",
            )
        kind = dtype if tensor.is_floating_point() else tensor.dtype
        state[name] = on_its_own(tensor, kind) if device.type == "cpu" else tensor.to(device, kind)
        told(state[name].nbytes)
    state |= {name: state[other] for name, other in tied.items()}
    module.load_state_dict(state, assign=True, strict=False)
    _make_derived(module, device)
    every = (*module.named_buffers(), *module.named_parameters())
    left = [name for name, tensor in every if tensor.is_meta and not (without and name.startswith(without))]
    if left:
        raise WeightsCorrupt(f"{where}: nothing fills {named(left)}", provider="local")


def mismatch(missing: list[str], surplus: list[str]) -> str:
    """Which tensors are missing, and which are too many."""
    said = [
        f"{len(names)} tensors are {what}: {named(names)}"
        for what, names in (("missing", missing), ("not part of the model", surplus))
        if names
    ]
    return "; ".join(said)


def named(names: list[str]) -> str:
    """The first few names."""
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else "")


def _tied(wanted: Mapping[str, Tensor], tensors: Readers) -> dict[str, str]:
    """T5 has one embedding under two names, of which files hold one or both."""
    pair = ("encoder.embed_tokens.weight", "shared.weight")
    name, other = pair if pair[1] in tensors else pair[::-1]
    return {name: other} if name in wanted and other in wanted and other in tensors else {}


def _make_derived(module: nn.Module, device: torch.device) -> None:
    """What no file has to hold: the numbers of positions."""
    for name, buffer in list(module.named_buffers()):
        if buffer.is_meta and name.endswith(_DERIVED):
            owner, _, own = name.rpartition(".")
            numbers = torch.arange(buffer.shape[-1], device=device).expand(buffer.shape)
            module.get_submodule(owner).register_buffer(own, numbers, persistent=False)
