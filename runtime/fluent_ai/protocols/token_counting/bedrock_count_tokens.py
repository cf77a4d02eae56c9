"""Amazon Bedrock's CountTokens, of requests in the form of Converse.

Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html.
"""

from __future__ import annotations

import re

import msgspec

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.requests import ChatRequest
from fluent_ai.protocols.chat.bedrock_converse import BedrockConverse
from fluent_ai.protocols.token_counting.count_codec import CountCodec


class Answer(msgspec.Struct, rename="camel"):
    input_tokens: int


class BedrockCountTokens(CountCodec[Answer]):
    """The messages, system prompt and tools of a request, for the model itself: an inference profile counts nothing."""

    decoder = msgspec.json.Decoder(Answer)
    chat = BedrockConverse
    protocol = "bedrock_converse"
    taken = frozenset({"additionalModelRequestFields", "messages", "system", "toolConfig"})

    def wire_model(self, model: str) -> str:
        """Without the geography of a cross-region profile."""
        return re.sub(r"^[a-z-]+\.(?=[a-z0-9-]+\.)", "", model)

    def wrapped(self, request: ChatRequest, body: JsonObject) -> JsonObject:
        return {"input": {"converse": body}}

    def tokens(self, answer: Answer) -> int:
        return answer.input_tokens
