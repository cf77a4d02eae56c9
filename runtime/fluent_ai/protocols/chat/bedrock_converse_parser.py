"""Amazon Bedrock Converse, the answer side.

Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html and recorded traffic.
"""

from __future__ import annotations

import base64
from collections.abc import Collection

import msgspec
from fluent_ai_wire.bedrock_converse import (
    BlockDelta,
    BlockStart,
    ContentBlock,
    ConverseAnswer,
    ConverseEvent,
    Image,
    Location,
    ReasoningDelta,
    ToolUse,
)
from fluent_ai_wire.bedrock_converse import Citation as WireCitation

from fluent_ai.content.events import Citation
from fluent_ai.content.fold import parse_tool_call
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import Usage
from fluent_ai.errors import ApiError
from fluent_ai.framing import Framing
from fluent_ai.framing.aws_eventstream import EventMessage, EventStreamDecoder
from fluent_ai.framing.whole import WholeBody
from fluent_ai.protocols.chat.chat_parser import ChatParser
from fluent_ai.protocols.chat.reading.hosted_results import result_failed, result_text
from fluent_ai.protocols.chat.reading.unknown_fields import UnknownFields, known_fields
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, from_base64
from fluent_ai.protocols.shared.usage import count, with_extras
from fluent_ai.protocols.shared.wordings import how_it_ended

# The status that each exception has outside a stream, as the service's own definition says.
_STATUS = {
    "internalServerException": 500, "modelStreamErrorException": 424, "validationException": 400,
    "throttlingException": 429, "serviceUnavailableException": 503,
}  # fmt: skip

_EVENTS = ("messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata")
_WHAT = "Converse event"
_READ = known_fields(BlockDelta, ContentBlock)

_decode = msgspec.json.Decoder(ConverseEvent).decode
_decode_answer = msgspec.json.Decoder(ConverseAnswer).decode


class BedrockConverseParser(ChatParser[EventMessage | bytes]):
    """Reads the messages of an event stream, or a whole answer in JSON.

    The wire does not say which model answers, so `model` is the one that was asked. Tools that the host runs
    itself are hosted calls with their results.
    """

    def __init__(self, provider: str, secrets: Collection[str] = (), model: str | None = None) -> None:
        super().__init__(provider, secrets)
        self._model = model
        self._raw_reason: str | None = None
        self._signature = ""
        self._redacted: list[bytes] = []
        self._calls: dict[int | None, int] = {}
        self._hosted: dict[int | None, JsonObject] = {}
        self._results: dict[int | None, JsonObject] = {}
        self._images: dict[int | None, tuple[str, list[bytes]]] = {}
        self._unknown = UnknownFields(self.writer, _READ)

    @staticmethod
    def is_known(kind: str) -> bool:
        return kind in _EVENTS

    def framing(self, start: int) -> Framing[EventMessage | bytes]:
        return WholeBody() if start in b"{[" else EventStreamDecoder()

    def read(self, frame: EventMessage | bytes) -> None:
        if not isinstance(frame, EventMessage):
            self._whole(frame)
            return
        headers = frame.headers
        if headers.get(":message-type", "event") != "event":
            kind = headers.get(":exception-type") or headers.get(":error-code")
            raise self._exception(str(kind or "error"), str(headers.get(":error-message") or ""), frame.payload)
        kind = headers.get(":event-type")
        raw: JsonObject | None = None
        try:
            event = _decode(frame.payload)
        except DECODE_ERRORS as error:
            found = self.read_event(ConverseEvent, frame.payload, _WHAT, error, kind)
            if found is None:
                return
            event, raw = found, self.plain(frame.payload, _WHAT)
        writer = self.writer
        if not writer.started:
            writer.start(None, self._model)
        match kind:
            case "contentBlockDelta":
                if event.delta is not None:
                    self._delta(event.contentBlockIndex, event.delta)
            case "contentBlockStart":
                self._end_block(event.contentBlockIndex)
                if event.start is not None:
                    self._start_block(event.contentBlockIndex, event.start)
            case "contentBlockStop":
                self._end_block(event.contentBlockIndex)
            case "messageStop":
                self._raw_reason = event.stopReason or self._raw_reason
            case "metadata":
                self._usage(event)
                if self._raw_reason is not None:
                    self._finish()
            case "messageStart":
                pass
            case _:
                self.events.take(kind, self.plain(frame.payload, _WHAT))
                return
        if raw is not None:
            self._unknown.take(raw.get("delta") or raw.get("start"))

    def _start_block(self, index: int | None, start: BlockStart) -> None:
        if start.toolUse is not None:
            self._start_call(index, start.toolUse)
        if start.image is not None:
            self._images[index] = (start.image.format or "", [])
        if isinstance(start.toolResult, dict):
            self._results[index] = {"content": [], **start.toolResult}

    def _start_call(self, index: int | None, call: ToolUse) -> None:
        hosted = call.type == "server_tool_use"
        self._calls[index] = self.writer.start_call(call.toolUseId or "", call.name or "", hosted)
        if hosted:
            self._hosted[index] = {"toolUseId": call.toolUseId, "name": call.name, "type": call.type}

    def _delta(self, index: int | None, delta: BlockDelta) -> None:
        writer = self.writer
        if delta.text:
            writer.text(delta.text)
        elif delta.toolUse is not None:
            self._arguments(index, delta.toolUse.input)
        elif delta.reasoningContent is not None:
            self._reasoning(delta.reasoningContent)
        elif delta.citation is not None:
            self._cite(delta.citation)
        elif delta.image is not None:
            self._image(index, delta.image)
        elif isinstance(delta.toolResult, list) and index in self._results:
            self._results[index]["content"] += delta.toolResult

    def _arguments(self, index: int | None, arguments: object) -> None:
        if arguments and index in self._calls:
            text = arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
            self.writer.call_arguments(self._calls[index], text)

    def _reasoning(self, delta: ReasoningDelta) -> None:
        self.writer.open_reasoning()
        if delta.text:
            self.writer.reasoning(delta.text)
        self._signature += delta.signature or ""
        if delta.redactedContent:
            self._redacted.append(from_base64(delta.redactedContent, "redactedContent"))

    def _cite(self, found: WireCitation) -> None:
        location = found.location or Location()
        web, place = location.web, location.documentChar or location.documentPage or location.documentChunk
        self.writer.cite(
            Citation(
                part=self.writer.open_text(),
                url=(web.url if web is not None else None) or found.source or None,
                title=found.title,
                quote="".join(content.text or "" for content in found.sourceContent or ()) or None,
            ),
            None if place is None else place.documentIndex,
        )

    def _image(self, index: int | None, image: Image) -> None:
        pieces = self._images.setdefault(index, (image.format or "", []))[1]
        if image.source is not None and image.source.bytes:
            pieces.append(from_base64(image.source.bytes, "image"))

    def _end_block(self, index: int | None) -> None:
        writer = self.writer
        writer.end_text()
        writer.end_reasoning(self._signature or None, base64.b64encode(b"".join(self._redacted)).decode() or None)
        self._signature = ""
        self._redacted = []
        if index in self._calls:
            part = self._calls.pop(index)
            raw = self._hosted.pop(index, None)
            if raw is not None:
                given = parse_tool_call("", "", writer.fold.parts[part].text()).arguments
                raw = {"toolUse": {**raw, "input": given}}
            writer.end_call(part, raw)
        if index in self._results:
            found = self._results.pop(index)
            content, call_id = found.get("content"), found.get("toolUseId")
            failed = found.get("status") == "error" or result_failed(content)
            call_id = call_id if isinstance(call_id, str) else ""
            writer.hosted_result(call_id, result_text(content), failed, {"toolResult": found})
        if index in self._images:
            form, pieces = self._images.pop(index)
            if pieces:
                writer.media(f"image/{form or 'png'}", b"".join(pieces))
        self._unknown.end()

    def _exception(self, kind: str, reason: str, payload: bytes) -> ApiError:
        try:
            found = msgspec.json.decode(payload, type=dict[str, object])
        except DECODE_ERRORS:
            found = {}
        message = found.get("message")
        body = {"code": kind, "message": message if isinstance(message, str) else reason}
        return self.refused(msgspec.json.encode(body), _STATUS.get(kind))

    def _whole(self, data: bytes) -> None:
        raw: JsonObject = {}
        try:
            answer = _decode_answer(data)
        except DECODE_ERRORS as error:
            answer = self.read_again(ConverseAnswer, data, "Converse answer", error)
            raw = self.plain(data, "Converse answer")
        if answer.output is None:
            raise self.refused(data)
        self.writer.start(None, self._model)
        message = answer.output.message
        blocks = (message.content if message is not None else None) or []
        for index, block in enumerate(blocks):
            self._block(index, block)
            if raw:
                self._unknown.take(raw["output"]["message"]["content"][index])
            self._end_block(index)
        self._raw_reason = answer.stopReason
        self._usage(answer)
        self._finish()

    def _block(self, index: int, block: ContentBlock) -> None:
        if block.text:
            self.writer.text(block.text)
        if block.toolUse is not None:
            self._start_call(index, block.toolUse)
            self._arguments(index, block.toolUse.input)
        if (reasoning := block.reasoningContent) is not None:
            self._reasoning(reasoning.reasoningText or ReasoningDelta(redactedContent=reasoning.redactedContent))
        if (cited := block.citationsContent) is not None:
            for content in cited.content or ():
                self.writer.text(content.text or "")
            for citation in cited.citations or ():
                self._cite(citation)
        if block.image is not None:
            self._image(index, block.image)
        if isinstance(block.toolResult, dict):
            self._results[index] = block.toolResult

    def _usage(self, found: ConverseEvent | ConverseAnswer) -> None:
        if isinstance(usage := found.usage, dict):
            latency = found.performanceConfig.get("latency") if isinstance(found.performanceConfig, dict) else None
            self.writer.usage(_read_usage(with_extras(usage, serviceTier=found.serviceTier, latency=latency)))

    def complete(self) -> bool:
        """Usage comes after the stop reason, or not at all."""
        if self._raw_reason is None:
            return False
        self._finish()
        return True

    def _finish(self) -> None:
        for index in (*self._calls, *self._images, *self._results, None):
            self._end_block(index)
        self.events.end()
        raw = self._raw_reason
        self.writer.finish(how_it_ended(raw), raw)
        self.done = True


def _read_usage(found: JsonObject) -> Usage:
    """What was read from or written to the cache is not part of `inputTokens`."""
    return Usage(
        input_tokens=count(found, "inputTokens"),
        output_tokens=count(found, "outputTokens"),
        cached_input_tokens=count(found, "cacheReadInputTokens"),
        cache_write_tokens=count(found, "cacheWriteInputTokens"),
        raw=found,
    )
