"""Vertex AI's countTokens, whose request holds the fields that Gemini's wraps.

Source: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/count-tokens.
"""

from __future__ import annotations

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.requests import ChatRequest
from fluent_ai.protocols.token_counting.gemini_count_tokens import GeminiCountTokens


class VertexCountTokens(GeminiCountTokens):
    """The contents, instructions, tools and configuration of a request."""

    taken = frozenset({"contents", "generationConfig", "systemInstruction", "tools"})

    def wrapped(self, request: ChatRequest, body: JsonObject) -> JsonObject:
        return body
