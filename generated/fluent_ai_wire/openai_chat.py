# Generated from specs/wire/openai_chat.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class TextMessage(Struct, gc=False, forbid_unknown_fields=True):
    content: str | None = None
    role: Any | None = None


class FunctionCall(Struct, gc=False):
    name: str | None = None
    arguments: Any | None = None


class CustomCall(Struct, gc=False):
    """
    A call of a tool that takes plain text.
    """

    name: str | None = None
    input: str | None = None


class Logprob(Struct, gc=False):
    token: str | None = None
    logprob: float | None = None
    top_logprobs: list[Logprob] | None = None


class RareChoice(Struct, gc=False):
    index: Any | None = None
    usage: Any | None = None
    error: Any | None = None


class TextChoice(Struct, gc=False):
    index: int | None = None
    delta: TextMessage | None = None
    message: None = None
    finish_reason: str | None = None
    logprobs: None = None


class ToolCall(Struct, gc=False):
    index: int | None = None
    id: str | None = None
    extra_content: Any | None = None
    function: FunctionCall | None = None
    custom: CustomCall | None = None


class Logprobs(Struct, gc=False):
    content: list[Logprob] | None = None


class Rare(Struct, gc=False):
    """
    What few chunks hold: it is looked for where a delta says nothing else, and where a choice ends.
    """

    choices: list[RareChoice] | None = None
    service_tier: Any | None = None
    time_info: Any | None = None
    citations: Any | None = None
    search_results: Any | None = None
    x_groq: Any | None = None


class TextChunk(Struct, gc=False):
    """
    A chunk that can hold nothing but text and its end, as most do; any other is refused, and read as a later chunk.
    """

    choices: list[TextChoice] | None = None
    usage: None = None
    error: None = None


class ChoiceMessage(Struct, gc=False):
    content: Any | None = None
    role: Any | None = None
    refusal: str | None = None
    reasoning: Any | None = None
    reasoning_content: str | None = None
    reasoning_details: Any | None = None
    thinking_blocks: Any | None = None
    tool_calls: list[ToolCall] | None = None
    function_call: FunctionCall | None = None
    annotations: Any | None = None
    extra_content: Any | None = None
    images: Any | None = None
    audio: Any | None = None
    executed_tools: Any | None = None


class ClosedMessage(Struct, gc=False, forbid_unknown_fields=True):
    """
    A message that refuses fields that are not read, so that none goes unnoticed.
    """

    content: Any | None = None
    role: Any | None = None
    refusal: str | None = None
    reasoning: Any | None = None
    reasoning_content: str | None = None
    reasoning_details: Any | None = None
    thinking_blocks: Any | None = None
    tool_calls: list[ToolCall] | None = None
    function_call: FunctionCall | None = None
    annotations: Any | None = None
    extra_content: Any | None = None
    images: Any | None = None
    audio: Any | None = None
    executed_tools: Any | None = None


class Choice(Struct, gc=False):
    index: int | None = None
    delta: ChoiceMessage | None = None
    message: ChoiceMessage | None = None
    finish_reason: str | None = None
    logprobs: Logprobs | None = None


class ClosedChoice(Struct, gc=False):
    index: int | None = None
    delta: ClosedMessage | None = None
    message: ClosedMessage | None = None
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
    error: Any | None = None


class ClosedCompletion(Struct, gc=False):
    """
    The same, where no message holds anything that is not read.
    """

    id: str | None = None
    model: str | None = None
    choices: list[ClosedChoice] | None = None
    usage: Any | None = None
    error: Any | None = None


class LaterChunk(Struct, gc=False):
    """
    A chunk after the first, which has said id and model; not to read them again saves a tenth.
    """

    choices: list[Choice] | None = None
    usage: Any | None = None
    error: Any | None = None


class ClosedChunk(Struct, gc=False):
    """
    A later chunk whose messages hold nothing that is not read.
    """

    choices: list[ClosedChoice] | None = None
    usage: Any | None = None
    error: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    TextMessage,
    FunctionCall,
    CustomCall,
    Logprob,
    RareChoice,
    TextChoice,
    ToolCall,
    Logprobs,
    Rare,
    TextChunk,
    ChoiceMessage,
    ClosedMessage,
    Choice,
    ClosedChoice,
    ChatCompletion,
    ClosedCompletion,
    LaterChunk,
    ClosedChunk,
):
    Decoder(_struct)
