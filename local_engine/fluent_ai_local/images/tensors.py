"""Tensors from safetensors files into a module: all that it has, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import torch
from fluent_ai.errors import ModelLoadFailed, WeightsCorrupt
from torch import Tensor, nn

_NAMED: Final = 5
_INDEX: Final = "model.safetensors.index.json", "diffusion_pytorch_model.safetensors.index.json"
_SINGLE: Final = "model.safetensors", "diffusion_pytorch_model.safetensors"
_DERIVED: Final = ("position_ids",)
"""Ends of names of what some files hold although modules make it themselves."""


def weight_files(folder: Path) -> list[Path]:
    """The safetensors files of one component, all shards of them. Raises ModelLoadFailed for one that is missing."""
    for name in _INDEX:
        if (folder / name).is_file():
            shards = sorted(set(_json(folder / name).get("weight_map", {}).values()))
            missing = [shard for shard in shards if not (folder / shard).is_file()]
            if missing or not shards:
                raise ModelLoadFailed(
                    f"{folder}: {len(missing)} of {len(shards)} shards are missing: {named(missing)}", provider="local"
                )
            return [folder / shard for shard in shards]
    for name in _SINGLE:
        if (folder / name).is_file():
            return [folder / name]
    raise ModelLoadFailed(f"{folder} holds none of {', '.join((*_SINGLE, *_INDEX))}", provider="local")


def size(files: Iterable[Path]) -> int:
    """Bytes of these files."""
    return sum(file.stat().st_size for file in files)


def read_config(path: Path) -> dict[str, Any]:
    """The JSON object of a configuration file. Raises ModelLoadFailed."""
    return _json(path)


def _json(path: Path) -> dict[str, Any]:
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
def opened(files: Iterable[Path]) -> Iterator[Mapping[str, Callable[[], Tensor]]]:
    """The tensors of files by name, each read when it is called for. Raises ModelLoadFailed or WeightsCorrupt."""
    from safetensors import SafetensorError, safe_open

    with ExitStack() as stack:
        found: dict[str, Callable[[], Tensor]] = {}
        for path in files:
            try:
                file = stack.enter_context(safe_open(path, "pt"))
            except SafetensorError as error:
                raise WeightsCorrupt(f"{path}: {error}", provider="local") from None
            except OSError as error:
                raise ModelLoadFailed(f"{path}: {error.strerror or error}", provider="local") from None
            for name in file.keys():  # noqa: SIM118  # not a mapping
                found[name] = _reader(file.get_tensor, name)
        yield found


def _reader(get: Callable[[str], Tensor], name: str) -> Callable[[], Tensor]:
    return lambda: get(name)


def fill(
    module: nn.Module,
    tensors: Mapping[str, Callable[[], Tensor]],
    where: str,
    *,
    device: torch.device,
    dtype: torch.dtype,
    told: Callable[[int], None],
) -> None:
    """Put every tensor in its place in a module of the meta device; `told` hears of the bytes of each.

    Raises WeightsCorrupt, which names `where`, for tensors that are missing, surplus, or of another shape.
    """
    wanted = module.state_dict()
    tied = _tied(wanted, tensors)
    surplus = [name for name in tensors if name not in wanted and not name.endswith(_DERIVED)]
    missing = [name for name in wanted if name not in tensors and name not in tied]
    if surplus or missing:
        raise WeightsCorrupt(f"{where}: {mismatch(missing, surplus)}", provider="local")
    state: dict[str, Tensor] = {}
    for name in (name for name in wanted if name in tensors):
        tensor = tensors[name]()
        if tensor.shape != wanted[name].shape:
            raise WeightsCorrupt(
                f"{where}: {name} is shaped {list(tensor.shape)}, expected {list(wanted[name].shape)}", provider="local"
            )
        told(tensor.nbytes)
        state[name] = tensor.to(device=device, dtype=dtype if tensor.is_floating_point() else tensor.dtype)
    module.load_state_dict(state | {name: state[other] for name, other in tied.items()}, assign=True)
    _make_derived(module, device)


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


def _tied(wanted: Mapping[str, Tensor], tensors: Mapping[str, Callable[[], Tensor]]) -> dict[str, str]:
    """T5 has one embedding under two names, of which files hold one or both."""
    pair = ("shared.weight", "encoder.embed_tokens.weight")
    return {
        name: other for name, other in (pair, pair[::-1]) if name in wanted and name not in tensors and other in tensors
    }


def _make_derived(module: nn.Module, device: torch.device) -> None:
    """What no file has to hold: the numbers of positions."""
    for name, buffer in list(module.named_buffers()):
        if buffer.is_meta and name.endswith(_DERIVED):
            owner, _, own = name.rpartition(".")
            numbers = torch.arange(buffer.shape[-1], device=device).expand(buffer.shape)
            module.get_submodule(owner).register_buffer(own, numbers, persistent=False)
    left = [name for name, tensor in (*module.named_buffers(), *module.named_parameters()) if tensor.is_meta]
    if left:
        raise WeightsCorrupt(f"nothing fills {named(left)}", provider="local")
