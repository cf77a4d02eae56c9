"""OpenAI chat completions, the answer side, as its many speakers send it.

Source: https://platform.openai.com/docs/api-reference/chat and recorded traffic.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import msgspec
from fluent_ai_wire.openai_chat import (
    ChatCompletion,
    ChoiceMessage,
    ClosedChunk,
    ClosedCompletion,
    ClosedMessage,
    LaterChunk,
    Logprobs,
    Rare,
    TextChunk,
    ToolCall,
)

from fluent_ai.content.events import Citation
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.chat.chat_parser import SSEChatParser
from fluent_ai.protocols.chat.reading.chat_calls import ChatCalls
from fluent_ai.protocols.chat.reading.chat_extras import ChatSound, add_images, cite_annotations, sources
from fluent_ai.protocols.chat.reading.executed_tools import ExecutedTools
from fluent_ai.protocols.chat.reading.google_extras import Thoughts
from fluent_ai.protocols.chat.reading.logprobs import token_logprobs
from fluent_ai.protocols.chat.reading.reasoning_details import ReasoningDetails
from fluent_ai.protocols.chat.reading.unknown_fields import UnknownFields, known_fields
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS
from fluent_ai.protocols.shared.failure_bodies import tells_failure
from fluent_ai.protocols.shared.usage import openai_usage, with_extras
from fluent_ai.protocols.shared.wordings import how_it_ended

_WHAT = "chat completion"
_READ = known_fields(ChoiceMessage)

_decode_first = msgspec.json.Decoder(ClosedCompletion).decode
_decode_open_first = msgspec.json.Decoder(ChatCompletion).decode
_decode_rare = msgspec.json.Decoder(Rare).decode
_decode_later = msgspec.json.Decoder(LaterChunk).decode
_decode_text = msgspec.json.Decoder(TextChunk).decode
_decode_closed = msgspec.json.Decoder(ClosedChunk).decode


class OpenAIChatParser(SSEChatParser):
    """Reads a stream of chunks, or a whole completion where the server does not stream."""

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self._id: str | None = None
        self._model: str | None = None
        self._raw_reason: str | None = None
        self._refused = False
        self._details = ReasoningDetails(self.writer)
        self._thoughts = Thoughts()
        self._calls = ChatCalls(self.writer)
        self._sound = ChatSound(self.writer)
        self._executed = ExecutedTools(self.writer)
        self._unknown = UnknownFields(self.writer, _READ)
        self._only_text = False
        """The reply has started, and nothing but text has come since."""
        self._decode: Callable[[bytes], ClosedChunk | LaterChunk] = _decode_closed
        self._sources: list[Citation] = []
        self._tier: object = None
        self._times: object = None

    def read(self, frame: bytes) -> None:
        writer = self.writer
        if self._only_text:
            try:
                choices = _decode_text(frame).choices
            except DECODE_ERRORS:
                choices = None
            if choices:
                for choice in choices:
                    if choice.index:
                        continue
                    if (message := choice.delta) is not None and (text := message.content):
                        writer.text(text)
                        if choice.finish_reason is not None and self._ended(choice.finish_reason):
                            self._rare(frame)
                    else:
                        self._ended(choice.finish_reason)
                        self._rare(frame)
                return
            self._only_text = False
        self._chunk(frame)

    def _chunk(self, frame: bytes) -> None:
        writer = self.writer
        if self._raw_reason is not None and frame == b"[DONE]":
            self._finish()
            return
        chunk: ClosedChunk | LaterChunk | ClosedCompletion | ChatCompletion
        try:
            chunk = self._decode(frame) if writer.started else self._first(frame)
        except DECODE_ERRORS as error:
            if frame == b"[DONE]":  # of an answer without a finish reason
                if writer.started:
                    self._finish()
                return
            chunk = self._later(frame, error) if writer.started else self._first(frame, error)
        if choices := chunk.choices:
            for choice in choices:
                if choice.index:
                    continue
                if (delta := choice.delta) is not None:
                    told = self._delta(delta, choice.logprobs)
                else:
                    told = choice.message is not None and self._delta(choice.message, choice.logprobs, whole=True)
                if self._ended(choice.finish_reason) or not told:
                    self._rare(frame)
        else:
            self._rare(frame)
        if chunk.usage is not None and writer.started:
            self._usage(chunk.usage)
        if chunk.error is not None or (not choices and _is_failure(chunk, frame)):
            raise self.refused(frame)

    def _ended(self, reason: str | None) -> bool:
        """Whether the choice is said to have ended. What follows is more than text."""
        if reason is None or reason in ("", "null"):
            return False
        self._raw_reason = reason
        self._only_text = False
        return True

    def _first(self, data: bytes, error: Exception | None = None) -> ClosedCompletion | ChatCompletion:
        """Starts the reply, once there is something of it."""
        chunk: ClosedCompletion | ChatCompletion
        closed = False
        if error is not None:
            chunk = self.read_again(ChatCompletion, data, _WHAT, error)
        else:
            try:
                chunk, closed = _decode_first(data), True
            except DECODE_ERRORS:
                chunk = _decode_open_first(data)
        if chunk.choices or (chunk.usage is not None and not _is_failure(chunk, data)):
            self.writer.start(self._id or chunk.id or None, self._model or chunk.model or None)
            if not closed:
                self._keep_unknown(data)
            self._only_text = True
        else:
            # Azure sends a chunk without a word first, and with it no id and no model.
            self._id, self._model = self._id or chunk.id or None, self._model or chunk.model or None
        return chunk

    def _later(self, data: bytes, error: Exception) -> LaterChunk:
        """A chunk with fields that are not read, or of other types."""
        try:
            chunk = _decode_later(data)
        except DECODE_ERRORS:
            chunk = self.read_again(LaterChunk, data, _WHAT, error)
        if not self._keep_unknown(data):
            # This server's deltas hold more than the reply: from here on, only those that say nothing are looked at.
            self._decode = _decode_later
        return chunk

    def _keep_unknown(self, data: bytes) -> bool:
        """Whether there was any."""
        found = False
        choices = self.plain(data, _WHAT).get("choices")
        for choice in choices if isinstance(choices, list) else ():
            if isinstance(choice, dict) and not choice.get("index"):
                found |= self._unknown.take(choice.get("delta") or choice.get("message"))
        return found

    def _delta(self, delta: ChoiceMessage | ClosedMessage, logprobs: Logprobs | None, whole: bool = False) -> bool:
        """Whether it told something."""
        told = False
        reasoning = delta.reasoning_content or delta.reasoning
        if details := delta.reasoning_details or delta.thinking_blocks:
            told = True
            self._details.add(details, reasoning if isinstance(reasoning, str) else "")
        elif reasoning and isinstance(reasoning, str):
            told = True
            self.writer.reasoning(reasoning)
        if self._details.open is not None and (delta.content or delta.tool_calls):
            self._details.end()
        if content := delta.content:
            told = True
            if type(content) is str:
                if delta.extra_content is not None or self._thoughts.open:
                    content = self._thought(content, delta.extra_content)
                if content:
                    self.writer.text(content, None if logprobs is None else token_logprobs(logprobs.content))
            elif isinstance(content, list):
                self._content_parts(content)
            else:
                raise _no_content(content)
        if delta.tool_calls:
            told = True
            self._calls.add(delta.tool_calls, whole=whole)
        elif delta.function_call is not None:
            self._calls.add((ToolCall(function=delta.function_call),), whole=whole)
        if delta.refusal:
            self._refused = told = True
            self.writer.text(delta.refusal)
        if delta.annotations is not None:
            cite_annotations(self.writer, delta.annotations)
        if delta.images is not None:
            add_images(self.writer, delta.images)
        if delta.audio is not None:
            self._sound.add(delta.audio)
        if delta.executed_tools is not None:
            self._executed.add(delta.executed_tools)
        return told

    def _thought(self, content: str, extra: object) -> str:
        thought, text = self._thoughts.split(content, extra)
        if thought:
            self.writer.reasoning(thought)
        return text

    def _rare(self, frame: bytes) -> None:
        """Sources, what bears on the price, the error of a choice, and what is not known."""
        try:
            found = _decode_rare(frame)
        except DECODE_ERRORS as error:
            found = self.read_again(Rare, frame, _WHAT, error)
        if self._decode is not _decode_closed:
            self._keep_unknown(frame)
        self._tier = found.service_tier or self._tier
        self._times = found.time_info or self._times
        if found.citations is not None or found.search_results is not None:
            self._sources = list(sources(found.citations, found.search_results))
        for choice in found.choices or ():
            if choice.index:
                continue
            self._usage(choice.usage)
            if choice.error is not None:
                raise self.refused(msgspec.json.encode({"error": choice.error}))
        if isinstance(found.x_groq, dict):
            self._x_groq(found.x_groq)

    def _content_parts(self, parts: list[Any]) -> None:
        """Mistral sends typed parts: text, and thinking that holds text parts."""
        for part in parts:
            if not isinstance(part, dict):
                raise _no_content(part)
            text, thinking = part.get("text"), part.get("thinking")
            if isinstance(text, str):
                if text:
                    self.writer.text(text)
            elif part.get("type") == "image_url":
                add_images(self.writer, [part])
            elif part.get("type") == "reasoning" and isinstance(part.get("summary"), list):
                # Databricks: pieces of Claude's reasoning, with their seal.
                self._details.add(part["summary"], "")
                self._details.end()
            elif thinking is None:
                self.writer.unknown(str(part.get("type")), part)
            for thought in thinking if isinstance(thinking, list) else ():
                if isinstance(thought, dict) and isinstance(text := thought.get("text"), str) and text:
                    self.writer.reasoning(text)

    def _usage(self, found: object) -> None:
        if isinstance(found, dict):
            self.writer.usage(openai_usage(with_extras(found, service_tier=self._tier, time_info=self._times)))

    def _x_groq(self, found: JsonObject) -> None:
        if self.writer.started:
            self._usage(found.get("usage"))
        if isinstance(reason := found.get("error"), str):
            raise self.refused(msgspec.json.encode({"error": reason}))

    def complete(self) -> bool:
        """Many servers send no `[DONE]`; a finish reason has said it before."""
        if self._raw_reason is None:
            return False
        self._finish()
        return True

    def _finish(self) -> None:
        self._details.end()
        reason = how_it_ended(self._raw_reason)
        self.writer.start(self._id, self._model)
        self._calls.end()
        self._sound.end()
        if self._sources:
            part = self.writer.latest("text")
            for source in self._sources:
                self.writer.cite(msgspec.structs.replace(source, part=part))
        self._executed.end()
        self._unknown.end()
        if self._refused:
            reason = "refusal"
        elif self._calls and reason in ("stop", "other"):
            reason = "tool_calls"
        self.writer.finish(reason, self._raw_reason)
        self.done = True


def _no_content(found: object) -> ProtocolError:
    return ProtocolError(f"{_WHAT}: expected a text or a list of parts as content, got {type(found).__name__}")


def _is_failure(chunk: ChatCompletion | ClosedCompletion | LaterChunk | ClosedChunk, data: bytes) -> bool:
    if chunk.error is not None:
        return True
    # Only chunks without choices come here.
    return (chunk.usage is None or b'"base_resp"' in data) and tells_failure(data)
