"""Tool calls in what a model writes, by the row of its format. What does not fit is left as text."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from typing import Any, Final, Protocol, TypeAlias

import msgspec

from fluent_ai_local.replies.code_calls import code_calls
from fluent_ai_local.replies.piecewise_text import PiecewiseText, Steps
from fluent_ai_local.text.tagged_arguments import CLOSING, END, OPENING, escaped, is_text, to_json
from fluent_ai_local.text.tool_formats import ToolFormat

Schema: TypeAlias = Mapping[str, Any]
_LONGEST_NAME: Final = 256
"""Characters of a tool's name, with what is written around it."""
_LONGEST_CODE: Final = 100_000
_CLOSINGS: Final = (CLOSING.rstrip(), CLOSING.strip())
_NAMED: Final = re.compile(r"\s*(?:functions\.|function<\uff5ctool\u2581sep\uff5c>)?(\S+?)(?::\d+|\[CALL_ID\]\S*)?\s*")
"""The name of a tool between its markers, as Kimi, DeepSeek-V3 and Mistral write it, or as it is."""


class CallSink(Protocol):
    """Takes what was read of calls, as `ReplyWriter` does."""

    def start_call(self, call_id: str, name: str, /) -> int: ...
    def call_arguments(self, part: int, arguments: str, /) -> None: ...
    def end_call(self, part: int, /) -> None: ...


class _Call:
    """A call begins with its first argument: until then, it could still be a text."""

    def __init__(self, sink: CallSink, name: str) -> None:
        self._sink = sink
        self._name = name
        self._part: int | None = None

    def arguments(self, text: str) -> None:
        if self._part is None:
            text = text.lstrip()
            if not text:
                return
            self._part = self._sink.start_call("", self._name)
        self._sink.call_arguments(self._part, text)

    def end(self) -> None:
        self._sink.end_call(self._sink.start_call("", self._name) if self._part is None else self._part)


class CallReader:
    """Reads calls where they begin. `tools` are the schemas of those that there are, by their names. A call without a
    marker must name one of them.
    """

    def __init__(self, row: ToolFormat, tools: Mapping[str, Schema], text: PiecewiseText, sink: CallSink) -> None:
        self._row = row
        self._tools = tools
        self._text = text
        self._sink = sink

    def read(self, marker: str) -> Steps:
        """Reads the calls behind `marker`, which was taken; without one, those with which a reply begins.

        False if there are none. Then nothing else was taken.
        """
        match self._row.style:
            case "headed":
                found = yield from self._headed(marker)
            case "tagged":
                found = yield from self._tagged(marker)
            case "code" if marker:
                found = yield from self._code()
            case _:
                found = yield from self._objects(bare=not marker)
        self._text.at = 0
        if found and marker and self._row.end:
            yield from self._text.expect(self._row.end)
            if self._text.ended and self._row.end.startswith(self._text.buffer.strip()):
                self._text.at = len(self._text.buffer)  # the end has been cut
            self._text.take()
        return found

    def _objects(self, *, bare: bool) -> Steps:
        """One object, several of them, or a list."""
        text, found = self._text, False
        listed = yield from text.expect("[")
        while (yield from text.next()) == "{" and (yield from self._object(bare=bare)):
            found = True
            yield from text.expect(",", ";")
        text.at = 0
        if found and listed and (yield from text.expect("]")):
            text.take()
        return found

    def _object(self, *, bare: bool) -> Steps:
        """One object, of which nothing was taken if it is no call."""
        text, call, name, held = self._text, None, "", ""
        text.at += 1
        follows = "}"
        while (mark := (yield from text.expect("}", follows))) != "}":
            if follows == "," and not mark:
                break
            follows = ","
            key = yield from self._string()
            if key is None or not (yield from text.expect(":")):
                break
            begin = yield from text.next()
            if key in ("name", "function", "arguments", "parameters") and call is not None:
                break
            if key in ("name", "function"):
                name = (yield from self._string()) or ""
                if not name or (bare and name not in self._tools):
                    return False
            elif key in ("arguments", "parameters"):
                if name and begin == "{":
                    call = _Call(self._sink, name)
                    if not (yield from text.pass_value(call.arguments)):
                        break
                else:
                    held = yield from text.value()
            elif (bare and key not in ("id", "type")) or not (yield from text.value()):
                break
        else:
            text.take()
            if call is None and name:
                call = _Call(self._sink, name)
                call.arguments(_unquoted(held))
        if call is not None:
            call.end()
        return call is not None

    def _string(self) -> Generator[None, None, str | None]:
        """The string that comes next, if one does."""
        if (yield from self._text.next()) != '"':
            return None
        try:
            return msgspec.json.decode((yield from self._text.value()), type=str)
        except msgspec.DecodeError:
            return None

    def _headed(self, marker: str) -> Steps:
        """Calls whose names stand between markers."""
        text, found = self._text, False
        begin, between = self._row.head
        begun = marker == begin
        while begun or (yield from text.expect(begin)):
            begun = False
            header = yield from text.until(between, _LONGEST_NAME)
            named = _NAMED.fullmatch(header or "")
            first = yield from text.next()
            if named is None or not first or (first != "{" and not self._row.tail):
                break
            text.take()
            call = _Call(self._sink, named[1])
            if self._row.tail:
                yield from text.pass_until(self._row.tail, call.arguments, whole=False)
            else:
                yield from text.pass_value(call.arguments)
            call.end()
            found = True
        return found

    def _tagged(self, marker: str) -> Steps:
        """One function, whose arguments stand between tags."""
        text = self._text
        begin, between = self._row.head
        if marker != begin and not (yield from text.expect(begin)):
            return False
        name = ((yield from text.until(between, _LONGEST_NAME)) or "").strip()
        tag = yield from text.expect(OPENING, END)
        if not name or not tag:
            return False
        call = _Call(self._sink, name)
        call.arguments("{")
        text.at -= len(tag)
        separator = ""
        while (yield from text.expect(OPENING)):
            key = yield from text.until(">", _LONGEST_NAME)
            if key is None and text.ended:
                text.at = len(text.buffer)
            text.take()
            if key is None:
                break
            call.arguments(f"{separator}{msgspec.json.encode(key).decode()}: ")
            separator = ", "
            if not (yield from self._value(is_text(self._tools.get(name, {}), key), call)):
                break
        else:
            if (yield from text.expect(END)):
                call.arguments("}")
                text.take()
        if text.ended and any(tag.startswith(text.buffer.strip()) for tag in (OPENING, END)):
            text.take(len(text.buffer))  # a tag that has been cut
        call.end()
        return True

    def _value(self, is_text: bool, call: _Call) -> Steps:
        """What stands before the next closing tag, a text as it comes."""
        text = self._text
        if (yield from text.more()) and text.buffer[0] == "\n":
            text.take(1)
        if is_text:
            call.arguments('"')
            closed = yield from text.pass_until(_CLOSINGS, lambda piece: call.arguments(escaped(piece)), whole=False)
            call.arguments('"' if closed else "")
            return bool(closed)
        pieces: list[str] = []
        closed = yield from text.pass_until(_CLOSINGS, pieces.append, whole=False)
        value = "".join(pieces)
        call.arguments(to_json(value) if closed else value)
        return bool(closed)

    def _code(self) -> Steps:
        """A block of JSON or Python, which has to be complete to be understood."""
        text = self._text
        body = yield from text.until("```", _LONGEST_CODE)
        if body is None and text.ended:
            body, text.at = text.buffer, len(text.buffer)
        calls = code_calls(body or "")
        if calls:
            text.take()
        for name, arguments in calls:
            call = _Call(self._sink, name)
            call.arguments(arguments)
            call.end()
        return bool(calls)


def _unquoted(arguments: str) -> str:
    """Arguments that are a string hold their JSON; null stands for none."""
    if not arguments.startswith('"'):
        return "" if arguments == "null" else arguments
    try:
        return msgspec.json.decode(arguments, type=str)
    except msgspec.DecodeError:
        return arguments
