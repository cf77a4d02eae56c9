"""What becomes of a model's keys and values: counted, for whoever looks."""

from __future__ import annotations

from typing import Literal

import msgspec
from fluent_ai.threads import new_lock


class KVCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How often each thing has happened since the model was loaded."""

    allocated: int = 0
    """Caches that were made: one a reply."""
    grown: int = 0
    """Times that a cache took a larger block of memory, the first one included."""
    kept: int = 0
    """Beginnings and ends of prompts that were kept for later."""
    reused: int = 0
    """Beginnings and ends that did not have to be computed again."""
    evicted: int = 0
    """Beginnings and ends that gave way to others."""


class KVCounter:
    """Counts, in any number of threads."""

    def __init__(self) -> None:
        self._lock = new_lock()
        self._counts = KVCounts()

    @property
    def counts(self) -> KVCounts:
        return self._counts

    def add(self, what: Literal["allocated", "grown", "kept", "reused", "evicted"]) -> None:
        with self._lock:
            self._counts = msgspec.structs.replace(self._counts, **{what: getattr(self._counts, what) + 1})
