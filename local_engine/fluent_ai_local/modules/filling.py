"""Tensors into a module: all that it has, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import torch
from fluent_ai.errors import WeightsCorrupt
from torch import Tensor, nn

from fluent_ai_local.files.pages import on_its_own

Readers: TypeAlias = Mapping[str, Callable[[], Tensor]]
"""Tensors by name, each read when it is called for."""
_NAMED: Final = 5
_DERIVED: Final = ("position_ids",)
"""Ends of names of what some files hold although modules make it themselves."""


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
