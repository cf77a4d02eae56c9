"""One producer's values, given to any number of subscribers."""

from __future__ import annotations

from itertools import count
from typing import Any, Generic, TypeVar

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import Cancelled, FluentError
from fluent_ai.http.blocking import run_blocking
from fluent_ai.streams.channel import BackpressureExceeded, Channel, ChannelSource, Dropped, EmitAfterEnd, WhenFull
from fluent_ai.streams.stream import AsyncStream, Stream
from fluent_ai.threads import new_lock

T = TypeVar("T")

_LEAVES = (Cancelled, BackpressureExceeded, EmitAfterEnd)
"""What a channel raises whose subscriber has left, was too slow, or has just been unsubscribed by another thread."""


class SubscriberNotFound(FluentError):
    """There is no such subscriber, or its stream has been closed."""

    def __init__(self, message: str, *, subscriber: int, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.subscriber = subscriber
        """The id that was asked for."""


class Subscriber(JsonStruct, frozen=True, kw_only=True):
    """One subscriber, as it stood when it was asked for."""

    id: int
    """The `id` of its stream."""
    limit: int
    """How many values may wait for it."""
    when_full: WhenFull
    """What happens with a value for which there is no room."""
    waiting: int
    """How many do."""
    dropped: int
    """How many it has missed since it subscribed."""


class Subscription(Stream[T | Dropped]):
    """What a subscriber reads."""

    def __init__(self, number: int, source: ChannelSource[T | Dropped]) -> None:
        super().__init__(source)
        self.id = number
        """Names the subscriber to the broadcast."""


class AsyncSubscription(AsyncStream[T | Dropped]):
    """The asynchronous twin of `Subscription`."""

    def __init__(self, number: int, source: ChannelSource[T | Dropped]) -> None:
        super().__init__(source)
        self.id = number
        """Names the subscriber to the broadcast."""


class Broadcast(Generic[T]):
    """Gives every value that is published to all who subscribe, each through a queue of its own.

    A subscriber gets what is published after it subscribed. One that reads too slowly misses values, and a `Dropped` in
    its stream says how many, unless it asked for something else; neither the publisher nor the others notice. All
    methods may be called from any thread.

    numbers: ai.Broadcast[int] = ai.Broadcast()
    with numbers.subscribe(limit=2) as stream:
        for number in range(5):
            numbers.publish(number)
        numbers.end()
        assert stream.collect() == [ai.Dropped(3), 3, 4]
    """

    def __init__(self) -> None:
        self._numbers = count(1)
        self._channels: dict[int, Channel[T | Dropped]] = {}
        self._ended = False
        self._error: BaseException | None = None
        self._lock = new_lock()

    def subscribe(self, *, limit: int = 256, when_full: WhenFull = "drop_oldest") -> Subscription[T]:
        """A stream of what is published from now on, of which at most `limit` values wait to be read.

        A full queue drops the values that have waited longest; with `drop_newest`, those that come; with `error`, the
        stream ends with BackpressureExceeded after those that wait; with `block`, it makes the publisher wait.
        """
        number, channel = self._added(limit, when_full)
        return Subscription[T](number, ChannelSource(channel, blocking=True)).__enter__()

    def asubscribe(self, *, limit: int = 256, when_full: WhenFull = "drop_oldest") -> AsyncSubscription[T]:
        """The asynchronous twin of `subscribe`."""
        number, channel = self._added(limit, when_full)
        return run_blocking(AsyncSubscription[T](number, ChannelSource(channel, blocking=False)).__aenter__())

    def publish(self, value: T) -> None:
        """Give a value to all subscribers; waits only for those that asked for `block`. Raises EmitAfterEnd."""
        for number, channel in self._to_publish_to():
            try:
                channel.emit(value)
            except _LEAVES as error:
                self._leave(number, channel, error)

    async def apublish(self, value: T) -> None:
        """`publish` in an event loop: suspends where `publish` waits."""
        for number, channel in self._to_publish_to():
            try:
                await channel.aemit(value)
            except _LEAVES as error:
                self._leave(number, channel, error)

    def end(self, error: BaseException | None = None) -> None:
        """End the streams of all subscribers, also of later ones: after the values that wait, with `error` if given."""
        with self._lock:
            self._ended, self._error = True, error
            channels, self._channels = self._channels, {}
        for channel in channels.values():
            channel.end(error)

    @property
    def subscribers(self) -> tuple[Subscriber, ...]:
        """Those whose streams are open."""
        return tuple(
            Subscriber(
                id=number, limit=channel.capacity, when_full=channel.when_full, waiting=channel.waiting,
                dropped=channel.dropped,
            )
            for number, channel in self._present()
            if not channel.closed
        )  # fmt: skip

    def set_limit(self, subscriber: int, limit: int) -> None:
        """Let so many values wait from now on. Raises SubscriberNotFound."""
        self._of(subscriber).capacity = limit

    def unsubscribe(self, subscriber: int) -> None:
        """End the stream of a subscriber, after the values that wait. Raises SubscriberNotFound."""
        channel = self._of(subscriber)
        self._leave(subscriber, channel, None)

    def _added(self, limit: int, when_full: WhenFull) -> tuple[int, Channel[T | Dropped]]:
        channel: Channel[T | Dropped] = Channel(limit, when_full=when_full)
        with self._lock:
            number = next(self._numbers)
            if self._ended:
                channel.end(self._error)
            else:
                self._channels[number] = channel
        return number, channel

    def _to_publish_to(self) -> list[tuple[int, Channel[T | Dropped]]]:
        if self._ended:
            raise EmitAfterEnd("publish after end")
        return self._present()

    def _present(self) -> list[tuple[int, Channel[T | Dropped]]]:
        with self._lock:
            return list(self._channels.items())

    def _of(self, subscriber: int) -> Channel[T | Dropped]:
        with self._lock:
            channel, present = self._channels.get(subscriber), sorted(self._channels)
        if channel is None or channel.closed:
            raise SubscriberNotFound(
                f"subscriber {subscriber!r} is not there; present: {', '.join(map(str, present)) or 'none'}",
                subscriber=subscriber,
            )
        return channel

    def _leave(self, number: int, channel: Channel[T | Dropped], error: Exception | None) -> None:
        with self._lock:
            self._channels.pop(number, None)
        channel.end(error)
