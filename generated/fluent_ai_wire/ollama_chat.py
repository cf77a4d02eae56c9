# Generated from specs/wire/ollama_chat.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class ToolCallFunction(Struct, gc=False):
    name: str | None = None
    arguments: Any | None = None


class Logprob(Struct, gc=False):
    token: str | None = None
    logprob: float | None = None
    top_logprobs: list[Logprob] | None = None


class ToolCall(Struct, gc=False):
    id: str | None = None
    function: ToolCallFunction | None = None


class ChatMessage(Struct, gc=False, forbid_unknown_fields=True):
    """
    What it refuses is read once more, and kept.
    """

    role: Any | None = None
    content: str | None = None
    thinking: str | None = None
    images: list[str] | None = None
    tool_name: Any | None = None
    tool_calls: list[ToolCall] | None = None


class ChatResponse(Struct, gc=False):
    """
    One line of an answer, or the whole of it.
    """

    model: str | None = None
    message: ChatMessage | None = None
    done: bool | None = None
    done_reason: str | None = None
    logprobs: list[Logprob] | None = None
    error: Any | None = None
    total_duration: Any | None = None
    load_duration: Any | None = None
    prompt_eval_count: Any | None = None
    prompt_eval_duration: Any | None = None
    eval_count: Any | None = None
    eval_duration: Any | None = None


class LaterLine(Struct, gc=False):
    """
    A line between the first, which says the model, and the last, which has the counts.
    """

    message: ChatMessage | None = None
    done: bool | None = None
    logprobs: list[Logprob] | None = None
    error: None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    ToolCallFunction,
    Logprob,
    ToolCall,
    ChatMessage,
    ChatResponse,
    LaterLine,
):
    Decoder(_struct)
