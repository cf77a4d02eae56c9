"""A reply that goes on with another model: what that model is given, and how its events join those before."""

from __future__ import annotations

from typing import Protocol

import msgspec

from fluent_ai.content.events import (
    Citation,
    Event,
    Finish,
    HostedToolResult,
    MediaStart,
    ReasoningStart,
    Seam,
    TextDelta,
    TextEnd,
    TextStart,
    ToolCallStart,
    UnknownBlock,
    UsageUpdate,
)
from fluent_ai.content.fold import Fold
from fluent_ai.content.parts import ReasoningPart, TextPart
from fluent_ai.content.reply import Reply, Usage
from fluent_ai.content.results import Result
from fluent_ai.errors import StreamInterrupted

_FIRST = (TextStart, ReasoningStart, ToolCallStart, MediaStart, HostedToolResult, UnknownBlock)
"""The events that make a part appear."""


def can_be_continued(reply: Reply) -> bool:
    """True if the reply broke off in its text. Nobody can go on within reasoning, a tool call or a picture."""
    return (
        bool(reply.text.strip())
        and isinstance(reply.parts[-1], TextPart)
        and all(isinstance(part, TextPart | ReasoningPart) for part in reply.parts)
    )


def beginning(reply: Reply) -> str:
    """The text that the next model is to go on with. White space at its end is refused by some, and misleads all."""
    return reply.text.rstrip()


class _Partial(Protocol):
    @property
    def partial(self) -> Reply | Result: ...


def check_seam(seam: Seam, stream: _Partial) -> None:
    """Raise StreamInterrupted to a reader of text alone, if what came before the seam is void."""
    if seam.kind == "restart" and seam.after:
        raise StreamInterrupted(
            f"{seam.from_} broke off after {seam.after} characters, and {seam.to} has begun again: "
            "the text that came before is void",
            partial=stream.partial,
        )


class JoinedReply:
    """One reply out of the events of several models: parts are renumbered, texts joined, and usage added up.

    White space that had come before the seam is not repeated after it.
    """

    def __init__(self) -> None:
        self.fold = Fold()
        self._numbers: dict[int, int] = {}
        """Part of the model that answers now -> part of the reply."""
        self._open: int | None = None
        """The text part that has no end yet."""
        self._joins = False
        """True until the model that goes on begins its first text."""
        self._joined: int | None = None
        """The first text part after the seam, which is another than the model that goes on knows."""
        self._offset = 0
        """How many more characters that part has before what that model says."""
        self._space = ""
        """White space from before the seam that it may repeat."""
        self._earlier: Usage | None = None

    @property
    def begun(self) -> bool:
        """True once there is content."""
        return bool(self.fold.parts) or self.fold.finished

    def seam(self, seam: Seam) -> None:
        """Another model answers from here on."""
        self._numbers.clear()
        self._joins = seam.kind == "continue"
        if self._joins:
            text = self.fold.result().text
            self._space = text[len(text.rstrip()) :]
            self._earlier = self.fold.usage
        else:
            self._open = self._joined = self._earlier = None
            self._space = ""
        self.fold.add(seam)

    def take(self, event: Event) -> list[Event]:
        """The event as it follows those before; none if it repeats what has come."""
        events = self._fitted(event)
        for each in events:
            self.fold.add(each)
        return events

    def _fitted(self, event: Event) -> list[Event]:
        if isinstance(event, UsageUpdate | Finish):
            if event.usage is not None and self._earlier is not None:
                event = msgspec.structs.replace(event, usage=self._earlier.plus(event.usage))
            ends = isinstance(event, Finish) and self._open is not None
            return [*([self._end()] if ends else []), event]
        if isinstance(event, TextStart) and self._joins and self._open is not None:
            self._joins, self._joined = False, self._open
            self._numbers[event.part] = self._open
            self._offset = len(self.fold.parts[self._open].text())
            return []
        if isinstance(event, _FIRST):
            self._numbers[event.part] = number = len(self.fold.parts)
            if isinstance(event, TextStart):
                self._open = number
                if self._joins:
                    self._joins, self._joined, self._offset = False, number, 0
        part = getattr(event, "part", None)
        if part not in self._numbers:
            return [event]
        number = self._numbers[part]
        if isinstance(event, TextDelta) and self._space and number == self._joined:
            event = self._without_space(event)
            if not event.text:
                return []
        if number != part:
            event = msgspec.structs.replace(event, part=number)
        if isinstance(event, TextEnd) and number == self._open:
            self._open = None
            if number == self._joined:
                event = msgspec.structs.replace(event, text=self.fold.parts[number].text())
        elif isinstance(event, Citation) and number == self._joined and event.start is not None:
            end = None if event.end is None else event.end + self._offset
            event = msgspec.structs.replace(event, start=event.start + self._offset, end=end)
        return [event]

    def _end(self) -> TextEnd:
        """The end of the text that the model that went on had nothing to add to."""
        number = self._open or 0
        return TextEnd(number, self.fold.parts[number].text())

    def _without_space(self, delta: TextDelta) -> TextDelta:
        same = 0
        for one, other in zip(self._space, delta.text, strict=False):
            if one != other:
                break
            same += 1
        self._space = self._space[same:] if same == len(delta.text) else ""
        self._offset -= same
        return msgspec.structs.replace(delta, text=delta.text[same:])
