"""Cohere chat v2, the answer side. Source: https://docs.cohere.com/v2/reference/chat-stream and recorded traffic."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from fluent_ai_wire import cohere_v2 as wire

from fluent_ai.content.documents import position
from fluent_ai.content.events import Citation, TokenLogprob
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import FinishReason, Usage
from fluent_ai.protocols.chat.chat_parser import SSEChatParser
from fluent_ai.protocols.chat.reading.unknown_fields import UnknownFields, known_fields
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, convert
from fluent_ai.protocols.shared.usage import count
from fluent_ai.protocols.shared.wordings import how_it_ended

PLAN = "tool_plan"
"""Signature of reasoning that came as `tool_plan`, which is where it goes when it is sent back."""

_KNOWN = (
    "message-start", "content-start", "content-delta", "content-end", "tool-call-start", "tool-call-delta",
    "tool-call-end", "tool-plan-delta", "citation-start", "citation-end", "message-end", "debug",
)  # fmt: skip
"""The types of events that Cohere's specification lists."""

_READ = known_fields(wire.AssistantMessage, wire.Content)
_decode = msgspec.json.Decoder(wire.ChatEvent).decode


class CohereV2Parser(SSEChatParser):
    """Reads a stream of events, or a whole reply where the server does not stream.

    The plan before tool calls is reasoning: Cohere describes it as a chain of thought, and shows it apart from text.
    """

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self._planning = False
        self._calls: dict[int | None, int] = {}
        self._unknown = UnknownFields(self.writer, _READ)

    @staticmethod
    def is_known(kind: str) -> bool:
        return kind in _KNOWN

    def read(self, frame: bytes) -> None:
        if frame == b"[DONE]":
            self._finish(None, None)
            return
        try:
            event = _decode(frame)
        except DECODE_ERRORS as error:
            found = self.read_event(wire.ChatEvent, frame, "chat event", error)
            if found is None:
                return
            event = found
            delta = self.plain(frame, "chat event").get("delta")
            self._keep_unknown(delta.get("message") if isinstance(delta, dict) else None)
        kind = event.type
        writer = self.writer
        if not writer.started and kind is not None:
            writer.start(event.id or None, None)
        message = None if event.delta is None else event.delta.message
        if kind == "content-delta" and not self._planning:
            if message is not None and type(content := message.content) is wire.Content:
                if event.logprobs is None and content.thinking is None and (text := content.text):
                    writer.text(text)
                else:
                    self._content(content, event.logprobs)
            return
        if kind == "tool-plan-delta":
            if message is not None:
                self._plan(message.tool_plan)
            return
        if self._planning:
            self._end_plan()
        match kind:
            case "content-delta" | "content-start" if message is not None:
                if isinstance(message.content, wire.Content):
                    self._content(message.content, event.logprobs)
            case "content-end":
                # Citations count in this text, so it is a part of its own.
                writer.end_text()
                writer.end_reasoning()
            case "tool-call-start" if message is not None:
                self._start_call(event.index, message.tool_calls)
            case "tool-call-delta" if message is not None:
                self._continue_call(event.index, message.tool_calls)
            case "tool-call-end" if event.index in self._calls:
                writer.end_call(self._calls.pop(event.index))
            case "citation-start" if message is not None:
                self._cite(message.citations)
            case "message-end" if event.delta is not None:
                self._ended(event.delta.finish_reason, event.delta.usage, event.delta)
            case None:
                self._whole(event, frame)
            case _:
                if not self.is_known(kind):
                    self.events.take(kind, self.plain(frame, "chat event"))

    def _keep_unknown(self, message: object) -> None:
        if isinstance(message, dict):
            self._unknown.take(message)
            self._unknown.take(message.get("content"))

    def _plan(self, text: str | None) -> None:
        if text:
            self._planning = True
            self.writer.reasoning(text)

    def _end_plan(self) -> None:
        if self._planning:
            self._planning = False
            self.writer.end_reasoning(PLAN)

    def _content(self, content: wire.Content, logprobs: object = None) -> None:
        if text := content.text:
            self.writer.text(text, None if logprobs is None else _logprobs(logprobs))
        if content.thinking:
            self.writer.reasoning(content.thinking)

    def _start_call(self, index: int | None, found: object) -> None:
        if isinstance(found, dict):
            call = convert(found, wire.ToolCall, "tool call")
            function = call.function or wire.FunctionCall()
            self._calls[index] = self.writer.start_call(call.id or "", function.name or "")
            if function.arguments:
                self.writer.call_arguments(self._calls[index], function.arguments)

    def _continue_call(self, index: int | None, found: object) -> None:
        if isinstance(found, dict) and index in self._calls:
            function = convert(found, wire.ToolCall, "tool call").function
            if function is not None and function.arguments:
                self.writer.call_arguments(self._calls[index], function.arguments)

    def _cite(self, found: object) -> None:
        """One event for each source, or one without any."""
        if not isinstance(found, dict):
            return
        citation = convert(found, wire.Citation, "citation")
        part = self.writer.latest("text" if citation.type in (None, "TEXT_CONTENT") else "reasoning")
        for source in citation.sources or (wire.Source(),):
            about = source.document if isinstance(source.document, dict) else source.tool_output
            url, title = (_text(about, "url"), _text(about, "title")) if isinstance(about, dict) else (None, None)
            number = position(source.id) if self.writer.documents else None
            quote = citation.text if number is None else None
            self.writer.cite(Citation(part, url, title or source.id, quote, citation.start, citation.end), number)

    def _whole(self, event: wire.ChatEvent, data: bytes) -> None:
        if isinstance(event.message, str):
            raise self.refused(data)
        if not isinstance(event.message, dict):
            return
        message = convert(event.message, wire.AssistantMessage, "message")
        self._keep_unknown(event.message)
        self.writer.start(event.id or None, None)
        self._plan(message.tool_plan)
        self._end_plan()
        for content in _list(message.content):
            if isinstance(content, dict) and content.get("type") in (None, "text", "thinking"):
                self._content(convert(content, wire.Content, "content"))
            elif isinstance(content, dict):
                self.writer.unknown(str(content["type"]), content)
        for citation in _list(message.citations):
            self._cite(citation)
        for number, call in enumerate(_list(message.tool_calls)):
            self._start_call(number, call)
        self._ended(event.finish_reason, event.usage, wire.Delta())

    def _ended(self, raw_reason: str | None, usage: object, delta: wire.Delta) -> None:
        if isinstance(usage, dict) and usage:
            self.writer.usage(_read_usage(usage))
        if delta.error is not None or (raw_reason or "").startswith("ERROR"):
            raise self.refused(msgspec.json.encode({"message": delta.error, "code": delta.error_type or raw_reason}))
        self._finish(how_it_ended(raw_reason), raw_reason)

    def _finish(self, reason: FinishReason | None, raw_reason: str | None) -> None:
        self._end_plan()
        self._unknown.end()
        self.events.end()
        self.writer.finish(reason, raw_reason)
        self.done = True


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def _text(found: JsonObject, key: str) -> str | None:
    value = found.get(key)
    return value if isinstance(value, str) else None


def _logprobs(found: object) -> tuple[TokenLogprob, ...] | None:
    """One piece of text and the log probabilities of its tokens, whose own texts are not told: their sum is its."""
    if not isinstance(found, dict):
        return None
    piece = convert(found, wire.Logprobs, "logprobs")
    return (TokenLogprob(piece.text or "", sum((value or 0.0 for value in piece.logprobs or ()), 0.0)),)


def _read_usage(found: JsonObject) -> Usage:
    """The tokens that the model saw; those that are billed, where only they are told."""
    kind = "tokens" if isinstance(found.get("tokens"), dict) else "billed_units"
    return Usage(
        input_tokens=count(found, kind, "input_tokens"),
        output_tokens=count(found, kind, "output_tokens"),
        reasoning_tokens=count(found, kind, "reasoning_tokens"),
        cached_input_tokens=count(found, "cached_tokens"),
        raw=found,
    )
