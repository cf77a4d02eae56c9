"""What commands say, as the source of a stream."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from fluent_ai.threads import submit

ItemT = TypeVar("ItemT")


class OutputSource(Generic[ItemT]):
    """What a command says; it is done when it is read."""

    def __init__(self, items: Iterable[ItemT], *, blocking: bool) -> None:
        self._items = iter(items)
        self._blocking = blocking

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
        item = next(self._items, _END)
        return [] if isinstance(item, _End) else [item]


class _End:
    """What comes after the last item."""


_END = _End()
