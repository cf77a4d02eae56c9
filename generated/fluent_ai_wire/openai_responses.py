# Generated from specs/wire/openai_responses.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class IncompleteDetails(Struct, gc=False):
    reason: str | None = None


class CallItem(Struct, gc=False):
    """
    A call of a function, or of a custom tool, whose input is plain text.
    """

    id: str | None = None
    call_id: str | None = None
    name: str | None = None
    arguments: Any | None = None
    input: str | None = None


class ImageItem(Struct, gc=False):
    result: str | None = None
    output_format: str | None = None


class Logprob(Struct, gc=False):
    token: str | None = None
    logprob: float | None = None
    top_logprobs: list[Logprob] | None = None


class Response(Struct, gc=False):
    """
    The whole response, also the body of an answer that is not streamed.
    """

    id: str | None = None
    model: str | None = None
    status: str | None = None
    output: list[Any] | None = None
    usage: Any | None = None
    service_tier: Any | None = None
    error: Any | None = None
    incomplete_details: IncompleteDetails | None = None


class Content(Struct, gc=False):
    """
    A part of a message, of a summary of reasoning, or of reasoning itself.
    """

    text: str | None = None
    refusal: str | None = None
    annotations: list[Any] | None = None
    logprobs: list[Logprob] | None = None


class ReasoningItem(Struct, gc=False):
    summary: list[Content] | None = None
    content: list[Content] | None = None
    encrypted_content: str | None = None


class ResponseEvent(Struct, gc=False):
    """
    One event of a streamed response; `type` says which fields it has.
    """

    type: str | None = None
    delta: Any | None = None
    output_index: int | None = None
    item_id: str | None = None
    summary_index: int | None = None
    logprobs: list[Logprob] | None = None
    arguments: str | None = None
    input: str | None = None
    text: str | None = None
    thought: str | None = None
    item: Any | None = None
    annotation: Any | None = None
    response: Response | None = None


class Message(Struct, gc=False):
    content: list[Content] | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    IncompleteDetails,
    CallItem,
    ImageItem,
    Logprob,
    Response,
    Content,
    ReasoningItem,
    ResponseEvent,
    Message,
):
    Decoder(_struct)
