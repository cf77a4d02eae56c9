"""A bounded queue between a producer, in a thread or a task, and the stream that a consumer reads."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Literal, TypeVar, cast, get_args

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import Cancelled, ConfigError, FluentError
from fluent_ai.http.blocking import run_blocking
from fluent_ai.threads import new_lock, renew_in_child

if TYPE_CHECKING:
    from fluent_ai.streams.stream import AsyncStream, Stream

T = TypeVar("T")

_LOOK_AGAIN: Final = 0.25
"""Seconds after which a waiting thread checks again, because an interrupt or a collected stream may wake no thread."""


WhenFull = Literal["block", "drop_oldest", "drop_newest", "error"]
"""What a channel does with a value for which there is no room."""


class Dropped(JsonStruct, frozen=True, tag_field="type", tag="dropped"):
    """Stands in a stream where values were dropped because nobody had read it for too long."""

    type: ClassVar[Literal["dropped"]] = "dropped"
    count: int
    """How many values are missing here."""


class BackpressureExceeded(FluentError):
    """A channel that drops nothing and blocks nobody was full."""

    def __init__(self, message: str, *, current: int, limit: int, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.current = current
        """How many values wait."""
        self.limit = limit
        """How many may wait."""


class EmitAfterEnd(RuntimeError):
    """A producer emitted a value after it had marked the end."""


class Channel(Generic[T]):
    """A bounded queue of `capacity` values; while it is full, `emit` blocks and `aemit` suspends.

    The consumer's `close` makes both raise Cancelled. The producer calls `end`, with or without an error. The two sides
    may be in different threads, and the consumer in an event loop. With another `when_full` a full channel never
    blocks: it drops the values that have waited longest, or those that come, and a `Dropped` in the stream says how
    many; or `emit` raises BackpressureExceeded.

    numbers: ai.Channel[int | ai.Dropped] = ai.Channel(2, when_full="drop_oldest")
    for number in range(5):
        numbers.emit(number)
    numbers.end()
    assert numbers.stream().collect() == [ai.Dropped(3), 3, 4]
    """

    def __init__(self, capacity: int = 64, *, when_full: WhenFull = "block") -> None:
        if when_full not in get_args(WhenFull):
            raise ConfigError(f"when_full is {when_full!r}; allowed: {', '.join(get_args(WhenFull))}")
        self._capacity = _checked(capacity)
        self._when_full: WhenFull = when_full
        self._dropped = 0
        self._untold = 0
        """How many of those that were dropped the consumer does not know of yet."""
        self._values: deque[T] = deque()
        self._lock = new_lock()
        self._wakers: list[Callable[[], None]] = []
        self._ended = False
        self._error: BaseException | None = None
        self.closed = False
        """True if the consumer has closed the stream."""
        renew_in_child(self, Channel._forget_waiters)

    @property
    def capacity(self) -> int:
        """How many values may wait. It may be set at any time, from any thread; what waits already stays."""
        return self._capacity

    @capacity.setter
    def capacity(self, capacity: int) -> None:
        self._capacity = _checked(capacity)
        self._wake()

    @property
    def when_full(self) -> WhenFull:
        """What happens with a value for which there is no room."""
        return self._when_full

    @property
    def waiting(self) -> int:
        """How many values wait to be read."""
        return len(self._values)

    @property
    def dropped(self) -> int:
        """How many values were dropped since the beginning."""
        return self._dropped

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
            self._untold = 0
        self._wake()

    def stream(self) -> Stream[T]:
        """The consumer's side as a blocking stream."""
        from fluent_ai.streams.stream import Stream

        return Stream(ChannelSource(self, blocking=True)).__enter__()

    def astream(self) -> AsyncStream[T]:
        """The consumer's side as an asynchronous stream."""
        from fluent_ai.streams.stream import AsyncStream

        return run_blocking(AsyncStream(ChannelSource(self, blocking=False)).__aenter__())

    def poll(self) -> list[T] | None:
        """All queued values at once; [] if there are none yet, None at the end. Raises the producer's error."""
        with self._lock:
            values = list(self._values)
            self._values.clear()
            if self._untold:
                values.insert(0 if self._when_full == "drop_oldest" else len(values), self._told())
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
                raise EmitAfterEnd("emit after end")
            if len(self._values) < self._capacity:
                if self._untold and self._when_full == "drop_newest":  # the channel has been given more room
                    self._values.append(self._told())
                self._values.append(value)
            elif self._when_full == "block":
                return False
            else:
                self._overflow(value)
        self._wake()
        return True

    def _overflow(self, value: T) -> None:
        if self._when_full == "error":
            current, limit = len(self._values), self._capacity
            message = f"{current} values wait to be read; allowed: {limit}"
            raise BackpressureExceeded(message, current=current, limit=limit)
        surplus = 1
        if self._when_full == "drop_oldest":
            surplus = len(self._values) - self._capacity + 1  # more than one once the channel has been given less room
            for _ in range(surplus):
                self._values.popleft()
            self._values.append(value)
        self._dropped += surplus
        self._untold += surplus

    def _told(self) -> T:
        untold, self._untold = self._untold, 0
        return cast(T, Dropped(untold))  # whoever lets a channel drop values reads a channel of `T | Dropped`

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


def _checked(capacity: int) -> int:
    if capacity < 1:
        raise ConfigError(f"capacity is {capacity}; allowed: at least 1")
    return capacity


def channel(capacity: int = 64) -> Channel[T]:  # pyright: ignore[reportInvalidTypeVarUse]  # annotated by the caller
    """A new channel: give `emit` to the producer and `stream()` or `astream()` to the consumer."""
    return Channel(capacity)
