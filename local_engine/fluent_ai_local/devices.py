"""Where a model computes: by name, or on the best device that there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

import torch
from fluent_ai.errors import StageFailed

from fluent_ai_local.free_memory import free_memory, megabytes

AUTO: Final = "auto"
_LEAST: Final = 2**30
"""Bytes that must be free on a device for `auto` to take it."""


class Accelerator(NamedTuple):
    """A device other than the CPU on which torch computes here."""

    device: torch.device
    free: float
    """Bytes of memory."""
    capability: str
    """What it is, such as `Apple M2` or `NVIDIA H100, compute capability 9.0`."""


def find_device(name: str) -> torch.device:
    """The device of that name, which torch has, or the one that `auto` stands for: see `choose`.

    Raises StageFailed if it is not there, with what is.
    """
    if name == AUTO:
        return _chosen()
    device = _working(name)
    if device is None:
        there = ", ".join(["cpu", *map(_described, accelerators()), AUTO])
        raise StageFailed(f"device is {name!r}; this machine has {there}", stage="device", provider="local")
    return device


def choose(there: Sequence[Accelerator]) -> torch.device:
    """Metal, then the CUDA device with the most free memory, then the CPU; what has less than 1 GB free is left out."""
    roomy = [each for each in there if each.free >= _LEAST]
    best = max(roomy, key=lambda each: (each.device.type == "mps", each.free), default=None)
    return torch.device("cpu") if best is None else best.device


def accelerators() -> Iterator[Accelerator]:
    """Those on which a first tensor can be made: not those that are too old for this build of torch."""
    if torch.backends.mps.is_available() and (metal := _working("mps")) is not None:
        yield Accelerator(metal, free_memory(metal), "Metal")
    for number in range(torch.cuda.device_count()):
        if (cuda := _working(f"cuda:{number}")) is not None:
            major, minor = torch.cuda.get_device_capability(cuda)
            name = torch.cuda.get_device_name(cuda)
            yield Accelerator(cuda, free_memory(cuda), f"{name}, compute capability {major}.{minor}")


@cache
def _chosen() -> torch.device:
    """Looked for once: models stay where they were loaded."""
    return choose(list(accelerators()))


def _working(name: str) -> torch.device | None:
    try:
        device = torch.device(name)
        (torch.zeros(1, device=device) + 1).item()  # which fails on the device `meta`, too
    except (RuntimeError, AssertionError):
        return None
    return device


def _described(each: Accelerator) -> str:
    return f"{each.device} ({each.capability}, {megabytes(each.free)} free)"
