"""OpenAI Responses, the answer side.

Source: https://platform.openai.com/docs/api-reference/responses-streaming and recorded traffic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from fluent_ai_wire.openai_responses import (
    CallItem,
    ImageItem,
    Message,
    Response,
    ResponseEvent,
)

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import FinishReason
from fluent_ai.protocols.chat.chat_parser import SSEChatParser
from fluent_ai.protocols.chat.reading.chat_extras import cite_annotations
from fluent_ai.protocols.chat.reading.logprobs import token_logprobs
from fluent_ai.protocols.chat.reading.response_calls import ResponseCalls
from fluent_ai.protocols.chat.reading.response_events import is_documented
from fluent_ai.protocols.chat.reading.response_items import beside, item_arguments, item_result, output_of, tool_item
from fluent_ai.protocols.chat.reading.response_reasoning import ResponseReasoning
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, convert, from_base64
from fluent_ai.protocols.shared.usage import openai_usage, with_extras

_INCOMPLETE: dict[str | None, FinishReason] = {"max_output_tokens": "length", "content_filter": "content_filter"}

_BY_TOKENS = {
    "function_call", "custom_tool_call", "mcp_call", "computer_call", "local_shell_call", "apply_patch_call",
    "tool_search_call",
}  # fmt: skip
"""Calls without a price beside that of their tokens. Any other may have one, such as that of a search."""

_DOCUMENTED = ("compaction",)
"""Items that only go back (https://platform.openai.com/docs/guides/conversation-state)."""

_CONTENT = ("output_text", "refusal", "text", "reasoning_text", "summary_text")

_FUNCTIONS = ("function_call", "custom_tool_call")

_decode = msgspec.json.Decoder(ResponseEvent).decode
_decode_response = msgspec.json.Decoder(Response).decode


class OpenAIResponsesParser(SSEChatParser):
    """Reads the named events of a stream, or a whole response where the server does not stream.

    Built-in tools (web search, code interpreter, MCP, ..) are hosted calls, whose items go back in `raw`. The end of a
    response holds all of its output once more; what the stream did not tell is taken from there.
    """

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self._reasoning = ResponseReasoning(self.writer)
        self._place: int | None = None
        """The place of the item of which something came last."""
        self._written: set[int | str | None] = set()
        self._calls = ResponseCalls(self.writer)
        self._read: set[int | str] = set()
        """Items whose end has been read."""
        self._annotations = 0
        self._refused = False
        self._hosted: Counter[str] = Counter()
        self._tool_id = ""
        """The last call of a tool beside functions."""

    @staticmethod
    def is_known(kind: str) -> bool:
        return is_documented(kind)

    def read(self, frame: bytes) -> None:
        try:
            event = _decode(frame)
        except DECODE_ERRORS as error:
            if frame == b"[DONE]":
                # OpenRouter sends it after the last event, where it is not read any more.
                self._finish(None, None)
                return
            found = self.read_event(ResponseEvent, frame, "response event", error)
            if found is None:
                return
            event = found
        match event.type:
            case "response.output_text.delta":
                self._text(event)
            case "response.reasoning_summary_text.delta" | "response.reasoning_text.delta":
                if type(text := event.delta) is str and text:
                    self._begin(event)
                    self._reasoning.delta(event, text)
            case "response.reasoning_summary_text.done" | "response.reasoning_text.done":
                self._reasoning.piece_ended()
            case "response.function_call_arguments.delta" | "response.custom_tool_call_input.delta":
                self._calls.arguments(event)
            case "response.function_call_arguments.done" | "response.custom_tool_call_input.done":
                self._calls.arguments_done(event)
            case "response.refusal.delta":
                self._refused = True
                self._text(event)
            case "response.output_text.annotation.added":
                self._annotations += 1
                self._cite(event.annotation)
            case "response.output_text.done":
                self._text_done(event)
            case "response.output_item.added":
                self._item_added(event)
            case "response.output_item.done":
                self._item_done(event)
            case "response.created" | "response.queued" | "response.in_progress" if event.response is not None:
                self.writer.start(event.response.id or None, event.response.model or None)
            case "response.completed" | "response.incomplete" | "response.failed":
                self._terminal(event)
            case "keepalive" | "ping":
                self.writer.ping()
            case "error":
                raise self.refused(frame)
            case None:
                self._whole(frame)
            case kind:
                if event.thought:
                    # Perplexity, which tells what else these events hold again in items.
                    self.writer.start(None, None)
                    self._reasoning.delta(event, event.thought)
                    self._reasoning.piece_ended()
                if not is_documented(kind):
                    self.events.take(kind, self.plain(frame, "response event"))

    def _begin(self, event: ResponseEvent) -> None:
        """Something of an item comes: the reply has started, and the end of the item need not be read for its text."""
        self._place = event.output_index
        self._written.add(event.item_id if event.output_index is None else event.output_index)
        if event.item_id is not None:
            self._written.add(event.item_id)
        self.writer.start(None, None)

    def _text(self, event: ResponseEvent) -> None:
        text = event.delta
        if type(text) is str and text:
            if event.output_index != self._place or self._place is None:
                self._begin(event)
            self.writer.text(text, token_logprobs(event.logprobs) if event.logprobs else None)

    def _text_done(self, event: ResponseEvent) -> None:
        key = event.item_id if event.output_index is None else event.output_index
        if event.text and key not in self._written:
            self._begin(event)
            self.writer.text(event.text)
        # Citations count in this text, so it is a part of its own.
        self.writer.end_text()

    def _cite(self, found: object) -> None:
        cite_annotations(self.writer, [found])

    def _item_added(self, event: ResponseEvent) -> None:
        self._annotations = 0
        item = event.item
        if not isinstance(item, dict):
            return
        if item.get("type") == "message":
            self._open_message(item)
        elif item.get("type") in _FUNCTIONS:
            call = convert(item, CallItem, "output item")
            self._calls.start(event.output_index, call.id, call.call_id or call.id or "", call.name or "")
        elif (tool := tool_item(item)) is not None:
            self._calls.start(event.output_index, _id(item), tool.call_id, tool.name, hosted=True)

    def _item_done(self, event: ResponseEvent, *, last: bool = False) -> None:
        item = event.item
        if not isinstance(item, dict):
            return
        self.writer.start(None, None)
        kind, item_id = item.get("type"), item.get("id")
        if isinstance(kind, str) and kind.endswith("_call") and kind not in _BY_TOKENS and not _runs_here(item):
            self._hosted[kind] += 1
        written = event.output_index in self._written or (isinstance(item_id, str) and item_id in self._written)
        self._read.update(key for key in (event.output_index, _id(item)) if key is not None)
        match kind:
            case "message":
                self._message(item, written)
            case "reasoning":
                self._reasoning.item_ended(item, written=written)
            case "function_call" | "custom_tool_call":
                self._calls.item_ended(event.output_index, item, last=last)
            case _:
                self._tool_done(event.output_index, item)

    def _open_message(self, item: JsonObject) -> None:
        """What a message says of itself, such as its phase, stays with its text."""
        if (found := beside(self.writer, item, Message.__struct_encode_fields__)) is not None:
            self.writer.start(None, None)
            self.writer.keep(self.writer.open_text(), found)

    def _message(self, item: JsonObject, written: bool) -> None:
        """What the stream has not shown before the item ended: all of it, or annotations."""
        if not written:
            self._open_message(item)
        contents = convert(item, Message, "output item").content or ()
        for content, raw in zip(contents, item.get("content") or (), strict=True):
            kind = raw.get("type") if isinstance(raw, dict) else None
            if isinstance(kind, str) and kind not in _CONTENT and content.text is None:
                # As a message, because that is how it would go back.
                self.writer.unknown(kind, {"type": "message", "role": "assistant", "content": [raw]})
            if not written and content.text:
                self.writer.text(content.text, token_logprobs(content.logprobs))
            if not written and content.refusal:
                self._refused = True
                self.writer.text(content.refusal)
            annotations = content.annotations or []
            for found in annotations[self._annotations :]:
                self._cite(found)
            self._annotations = max(0, self._annotations - len(annotations))
            self.writer.end_text()

    def _tool_done(self, index: int | None, item: JsonObject) -> None:
        tool = tool_item(item)
        if tool is None and (found := output_of(item)) is not None:
            self.writer.hosted_result(found[0] or self._tool_id, found[1].content, found[1].is_error, item)
            return
        if tool is None:
            self.writer.unknown(str(item.get("type")), item, documented=item.get("type") in _DOCUMENTED)
            return
        self._tool_id = tool.call_id
        image = convert(item, ImageItem, "output item") if item.get("type") == "image_generation_call" else None
        data = from_base64(image.result, "image_generation_call") if image is not None and image.result else b""
        part = self._calls.find(index, _id(item), tool.call_id)
        if part is None:
            part = self._calls.start(index, _id(item), tool.call_id, tool.name, hosted=True)
        self._calls.fill(part, item_arguments(item))
        if image is not None and data:
            self._calls.end(part)
            without = {key: value for key, value in item.items() if key != "result"}
            self.writer.media(f"image/{image.output_format or 'png'}", data, without)
            return
        self._calls.end(part, item)
        if (result := item_result(item)) is not None:
            call_id = tool.call_id or self.writer.fold.parts[part].call_id
            self.writer.hosted_result(call_id, result.content, result.is_error, None)

    def _whole(self, data: bytes) -> None:
        try:
            response = _decode_response(data)
        except DECODE_ERRORS as error:
            response = self.read_again(Response, data, "response", error)
        if response.error is not None or response.status is None:
            raise self.refused(data)
        self.writer.start(response.id or None, response.model or None)
        self._items(response.output or ())
        self._ended(response, response.status)

    def _items(self, items: Iterable[Any]) -> None:
        for number, item in enumerate(items):
            self._annotations = 0
            self._item_done(ResponseEvent(output_index=number, item=item), last=True)

    def _missed(self, items: Iterable[Any]) -> None:
        """Items of the whole response that the stream did not tell, or not to their end."""
        for number, item in enumerate(items):
            if not isinstance(item, dict):
                continue
            event = ResponseEvent(output_index=number, item=item)
            if item.get("type") in _FUNCTIONS:
                self._calls.item_ended(None, item, last=True)
            elif not self._read.isdisjoint((number, _id(item))) or None in self._written:
                continue
            elif item.get("type") != "message" or not self._says_no_more(item):
                self._annotations = 0
                self._item_done(event, last=True)

    def _says_no_more(self, item: JsonObject) -> bool:
        """Whether the text of a message has come, at whatever place."""
        content = convert(item, Message, "output item").content or ()
        texts = "".join(part.text or part.refusal or "" for part in content)
        return bool(texts) and texts in "".join(
            state.text() for state in self.writer.fold.parts if state.kind == "text"
        )

    def _terminal(self, event: ResponseEvent) -> None:
        response = event.response or Response()
        self.writer.start(response.id or None, response.model or None)
        if self.writer.fold.parts:
            self._missed(response.output or ())
        else:
            self._items(response.output or ())
        self._ended(response, (event.type or "").removeprefix("response."))

    def _ended(self, response: Response, status: str) -> None:
        if isinstance(response.usage, dict):
            priced = with_extras(response.usage, service_tier=response.service_tier, hosted_calls=dict(self._hosted))
            self.writer.usage(openai_usage(priced))
        if status == "failed":
            raise self.refused(msgspec.json.encode({"error": response.error}))
        reason: FinishReason = "other"
        if self._refused:
            reason = "refusal"
        elif status == "completed":
            reason = "tool_calls" if self._calls.of_functions else "stop"
        elif status == "incomplete" and response.incomplete_details is not None:
            reason = _INCOMPLETE.get(response.incomplete_details.reason, "other")
        self._finish(reason, response.status)

    def _finish(self, reason: FinishReason | None, raw_reason: str | None) -> None:
        self.events.end()
        self.writer.finish(reason, raw_reason)
        self.done = True


def _id(item: JsonObject) -> str | None:
    return found if isinstance(found := item.get("id"), str) and found else None


def _runs_here(item: JsonObject) -> bool:
    """Whether a shell call is for the caller's machine, not for a container of the provider's."""
    where = item.get("environment")
    return isinstance(where, dict) and where.get("type") == "local"
