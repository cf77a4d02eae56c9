"""Loaded models, each loaded once and shared by all threads."""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias
from weakref import WeakValueDictionary

import msgspec
import torch
from fluent_ai.content.events import Event, Progress
from fluent_ai.errors import ConfigError, UnsupportedModel
from fluent_ai.interfaces import Emit
from fluent_ai.threads import new_lock

from fluent_ai_local import architectures, kernels
from fluent_ai_local.architectures import Precision
from fluent_ai_local.architectures.base import Encoder, Network
from fluent_ai_local.catalog import sources, weights
from fluent_ai_local.catalog.attend import attended, hold
from fluent_ai_local.catalog.freed_memory import give_back
from fluent_ai_local.catalog.model_text import ModelText, TextCache, open_model, read_text
from fluent_ai_local.catalog.peak import check_room, out_of_memory, peak_of
from fluent_ai_local.catalog.pooling import Pooling, pooling_of, prompts_of, scores_are_sigmoids
from fluent_ai_local.clip.loading import LoadedClip, import_libraries, load_clip
from fluent_ai_local.files.hugging_face import HuggingFaceFolder
from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.free_memory import free_memory, megabytes
from fluent_ai_local.layers.kv_counts import KVCounts
from fluent_ai_local.layers.prefix_cache import PrefixCache
from fluent_ai_local.scheduler import Scheduler
from fluent_ai_local.text.chat_template import ChatTemplate
from fluent_ai_local.text.tokenizer import Tokenizer

_log: Final = logging.getLogger("fluent_ai_local.models")
"""Says at INFO which models come into memory and go."""
_SHARE: Final = 0.5
"""Part of the device's memory in which models stay after their use; the one unused for longest goes first."""
_Key: TypeAlias = tuple[str, int, int, Precision]
"""Path, time of change, size, precision."""


class LoadedModel(msgspec.Struct, frozen=True):
    """Everything that a reply needs; threads share it."""

    path: Path
    """As it was named: in the hub's cache, a link to what is called by its digest."""
    network: Network
    tokenizer: Tokenizer
    template: ChatTemplate | None
    """None for a model that was not trained to converse."""
    prefixes: PrefixCache
    scheduler: Scheduler
    architecture: str
    pooling: Pooling
    """How it embeds."""
    prompts: Mapping[str, str]
    """What is put before a text by its purpose."""

    @property
    def longest(self) -> int:
        """Tokens that a text may have."""
        return self.network.context_length

    @property
    def size(self) -> int:
        """Bytes that it holds now: weights, and the beginnings of prompts."""
        return self.network.size + self.prefixes.size


class LoadedEncoder(msgspec.Struct, frozen=True):
    """Everything that an embedding needs; threads share it."""

    path: Path
    network: Encoder
    tokenizer: Tokenizer
    pooling: Pooling
    prompts: Mapping[str, str]
    sigmoid: bool
    """Whether the score of a pair of texts goes through a sigmoid."""
    longest: int
    """Tokens that a text may have, or a pair of texts."""

    @property
    def size(self) -> int:
        return self.network.size


Loaded: TypeAlias = LoadedModel | LoadedEncoder | LoadedClip


def choose_precision(wanted: str | None, device: torch.device) -> Precision:
    """The precision that was asked for; by default `fast` where it runs, else `exact`. Raises ConfigError where `fast`
    was asked for and does not run.
    """
    runs = device.type == "cpu" and kernels.available()
    if wanted == "fast" and not runs:
        need = "numba: pip install 'fluent-ai[local]'" if device.type == "cpu" else f"a CPU, not {device}"
        raise ConfigError(f"precision = 'fast' needs {need}", provider="local")
    return "exact" if wanted == "exact" or not runs else "fast"


def load_model(
    path: Path,
    emit: Emit[Event],
    *,
    trusted: bool,
    device: torch.device,
    precision: Precision = "exact",
    make_room: Callable[[int], None] = lambda need: None,
) -> Loaded:
    """Read a GGUF file, or a folder of Hugging Face's; `trusted` says that its chat template was reviewed.

    `make_room` is told how many bytes are needed, before that is compared with what is free.

    Emits Progress in bytes of the file, of phase `load`, or `requantise` for tensors whose type the fast precision does
    not keep; then of phase `compile` when the process runs the fast kernels for the first time. Raises ModelLoadFailed,
    WeightsCorrupt, UnsupportedModel or OutOfMemory.
    """
    with open_model(path) as file:
        architectures.check_tensors(file)
        clip = file if isinstance(file, HuggingFaceFolder) and file.architecture == "clip" else None
        encodes = clip is not None or architectures.is_encoder(file)
        kernels_to_come = not encodes and precision == "fast" and not _compiled.is_set()
        need = peak_of(file, "exact" if encodes else precision, kernels=kernels_to_come)
        make_room(need)
        check_room(path, need, device)
        if clip is not None:
            return _load_clip(clip, emit, device)
        if encodes:
            return _load_encoder(file, emit, device)
        text = read_text(file, trusted=trusted)
        pooling, prompts = pooling_of(file), prompts_of(file)
        try:
            network = architectures.load(
                file,
                device=device,
                precision=precision,
                loaded=lambda phase, done, total: emit(Progress(phase, done, total)),
            )
            if precision == "fast":
                _compile(network, emit)
        except (MemoryError, torch.OutOfMemoryError):
            raise out_of_memory(path, need, free_memory(device)) from None
    prefixes = PrefixCache(counter=network.counter)
    scheduler = Scheduler(network, prefixes)
    return LoadedModel(
        path, network, text.tokenizer, text.template, prefixes, scheduler, text.architecture, pooling, prompts
    )


def _load_clip(file: HuggingFaceFolder, emit: Emit[Event], device: torch.device) -> LoadedClip:
    attended(lambda told: import_libraries(), emit, name="import transformers")
    return load_clip(file, device, lambda phase, done, total: emit(Progress(phase, done, total)))


def _load_encoder(file: ModelFile, emit: Emit[Event], device: torch.device) -> LoadedEncoder:
    text = read_text(file, trusted=False)
    network = architectures.load_encoder(
        file, device=device, loaded=lambda phase, done, total: emit(Progress(phase, done, total))
    )
    longest = network.context_length
    if isinstance(file, HuggingFaceFolder):
        most = file.read_json("sentence_bert_config.json", optional=True).get("max_seq_length")
        longest = min(longest, most) if isinstance(most, int) and most > 0 else longest
    pooling, prompts, sigmoid = pooling_of(file), prompts_of(file), scores_are_sigmoids(file)
    return LoadedEncoder(file.path, network, text.tokenizer, pooling, prompts, sigmoid, longest)


_compiled = threading.Event()


def _compile(network: Network, emit: Emit[Event]) -> None:
    """Run all kernels, so that they are compiled, or read from the disk, while the model still loads."""
    if _compiled.is_set():
        return
    from fluent_ai_local.layers.packed import run_kernels  # imports numba

    emit(Progress("compile", 0, 2))
    run_kernels()
    emit(Progress("compile", 1, 2))
    network.forward(torch.zeros(1, 1, dtype=torch.int64), network.new_cache(1))
    emit(Progress("compile", 2, 2))
    _compiled.set()


class InMemory(msgspec.Struct, frozen=True):
    """A model in memory: its file or folder, its precision, and the bytes that it takes."""

    path: str
    precision: Precision
    size: int
    kv: KVCounts = KVCounts()
    """What has become of its keys and values, for a model that writes."""


class ModelCache:
    """Loads each model once, also when two threads ask for it at the same time; nobody waits for another model."""

    def __init__(self, device: torch.device, cache: Path | None = None) -> None:
        """`cache` is where the hub keeps its repositories, if not where its own tool does."""
        self._device = device
        self._cache = cache
        self._limit = _memory(device) * _SHARE
        self._lock = new_lock()
        """Guards the two tables below, and is never held while something is pulled or loaded."""
        self._models: OrderedDict[_Key, Loaded] = OrderedDict()
        self._loading: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
        self._texts = TextCache()

    def get(self, model: str, emit: Emit[Event], precision: str | None = None) -> LoadedModel:
        """A model that writes. Raises UnsupportedModel for an encoder, and as `load`."""
        loaded = self.load(model, emit, precision)
        if not isinstance(loaded, LoadedModel):
            raise UnsupportedModel(f"{model} is an encoder: it embeds texts, and writes none", provider="local")
        return loaded

    def load(self, model: str, emit: Emit[Event], precision: str | None = None) -> Loaded:
        """The model, pulled and loaded if need be. What `emit` raises ends either, and leaves nothing behind.

        Raises as `choose_precision`, `sources.locate` and `load_model` do; a failure is not kept, and who waited for it
        tries again.
        """
        chosen = choose_precision(precision, self._device)
        with hold(self._lock_of(model), emit):
            path = sources.locate(model, emit, self._cache)
            key = (os.fspath(path.resolve()), *_version(path), chosen)
            loaded = self._used(key)
            if loaded is None:
                trusted = model in weights.KNOWN
                loaded = load_model(
                    path,
                    emit,
                    trusted=trusted,
                    device=self._device,
                    precision=chosen,
                    make_room=lambda need: self._make_room(need, emit),
                )
                self._keep(key, loaded, emit)
            return loaded

    def text(self, model: str, emit: Emit[Event]) -> ModelText:
        """What the model reads texts with; it is pulled if need be, and not loaded. Raises as `load`."""
        with hold(self._lock_of(model), emit):
            path = sources.locate(model, emit, self._cache)
            return self._texts.get(path, _version(path), trusted=model in weights.KNOWN)

    def _lock_of(self, model: str) -> threading.Lock:
        """The lock of one model. It lives as long as somebody holds it or waits for it."""
        place = sources.place(model, self._cache)
        with self._lock:
            return self._loading.setdefault(model if place is None else os.fspath(place.resolve()), new_lock())

    def _used(self, key: _Key) -> Loaded | None:
        with self._lock:
            if key in self._models:
                self._models.move_to_end(key)
            return self._models.get(key)

    def _keep(self, key: _Key, loaded: Loaded, emit: Emit[Event]) -> None:
        """Keep it, and let go of what is too much beside it."""
        with self._lock:
            self._models[key] = loaded
        _log.info("loaded %s, %s", loaded.path, megabytes(loaded.size), extra=_facts(key, loaded))
        while self._size() > self._limit and self._evict(emit, keeping=key):
            pass

    def _size(self) -> int:
        with self._lock:
            return sum(model.size for model in self._models.values())

    def _make_room(self, need: int, emit: Emit[Event]) -> None:
        """Let go of models, those unused for longest first, until so many bytes are free."""
        while need > free_memory(self._device) and self._evict(emit):
            pass

    def _evict(self, emit: Emit[Event], keeping: _Key | None = None) -> bool:
        """Let go of the model unused for longest. False if there is none but that to keep."""
        with self._lock:
            key = next(iter(self._models), None)
            if key is None or key == keeping:
                return False
            model = self._models.pop(key)
        size = model.size
        _log.info("evicted %s, %s", model.path, megabytes(size), extra=_facts(key, model))
        del model
        give_back()
        emit(Progress("evict", size, size))
        return True

    def _forget(self, key: _Key) -> None:
        with self._lock:
            gone = self._models.pop(key, None)
        if gone is not None:
            _log.info("unloaded %s, %s", gone.path, megabytes(gone.size), extra=_facts(key, gone))

    def loaded(self) -> list[InMemory]:
        """The models in memory, the one used last at the end."""
        with self._lock:
            return [_in_memory(model, key[3]) for key, model in self._models.items()]

    def unload(self, model: str | None = None) -> int:
        """Let go of a model in all precisions, or of every model. Returns how many; raises NotFound as `sources.check`.

        A reply that is being written keeps its model until it ends.
        """
        place = None if model is None else sources.place(model, self._cache)
        with self._lock:
            keys = [key for key in self._models if model is None or (place and key[0] == os.fspath(place.resolve()))]
        for key in keys:
            self._forget(key)
        give_back()
        return len(keys)


def _in_memory(model: Loaded, precision: Precision) -> InMemory:
    counts = model.network.counter.counts if isinstance(model, LoadedModel) else KVCounts()
    return InMemory(os.fspath(model.path.absolute()), precision, model.size, counts)


def _facts(key: _Key, loaded: Loaded) -> dict[str, object]:
    """What a record of the log carries beside its words."""
    return {"model_path": os.fspath(loaded.path), "precision": key[3], "bytes": loaded.size}


def _version(path: Path) -> tuple[int, int]:
    """When a file, or any of a folder, was changed last, and the bytes of all."""
    facts = [each.stat() for each in sources.files(path)]
    return max(each.st_mtime_ns for each in facts), sum(each.st_size for each in facts)


def _memory(device: torch.device) -> float:
    """Bytes of memory that the device has; infinity where that is not known."""
    if device.type == "cuda":
        return torch.cuda.get_device_properties(device).total_memory
    if device.type == "cpu" and hasattr(os, "sysconf"):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return float("inf")
