"""The order of events, defined in one place. The tests hold every protocol and every worker to it."""

from __future__ import annotations

from collections.abc import Iterable

from fluent_ai.content import events as ev
from fluent_ai.errors import ProtocolError

_STARTS = {ev.TextStart: "text", ev.ReasoningStart: "reasoning", ev.ToolCallStart: "tool_call", ev.MediaStart: "media"}
_DELTAS = {ev.TextDelta: "text", ev.ReasoningDelta: "reasoning", ev.ToolCallDelta: "tool_call", ev.MediaDelta: "media"}
_ENDS = {ev.TextEnd: "text", ev.ReasoningEnd: "reasoning", ev.ToolCallEnd: "tool_call", ev.MediaEnd: "media"}
_WHOLE = {ev.HostedToolResult: "hosted_tool_result", ev.UnknownBlock: "unknown"}
_BEFORE_START = (ev.Ping, ev.Progress, ev.Warned)
"""What may also come before StreamStart."""


class Validator:
    """Checks events one by one.

    StreamStart comes once, before any part (Ping, Progress and Warned may precede it). Parts are numbered from 0 in
    order of appearance; each has one start, deltas of its kind, and one end whose content is that of its deltas, except
    HostedToolResult and UnknownBlock, which are parts by themselves. Finish comes once, last, after every part has
    ended. After a Seam, StreamStart comes again: the parts go on where it says `continue`, and no part but text is open
    then; they begin anew where it says `restart`.
    """

    def __init__(self) -> None:
        self._count = 0
        self._started = False
        self._finished = False
        self._parts: list[str] = []
        self._open: dict[int, list[str]] = {}

    def add(self, event: ev.Event) -> None:
        """Raise ProtocolError if `event` is not allowed at this point."""
        try:
            self._check(event)
        finally:
            self._count += 1

    def end(self) -> None:
        """Raise ProtocolError if the stream is not allowed to end at this point."""
        if not self._finished:
            raise ProtocolError(f"event {self._count}: the stream ended without Finish")

    def _check(self, event: ev.Event) -> None:
        kind = type(event)
        if self._finished:
            raise self._broken(event, "nothing follows Finish")
        if isinstance(event, ev.StreamStart):
            if self._started:
                raise self._broken(event, "StreamStart comes once")
            self._started = True
        elif not self._started and not isinstance(event, _BEFORE_START):
            raise self._broken(event, "StreamStart comes before it")
        elif isinstance(event, ev.Seam):
            self._seam(event)
        elif kind in _STARTS:
            self._start(event, _STARTS[kind])
        elif kind in _WHOLE:
            self._start(event, _WHOLE[kind])
            del self._open[_part(event)]
        elif kind in _DELTAS:
            self._delta(event, _DELTAS[kind])
        elif kind in _ENDS:
            self._end(event, _ENDS[kind])
        elif isinstance(event, ev.Finish):
            if self._open:
                raise self._broken(event, f"part {min(self._open)} is still open")
            self._finished = True

    def _seam(self, event: ev.Seam) -> None:
        self._started = False
        if event.kind == "restart":
            self._parts.clear()
            self._open.clear()
        elif other := [number for number in self._open if self._parts[number] != "text"]:
            raise self._broken(event, f"part {other[0]} is open; only text can go on")

    def _start(self, event: ev.Event, kind: str) -> None:
        if (number := _part(event)) != len(self._parts):
            raise self._broken(event, f"the next part is {len(self._parts)}, not {number}")
        self._parts.append(kind)
        self._open[number] = []

    def _delta(self, event: ev.Event, kind: str) -> None:
        pieces = self._expect_open(event, kind)
        if isinstance(event, ev.TextDelta | ev.ReasoningDelta):
            pieces.append(event.text)

    def _end(self, event: ev.Event, kind: str) -> None:
        pieces = self._expect_open(event, kind)
        del self._open[_part(event)]
        if isinstance(event, ev.TextEnd | ev.ReasoningEnd) and event.text != "".join(pieces):
            raise self._broken(event, "the end differs from its deltas")

    def _expect_open(self, event: ev.Event, kind: str) -> list[str]:
        number = _part(event)
        if number not in self._open:
            raise self._broken(event, f"part {number} is not open")
        if self._parts[number] != kind:
            raise self._broken(event, f"part {number} is a {self._parts[number]} part")
        return self._open[number]

    def _broken(self, event: ev.Event, rule: str) -> ProtocolError:
        return ProtocolError(f"event {self._count} ({type(event).__name__}): {rule}")


def _part(event: ev.Event) -> int:
    number: int = event.part  # type: ignore[union-attr, assignment]  # the tables above hold only events with a part
    return number


def validate(events: Iterable[ev.Event], *, complete: bool = True) -> None:
    """Raise ProtocolError at the first event out of order; `complete=False` allows a stream that was cut."""
    validator = Validator()
    for event in events:
        validator.add(event)
    if complete:
        validator.end()
