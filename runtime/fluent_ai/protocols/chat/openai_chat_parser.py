"""OpenAI chat completions, the answer side, as its many speakers send it.

Source: https://platform.openai.com/docs/api-reference/chat and recorded traffic.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from fluent_ai_wire.openai_chat import ChatCompletion, ChoiceMessage, LaterChunk, Logprobs, ToolCall

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import Usage
from fluent_ai.protocols.chat.chat_parser import SSEChatParser
from fluent_ai.protocols.chat.logprobs import token_logprobs
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, undecodable
from fluent_ai.protocols.shared.failure_bodies import tells_failure
from fluent_ai.protocols.shared.usage import count, stated_cost, with_price
from fluent_ai.protocols.shared.wordings import how_it_ended

_decode_first = msgspec.json.Decoder(ChatCompletion).decode
_decode_later = msgspec.json.Decoder(LaterChunk).decode


class OpenAIChatParser(SSEChatParser):
    """Reads a stream of chunks, or a whole completion where the server does not stream."""

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self._id: str | None = None
        self._model: str | None = None
        self._raw_reason: str | None = None
        self._refused = False
        self._call_by_index: dict[int, int] = {}
        self._call_by_id: dict[str, int] = {}
        self._last_call: int | None = None
        self._detail: JsonObject | None = None
        """What the open piece of reasoning says beside its text."""

    def read(self, frame: bytes) -> None:
        writer = self.writer
        try:
            chunk = _decode_later(frame) if writer.started else self._first(frame)
        except DECODE_ERRORS as error:
            # Not looked for before, because it comes once.
            if frame != b"[DONE]":
                raise undecodable("chat completion", error) from None
            self._finish()
            return
        choices = chunk.choices
        for choice in choices or ():
            if choice.index:
                continue
            delta = choice.delta
            if delta is None:
                delta = choice.message
            if delta is not None:
                self._delta(delta, choice.logprobs)
            if choice.finish_reason:
                self._raw_reason = choice.finish_reason
            if choice.usage is not None:
                self._usage(choice.usage, chunk.service_tier)
        if chunk.usage is not None and writer.started:
            self._usage(chunk.usage, chunk.service_tier)
        if chunk.x_groq is not None:
            self._x_groq(chunk.x_groq)
        if chunk.error is not None or (not choices and _is_failure(chunk, frame)):
            raise self.refused(frame)

    def _first(self, data: bytes) -> ChatCompletion:
        """Starts the reply, once there is something of it."""
        chunk = _decode_first(data)
        if chunk.choices or (chunk.usage is not None and not _is_failure(chunk, data)):
            self.writer.start(self._id or chunk.id or None, self._model or chunk.model or None)
        else:
            # Azure sends a chunk without a word first, and with it no id and no model.
            self._id, self._model = self._id or chunk.id or None, self._model or chunk.model or None
        return chunk

    def _delta(self, delta: ChoiceMessage, logprobs: Logprobs | None) -> None:
        reasoning = delta.reasoning_content or delta.reasoning
        if reasoning and isinstance(reasoning, str):
            self.writer.reasoning(reasoning)
        if delta.reasoning_details:
            self._reasoning_details(delta.reasoning_details, with_text=not reasoning)
        if self._detail is not None and (delta.content or delta.tool_calls):
            self._end_detail()
        if content := delta.content:
            if type(content) is str:
                self.writer.text(content, None if logprobs is None else token_logprobs(logprobs.content))
            elif isinstance(content, list):
                self._content_parts(content)
        if delta.tool_calls:
            for call in delta.tool_calls:
                self._tool_call(call)
        if delta.refusal:
            self._refused = True
            self.writer.text(delta.refusal)

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
                continue
            if isinstance(text := part.get("text"), str) and text:
                self.writer.text(text)
            thinking = part.get("thinking")
            for thought in thinking if isinstance(thinking, list) else ():
                if isinstance(thought, dict) and isinstance(text := thought.get("text"), str) and text:
                    self.writer.reasoning(text)

    def _tool_call(self, wire: ToolCall) -> None:
        function = wire.function
        name = (function.name if function is not None else None) or ""
        arguments = function.arguments if function is not None else None
        part = self._find_call(wire, name)
        if part is None:
            if (seal := _google_seal(wire.extra_content)) is not None:
                self.writer.open_reasoning()
                self.writer.end_reasoning(seal)
            part = self.writer.start_call(wire.id or "", name)
            self._last_call = part
            if wire.index is not None:
                self._call_by_index[wire.index] = part
            if wire.id:
                self._call_by_id[wire.id] = part
        if arguments is not None and not isinstance(arguments, str):
            arguments = msgspec.json.encode(arguments).decode()
        if arguments:
            self.writer.call_arguments(part, arguments)

    def _find_call(self, wire: ToolCall, name: str) -> int | None:
        """The open call that a delta continues; None when it begins another.

        Servers leave out the index, the id, or both, and some number every call 0: a new id with a name is a new call.
        """
        if wire.id:
            if wire.id in self._call_by_id:
                return self._call_by_id[wire.id]
            if name:
                return None
        if wire.index is not None:
            return self._call_by_index.get(wire.index)
        return None if name else self._last_call

    def _usage(self, found: object, tier: object = None) -> None:
        if isinstance(found, dict):
            self.writer.usage(_read_usage(with_price(found, service_tier=tier)))

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
        if self._refused:
            reason = "refusal"
        elif self._last_call is not None and reason in ("stop", "other"):
            reason = "tool_calls"
        self.writer.start(self._id, self._model)
        self.writer.finish(reason, self._raw_reason)
        self.done = True


def _beside(detail: dict[str, Any]) -> JsonObject:
    """What a piece of reasoning says beside the reasoning itself."""
    return {name: value for name, value in detail.items() if name not in ("text", "summary", "signature", "data")}


def _google_seal(extra: object) -> str | None:
    """The signature of a call at Google's endpoints, by which the model knows it again."""
    google = extra.get("google") if isinstance(extra, dict) else None
    seal = google.get("thought_signature") if isinstance(google, dict) else None
    return seal if isinstance(seal, str) and seal else None


def _is_failure(chunk: ChatCompletion | LaterChunk, data: bytes) -> bool:
    if chunk.error is not None:
        return True
    # Only chunks without choices come here.
    return (chunk.usage is None or b'"base_resp"' in data) and tells_failure(data)


def _read_usage(found: JsonObject) -> Usage:
    return Usage(
        input_tokens=count(found, "prompt_tokens"),
        output_tokens=count(found, "completion_tokens"),
        reasoning_tokens=count(found, "completion_tokens_details", "reasoning_tokens"),
        cached_input_tokens=_cached(found),
        cache_write_tokens=count(found, "prompt_tokens_details", "cache_write_tokens"),
        cost=stated_cost(found),
        raw=found,
    )


def _cached(found: JsonObject) -> int | None:
    """The tokens that were read from a cache: OpenAI's place, and those of Moonshot, Together and DeepSeek."""
    places = (("prompt_tokens_details", "cached_tokens"), ("cached_tokens",), ("num_cached_tokens",))
    counts = (count(found, *place) for place in (*places, ("prompt_cache_hit_tokens",)))
    return next((number for number in counts if number is not None), None)
