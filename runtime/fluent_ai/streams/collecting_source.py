"""A reply whose documents are found when the call is sent."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Sequence
from contextlib import suppress
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from fluent_ai.content.documents import Document
from fluent_ai.content.events import Event, Progress, Warned
from fluent_ai.content.fold import Fold
from fluent_ai.content.reply import Reply, Timing
from fluent_ai.errors import Cancelled
from fluent_ai.interfaces import CollectsInSteps

if TYPE_CHECKING:
    import asyncio

    from fluent_ai.interfaces import Collected, CollectsDocuments
    from fluent_ai.streams.stream import Source

T = TypeVar("T")
_PAUSE: Final = 0.05
"""Seconds between two events that say how far collecting is."""
OpenWith = Callable[[Sequence[Document]], "tuple[Source[Event, Reply], tuple[str, ...]]"]
"""Opens the call with these documents: its source, and warnings. Raises ConfigError."""


class CollectingSource:
    """Collects the documents, and is then what `open_with` them gives. It says how far it is, and warns of what is
    missing among them, first.
    """

    def __init__(
        self, collects: CollectsDocuments, question: str, room: int | None, open_with: OpenWith, *, blocking: bool
    ) -> None:
        self._collects = collects
        self._question = question
        self._room = room
        self._blocking = blocking
        self._task: asyncio.Task[Any] | None = None
        self._open_with = open_with
        self._source: Source[Event, Reply] | None = None
        self._notes: tuple[str, ...] = ()
        self._untold: list[Event] = []
        self._aborted = False
        self._steps: Generator[Progress, None, Collected] | None = None
        self._asteps: AsyncGenerator[Progress | Collected, None] | None = None
        self._said = -math.inf
        self._first_item: float | None = None

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        return None if self._source is None else self._source.timing(self._first_item, end)

    def result(self) -> Reply:
        reply = Fold().result() if self._source is None else self._source.result()
        return msgspec.structs.replace(reply, warnings=(*self._notes, *reply.warnings)) if self._notes else reply

    async def open(self) -> None:
        if not isinstance(self._collects, CollectsInSteps):
            await self._begin(await self._waited(self._collected))
        elif self._blocking:
            self._steps = self._collects.steps(self._question, room=self._room, left=lambda: self._aborted)
        else:
            self._asteps = self._collects.asteps(self._question, room=self._room)

    async def next_batch(self) -> list[Event] | None:
        if self._source is None:
            found = await self._waited(self._step)
            if isinstance(found, Progress):
                return [found]
            await self._begin(found)
        if untold := self._taken():
            return untold
        return self._timed(None if self._source is None else await self._source.next_batch())

    def poll(self) -> list[Event] | None:
        if untold := self._taken():
            return untold
        return [] if self._source is None else self._timed(self._source.poll())

    async def close(self) -> None:
        if self._steps is not None:
            self._steps.close()
        if self._asteps is not None:
            await self._asteps.aclose()
        if self._source is not None:
            await self._source.close()

    def abort(self) -> None:
        self._aborted = True
        if self._source is not None:
            self._source.abort()
        elif (task := self._task) is not None:
            with suppress(RuntimeError):  # the loop has closed, and its tasks with it
                task.get_loop().call_soon_threadsafe(task.cancel)

    async def _begin(self, found: Collected) -> None:
        """Open the call with what was found."""
        self._source, notes = self._open_with(found.documents)
        self._notes = (*found.notes, *notes)
        self._untold = [Warned(note) for note in self._notes]
        if self._aborted:  # checked only now, because `abort` sets the flag before it reads the source
            raise Cancelled("the stream was closed before its end")
        await self._source.open()

    def _taken(self) -> list[Event]:
        untold, self._untold = self._untold, []
        return self._timed(untold) or []

    def _timed(self, events: list[Event] | None) -> list[Event] | None:
        """When the first event of the call came: what is said before belongs to no request."""
        if events and self._first_item is None:
            self._first_item = perf_counter()
        return events

    async def _step(self) -> Progress | Collected:
        """How far it is, unless that was said a moment ago; in the end, what was found."""
        found: Progress | Collected
        while True:
            if self._asteps is not None:
                found = await anext(self._asteps)
            elif self._steps is not None:
                try:
                    found = next(self._steps)
                except StopIteration as end:
                    found = end.value
            else:
                raise RuntimeError("a source is opened before it is read")
            if not isinstance(found, Progress):
                return found
            if (now := perf_counter()) - self._said > _PAUSE:
                self._said = now
                return found

    async def _collected(self) -> Collected:
        if self._blocking:
            return self._collects.collect(self._question, room=self._room, left=lambda: self._aborted)
        return await self._collects.acollect(self._question, room=self._room)

    async def _waited(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What it gives; in an event loop as a task, which `abort` ends."""
        if self._blocking:
            return await work()
        import asyncio

        self._task = task = asyncio.ensure_future(work())
        try:
            return await task
        except asyncio.CancelledError:
            if self._aborted:
                raise Cancelled("the stream was closed before its end") from None
            raise
        finally:
            task.cancel()
