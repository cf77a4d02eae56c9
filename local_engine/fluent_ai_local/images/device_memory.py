"""Where a model computes, and how much memory is left there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import torch
from fluent_ai.errors import StageFailed

_GROUP: Final = Path("/sys/fs/cgroup")
_LIMITLESS: Final = float("inf")


def find_device(name: str) -> torch.device:
    """The device of that name. Raises StageFailed if it is not there, with what is."""
    try:
        device = torch.device(name)
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError):
        there = ["cpu", *(kind for kind in ("cuda", "mps") if getattr(torch, kind).is_available())]
        raise StageFailed(
            f"device is {name!r}; this machine has {', '.join(there)}", stage="device", provider="local"
        ) from None
    return device


def free_memory(device: torch.device) -> float:
    """Bytes that the device has left; infinity where that is not known."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    if device.type == "mps":
        return max(0, torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    if device.type == "cpu":
        return min(_free_here(), _free_in_group())
    return _LIMITLESS


def _free_here() -> float:
    try:
        for line in Path("/proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass  # not Linux
    if hasattr(os, "sysconf"):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return _LIMITLESS


def _free_in_group(folder: Path = _GROUP) -> float:
    """What the container may still take; the pages of files that it has read would be given up for that."""
    try:
        limit = int((folder / "memory.max").read_text("ascii"))
        used = int((folder / "memory.current").read_text("ascii"))
        facts = dict(line.split() for line in (folder / "memory.stat").read_text("ascii").splitlines())
        return max(0, limit - used + int(facts.get("inactive_file", 0)))
    except (OSError, ValueError):  # no container, no limit ("max"), or not Linux
        return _LIMITLESS
