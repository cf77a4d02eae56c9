"""How each protocol says inside a stream, after status 200, that the reply failed."""

from __future__ import annotations

import fluent_ai as ai
from eventstream import message

from written_streams.script import Row

FAILURES: dict[str, tuple[Row, type[ai.ApiError]]] = {
    "openai_chat": ({"error": {"message": "sorry", "code": 429, "type": "rate_limit"}}, ai.RateLimited),
    "openai_responses": ({"type": "error", "code": "server_error", "message": "sorry"}, ai.ServerError),
    "perplexity_agent": (
        {"type": "response.failed", "response": {"error": {"code": "rate_limit_exceeded", "message": "sorry"}}},
        ai.RateLimited,
    ),
    "mistral_conversations": (
        {"type": "conversation.response.error", "code": 3505, "message": "Service tier capacity exceeded: sorry"},
        ai.ApiError,
    ),
    "anthropic_messages": (
        {"type": "error", "error": {"type": "overloaded_error", "message": "sorry"}},
        ai.Overloaded,
    ),
    "gemini": ({"error": {"code": 503, "message": "sorry", "status": "UNAVAILABLE"}}, ai.Overloaded),
    "cohere_v2": (
        {"type": "message-end", "delta": {"finish_reason": "ERROR_TOXIC", "error": "sorry"}},
        ai.ApiError,
    ),
    "bedrock_converse": (
        message(
            {":message-type": "exception", ":exception-type": "throttlingException"},
            b'{"message": "sorry"}',
        ),
        ai.RateLimited,
    ),
    "ollama_chat": ({"error": "sorry"}, ai.ApiError),
}
"""Protocol -> the row, and the error that it means."""
