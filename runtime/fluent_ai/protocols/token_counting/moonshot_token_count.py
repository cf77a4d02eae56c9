"""Moonshot AI's token counts. Source: https://platform.moonshot.ai/docs/api/estimate."""

from __future__ import annotations

import msgspec

from fluent_ai.content.requests import ChatRequest
from fluent_ai.protocols.chat.openai_chat import OpenAIChat
from fluent_ai.protocols.token_counting.count_codec import CountCodec
from fluent_ai.protocols.token_counting.estimate import weigh
from fluent_ai.verbs.count_tokens import Counted


class Data(msgspec.Struct):
    total_tokens: int


class Answer(msgspec.Struct):
    data: Data


class MoonshotTokenCount(CountCodec[Answer]):
    """The messages of a request. Tools and the output's schema, which the endpoint does not take, are estimated."""

    decoder = msgspec.json.Decoder(Answer)
    chat = OpenAIChat
    protocol = "openai_chat"
    taken = frozenset({"messages", "model"})

    def tokens(self, answer: Answer) -> int:
        return answer.data.total_tokens

    def counted(self, request: ChatRequest, tokens: int) -> Counted:
        if not request.tools and request.output is None:
            return Counted(tokens, "endpoint")
        rest = sum(weigh(msgspec.structs.replace(request, messages=(), system=None), None))
        return Counted(tokens + round(rest), "endpoint", round(rest))
