"""Ollama's own chat, the answer side: lines of JSON, of which the last says done.

Source: https://docs.ollama.com/api/chat and recorded traffic.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from fluent_ai_wire.ollama_chat import ChatMessage, ChatResponse, LaterLine

from fluent_ai.content.files import sniff
from fluent_ai.content.reply import Usage
from fluent_ai.framing import Framing
from fluent_ai.framing.ndjson import NDJSONDecoder
from fluent_ai.protocols.chat.chat_parser import ChatParser
from fluent_ai.protocols.chat.reading.logprobs import token_logprobs
from fluent_ai.protocols.chat.reading.unknown_fields import UnknownFields, known_fields
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, from_base64
from fluent_ai.protocols.shared.usage import whole
from fluent_ai.protocols.shared.wordings import how_it_ended

_COUNTERS = (
    "total_duration", "load_duration", "prompt_eval_count", "prompt_eval_duration", "eval_count", "eval_duration",
)  # fmt: skip

_WHAT = "line of an Ollama answer"
_READ = known_fields(ChatMessage)

_decode = msgspec.json.Decoder(ChatResponse).decode
_decode_later = msgspec.json.Decoder(LaterLine).decode


class OllamaChatParser(ChatParser[bytes]):
    """Reads a stream of lines, or the one line of an answer that was not streamed."""

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self._called = False
        self._unknown = UnknownFields(self.writer, _READ)

    def framing(self, start: int) -> Framing[bytes]:
        return NDJSONDecoder()

    def read(self, frame: bytes) -> None:
        writer = self.writer
        line: ChatResponse | LaterLine | None = None
        if writer.started:
            try:
                line = _decode_later(frame)
            except DECODE_ERRORS:
                line = None
        if line is None or line.done:
            line = self._first_or_last(frame)
        if (message := line.message) is not None:
            if message.thinking:
                writer.reasoning(message.thinking)
            if text := message.content:
                writer.text(text, token_logprobs(line.logprobs) if line.logprobs else None)
            if message.tool_calls:
                self._tool_calls(message)
            if message.images:
                self._images(message.images)
        if line.done and isinstance(line, ChatResponse):
            self._finish(line)

    def _first_or_last(self, frame: bytes) -> ChatResponse:
        try:
            line = _decode(frame)
        except DECODE_ERRORS as error:
            line = self.read_again(ChatResponse, frame, _WHAT, error)
            self._unknown.take(self.plain(frame, _WHAT).get("message"))
        if line.error is not None:
            raise self.refused(frame)
        if line.model or line.message is not None or line.done:
            self.writer.start(None, line.model or None)
        return line

    def _tool_calls(self, message: ChatMessage) -> None:
        """Calls come whole."""
        self._called = True
        for call in message.tool_calls or ():
            function = call.function
            part = self.writer.start_call(call.id or "", (function and function.name) or "")
            if function is not None and function.arguments:
                given = function.arguments
                text = given if isinstance(given, str) else msgspec.json.encode(given).decode()
                self.writer.call_arguments(part, text)
            self.writer.end_call(part)

    def _images(self, images: list[str]) -> None:
        for image in images:
            data = from_base64(image, "image of an Ollama answer")
            self.writer.media(sniff(data) or "image/png", data)

    def _finish(self, line: ChatResponse) -> None:
        counters = {name: value for name in _COUNTERS if (value := getattr(line, name)) is not None}
        read, written = whole(line.prompt_eval_count), whole(line.eval_count)
        if read is not None or written is not None:
            self.writer.usage(Usage(input_tokens=read, output_tokens=written, raw=counters))
        self._unknown.end()
        reason = how_it_ended(line.done_reason or None)
        if self._called and reason != "length":
            reason = "tool_calls"
        self.writer.finish(reason, line.done_reason)
        self.done = True
