"""OpenAI chat completions, the answer side, as its many speakers send it.

Source: https://platform.openai.com/docs/api-reference/chat and recorded traffic.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from fluent_ai_wire.openai_chat import ChatCompletion, ChoiceMessage, LaterChunk, Logprobs, Rare

from fluent_ai.content.events import Citation
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.chat.chat_parser import SSEChatParser
from fluent_ai.protocols.chat.reading.chat_calls import ChatCalls
from fluent_ai.protocols.chat.reading.chat_extras import ChatSound, add_images, cite_annotations, sources
from fluent_ai.protocols.chat.reading.logprobs import token_logprobs
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS
from fluent_ai.protocols.shared.failure_bodies import tells_failure
from fluent_ai.protocols.shared.usage import openai_usage, with_price
from fluent_ai.protocols.shared.wordings import how_it_ended

_WHAT = "chat completion"

_decode_first = msgspec.json.Decoder(ChatCompletion).decode
_decode_rare = msgspec.json.Decoder(Rare).decode
_decode_later = msgspec.json.Decoder(LaterChunk).decode


class OpenAIChatParser(SSEChatParser):
    """Reads a stream of chunks, or a whole completion where the server does not stream."""

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self._id: str | None = None
        self._model: str | None = None
        self._raw_reason: str | None = None
        self._refused = False
        self._detail: JsonObject | None = None
        """What the open piece of reasoning says beside its text."""
        self._calls = ChatCalls(self.writer)
        self._sound = ChatSound(self.writer)
        self._sources: list[Citation] = []
        self._tier: object = None

    def read(self, frame: bytes) -> None:
        writer = self.writer
        try:
            chunk = _decode_later(frame) if writer.started else self._first(frame)
        except DECODE_ERRORS as error:
            # Not looked for before, because it comes once.
            if frame == b"[DONE]":
                if writer.started:
                    self._finish()
                return
            chunk = (
                self._first(frame, error) if not writer.started else self.read_again(LaterChunk, frame, _WHAT, error)
            )
        choices = chunk.choices
        for choice in choices or ():
            if choice.index:
                continue
            if (delta := choice.delta) is not None:
                told = self._delta(delta, choice.logprobs)
            else:
                told = choice.message is not None and self._delta(choice.message, choice.logprobs, whole=True)
            if choice.finish_reason and choice.finish_reason != "null":
                self._raw_reason = choice.finish_reason
                told = False
            if not told:
                self._rare(frame)
        if not choices and writer.started:
            self._rare(frame)
        if chunk.usage is not None and writer.started:
            self._usage(chunk.usage)
        if chunk.x_groq is not None:
            self._x_groq(chunk.x_groq)
        if chunk.error is not None or (not choices and _is_failure(chunk, frame)):
            raise self.refused(frame)

    def _first(self, data: bytes, error: Exception | None = None) -> ChatCompletion:
        """Starts the reply, once there is something of it."""
        chunk = _decode_first(data) if error is None else self.read_again(ChatCompletion, data, _WHAT, error)
        if chunk.choices or (chunk.usage is not None and not _is_failure(chunk, data)):
            self.writer.start(self._id or chunk.id or None, self._model or chunk.model or None)
        else:
            # Azure sends a chunk without a word first, and with it no id and no model.
            self._id, self._model = self._id or chunk.id or None, self._model or chunk.model or None
        return chunk

    def _delta(self, delta: ChoiceMessage, logprobs: Logprobs | None, whole: bool = False) -> bool:
        """Whether it told something."""
        told = False
        reasoning = delta.reasoning_content or delta.reasoning
        if reasoning and isinstance(reasoning, str):
            told = True
            self.writer.reasoning(reasoning)
        if delta.reasoning_details:
            told = True
            self._reasoning_details(delta.reasoning_details, with_text=not reasoning)
        if self._detail is not None and (delta.content or delta.tool_calls):
            self._end_detail()
        if content := delta.content:
            told = True
            if type(content) is str:
                self.writer.text(content, None if logprobs is None else token_logprobs(logprobs.content))
            elif isinstance(content, list):
                self._content_parts(content)
            else:
                raise _no_content(content)
        if delta.tool_calls:
            told = True
            self._calls.add(delta.tool_calls, whole=whole)
        if delta.refusal:
            self._refused = told = True
            self.writer.text(delta.refusal)
        if delta.annotations is not None:
            cite_annotations(self.writer, delta.annotations)
        return told

    def _rare(self, frame: bytes) -> None:
        """Images, sound, sources, what bears on the price, and the error of a choice."""
        try:
            found = _decode_rare(frame)
        except DECODE_ERRORS as error:
            found = self.read_again(Rare, frame, _WHAT, error)
        self._tier = found.service_tier or self._tier
        if found.citations is not None or found.search_results is not None:
            self._sources = list(sources(found.citations, found.search_results))
        for choice in found.choices or ():
            if choice.index:
                continue
            if (message := choice.delta or choice.message) is not None:
                add_images(self.writer, message.images)
                self._sound.add(message.audio)
            self._usage(choice.usage)
            if choice.error is not None:
                raise self.refused(msgspec.json.encode({"error": choice.error}))

    def _reasoning_details(self, details: object, *, with_text: bool) -> None:
        """OpenRouter's typed pieces of reasoning: text, which `reasoning` may have said, signature, encrypted form.

        What else they say goes back with them: https://openrouter.ai/docs/use-cases/reasoning-tokens.
        """
        for detail in details if isinstance(details, list) else ():
            if not isinstance(detail, dict):
                continue
            text = detail.get("text") or detail.get("summary")
            if text and isinstance(text, str):
                if with_text:
                    self.writer.reasoning(text)
                self._detail = _beside(detail)
            signature, encrypted = detail.get("signature"), detail.get("data")
            signature = signature if signature and isinstance(signature, str) else None
            encrypted = encrypted if encrypted and isinstance(encrypted, str) else None
            if signature or encrypted:
                self.writer.open_reasoning()
                self.writer.end_reasoning(signature, encrypted, _beside(detail))
                self._detail = None

    def _end_detail(self) -> None:
        self.writer.end_reasoning(raw=self._detail)
        self._detail = None

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
            elif thinking is None:
                self.writer.unknown(str(part.get("type")), part)
            for thought in thinking if isinstance(thinking, list) else ():
                if isinstance(thought, dict) and isinstance(text := thought.get("text"), str) and text:
                    self.writer.reasoning(text)

    def _usage(self, found: object) -> None:
        if isinstance(found, dict):
            self.writer.usage(openai_usage(with_price(found, service_tier=self._tier)))

    def _x_groq(self, found: object) -> None:
        if not isinstance(found, dict):
            return
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
        if self._detail is not None:
            self._end_detail()
        reason = how_it_ended(self._raw_reason)
        self.writer.start(self._id, self._model)
        self._calls.end()
        self._sound.end()
        part = self.writer.latest("text")
        for source in self._sources:
            self.writer.cite(msgspec.structs.replace(source, part=part))
        if self._refused:
            reason = "refusal"
        elif self._calls and reason in ("stop", "other"):
            reason = "tool_calls"
        self.writer.finish(reason, self._raw_reason)
        self.done = True


def _beside(detail: dict[str, Any]) -> JsonObject:
    """What a piece of reasoning says beside the reasoning itself."""
    return {name: value for name, value in detail.items() if name not in ("text", "summary", "signature", "data")}


def _no_content(found: object) -> ProtocolError:
    return ProtocolError(f"{_WHAT}: expected a text or a list of parts as content, got {type(found).__name__}")


def _is_failure(chunk: ChatCompletion | LaterChunk, data: bytes) -> bool:
    if chunk.error is not None:
        return True
    # Only chunks without choices come here.
    return (chunk.usage is None or b'"base_resp"' in data) and tells_failure(data)
