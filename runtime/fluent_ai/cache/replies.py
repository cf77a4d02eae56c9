"""The cache of a client: a store, and what happens when it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Protocol, TypeVar

from fluent_ai.cache import entries
from fluent_ai.cache.store import Store
from fluent_ai.threads import new_lock

T = TypeVar("T")

_log = logging.getLogger("fluent_ai.cache")


class Caller(Protocol):
    """Runs functions that may block: directly in a synchronous client, in a thread in an asynchronous one."""

    async def call(self, function: Callable[[], T]) -> T: ...


class AnswerCache:
    """Answers in a store. A store that fails ends no call: its first failure is logged as a warning, and so is the
    first one after it was well again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waits = getattr(store, "waits", True) is not False
        self._failing: set[str] = set()
        self._lock = new_lock()

    async def read(self, key: str, kinds: Sequence[type], caller: Caller) -> list[Any] | None:
        """The items of the answer; None if there is none, or none that can be read."""
        return await self._run(partial(self._read, key, kinds), caller)

    async def write(self, key: str, items: Iterable[object], caller: Caller) -> None:
        """Keep an answer."""
        await self._run(partial(self._write, key, items), caller)

    async def _run(self, work: Callable[[], T], caller: Caller) -> T:
        return await caller.call(work) if self._waits else work()

    def _read(self, key: str, kinds: Sequence[type]) -> list[Any] | None:
        try:
            entry = self._store.get(key)
            if entry is None:
                found = None
            elif isinstance(entry, bytes):
                found = entries.read(entry, kinds)
            else:
                raise TypeError(f"get returned {type(entry).__name__}")
        except Exception as error:  # a store of the caller's may raise anything
            self._failed("read", error)
            return None
        self._failing.discard("read")
        return found

    def _write(self, key: str, items: Iterable[object]) -> None:
        try:
            self._store.set(key, entries.written(items))
        except Exception as error:  # as above
            self._failed("kept", error)
        else:
            self._failing.discard("kept")

    def _failed(self, what: str, error: Exception) -> None:
        with self._lock:
            known = what in self._failing
            self._failing.add(what)
        if not known:
            _log.warning(
                "an answer could not be %s: %s %s; calls go on without the cache",
                what, type(self._store).__name__, _reason(error),
            )  # fmt: skip


def _reason(error: Exception) -> str:
    """What went wrong, without a message that might quote content."""
    if isinstance(error, entries.DamagedEntry):
        return "holds a damaged entry"
    return f"raised {type(error).__name__}"
