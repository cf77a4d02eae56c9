"""Image models that are open, each opened once and shared by all threads."""

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
from fluent_ai.errors import ModelLoadFailed
from fluent_ai.interfaces import Emit
from fluent_ai.threads import new_lock

from fluent_ai_local.catalog.attend import attended, hold
from fluent_ai_local.devices import find_device
from fluent_ai_local.images import places
from fluent_ai_local.images.model import StableDiffusion3

_KEPT: Final = 1
"""Models whose weights stay in memory after their use."""


class ImageModels:
    """Opens each model once, also when two threads ask for it at the same time."""

    def __init__(self, device: str, cache: Path | None = None) -> None:
        self._device = device
        self._cache = cache
        self._lock = new_lock()
        """Guards the two tables below, and is never held while something is opened."""
        self._models: OrderedDict[tuple[str, int], StableDiffusion3] = OrderedDict()
        self._opening: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()

    def get(self, model: str, emit: Emit[Ping | Progress]) -> StableDiffusion3:
        """The model, opened if need be; the weights of another one are let go of first.

        What `emit` raises ends that, and leaves nothing behind. Raises NotFound, ModelLoadFailed, UnsupportedModel,
        WeightsCorrupt, or StageFailed for a device that is not there. A failure is not kept, and who waited for it
        tries again.
        """
        path, key = attended(lambda told: self._find(model), emit, name=f"find {model}")
        with self._lock:
            lock = self._opening.setdefault(key[0], new_lock())
        with hold(lock, emit):
            with self._lock:
                opened = self._models.get(key)
                if opened is not None:
                    self._models.move_to_end(key)
                    return opened
            opened = attended(self._open(model, path), emit, name=f"open {model}")
            with self._lock:
                self._models[key] = opened
                gone = [self._models.popitem(last=False) for _ in range(len(self._models) - _KEPT)]
        for _, other in gone:
            other.release()
        return opened

    def loaded(self) -> list[tuple[str, int]]:
        """The places of the models, and the bytes of their weights in memory now."""
        with self._lock:
            return [(place, model.in_memory) for (place, _), model in self._models.items()]

    def unload(self, model: str | None = None) -> int:
        """Let go of a model, or of every one. Returns how many; raises NotFound as `places.check`.

        A picture that is being drawn keeps its model until it is finished.
        """
        place = None if model is None else os.fspath(places.locate(model, self._cache).resolve())
        with self._lock:
            gone = [self._models.pop(key) for key in list(self._models) if place in (None, key[0])]
        for other in gone:
            other.release()
        return len(gone)

    def _find(self, model: str) -> tuple[Path, tuple[str, int]]:
        path = places.locate(model, self._cache)
        return path, (os.fspath(path.resolve()), _stamp(path))

    def _open(self, model: str, path: Path) -> Callable[[Callable[[Progress], None]], StableDiffusion3]:
        def open_folder(told: Callable[[Progress], None]) -> StableDiffusion3:
            from fluent_ai_local.images.loading import Folder

            device = find_device(self._device)
            dtype = torch.float32 if device.type == "cpu" else torch.bfloat16
            return Folder(path, device, dtype).open(model)

        return open_folder


def _stamp(path: Path) -> int:
    """Another one once any of the files is another. A folder that cannot be a model may be a large one: not read."""
    if path.is_dir() and not (path / "model_index.json").is_file():
        return 0
    files = sorted((*path.glob("*"), *path.glob("*/*"))) if path.is_dir() else [path]
    try:
        facts = [(os.fspath(file), file.stat()) for file in files if file.is_file()]
    except OSError as error:
        raise ModelLoadFailed(f"{path}: {error.strerror}: {error.filename}", provider="local") from None
    return hash(tuple((name, found.st_mtime_ns, found.st_size) for name, found in facts))
