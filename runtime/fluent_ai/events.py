"""What a chat stream yields: frozen values in a fixed order (`laws.py`). Unknown is None, never 0.

`part` counts the parts of one reply in order of appearance. A start is empty, deltas add to it, an end carries the
assembled part.
"""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

import msgspec

from fluent_ai.vocabulary import FinishReason, ToolCall, Usage


class TokenLogprob(msgspec.Struct, frozen=True):
    """Natural-log probability of a generated token; `top` holds the alternatives asked for."""

    token: str
    logprob: float
    top: tuple[tuple[str, float], ...] = ()


class StreamStart(msgspec.Struct, frozen=True, tag_field="type", tag="stream_start"):
    """The reply begins."""

    type: ClassVar[Literal["stream_start"]] = "stream_start"
    id: str | None = None
    model: str | None = None
    provider: str | None = None


class TextStart(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="text_start"):
    type: ClassVar[Literal["text_start"]] = "text_start"
    part: int


class TextDelta(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="text_delta"):
    """More text; `logprobs` only if asked for."""

    type: ClassVar[Literal["text_delta"]] = "text_delta"
    part: int
    text: str
    logprobs: tuple[TokenLogprob, ...] | None = None


class TextEnd(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="text_end"):
    type: ClassVar[Literal["text_end"]] = "text_end"
    part: int
    text: str


class ReasoningStart(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="reasoning_start"):
    type: ClassVar[Literal["reasoning_start"]] = "reasoning_start"
    part: int


class ReasoningDelta(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="reasoning_delta"):
    type: ClassVar[Literal["reasoning_delta"]] = "reasoning_delta"
    part: int
    text: str


class ReasoningEnd(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="reasoning_end"):
    """`signature` lets the provider that made it accept the reasoning back; `redacted` is its encrypted form."""

    type: ClassVar[Literal["reasoning_end"]] = "reasoning_end"
    part: int
    text: str
    signature: str | None = None
    redacted: str | None = None


class ToolCallStart(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="tool_call_start"):
    type: ClassVar[Literal["tool_call_start"]] = "tool_call_start"
    part: int
    call_id: str
    name: str


class ToolCallDelta(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="tool_call_delta"):
    """More of the call's arguments, as JSON text."""

    type: ClassVar[Literal["tool_call_delta"]] = "tool_call_delta"
    part: int
    arguments: str


class ToolCallEnd(msgspec.Struct, frozen=True, tag_field="type", tag="tool_call_end"):
    type: ClassVar[Literal["tool_call_end"]] = "tool_call_end"
    part: int
    call: ToolCall


class MediaStart(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="media_start"):
    type: ClassVar[Literal["media_start"]] = "media_start"
    part: int
    media_type: str


class MediaDelta(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="media_delta"):
    type: ClassVar[Literal["media_delta"]] = "media_delta"
    part: int
    data: bytes


class MediaEnd(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="media_end"):
    type: ClassVar[Literal["media_end"]] = "media_end"
    part: int


class Citation(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="citation"):
    """A source of what was said; `start` and `end` count characters of the part's text."""

    type: ClassVar[Literal["citation"]] = "citation"
    part: int | None = None
    url: str | None = None
    title: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None


class UsageUpdate(msgspec.Struct, frozen=True, tag_field="type", tag="usage_update"):
    """All usage known so far."""

    type: ClassVar[Literal["usage_update"]] = "usage_update"
    usage: Usage


class Warned(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="warned"):
    """Something was ignored or is likely to surprise."""

    type: ClassVar[Literal["warned"]] = "warned"
    message: str


class Ping(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="ping"):
    """The provider is alive and has nothing to say."""

    type: ClassVar[Literal["ping"]] = "ping"


class Progress(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="progress"):
    """Work before or between values: loading, downloading, denoising. `total` is None when not known."""

    type: ClassVar[Literal["progress"]] = "progress"
    phase: str
    done: int
    total: int | None = None


class Finish(msgspec.Struct, frozen=True, tag_field="type", tag="finish"):
    """The reply is complete; `raw_reason` is the provider's own word."""

    type: ClassVar[Literal["finish"]] = "finish"
    reason: FinishReason | None = None
    raw_reason: str | None = None
    usage: Usage | None = None


Event: TypeAlias = (
    StreamStart
    | TextStart
    | TextDelta
    | TextEnd
    | ReasoningStart
    | ReasoningDelta
    | ReasoningEnd
    | ToolCallStart
    | ToolCallDelta
    | ToolCallEnd
    | MediaStart
    | MediaDelta
    | MediaEnd
    | Citation
    | UsageUpdate
    | Warned
    | Ping
    | Progress
    | Finish
)
