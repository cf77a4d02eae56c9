"""How much memory a device has left, in this container."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import torch

_GROUPS: Final = Path("/sys/fs/cgroup")
_OWN: Final = Path("/proc/self/cgroup")
_LIMITLESS: Final = float("inf")


def free_memory(device: torch.device) -> float:
    """Bytes that the device has left; infinity where that is not known."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    if device.type == "mps":
        return max(0, torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory())
    if device.type == "cpu":
        return min(_free_here(), *(free_in_group(folder) for folder in _groups()))
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


def _groups() -> Iterator[Path]:
    """The folders of the control groups whose limits hold for this process: its own, and those around it."""
    yield _GROUPS
    yield _GROUPS / "memory"
    try:
        lines = _OWN.read_text("ascii").splitlines()
    except (OSError, ValueError):  # not Linux
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if not controllers or "memory" in controllers.split(","):
            root = _GROUPS / "memory" if controllers else _GROUPS
            place = root / path.lstrip("/")
            yield from (folder for folder in (place, *place.parents) if folder != root and root in folder.parents)


def free_in_group(folder: Path) -> float:
    """What the processes of a control group may still take; the pages of files that they have read would be given up
    for that. Infinity for a folder without a limit.
    """
    for limit, used, inactive in (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),  # version 1
    ):
        try:
            most, now = (int((folder / name).read_text("ascii")) for name in (limit, used))
            facts = dict(line.split() for line in (folder / "memory.stat").read_text("ascii").splitlines())
            return max(0, most - now + int(facts.get(inactive, 0)))
        except (OSError, ValueError):  # no container, no limit ("max"), or the other version
            continue
    return _LIMITLESS


def megabytes(size: float) -> str:
    """A number of bytes for people."""
    return f"{size / 1e6:,.0f} MB"
