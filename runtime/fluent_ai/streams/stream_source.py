"""A stream of either kind as the source of another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from fluent_ai.streams.stream import AsyncStream, Empty, Stream

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")


class StreamSource(Generic[T]):
    """Reads a Stream by blocking, and awaits an AsyncStream. The items of the stream around it may be of a wider type.

    It gives one item at a time. Reading opens the stream, if `open` has not.
    """

    def __init__(self, stream: Stream[T] | AsyncStream[T]) -> None:
        self._stream = stream
        self._closing: asyncio.Task[None] | None = None

    async def open(self) -> None:
        if isinstance(self._stream, Stream):
            self._stream.__enter__()
        else:
            await self._stream.__aenter__()

    async def next_batch(self) -> list[T] | None:
        stream = self._stream
        item = next(stream, _END) if isinstance(stream, Stream) else await anext(stream, _END)
        return None if isinstance(item, _End) else [item]

    def poll(self) -> list[T] | None:
        item = self._stream.try_next()
        if isinstance(item, Empty):
            return None if self._stream.ended else []
        return [item]

    async def close(self) -> None:
        if isinstance(self._stream, Stream):
            self._stream.close()
        else:
            await self._stream.close()

    def abort(self) -> None:
        if isinstance(self._stream, Stream):
            self._stream.close()
        else:
            import asyncio

            self._closing = asyncio.ensure_future(self._stream.close())


class _End:
    """What comes after the last item."""


_END = _End()
