"""OpenAI's input token counts, of requests in the form of its Responses API, whichever API then serves the model.

Source: https://platform.openai.com/docs/api-reference/responses/input-tokens.
"""

from __future__ import annotations

import msgspec

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.requests import ChatRequest
from fluent_ai.protocols.chat.openai_responses import CHAT_ONLY, OpenAIResponses
from fluent_ai.protocols.token_counting.count_codec import CountCodec


class Answer(msgspec.Struct):
    input_tokens: int


class OpenAIInputTokens(CountCodec[Answer]):
    """The input, instructions, tools and output format of a request. Audio has no place in it."""

    decoder = msgspec.json.Decoder(Answer)
    chat = OpenAIResponses
    protocol = "openai_responses"
    taken = frozenset(
        {
            "conversation", "input", "instructions", "model", "parallel_tool_calls", "previous_response_id",
            "reasoning", "text", "tool_choice", "tools", "truncation",
        }
    )  # fmt: skip

    def body(self, request: ChatRequest) -> JsonObject:
        own = {name: value for name, value in request.options.items() if name not in CHAT_ONLY}
        return super().body(msgspec.structs.replace(request, options=own))

    def tokens(self, answer: Answer) -> int:
        return answer.input_tokens
