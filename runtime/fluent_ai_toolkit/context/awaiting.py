"""How the one who reads a context gets what is asynchronous: it reads in a thread, and an event loop may stand by."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import CancelledError, Future
from typing import Any, Protocol, TypeVar

from fluent_ai.errors import Cancelled, ConfigError
from fluent_ai.threads import new_lock

T = TypeVar("T")


class Awaiting(Protocol):
    """Waits for what a callable of the caller's gives, and says when nobody waits for the context any more."""

    def result(self, made: Callable[[], Awaitable[T]]) -> T:
        """What the awaitable gives. Raises what it raises."""
        ...

    def check(self) -> None:
        """Raises Cancelled if reading should end."""
        ...


class Nowhere:
    """Without an event loop, nothing is awaited. `left` says whether nobody waits for the reader any more."""

    def __init__(self, left: Callable[[], bool] | None = None) -> None:
        self._left = left

    def result(self, made: Callable[[], Awaitable[T]]) -> T:
        raise ConfigError("a source or `rank` is asynchronous; allowed here: blocking ones. Use acollect or astream")

    def check(self) -> None:
        if self._left is not None and self._left():
            raise Cancelled("the context was left before its end")


class InLoop:
    """Awaits in the event loop of the caller, for a reader in another thread; `stop` ends both."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = new_lock()
        self._stopped = False
        self._waits_for: Future[Any] | None = None

    def enter(self) -> None:
        """Await in the running loop from here on."""
        self._loop = asyncio.get_running_loop()

    def result(self, made: Callable[[], Awaitable[T]]) -> T:
        async def run() -> T:
            return await made()

        with self._lock:
            self.check()
            if (loop := self._loop) is None:
                raise RuntimeError("no event loop was entered")
            future = asyncio.run_coroutine_threadsafe(run(), loop)
            self._waits_for = future
        try:
            return future.result()
        except CancelledError:
            raise Cancelled("the context was left before its end") from None

    def check(self) -> None:
        if self._stopped:
            raise Cancelled("the context was left before its end")

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            future = self._waits_for
        if future is not None:
            future.cancel()


def awaited(value: object, awaiting: Awaiting) -> object:
    """The value itself, what it gives if it is awaitable, or an iterator over it if it is iterated asynchronously."""
    if isinstance(value, AsyncIterable):
        return _each(value, awaiting)
    if not inspect.isawaitable(value):
        return value
    try:
        return awaiting.result(lambda: value)
    finally:
        if inspect.iscoroutine(value) and inspect.getcoroutinestate(value) == inspect.CORO_CREATED:
            value.close()  # nobody began it


def _each(values: AsyncIterable[T], awaiting: Awaiting) -> Iterator[T]:
    async def first() -> AsyncIterator[T]:
        return aiter(values)

    async def following(iterator: AsyncIterator[T]) -> tuple[T] | None:
        try:
            return (await anext(iterator),)
        except StopAsyncIteration:
            return None

    iterator = awaiting.result(first)
    try:
        while (found := awaiting.result(lambda: following(iterator))) is not None:
            yield found[0]
    finally:
        close = getattr(iterator, "aclose", None)
        if close is not None:
            _closed(close, awaiting)


def _closed(close: Callable[[], Awaitable[object]], awaiting: Awaiting) -> None:
    """Close a generator of the caller's, unless the loop that ran it is being left: then that closes it."""
    try:
        awaiting.result(close)
    except Cancelled:
        return
