"""OpenAI Responses, the answer side.

Source: https://platform.openai.com/docs/api-reference/responses-streaming and recorded traffic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from fluent_ai_wire.openai_responses import (
    Annotation,
    CallItem,
    ImageItem,
    Message,
    ReasoningItem,
    Response,
    ResponseEvent,
)

from fluent_ai.content.events import Citation
from fluent_ai.content.reply import FinishReason
from fluent_ai.protocols.chat.chat_parser import SSEChatParser
from fluent_ai.protocols.chat.reading.logprobs import token_logprobs
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, convert, from_base64
from fluent_ai.protocols.shared.usage import openai_usage, with_price

_INCOMPLETE: dict[str | None, FinishReason] = {"max_output_tokens": "length", "content_filter": "content_filter"}

_HOSTED = {"web_search_call", "file_search_call", "code_interpreter_call", "image_generation_call"}
"""The calls of the provider's own tools that have prices beside those of tokens."""

_decode = msgspec.json.Decoder(ResponseEvent).decode
_decode_response = msgspec.json.Decoder(Response).decode


class OpenAIResponsesParser(SSEChatParser):
    """Reads the named events of a stream, or a whole response where the server does not stream.

    Events of built-in tools (web search, code interpreter, ..) are passed over: the provider runs those itself.
    """

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self._item: int | str | None = None
        self._written: set[int | str | None] = set()
        self._calls: dict[int | str, int] = {}
        self._annotations = 0
        self._called = False
        self._refused = False
        self._hosted: Counter[str] = Counter()

    def read(self, frame: bytes) -> None:
        if frame == b"[DONE]":
            # OpenRouter sends it after the last event, where it is not read any more.
            self._finish(None, None)
            return
        try:
            event = _decode(frame)
        except DECODE_ERRORS as error:
            event = self.read_again(ResponseEvent, frame, "response event", error)
        match event.type:
            case "response.output_text.delta":
                self._text(event)
            case "response.reasoning_summary_text.delta" | "response.reasoning_text.delta":
                self._reasoning(event)
            case "response.function_call_arguments.delta" | "response.custom_tool_call_input.delta":
                self._arguments(event)
            case "response.refusal.delta":
                self._refused = True
                self._text(event)
            case "response.output_text.annotation.added":
                self._annotations += 1
                self._cite(event.annotation)
            case "response.output_text.done":
                # Citations count in this text, so it is a part of its own.
                self.writer.end_text()
            case "response.output_item.added":
                self._item_added(event)
            case "response.output_item.done":
                self._item_done(event)
            case "response.created" | "response.queued" | "response.in_progress" if event.response is not None:
                self.writer.start(event.response.id or None, event.response.model or None)
            case "response.completed" | "response.incomplete" | "response.failed":
                self._terminal(event)
            case "keepalive":
                self.writer.ping()
            case "error":
                raise self.refused(frame)
            case None:
                self._whole(frame)
            case _:
                pass

    def _begin(self, event: ResponseEvent) -> None:
        """Something of an item comes: the reply has started, and the end of the item need not be read for its text."""
        key = event.item_id if event.output_index is None else event.output_index
        if key != self._item or not self._written:
            self._item = key
            self._written.add(key)
            if event.item_id is not None:
                self._written.add(event.item_id)
        if not self.writer.started:
            self.writer.start(None, None)

    def _text(self, event: ResponseEvent) -> None:
        if event.delta and isinstance(event.delta, str):
            self._begin(event)
            self.writer.text(event.delta, token_logprobs(event.logprobs) if event.logprobs else None)

    def _reasoning(self, event: ResponseEvent) -> None:
        if event.delta and isinstance(event.delta, str):
            self._begin(event)
            self.writer.reasoning(event.delta)

    def _cite(self, found: object) -> None:
        if isinstance(found, dict) and (part := self.writer.latest("text")) is not None:
            source = convert(found, Annotation, "annotation")
            self.writer.cite(
                Citation(
                    part=part,
                    url=source.url,
                    title=source.title or source.filename,
                    start=source.start_index,
                    end=source.end_index,
                )
            )

    def _item_added(self, event: ResponseEvent) -> None:
        self._annotations = 0
        if isinstance(event.item, dict) and event.item.get("type") in ("function_call", "custom_tool_call"):
            self._start_call(event.output_index, convert(event.item, CallItem, "output item"))

    def _start_call(self, output_index: int | None, call: CallItem) -> int:
        self.writer.start(None, None)
        self._called = True
        part = self.writer.start_call(call.call_id or call.id or "", call.name or "")
        self._calls.update((key, part) for key in (output_index, call.id) if key is not None)
        return part

    def _find_call(self, *keys: int | str | None) -> int | None:
        """By place first, because the ids of one item differ from event to event at some servers."""
        return next((self._calls[key] for key in keys if key in self._calls), None)

    def _arguments(self, event: ResponseEvent) -> None:
        part = self._find_call(event.output_index, event.item_id)
        if part is not None and event.delta and isinstance(event.delta, str):
            self.writer.call_arguments(part, event.delta)

    def _item_done(self, event: ResponseEvent) -> None:
        item = event.item
        if not isinstance(item, dict):
            return
        self.writer.start(None, None)
        kind, item_id = item.get("type"), item.get("id")
        if isinstance(kind, str) and kind in _HOSTED:
            self._hosted[kind] += 1
        written = event.output_index in self._written or (isinstance(item_id, str) and item_id in self._written)
        match kind:
            case "message":
                self._message(convert(item, Message, "output item"), written)
            case "reasoning":
                self._reasoning_done(convert(item, ReasoningItem, "output item"), written)
            case "function_call" | "custom_tool_call":
                self._call_done(event.output_index, convert(item, CallItem, "output item"))
            case "image_generation_call":
                self._image(convert(item, ImageItem, "output item"))
            case _:
                pass

    def _message(self, message: Message, written: bool) -> None:
        """What the stream has not shown before the item ended: all of it, or annotations."""
        for content in message.content or ():
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

    def _reasoning_done(self, item: ReasoningItem, written: bool) -> None:
        if not written:
            for content in item.summary or item.content or ():
                if content.text:
                    self.writer.reasoning(content.text)
        if item.encrypted_content:
            self.writer.open_reasoning()
            self.writer.end_reasoning(redacted=item.encrypted_content)
        else:
            self.writer.end_reasoning()

    def _call_done(self, output_index: int | None, call: CallItem) -> None:
        part = self._find_call(output_index, call.id)
        if part is None:
            part = self._start_call(output_index, call)
        arguments = call.arguments or call.input or ""
        so_far = self.writer.fold.parts[part].text()
        if len(arguments) > len(so_far) and arguments.startswith(so_far):
            self.writer.call_arguments(part, arguments[len(so_far) :])
        for key in [key for key, open_part in self._calls.items() if open_part == part]:
            del self._calls[key]
        self.writer.end_call(part)

    def _image(self, item: ImageItem) -> None:
        if item.result:
            data = from_base64(item.result, "image_generation_call")
            self.writer.media(f"image/{item.output_format or 'png'}", data)

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
            self._item_done(ResponseEvent(output_index=number, item=item))

    def _terminal(self, event: ResponseEvent) -> None:
        response = event.response or Response()
        self.writer.start(response.id or None, response.model or None)
        if not self.writer.fold.parts:
            self._items(response.output or ())
        self._ended(response, (event.type or "").removeprefix("response."))

    def _ended(self, response: Response, status: str) -> None:
        if isinstance(response.usage, dict):
            priced = with_price(response.usage, service_tier=response.service_tier, hosted_calls=dict(self._hosted))
            self.writer.usage(openai_usage(priced))
        if status == "failed":
            raise self.refused(msgspec.json.encode({"error": response.error}))
        reason: FinishReason = "other"
        if self._refused:
            reason = "refusal"
        elif status == "completed":
            reason = "tool_calls" if self._called else "stop"
        elif status == "incomplete" and response.incomplete_details is not None:
            reason = _INCOMPLETE.get(response.incomplete_details.reason, "other")
        self._finish(reason, response.status)

    def _finish(self, reason: FinishReason | None, raw_reason: str | None) -> None:
        self.writer.finish(reason, raw_reason)
        self.done = True
