"""Answers in the memory of this process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from fluent_ai.arguments import check_number
from fluent_ai.cache.store import check_seconds
from fluent_ai.threads import new_lock


class MemoryCache:
    """Keeps answers in this process: `Client(cache=ai.MemoryCache())`. What was not used for longest goes first.

    An answer is used for `ttl` seconds, an hour by default, or for ever with None. At most `entries` are kept, and at
    most `size` bytes. Raises ConfigError for numbers that make no sense.

        >>> import fluent_ai as ai
        >>> client = ai.Client(cache=ai.MemoryCache(ttl=600.0))
    """

    waits: ClassVar[bool] = False
    """Its methods never wait, so an event loop may call them."""

    def __init__(
        self,
        ttl: float | None = 3600.0,
        *,
        entries: int = 10_000,
        size: int = 64 * 1024 * 1024,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._ttl = check_seconds(ttl)
        check_number("entries", entries, int, 1, 1e9)
        check_number("size", size, int, 1, 1e15)
        self._entries = entries
        self._size = size
        self._clock = clock
        self._lock = new_lock()
        self._kept: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        self._bytes = 0

    def __repr__(self) -> str:
        return f"MemoryCache({len(self._kept)} answers, {self._bytes} bytes)"

    def get(self, key: str, /) -> bytes | None:
        """What was kept under this key, if it is young enough."""
        with self._lock:
            if (found := self._kept.get(key)) is None:
                return None
            value, since = found
            if self._ttl is not None and self._clock() - since >= self._ttl:
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return value

    def set(self, key: str, value: bytes, /) -> None:
        """Keep this; what is larger than all that may be kept is not."""
        with self._lock:
            self._drop(key)
            if len(value) > self._size:
                return
            self._kept[key] = value, self._clock()
            self._bytes += len(value)
            while len(self._kept) > self._entries or self._bytes > self._size:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget all answers."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _drop(self, key: str) -> None:
        if (found := self._kept.pop(key, None)) is not None:
            self._bytes -= len(found[0])
