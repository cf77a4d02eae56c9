"""Memory that requests were promised, so that two of them do not count on the same."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import msgspec
import torch
from fluent_ai.content.events import Ping
from fluent_ai.errors import OutOfMemory
from fluent_ai.interfaces import Emit
from fluent_ai.threads import new_lock

from fluent_ai_local.catalog.attend import HEARTBEAT, hold
from fluent_ai_local.free_memory import free_memory
from fluent_ai_local.images.memory.plan import Plan
from fluent_ai_local.images.model import StableDiffusion3


class _Promise(msgspec.Struct, frozen=True, eq=False):
    """To a request: `kept` bytes of weights, which all requests of its model share, and `own` bytes beside them."""

    model: StableDiffusion3
    kept: int
    own: int


class Ledger:
    """The promises of one device.

    What is free says nothing of what running requests will still take, and not whose the rest is. So the memory that
    would be free if none of them ran is remembered from the time when none did, and kept between what is free now and
    what would be if nothing of the promises were taken yet: other programs come and go meanwhile.
    """

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._lock = new_lock()
        """Guards the three below."""
        self._promises: list[_Promise] = []
        self._without = 0.0
        self._ended = threading.Event()
        """Set when the next request ends, and then replaced."""

    @contextmanager
    def promised(
        self, model: StableDiffusion3, make: Callable[[float], Plan], emit: Emit[Ping]
    ) -> Iterator[tuple[Plan, float]]:
        """The plan that `make` makes of the bytes that are available, weights of the model in memory included; and
        those bytes.

        Where nothing fits beside other requests, waits, with Ping, until one of them ends. Raises OutOfMemory where
        nothing fits although there is none, and what `emit` raises.
        """
        while True:
            with hold(self._lock, emit):
                ended, alone, available = self._ended, not self._promises, self._available(model)
                try:
                    plan = make(available)
                except OutOfMemory:
                    if alone:
                        raise
                else:
                    kept = sum(part.weight for part in model.resident) if plan.offload == "none" else 0
                    promise = _Promise(model, kept, plan.peak - kept)
                    self._promises.append(promise)
                    break
            if not ended.wait(HEARTBEAT):
                emit(Ping())
        try:
            yield plan, available
        finally:
            with self._lock:
                self._promises.remove(promise)
                self._ended.set()
                self._ended = threading.Event()

    def _available(self, model: StableDiffusion3) -> float:
        kept = {each.model: each.kept for each in sorted(self._promises, key=lambda each: each.kept)}
        free = free_memory(self._device) + sum(each.in_memory for each in {*kept, model})
        own = sum(each.own for each in self._promises)
        self._without = min(max(self._without, free), free + own) if self._promises else free
        return self._without - own - sum(size for each, size in kept.items() if each is not model)


_lock: Final = new_lock()
_ledgers: Final[dict[torch.device, Ledger]] = {}


def ledger_of(device: torch.device) -> Ledger:
    """The one of the process for this device."""
    with _lock:
        return _ledgers.setdefault(device, Ledger(device))
