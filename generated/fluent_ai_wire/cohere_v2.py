# Generated from specs/wire/cohere_v2.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class Content(Struct, gc=False, forbid_unknown_fields=True):
    type: Any | None = None
    text: str | None = None
    thinking: str | None = None


class FunctionCall(Struct, gc=False):
    name: str | None = None
    arguments: str | None = None


class Source(Struct, gc=False):
    id: str | None = None
    document: Any | None = None
    tool_output: Any | None = None


class Logprobs(Struct, gc=False):
    """
    The tokens of one piece of text.
    """

    text: str | None = None
    logprobs: list[float | None] | None = None


class AssistantMessage(Struct, gc=False, forbid_unknown_fields=True):
    role: Any | None = None
    content: Content | list[Any] | str | None = None
    tool_plan: str | None = None
    tool_calls: Any | None = None
    citations: Any | None = None


class ToolCall(Struct, gc=False):
    id: str | None = None
    function: FunctionCall | None = None


class Citation(Struct, gc=False):
    type: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    sources: list[Source] | None = None


class Delta(Struct, gc=False):
    message: AssistantMessage | None = None
    finish_reason: str | None = None
    usage: Any | None = None
    error: str | None = None
    error_type: str | None = None


class ChatEvent(Struct, gc=False):
    """
    One event of a streamed reply, or the whole reply, which has no type.
    """

    id: str | None = None
    type: str | None = None
    index: int | None = None
    delta: Delta | None = None
    logprobs: Any | None = None
    message: Any | None = None
    finish_reason: str | None = None
    usage: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    Content,
    FunctionCall,
    Source,
    Logprobs,
    AssistantMessage,
    ToolCall,
    Citation,
    Delta,
    ChatEvent,
):
    Decoder(_struct)
