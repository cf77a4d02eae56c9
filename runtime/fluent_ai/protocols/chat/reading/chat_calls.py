"""The calls of a chat completion while their deltas come, told apart as servers let them be.

By index first, then by id, and last by place: servers leave out the index, the id or both, give both calls of an answer
one id, or number every call 0. A call starts once its name is known, and takes an id that comes late.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from fluent_ai_wire.openai_chat import ToolCall

from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.protocols.chat.reading.google_extras import CallSeal, call_seal

_NO_IDS = ("", "null", "None")
"""Ids that are none (https://github.com/mistralai/client-js/issues/69)."""


class _Call(msgspec.Struct):
    id: str = ""
    name: str = ""
    waiting: str = ""
    """Arguments that came before the name."""
    seal: CallSeal | None = None
    part: int | None = None


class ChatCalls:
    """Writes calls into a reply."""

    __slots__ = ("_by_id", "_by_index", "_calls", "_writer")

    def __init__(self, writer: ReplyWriter) -> None:
        self._writer = writer
        self._calls: list[_Call] = []
        self._by_index: dict[int, _Call] = {}
        self._by_id: dict[str, _Call] = {}

    def __bool__(self) -> bool:
        return bool(self._calls)

    def add(self, wires: Iterable[ToolCall], *, whole: bool) -> None:
        """The calls of one delta, or of a whole message, in which each is a call of its own."""
        seen: list[_Call] = []
        for wire in wires:
            call_id = "" if wire.id is None or wire.id in _NO_IDS else wire.id
            name, arguments = _told(wire)
            call = None if whole else self._find(wire.index, call_id, name, seen)
            if call is None:
                call = _Call()
                self._calls.append(call)
                if wire.index is not None:
                    self._by_index[wire.index] = call
            seen.append(call)
            call.id = call.id or call_id
            call.name = call.name or name
            if call_id:
                self._by_id[call_id] = call
            if (seal := call_seal(wire.extra_content)) is not None:
                call.seal = seal
                if call.part is not None:
                    # What it seals has begun already.
                    self._writer.keep(call.part, {"extra_content": wire.extra_content})
            self._write(call, arguments, whole)

    def end(self) -> None:
        """The reply ends: what never got a name is told all the same."""
        for call in self._calls:
            if call.part is None:
                self._start(call)

    def _find(self, index: int | None, call_id: str, name: str, seen: list[_Call]) -> _Call | None:
        """The call that a delta continues; None when it begins another."""
        if index is not None and (call := self._by_index.get(index)) is not None:
            # A new id with a name is a new call, because some servers number every call 0.
            return None if call_id and name and call.id and call.id != call_id else call
        if index is None or not name:
            if call_id and (call := self._by_id.get(call_id)) is not None:
                return None if call in seen else call
            if index is None and not name and self._calls:
                return self._calls[-1]
        return None

    def _write(self, call: _Call, arguments: object, whole: bool) -> None:
        if arguments is None:
            text = ""
        else:
            text = arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
        if call.part is None:
            call.waiting += text
            # An id may come with the next delta, but arguments do not wait for it.
            if not call.name or not (call.id or call.waiting or whole):
                return
            self._start(call)
        elif text:
            self._writer.call_arguments(call.part, text)

    def _start(self, call: _Call) -> None:
        if call.seal is not None:
            self._writer.open_reasoning()
            signature, namespace = call.seal
            self._writer.end_reasoning(signature, raw=None if namespace == "google" else {"namespace": namespace})
        call.part = self._writer.start_call(call.id, call.name)
        if call.waiting:
            self._writer.call_arguments(call.part, call.waiting)
            call.waiting = ""


def _told(wire: ToolCall) -> tuple[str, object]:
    """The name and the arguments; those of a custom tool are plain text."""
    if wire.function is not None:
        return wire.function.name or "", wire.function.arguments
    return ("", None) if wire.custom is None else (wire.custom.name or "", wire.custom.input)
