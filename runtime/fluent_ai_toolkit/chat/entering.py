"""Lines that are entered into a chat, as sources of streams: what commands say, and the turns that they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from fluent_ai.streams.stream import AsyncStream, Empty, Stream
from fluent_ai.threads import submit

if TYPE_CHECKING:
    import asyncio

ItemT = TypeVar("ItemT")


class OutputSource(Generic[ItemT]):
    """What a command says; it is done when it is read."""

    def __init__(self, does: Callable[[], Iterable[ItemT]], *, blocking: bool) -> None:
        self._does = does
        self._blocking = blocking
        self._items: Iterator[ItemT] | None = None

    async def open(self) -> None: ...

    async def next_batch(self) -> list[ItemT] | None:
        if self._blocking:
            return self._next() or None
        import asyncio

        return await asyncio.wrap_future(submit(self._next, name="command")) or None

    def poll(self) -> list[ItemT] | None:
        return []

    async def close(self) -> None: ...

    def abort(self) -> None: ...

    def _next(self) -> list[ItemT]:
        if self._items is None:
            self._items = iter(self._does())
        item = next(self._items, _END)
        return [] if isinstance(item, _End) else [item]


class PassedOn(Generic[ItemT]):
    """A stream as the source of another, whose items are of a wider type."""

    def __init__(self, stream: Stream[ItemT] | AsyncStream[ItemT]) -> None:
        self._stream = stream
        self._closing: asyncio.Task[None] | None = None

    async def open(self) -> None:
        if isinstance(self._stream, Stream):
            self._stream.__enter__()
        else:
            await self._stream.__aenter__()

    async def next_batch(self) -> list[ItemT] | None:
        stream = self._stream
        item = next(stream, _END) if isinstance(stream, Stream) else await anext(stream, _END)
        return None if isinstance(item, _End) else [item]

    def poll(self) -> list[ItemT] | None:
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
