"""Anthropic messages, the answer side.

Source: https://docs.claude.com/en/docs/build-with-claude/streaming and recorded traffic.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import msgspec
from fluent_ai_wire.anthropic_messages import Citation as WireCitation
from fluent_ai_wire.anthropic_messages import ContentBlock, Delta, Message, MessageEvent

from fluent_ai.content.events import Citation
from fluent_ai.content.fold import parse_tool_call
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import Usage
from fluent_ai.protocols.chat.chat_parser import SSEChatParser
from fluent_ai.protocols.chat.reading.hosted_results import result_failed, result_text
from fluent_ai.protocols.chat.reading.unknown_fields import grow
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, convert
from fluent_ai.protocols.shared.usage import count
from fluent_ai.protocols.shared.wordings import how_it_ended

# The status that each type of error has outside a stream (https://docs.claude.com/en/api/errors).
_STATUS: dict[str, int] = {
    "invalid_request_error": 400, "authentication_error": 401, "billing_error": 402, "permission_error": 403,
    "not_found_error": 404, "request_too_large": 413, "rate_limit_error": 429, "api_error": 500, "timeout_error": 504,
    "overloaded_error": 529,
}  # fmt: skip

_EVENTS = (
    "message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta",
    "message_stop", "message", "ping", "error",
)  # fmt: skip
_WHAT = "message event"

_DOCUMENTED = ("compaction",)
"""Blocks that only go back: https://docs.claude.com/en/docs/build-with-claude/compaction."""

_FIELDS = {
    "text": ("type", "text", "citations"),
    "thinking": ("type", "thinking", "signature"),
    "tool_use": ("type", "id", "name", "input"),
}
_DOCUMENTED_FIELDS = {"caller"}
"""https://docs.claude.com/en/docs/agents-and-tools/tool-use/programmatic-tool-calling."""

_INPUT = "partial_json"
"""Where the text of the input of a block grows, until it is whole."""

_decode = msgspec.json.Decoder(MessageEvent).decode


class AnthropicMessagesParser(SSEChatParser):
    """Reads the named events of a stream, or a whole message where the server does not stream.

    Blocks of the provider's own tools (web search, code execution, MCP, ..) are hosted calls and their results; blocks
    of kinds that are not known here are kept as they came.
    """

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self._raw_reason: str | None = None
        self._signature = ""
        self._calls: dict[int | None, tuple[int, object]] = {}
        self._hosted: dict[int | None, JsonObject] = {}
        """The blocks of open hosted calls, as they came."""
        self._unknown: dict[int | None, JsonObject] = {}

    @staticmethod
    def is_known(kind: str) -> bool:
        return kind in _EVENTS

    def read(self, frame: bytes) -> None:
        try:
            event = _decode(frame)
        except DECODE_ERRORS as error:
            found = self.read_event(MessageEvent, frame, _WHAT, error)
            if found is None:
                return
            event = found
        match event.type:
            case "content_block_delta":
                if (delta := event.delta) is not None:
                    if delta.type == "text_delta" and delta.text and self.writer.started:
                        self.writer.text(delta.text)
                    else:
                        self._delta(event.index, delta, frame)
            case "content_block_start":
                if event.content_block is not None:
                    self._start_block(event.index, event.content_block, frame)
            case "content_block_stop":
                self._end_block(event.index)
            case "ping":
                self.writer.ping()
            case "message_start":
                self._start(convert(event.message or {}, Message, "message_start"))
            case "message_delta":
                if event.delta is not None:
                    self._stop_reason(event.delta.stop_reason, event.delta.stop_details)
                self._usage(event.usage)
            case "message_stop":
                self._finish()
            case "message":
                self._whole(event)
            case kind:
                # Some gateways answer with an error of their own.
                if kind == "error" or event.error is not None or (kind is None and isinstance(event.message, str)):
                    raise self.refused(frame, _status(event.error))
                self.events.take(kind, self.plain(frame, _WHAT))

    def _start(self, message: Message) -> None:
        self.writer.start(message.id or None, message.model or None)
        self._usage(message.usage)

    def _delta(self, index: int | None, delta: Delta, frame: bytes) -> None:
        writer = self.writer
        if not writer.started:
            writer.start(None, None)
        match delta.type:
            case "text_delta":
                if text := delta.text:
                    writer.text(text)
            case "input_json_delta":
                if delta.partial_json and index in self._calls:
                    writer.call_arguments(self._calls[index][0], delta.partial_json)
                elif delta.partial_json and index in self._unknown:
                    grow(self._unknown[index], {_INPUT: delta.partial_json})
            case "thinking_delta":
                if delta.thinking:
                    writer.reasoning(delta.thinking)
            case "signature_delta":
                writer.open_reasoning()
                self._signature += delta.signature or ""
            case "citations_delta":
                self._cite(delta.citation)
            case kind:
                event = self.plain(frame, _WHAT)
                if index in self._unknown:
                    grow(self._unknown[index], event.get("delta"), without=("type",))
                elif event.get("delta"):
                    self.events.take(kind or "delta", event)

    def _start_block(self, index: int | None, block: ContentBlock, frame: bytes, raw: object = None) -> None:
        writer = self.writer
        writer.start(None, None)
        self._end_block(index)
        if raw is None:
            raw = self.plain(frame, _WHAT).get("content_block")
        match block.type:
            case "text":
                self._keep_beside(block.type, raw, writer.open_text)
                if block.text:
                    writer.text(block.text)
                for citation in block.citations if isinstance(block.citations, list) else ():
                    self._cite(citation)
            case "thinking":
                self._keep_beside(block.type, raw, writer.open_reasoning)
                writer.open_reasoning()
                if block.thinking:
                    writer.reasoning(block.thinking)
                self._signature = block.signature or ""
            case "redacted_thinking":
                writer.open_reasoning()
                writer.end_reasoning(redacted=block.data)
            case "tool_use":
                part = writer.start_call(block.id or "", block.name or "")
                self._calls[index] = (part, block.input)
                self._keep_beside(block.type, raw, lambda: part)
            case _:
                if isinstance(raw, dict):
                    self._other_block(index, block, raw)

    def _keep_beside(self, kind: str, raw: object, part: Callable[[], int]) -> None:
        """What a block says beside what is read, such as who called a tool, goes back with its part."""
        known = _FIELDS[kind]
        found = {k: v for k, v in raw.items() if v and k not in known} if isinstance(raw, dict) else None
        if found:
            self.writer.keep(part(), found)
            for name in found.keys() - _DOCUMENTED_FIELDS:
                self.writer.kept(name)

    def _other_block(self, index: int | None, block: ContentBlock, raw: JsonObject) -> None:
        kind, call_id = block.type or "", raw.get("tool_use_id")
        if kind.endswith("_tool_use"):
            part = self.writer.start_call(block.id or "", block.name or "", hosted=True)
            self._calls[index] = (part, block.input)
            self._hosted[index] = raw
        elif kind.endswith("_tool_result") and isinstance(call_id, str):
            content = raw.get("content")
            failed = raw.get("is_error") is True or result_failed(content)
            self.writer.hosted_result(call_id, result_text(content), failed, raw)
        else:
            self._unknown[index] = raw

    def _end_block(self, index: int | None) -> None:
        writer = self.writer
        writer.end_text()
        writer.end_reasoning(self._signature or None)
        self._signature = ""
        if index in self._calls:
            part, arguments = self._calls.pop(index)
            if arguments and not writer.fold.parts[part].pieces:
                # A whole message, and servers that do not split the arguments into deltas.
                text = arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
                writer.call_arguments(part, text)
            if (raw := self._hosted.pop(index, None)) is not None:
                text = writer.fold.parts[part].text()
                raw = {**raw, "input": parse_tool_call("", "", text).arguments}
            writer.end_call(part, raw)
        if index in self._unknown:
            raw = self._unknown.pop(index)
            if (text := raw.pop(_INPUT, "")) and isinstance(text, str):
                raw["input"] = parse_tool_call("", "", text).arguments
            writer.unknown(str(raw.get("type")), raw, documented=raw.get("type") in _DOCUMENTED)

    def _cite(self, found: object) -> None:
        """A citation says where in the source it was found; in the reply it is the whole part that it is about."""
        if isinstance(found, dict):
            source = convert(found, WireCitation, "citation")
            part = self.writer.open_text()
            kept = self.writer.fold.parts[part].raw or {}
            self.writer.keep(part, {**kept, "citations": [*kept.get("citations", ()), found]})
            self.writer.cite(
                Citation(
                    part=part,
                    url=source.url or source.source,
                    title=source.title or source.document_title,
                    quote=source.cited_text,
                ),
                source.document_index,
            )

    def _usage(self, found: object) -> None:
        if isinstance(found, dict):
            self.writer.start(None, None)
            self.writer.usage(_read_usage(found))

    def _stop_reason(self, reason: str | None, details: object) -> None:
        self._raw_reason = reason or self._raw_reason
        if isinstance(details, dict) and isinstance(why := details.get("explanation"), str) and why:
            self.writer.warn(why)

    def _whole(self, message: MessageEvent) -> None:
        self.writer.start(message.id or None, message.model or None)
        blocks = convert(message.content or [], list[ContentBlock], "message content")
        for index, (block, raw) in enumerate(zip(blocks, message.content or [], strict=True)):
            self._start_block(index, block, b"", raw)
            self._end_block(index)
        self._stop_reason(message.stop_reason, message.stop_details)
        self._usage(message.usage)
        self._finish()

    def complete(self) -> bool:
        """Some gateways leave out the last event; the stop reason has said it before."""
        if self._raw_reason is None:
            return False
        self._finish()
        return True

    def _finish(self) -> None:
        for index in (*self._calls, *self._unknown):
            self._end_block(index)
        self._end_block(None)
        self.events.end()
        raw = self._raw_reason
        self.writer.finish(how_it_ended(raw), raw)
        self.done = True


def _status(error: object) -> int | None:
    kind = error.get("type") if isinstance(error, dict) else None
    return _STATUS.get(kind) if isinstance(kind, str) else None


def _read_usage(found: JsonObject) -> Usage:
    """What was read from or written to the cache is not part of `input_tokens` here."""
    return Usage(
        input_tokens=count(found, "input_tokens"),
        output_tokens=count(found, "output_tokens"),
        reasoning_tokens=count(found, "output_tokens_details", "thinking_tokens"),
        cached_input_tokens=count(found, "cache_read_input_tokens"),
        cache_write_tokens=count(found, "cache_creation_input_tokens"),
        raw=found,
    )
