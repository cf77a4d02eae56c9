"""What a model writes, as text, reasoning and tool calls, while it is being written."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Protocol

from fluent_ai_local.replies.call_reader import CallReader, CallSink, Schema
from fluent_ai_local.replies.piecewise_text import PiecewiseText
from fluent_ai_local.text.reasoning import Reasoning
from fluent_ai_local.text.tool_formats import ToolFormat


class ReplySink(CallSink, Protocol):
    """Takes what was read, as `ReplyWriter` does."""

    def text(self, text: str, /) -> None: ...
    def reasoning(self, text: str, /) -> None: ...
    def end_reasoning(self) -> None: ...


class ReplyReader:
    """Takes a reply in pieces, and gives it to a sink. How it is cut does not matter.

    Reasoning stands at the beginning, and calls anywhere. White space beside either is no part of the text.

    >>> from fluent_ai.content.reply_writer import ReplyWriter
    >>> writer = ReplyWriter("local", lambda event: None)
    >>> reader = ReplyReader(writer, reasoning=Reasoning("<think>", "</think>"))
    >>> reader.feed("<think>A question.</th"), reader.feed("ink>\\n\\nYes."), reader.finish()
    (None, None, None)
    >>> reply = writer.fold.result()
    >>> reply.reasoning, reply.text
    ('A question.', 'Yes.')
    """

    def __init__(
        self,
        sink: ReplySink,
        *,
        reasoning: Reasoning | None = None,
        row: ToolFormat | None = None,
        tools: Mapping[str, Schema] | None = None,
    ) -> None:
        self._sink = sink
        self._reasoning = reasoning
        self._text = PiecewiseText()
        self._said = _Trimmed(sink.text, holds=row is not None)
        self._row = row
        self._calls = None if row is None else CallReader(row, tools or {}, self._text, self)
        self._steps = self._read()
        next(self._steps)

    def feed(self, text: str) -> None:
        if text:
            self._text.buffer += text
            next(self._steps)

    def finish(self) -> None:
        """Gives what was held back. A reasoning or a call that did not end is the sink's to end."""
        self._text.ended = True
        for _ in self._steps:
            pass
        self._said.finish()

    def start_call(self, call_id: str, name: str) -> int:
        self._said.cut()
        return self._sink.start_call(call_id, name)

    def call_arguments(self, part: int, arguments: str) -> None:
        self._sink.call_arguments(part, arguments)

    def end_call(self, part: int) -> None:
        self._sink.end_call(part)

    def _read(self) -> Generator[None, None, None]:
        yield  # where it waits for the first piece
        text = self._text
        if self._reasoning is not None:
            yield from self._think(self._reasoning)
        if self._calls is None or self._row is None:
            yield from text.pass_until((), self._said.feed)
            return
        if self._row.bare:
            yield from self._calls.read("")
        while marker := (yield from text.pass_until(self._row.markers, self._said.feed)):
            if not (yield from self._calls.read(marker)):
                self._said.feed(marker)

    def _think(self, reasoning: Reasoning) -> Generator[None, None, None]:
        begun = yield from self._text.expect(reasoning.begin)
        self._text.take()
        if begun or reasoning.opened:
            thought = _Trimmed(self._sink.reasoning)
            thought.cut()
            yield from self._text.pass_until((reasoning.end,), thought.feed)
            self._sink.end_reasoning()
            self._said.cut()


class _Trimmed:
    """Gives text on. Where something else may interrupt it, white space at its end is held back until text follows."""

    def __init__(self, out: Callable[[str], None], *, holds: bool = True) -> None:
        self._out = out
        self._holds = holds
        self._begins = False
        self._space = ""

    def feed(self, text: str) -> None:
        if self._begins:
            text = text.lstrip()
            self._begins = not text
        kept = text.rstrip() if self._holds else text
        if kept:
            self._out(self._space + kept)
            self._space = ""
        self._space += text[len(kept) :]

    def cut(self) -> None:
        """Something else begins here: white space beside it is no part of the text."""
        self._space = ""
        self._begins = True

    def finish(self) -> None:
        if self._space:
            self._out(self._space)
            self._space = ""
