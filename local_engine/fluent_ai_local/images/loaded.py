"""Loaded image models, each loaded once and shared by all threads."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary

import torch
from fluent_ai.content.events import Ping, Progress
from fluent_ai.errors import StageFailed
from fluent_ai.interfaces import Emit
from fluent_ai.threads import new_lock

from fluent_ai_local.catalog.attend import attended, hold
from fluent_ai_local.images import places
from fluent_ai_local.images.model import StableDiffusion3

_KEPT: Final = 1
"""Models that stay in memory after their use."""


class ImageModels:
    """Loads each model once, also when two threads ask for it at the same time."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._lock = new_lock()
        """Guards the two tables below, and is never held while something is loaded."""
        self._models: OrderedDict[tuple[str, int], StableDiffusion3] = OrderedDict()
        self._loading: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()

    def get(self, model: str, emit: Emit[Ping | Progress]) -> StableDiffusion3:
        """The model, loaded if need be. What `emit` raises ends that, and leaves nothing behind.

        Raises NotFound, ModelLoadFailed, UnsupportedModel, WeightsCorrupt, OutOfMemory, or StageFailed for a device
        that is not there. A failure is not kept, and who waited for it tries again.
        """
        path = places.locate(model)
        place = os.fspath(path.resolve())
        key = place, _stamp(path)
        with self._lock:
            lock = self._loading.setdefault(place, new_lock())
        with hold(lock, emit):
            with self._lock:
                loaded = self._models.get(key)
                if loaded is not None:
                    self._models.move_to_end(key)
                    return loaded
            loaded = attended(self._load(model, path), emit, name=f"load {model}")
            with self._lock:
                self._models[key] = loaded
                while len(self._models) > _KEPT:
                    self._models.popitem(last=False)
            return loaded

    def _load(self, model: str, path: Path) -> Callable[[Callable[[Progress], None]], StableDiffusion3]:
        def load(told: Callable[[Progress], None]) -> StableDiffusion3:
            from fluent_ai_local.images.loading import Folder

            device = find_device(self._device)
            dtype = torch.float32 if device.type == "cpu" else torch.bfloat16
            return Folder(path, device, dtype, told).load(model)

        return load


def _stamp(path: Path) -> int:
    """Another one once any of the files is another."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    facts = ((os.fspath(file), file.stat()) for file in files if file.is_file())
    return hash(tuple((name, found.st_mtime_ns, found.st_size) for name, found in facts))


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
