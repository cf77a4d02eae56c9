"""The calls of a response, whose arguments may come in pieces, at the end of their item, or at the end of all.

Source: https://platform.openai.com/docs/api-reference/responses-streaming/response/function_call_arguments.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from fluent_ai_wire.openai_responses import CallItem, ResponseEvent

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.protocols.chat.reading.response_items import beside
from fluent_ai.protocols.shared.decoding import convert

Key: TypeAlias = int | str | tuple[str, str]


class ResponseCalls:
    """Writes calls of functions and of hosted tools into a reply, and finds them again by whatever key an event has."""

    def __init__(self, writer: ReplyWriter) -> None:
        self._writer = writer
        self._parts: dict[Key, int] = {}
        """Calls by their place, the id of their item and their own id; also those that have ended."""
        self._open: list[int] = []
        self.of_functions = False
        """Whether there is a call that the program has to answer."""

    def start(self, index: int | None, item_id: str | None, call_id: str, name: str, hosted: bool = False) -> int:
        self._writer.start(None, None)
        self.of_functions = self.of_functions or not hosted
        part = self._writer.start_call(call_id, name, hosted)
        self._open.append(part)
        self._parts.update((key, part) for key in (index, item_id, ("call", call_id)) if key)
        if index == 0:
            self._parts[0] = part
        return part

    def find(self, index: int | None, item_id: str | None, call_id: str | None = None) -> int | None:
        """By place first, because the ids of one item differ from event to event at some servers."""
        keys: tuple[Key | None, ...] = (index, ("call", call_id) if call_id else None, item_id)
        found = next((self._parts[key] for key in keys if key is not None and key in self._parts), None)
        if found is None and call_id is None and len(self._open) == 1:
            # Neither key was told before, and there is no other.
            return self._open[0]
        return found

    def arguments(self, event: ResponseEvent) -> None:
        part = self.find(event.output_index, event.item_id)
        if part in self._open and event.delta and isinstance(event.delta, str):
            self._writer.call_arguments(part, event.delta)

    def arguments_done(self, event: ResponseEvent) -> None:
        if (part := self.find(event.output_index, event.item_id)) is not None:
            self.fill(part, event.arguments or event.input or "")

    def fill(self, part: int, arguments: str) -> None:
        """The rest of the arguments, where they are told again as a whole."""
        if part not in self._open:
            return
        so_far = self._writer.fold.parts[part].text()
        if len(arguments) > len(so_far) and arguments.startswith(so_far):
            self._writer.call_arguments(part, arguments[len(so_far) :])

    def end(self, part: int, raw: JsonObject | None = None) -> None:
        if part in self._open:
            self._open.remove(part)
            self._writer.end_call(part, raw)

    def item_ended(self, index: int | None, item: JsonObject, *, last: bool) -> None:
        """A call of a function has come whole; `last` says that nothing more of it can come. Raises ProtocolError."""
        call = convert(item, CallItem, "output item")
        call_id = call.call_id or call.id or ""
        part = self.find(index, call.id, call_id)
        if part is None:
            part = self.start(index, call.id, call_id, call.name or "")
        self.fill(part, _text(call.arguments) or call.input or "")
        if last or self._writer.fold.parts[part].text():
            self.end(part, beside(self._writer, item, CallItem.__struct_encode_fields__))
        # Else the arguments may stand only in the whole response at the end.


def _text(arguments: object) -> str:
    if arguments is None:
        return ""
    return arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
