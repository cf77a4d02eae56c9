# Generated from specs/wire/openai_chat.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class FunctionCall(Struct, gc=False):
    name: str | None = None
    arguments: Any | None = None


class Logprob(Struct, gc=False):
    token: str | None = None
    logprob: float | None = None
    top_logprobs: list[Logprob] | None = None


class RareMessage(Struct, gc=False):
    images: Any | None = None
    audio: Any | None = None


class ToolCall(Struct, gc=False):
    index: int | None = None
    id: str | None = None
    extra_content: Any | None = None
    function: FunctionCall | None = None


class Logprobs(Struct, gc=False):
    content: list[Logprob] | None = None


class RareChoice(Struct, gc=False):
    index: Any | None = None
    delta: RareMessage | None = None
    message: RareMessage | None = None
    usage: Any | None = None
    error: Any | None = None


class ChoiceMessage(Struct, gc=False):
    content: Any | None = None
    refusal: str | None = None
    reasoning: Any | None = None
    reasoning_content: str | None = None
    reasoning_details: Any | None = None
    tool_calls: list[ToolCall] | None = None
    annotations: Any | None = None


class Rare(Struct, gc=False):
    """
    What few chunks hold: it is looked for where a delta says nothing else, and where a choice ends.
    """

    choices: list[RareChoice] | None = None
    service_tier: Any | None = None
    citations: Any | None = None
    search_results: Any | None = None


class Choice(Struct, gc=False):
    index: int | None = None
    delta: ChoiceMessage | None = None
    message: ChoiceMessage | None = None
    finish_reason: str | None = None
    logprobs: Logprobs | None = None


class ChatCompletion(Struct, gc=False):
    """
    One answer, or one chunk of it.
    """

    id: str | None = None
    model: str | None = None
    choices: list[Choice] | None = None
    usage: Any | None = None
    x_groq: Any | None = None
    error: Any | None = None


class LaterChunk(Struct, gc=False):
    """
    A chunk after the first, which has said id and model; not to read them again saves a tenth.
    """

    choices: list[Choice] | None = None
    usage: Any | None = None
    x_groq: Any | None = None
    error: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    FunctionCall,
    Logprob,
    RareMessage,
    ToolCall,
    Logprobs,
    RareChoice,
    ChoiceMessage,
    Rare,
    Choice,
    ChatCompletion,
    LaterChunk,
):
    Decoder(_struct)
