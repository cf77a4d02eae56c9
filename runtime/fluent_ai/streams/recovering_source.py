"""A chat whose errors are dealt with by a table: what has come is kept, or a smaller request is sent instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from fluent_ai.content.events import (
    Event,
    Finish,
    MediaEnd,
    MediaStart,
    Ping,
    Progress,
    ReasoningDelta,
    ReasoningEnd,
    ReasoningStart,
    Seam,
    StreamStart,
    TextDelta,
    TextEnd,
    TextStart,
    ToolCallEnd,
    ToolCallStart,
    UsageUpdate,
    Warned,
)
from fluent_ai.content.parts import ToolCall, ToolCallPart
from fluent_ai.content.reply import Reply, Timing
from fluent_ai.errors import Cancelled, FluentError, InvalidJSON
from fluent_ai.resilience.recovery import Recoveries, Table, strategy_for
from fluent_ai.schema.lenient_json import lenient_object

if TYPE_CHECKING:
    from fluent_ai.streams.stream import Source


_BEFORE = (StreamStart, Ping, Progress, Warned, UsageUpdate)
"""What precedes an answer, so that another may still take its place."""


class RecoveringSource:
    """`smaller` opens the call anew with less, and gives None when nothing is left to leave out."""

    def __init__(
        self,
        source: Source[Event, Reply],
        table: Table,
        recoveries: Recoveries,
        smaller: Callable[[], Source[Event, Reply] | None],
    ) -> None:
        self._source = source
        self._table = table
        self._recoveries = recoveries
        self._smaller = smaller
        self._reparses = strategy_for(InvalidJSON, table, None) == "reparse"
        self._open: dict[int, _Open | None] = {}
        """The parts that have no end yet; None for those of which a piece is worth nothing."""
        self._begun = False
        self._reduced: type[FluentError] | None = None
        """The error after which a smaller request was sent."""
        self._kept: FluentError | None = None
        """The error after which what had come was kept."""
        self._failure: FluentError | None = None
        self._notes: tuple[str, ...] = ()
        self._aborted = False

    def timing(self, first: float | None, end: float | None) -> Timing | None:
        return self._source.timing(first, end)

    def result(self) -> Reply:
        reply = self._source.result()
        if self._reparses and any(isinstance(part, ToolCallPart) and not part.call.valid for part in reply.parts):
            parts = tuple(
                msgspec.structs.replace(part, call=_reparsed(part.call)) if isinstance(part, ToolCallPart) else part
                for part in reply.parts
            )
            reply = msgspec.structs.replace(reply, parts=parts)
        if self._kept is not None:
            reply = msgspec.structs.replace(reply, finish_reason="error")
        return msgspec.structs.replace(reply, warnings=(*reply.warnings, *self._notes)) if self._notes else reply

    async def open(self) -> None:
        try:
            await self._source.open()
        except FluentError as error:
            await self._recover(error)

    async def next_batch(self) -> list[Event] | None:
        while self._kept is None:
            try:
                if self._failure is not None:
                    raise self._failure
                items = await self._source.next_batch()
            except FluentError as error:
                self._failure = None
                await self._recover(error)
                if self._kept is not None:
                    return [*self._ends()]
                continue
            return self._passed(items)
        return None

    def poll(self) -> list[Event] | None:
        if self._kept is not None or self._failure is not None:
            return None if self._failure is None else []
        try:
            return self._passed(self._source.poll())
        except FluentError as error:
            self._failure = error  # dealing with it may wait
            return []

    async def close(self) -> None:
        await self._source.close()

    def abort(self) -> None:
        self._aborted = True
        self._source.abort()

    async def _recover(self, error: FluentError) -> None:
        """Deal with the error, or raise it."""
        strategy = strategy_for(type(error), self._table, False)
        if strategy == "partial" and self._begun and None not in self._open.values() and not self._aborted:
            await self._source.close()
            self._kept = error
            self._recoveries.count(type(error), "partial", worked=True)
            self._notes += (f"the answer broke off, and what had come of it was kept: {error.message}",)
            return None
        while strategy == "smaller" and not self._begun and not self._aborted:
            await self._source.close()
            if (source := self._smaller()) is None:
                break
            self._source = source
            self._reduced = type(error)
            if self._aborted:  # checked only now, because `abort` sets the flag before it reads the source
                raise Cancelled("the stream was closed before its end")
            try:
                return await source.open()
            except FluentError as failure:
                error, strategy = failure, strategy_for(type(failure), self._table, False)
        if self._reduced is not None:
            self._recoveries.count(self._reduced, "smaller", worked=False)
        raise error

    def _ends(self) -> Iterator[Event]:
        """The events that end a reply that broke off."""
        for number, part in self._open.items():
            if part is not None:
                yield part.end(number, "".join(part.pieces))
        yield Warned(self._notes[-1])
        yield Finish("error")

    def _passed(self, items: list[Event] | None) -> list[Event] | None:
        if items is None:
            if self._reduced is not None:
                self._recoveries.count(self._reduced, "smaller", worked=True)
                self._reduced = None
            return None
        return [event for item in items for event in self._taken(item)]

    def _taken(self, event: Event) -> Iterator[Event]:
        """The event, with arguments that could be read after all, once it is known what is open after it."""
        match event:
            case TextStart():
                self._open[event.part] = _Open(TextEnd)
            case ReasoningStart():
                self._open[event.part] = _Open(ReasoningEnd)
            case ToolCallStart() | MediaStart():
                self._open[event.part] = None
            case TextDelta() | ReasoningDelta() if (part := self._open.get(event.part)) is not None:
                part.pieces.append(event.text)
            case TextEnd() | ReasoningEnd() | ToolCallEnd() | MediaEnd():
                self._open.pop(event.part, None)
            case Seam(kind="restart"):
                self._open.clear()
        self._begun = self._begun or not isinstance(event, _BEFORE)
        if isinstance(event, ToolCallEnd) and self._reparses and not event.call.valid:
            call = _reparsed(event.call)
            self._recoveries.count(InvalidJSON, "reparse", worked=call.valid)
            if call.valid:
                note = f"the arguments of the call of {call.name} were no JSON, and were read in another way"
                self._notes += (note,)
                yield Warned(note)
            event = msgspec.structs.replace(event, call=call)
        yield event


class _Open:
    """A part of text that has no end yet."""

    __slots__ = ("end", "pieces")

    def __init__(self, end: type[TextEnd | ReasoningEnd]) -> None:
        self.end = end
        self.pieces: list[str] = []


def _reparsed(call: ToolCall) -> ToolCall:
    if call.valid or not isinstance(call.arguments, str) or (found := lenient_object(call.arguments)) is None:
        return call
    return msgspec.structs.replace(call, arguments=found, valid=True)
