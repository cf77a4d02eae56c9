"""A reply whose documents are found when the call is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from fluent_ai.content.documents import Document
from fluent_ai.content.events import Event, Warned
from fluent_ai.content.fold import Fold
from fluent_ai.content.reply import Reply, Timing
from fluent_ai.errors import Cancelled

if TYPE_CHECKING:
    import asyncio

    from fluent_ai.interfaces import Collected, CollectsDocuments
    from fluent_ai.streams.stream import Source

OpenWith = Callable[[Sequence[Document]], "tuple[Source[Event, Reply], tuple[str, ...]]"]
"""Opens the call with these documents: its source, and warnings. Raises ConfigError."""


class CollectingSource:
    """Collects the documents when it is opened, and is then what `open_with` them gives. It warns of what is missing
    among them first.
    """

    def __init__(
        self, collects: CollectsDocuments, question: str, room: int | None, open_with: OpenWith, *, blocking: bool
    ) -> None:
        self._collects = collects
        self._question = question
        self._room = room
        self._blocking = blocking
        self._task: asyncio.Task[Collected] | None = None
        self._open_with = open_with
        self._source: Source[Event, Reply] | None = None
        self._notes: tuple[str, ...] = ()
        self._untold: list[Event] = []
        self._aborted = False

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        return None if self._source is None else self._source.timing(first, end)

    def result(self) -> Reply:
        reply = Fold().result() if self._source is None else self._source.result()
        return msgspec.structs.replace(reply, warnings=(*self._notes, *reply.warnings)) if self._notes else reply

    async def open(self) -> None:
        found = await self._collected()
        self._source, notes = self._open_with(found.documents)
        self._notes = (*found.notes, *notes)
        self._untold = [Warned(note) for note in self._notes]
        if self._aborted:  # checked only now, because `abort` sets the flag before it reads the source
            raise Cancelled("the stream was closed before its end")
        await self._source.open()

    async def next_batch(self) -> list[Event] | None:
        if untold := self._untold:
            self._untold = []
            return untold
        return None if self._source is None else await self._source.next_batch()

    def poll(self) -> list[Event] | None:
        if untold := self._untold:
            self._untold = []
            return untold
        return [] if self._source is None else self._source.poll()

    async def close(self) -> None:
        if self._source is not None:
            await self._source.close()

    def abort(self) -> None:
        self._aborted = True
        if self._source is not None:
            self._source.abort()
        elif (task := self._task) is not None:
            with suppress(RuntimeError):  # the loop has closed, and its tasks with it
                task.get_loop().call_soon_threadsafe(task.cancel)

    async def _collected(self) -> Collected:
        if self._blocking:
            return self._collects.collect(self._question, room=self._room, left=lambda: self._aborted)
        import asyncio

        self._task = task = asyncio.ensure_future(self._collects.acollect(self._question, room=self._room))
        try:
            return await task
        except asyncio.CancelledError:
            if self._aborted:
                raise Cancelled("the stream was closed before its end") from None
            raise
        finally:
            task.cancel()
