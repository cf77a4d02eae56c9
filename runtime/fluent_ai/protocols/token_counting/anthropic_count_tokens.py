"""Anthropic's token counts, which other servers of its messages have too.

Source: https://docs.claude.com/en/api/messages-count-tokens.
"""

from __future__ import annotations

import msgspec

from fluent_ai.protocols.chat.anthropic_messages import AnthropicMessages
from fluent_ai.protocols.token_counting.count_codec import CountCodec


class Answer(msgspec.Struct):
    input_tokens: int


class AnthropicCountTokens(CountCodec[Answer]):
    """The messages, system prompt, tools and thinking of a request."""

    decoder = msgspec.json.Decoder(Answer)
    chat = AnthropicMessages
    protocol = "anthropic_messages"
    taken = frozenset(
        {"mcp_servers", "messages", "model", "output_config", "system", "thinking", "tool_choice", "tools"}
    )

    def tokens(self, answer: Answer) -> int:
        return answer.input_tokens
