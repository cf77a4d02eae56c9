"""Gemini's countTokens. Source: https://ai.google.dev/api/tokens."""

from __future__ import annotations

import msgspec

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.requests import ChatRequest
from fluent_ai.protocols.chat.gemini import Gemini
from fluent_ai.protocols.token_counting.count_codec import CountCodec


class Answer(msgspec.Struct, rename="camel"):
    total_tokens: int


class GeminiCountTokens(CountCodec[Answer]):
    """The whole request, inside one that names the model."""

    decoder = msgspec.json.Decoder(Answer)
    chat = Gemini
    protocol = "gemini"
    taken = frozenset({"cachedContent", "contents", "generationConfig", "systemInstruction", "toolConfig", "tools"})

    def wrapped(self, request: ChatRequest, body: JsonObject) -> JsonObject:
        return {"generateContentRequest": {"model": f"models/{self.wire_model(request.model)}", **body}}

    def tokens(self, answer: Answer) -> int:
        return answer.total_tokens
