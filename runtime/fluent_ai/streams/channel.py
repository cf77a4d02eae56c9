"""A bounded queue between a producer, in a thread or a task, and the stream that a consumer reads."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from fluent_ai.errors import Cancelled, ConfigError
from fluent_ai.threads import new_lock, renew_in_child

if TYPE_CHECKING:
    from fluent_ai.streams.stream import AsyncStream, Stream

T = TypeVar("T")

_LOOK_AGAIN: Final = 0.25
"""Seconds after which a waiting thread checks again, because an interrupt or a collected stream may wake no thread."""


class Channel(Generic[T]):
    """A bounded queue of `capacity` values; while it is full, `emit` blocks and `aemit` suspends.

    The consumer's `close` makes both raise Cancelled. The producer calls `end`, with or without an error. The two sides
    may be in different threads, and the consumer in an event loop.
    """

    def __init__(self, capacity: int = 64) -> None:
        if capacity < 1:
            raise ConfigError(f"capacity is {capacity}; allowed: at least 1")
        self._capacity = capacity
        self._values: deque[T] = deque()
        self._lock = new_lock()
        self._wakers: list[Callable[[], None]] = []
        self._ended = False
        self._error: BaseException | None = None
        self.closed = False
        """True if the consumer has closed the stream."""
        renew_in_child(self, Channel._forget_waiters)

    def emit(self, value: T) -> None:
        """Hand over a value; blocks while the channel is full. Raises Cancelled if the consumer closed the stream."""
        while not self._offer(value):
            self._block(self._full)

    async def aemit(self, value: T) -> None:
        """`emit` for a producer in an event loop: suspends while the channel is full."""
        while not self._offer(value):
            await self._changed(self._full)

    def end(self, error: BaseException | None = None) -> None:
        """Mark the end: the consumer gets the values that are queued, then `error` if it is given."""
        with self._lock:
            if not self._ended:
                self._ended, self._error = True, error
        self._wake()

    def close(self) -> None:
        """Close the channel from the consumer's side."""
        with self._lock:
            self.closed = True
            self._values.clear()
        self._wake()

    def stream(self) -> Stream[T]:
        """The consumer's side as a blocking stream."""
        from fluent_ai.streams.stream import Stream

        return Stream(ChannelSource(self, blocking=True))

    def astream(self) -> AsyncStream[T]:
        """The consumer's side as an asynchronous stream."""
        from fluent_ai.streams.stream import AsyncStream

        return AsyncStream(ChannelSource(self, blocking=False))

    def poll(self) -> list[T] | None:
        """All queued values at once; [] if there are none yet, None at the end. Raises the producer's error."""
        with self._lock:
            values = list(self._values)
            self._values.clear()
            ended = self._ended or self.closed
        if values:
            self._wake()
            return values
        if not ended:
            return []
        if self._error is not None and not self.closed:
            raise self._error
        return None

    def wait(self) -> None:
        """Block until there is something to poll."""
        self._block(self._empty)

    async def await_(self) -> None:
        """Suspend until there is something to poll."""
        await self._changed(self._empty)

    def _offer(self, value: T) -> bool:
        with self._lock:
            if self.closed:
                raise Cancelled("the consumer has closed the stream")
            if self._ended:
                raise RuntimeError("emit after end")
            if len(self._values) >= self._capacity:
                return False
            self._values.append(value)
        self._wake()
        return True

    def _full(self) -> bool:
        return len(self._values) >= self._capacity and not self.closed

    def _empty(self) -> bool:
        return not self._values and not self._ended and not self.closed

    def _block(self, blocked: Callable[[], bool]) -> None:
        event = threading.Event()
        if self._wake_when_changed(event.set, blocked):
            while not event.wait(_LOOK_AGAIN) and blocked():
                pass

    async def _changed(self, blocked: Callable[[], bool]) -> None:
        import asyncio

        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()

        def resolve() -> None:
            if not future.done():
                future.set_result(None)

        def waker() -> None:
            try:
                loop.call_soon_threadsafe(resolve)
            except RuntimeError:
                # The consumer's loop has closed, so nothing is waiting.
                self.closed = True

        if self._wake_when_changed(waker, blocked):
            await future

    def _wake_when_changed(self, waker: Callable[[], None], blocked: Callable[[], bool]) -> bool:
        with self._lock:
            if not blocked():
                return False
            self._wakers.append(waker)
            return True

    def _wake(self) -> None:
        with self._lock:
            wakers, self._wakers = self._wakers, []
        for waker in wakers:
            waker()

    def _forget_waiters(self) -> None:
        """After a fork, the threads that waited exist only in the parent."""
        self._wakers = []


class ChannelSource(Generic[T]):
    """A channel as the source of a stream."""

    def __init__(self, channel: Channel[T], *, blocking: bool) -> None:
        self._channel = channel
        self._blocking = blocking

    async def open(self) -> None:
        """Does nothing: the producer starts by itself."""

    async def next_batch(self) -> list[T] | None:
        while True:
            values = self._channel.poll()
            if values or values is None:
                return values
            if self._blocking:
                self._channel.wait()
            else:
                await self._channel.await_()

    def poll(self) -> list[T] | None:
        return self._channel.poll()

    async def close(self) -> None:
        self._channel.close()

    def abort(self) -> None:
        self._channel.close()

    def __del__(self) -> None:
        # Garbage collection may run while this thread holds the channel's lock, so the lock is not taken here; a
        # waiting producer checks again by itself.
        self._channel.closed = True


def channel(capacity: int = 64) -> Channel[T]:  # pyright: ignore[reportInvalidTypeVarUse]  # annotated by the caller
    """A new channel: give `emit` to the producer and `stream()` or `astream()` to the consumer."""
    return Channel(capacity)
