"""What a function produces, as a stream."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from fluent_ai.errors import Cancelled, StreamInterrupted
from fluent_ai.interfaces import AsyncEmit, Emit
from fluent_ai.resilience.waiting import running_loop
from fluent_ai.streams.channel import Channel, ChannelSource
from fluent_ai.streams.stream import AsyncStream, Stream
from fluent_ai.threads import renew_in_child, start

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")


@overload
def stream_from(producer: Callable[[Emit[T]], None], *, capacity: int = 64) -> Stream[T]: ...
@overload
def stream_from(
    producer: Callable[[AsyncEmit[T]], Coroutine[Any, Any, None]], *, capacity: int = 64
) -> AsyncStream[T]: ...
def stream_from(
    producer: Callable[[Emit[T]], None] | Callable[[AsyncEmit[T]], Coroutine[Any, Any, None]], *, capacity: int = 64
) -> Stream[T] | AsyncStream[T]:
    """The values that a function emits: a Stream, or an AsyncStream of a coroutine function.

    The function starts when the stream is first read, in a thread or a task of its own. What it raises ends the stream;
    `emit` waits while `capacity` values are unread, and raises Cancelled once the stream is closed.

    def count(emit: ai.Emit[int]) -> None:
        for number in range(3):
            emit(number)

    assert ai.stream_from(count).collect() == [0, 1, 2]
    """
    channel: Channel[T] = Channel(capacity)
    if inspect.iscoroutinefunction(producer):
        return AsyncStream(TaskSource(cast("Callable[[AsyncEmit[T]], Coroutine[Any, Any, None]]", producer), channel))
    produce = cast("Callable[[Emit[T]], None]", producer)
    return Stream(ThreadSource(produce, channel, name="producer", blocking=True))


class ThreadSource(ChannelSource[T]):
    """What a function emits in a thread of its own, which starts when the stream is opened."""

    def __init__(self, produce: Callable[[Emit[T]], None], channel: Channel[T], *, name: str, blocking: bool) -> None:
        super().__init__(channel, blocking=blocking)
        self._produce = produce
        self._name = name

    async def open(self) -> None:
        renew_in_child(self, ThreadSource._orphan)
        # The thread has no reference to this source, so that an abandoned stream is collected and closed.
        start(partial(_run, self._produce, self._channel), name=self._name, stop=self._channel.close)

    def _orphan(self) -> None:
        self._channel.end(StreamInterrupted("the process was forked: this stream's worker runs only in the parent"))


class TaskSource(ChannelSource[T]):
    """What a coroutine function emits in a task of its own, which starts when the stream is opened."""

    def __init__(self, produce: Callable[[AsyncEmit[T]], Coroutine[Any, Any, None]], channel: Channel[T]) -> None:
        super().__init__(channel, blocking=False)
        self._produce = produce
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self._task = running_loop().create_task(_run_async(self._produce, self._channel))

    async def close(self) -> None:
        await super().close()
        if (task := self._task) is not None:
            import asyncio

            task.cancel()
            await asyncio.wait({task})

    def abort(self) -> None:
        super().abort()
        self._cancel()

    def _cancel(self) -> None:
        if (task := self._task) is not None and not task.done():
            with suppress(RuntimeError):  # the loop has closed, and its tasks with it
                task.get_loop().call_soon_threadsafe(task.cancel)

    def __del__(self) -> None:
        super().__del__()
        self._cancel()


def _run(produce: Callable[[Emit[T]], None], channel: Channel[T]) -> None:
    try:
        produce(channel.emit)
    except Cancelled:
        channel.end()
    except BaseException as error:  # re-raised by the consumer's stream
        channel.end(error)
    else:
        channel.end()


async def _run_async(produce: Callable[[AsyncEmit[T]], Coroutine[Any, Any, None]], channel: Channel[T]) -> None:
    import asyncio

    try:
        await produce(channel.aemit)
    except (Cancelled, asyncio.CancelledError):
        channel.end()
    except BaseException as error:  # re-raised by the consumer's stream
        channel.end(error)
    else:
        channel.end()
