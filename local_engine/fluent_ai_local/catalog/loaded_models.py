"""Loaded models, each loaded once and shared by all threads."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary

import msgspec
import torch
from fluent_ai.content.events import Event, Ping, Progress
from fluent_ai.errors import OutOfMemory, UnsupportedModel
from fluent_ai.interfaces import Emit
from fluent_ai.threads import new_lock

from fluent_ai_local import architectures
from fluent_ai_local.architectures.base import Network
from fluent_ai_local.catalog import weights
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.text.chat_template import ChatTemplate
from fluent_ai_local.text.tokenizer import Tokenizer

_HEARTBEAT: Final = 0.25
_KEPT: Final = 2
"""Models that stay in memory after their use; the one unused for longest goes first."""


class LoadedModel(msgspec.Struct, frozen=True):
    """Everything that a reply needs. Immutable, so threads share it."""

    network: Network
    tokenizer: Tokenizer
    template: ChatTemplate


def load_model(path: Path, emit: Emit[Event], *, trusted: bool, device: torch.device) -> LoadedModel:
    """Read a GGUF file into float32 weights; `trusted` says that its chat template was reviewed.

    Emits Progress(phase="load") in bytes of the file. Raises ModelLoadFailed, WeightsCorrupt, UnsupportedModel or
    OutOfMemory.
    """
    with GGUFFile(path) as file:
        source = file.get("tokenizer.chat_template", str, "")
        if not source:
            raise UnsupportedModel(f"{path}: tokenizer.chat_template is missing: not a chat model")
        template = ChatTemplate(source, name=str(path), trusted=trusted)
        tokenizer = Tokenizer(file)
        estimate = 4 * file.parameters
        if estimate > _memory(device):
            raise _out_of_memory(path, estimate)
        try:
            network = architectures.load(
                file,
                device=device,
                dtype=torch.float32,
                loaded=lambda done, total: emit(Progress("load", done, total)),
            )
        except (MemoryError, torch.OutOfMemoryError):
            raise _out_of_memory(path, estimate) from None
    return LoadedModel(network, tokenizer, template)


class ModelCache:
    """Loads each model once, also when two threads ask for it at the same time; nobody waits for another model."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._lock = new_lock()
        """Guards the two tables below, and is never held while something is pulled or loaded."""
        self._models: OrderedDict[tuple[str, int, int], LoadedModel] = OrderedDict()
        self._loading: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()

    def get(self, model: str, emit: Emit[Event]) -> LoadedModel:
        """The model, pulled and loaded if need be. What `emit` raises ends either, and leaves nothing behind.

        Raises as `weights.locate` and `load_model` do; a failure is not kept, and who waited for it tries again.
        """
        with _waiting(self._lock_of(weights.place(model)), emit):
            path = weights.locate(model, emit)
            facts = path.stat()
            key = (os.fspath(path.resolve()), facts.st_mtime_ns, facts.st_size)
            loaded = self._used(key)
            if loaded is None:
                loaded = load_model(path, emit, trusted=model in weights.KNOWN, device=self._device)
                self._keep(key, loaded)
            return loaded

    def _lock_of(self, path: Path) -> threading.Lock:
        """The lock of one file. It lives as long as somebody holds it or waits for it."""
        with self._lock:
            return self._loading.setdefault(os.fspath(path.resolve()), new_lock())

    def _used(self, key: tuple[str, int, int]) -> LoadedModel | None:
        with self._lock:
            if key in self._models:
                self._models.move_to_end(key)
            return self._models.get(key)

    def _keep(self, key: tuple[str, int, int], loaded: LoadedModel) -> None:
        with self._lock:
            self._models[key] = loaded
            while len(self._models) > _KEPT:
                self._models.popitem(last=False)


@contextmanager
def _waiting(lock: threading.Lock, emit: Emit[Event]) -> Iterator[None]:
    """Holds `lock`; while another thread has it, says Ping, so that a consumer can leave."""
    while not lock.acquire(timeout=_HEARTBEAT):
        emit(Ping())
    try:
        yield
    finally:
        lock.release()


def _memory(device: torch.device) -> float:
    """Bytes of memory that the device has; infinity where that is not known."""
    if device.type == "cuda":
        return torch.cuda.get_device_properties(device).total_memory
    if device.type == "cpu" and hasattr(os, "sysconf"):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return float("inf")


def _out_of_memory(path: Path, estimate: int) -> OutOfMemory:
    return OutOfMemory(f"{path}: the weights need {estimate / 1e9:.1f} GB of memory in float32", estimate=estimate)
