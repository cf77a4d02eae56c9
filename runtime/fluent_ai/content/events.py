"""The events of a chat stream: frozen values in a fixed order (`laws.py`). An unknown value is None, never 0.

`part` numbers the parts of a reply from 0 in order of appearance. A start event is empty, deltas add content, and an
end event carries the assembled part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias, cast

import msgspec

from fluent_ai.content.json_struct import JsonObject, JsonStruct, from_dict, from_json
from fluent_ai.content.parts import Citation as Citation
from fluent_ai.content.parts import TokenLogprob as TokenLogprob
from fluent_ai.content.parts import ToolCall
from fluent_ai.content.reply import FinishReason, Usage


class StreamStart(JsonStruct, frozen=True, tag_field="type", tag="stream_start"):
    """The reply begins. Fields that the provider does not send are None."""

    type: ClassVar[Literal["stream_start"]] = "stream_start"
    id: str | None = None
    """The provider's id of the reply."""
    model: str | None = None
    """The model that answers, as the provider names it."""
    provider: str | None = None
    """The id of the provider."""
    requested_model: str | None = None
    """The model that was asked for, by the id that was sent; None if only the answer was read."""


class TextStart(JsonStruct, frozen=True, gc=False, tag_field="type", tag="text_start"):
    """A text part begins."""

    type: ClassVar[Literal["text_start"]] = "text_start"
    part: int
    """The number of the part."""


class TextDelta(JsonStruct, frozen=True, gc=False, tag_field="type", tag="text_delta"):
    """More text; `logprobs` holds the log probabilities of its tokens if they were asked for."""

    type: ClassVar[Literal["text_delta"]] = "text_delta"
    part: int
    """The number of the part."""
    text: str
    """The added text."""
    logprobs: tuple[TokenLogprob, ...] | None = None
    """The tokens of this delta with their log probabilities, if the option `logprobs` asked for them."""


class TextEnd(JsonStruct, frozen=True, tag_field="type", tag="text_end"):
    """The part is complete; `text` is its whole text."""

    type: ClassVar[Literal["text_end"]] = "text_end"
    part: int
    """The number of the part."""
    text: str
    """The whole text of the part."""
    raw: JsonObject | None = None
    """The provider's own fields of the part that have no name here; None if there are none."""


class ReasoningStart(JsonStruct, frozen=True, gc=False, tag_field="type", tag="reasoning_start"):
    """A reasoning part begins, if the provider shows reasoning."""

    type: ClassVar[Literal["reasoning_start"]] = "reasoning_start"
    part: int
    """The number of the part."""


class ReasoningDelta(JsonStruct, frozen=True, gc=False, tag_field="type", tag="reasoning_delta"):
    """More reasoning."""

    type: ClassVar[Literal["reasoning_delta"]] = "reasoning_delta"
    part: int
    """The number of the part."""
    text: str
    """The added text."""


class ReasoningEnd(JsonStruct, frozen=True, tag_field="type", tag="reasoning_end"):
    """The reasoning is complete; to be sent back, it needs the `signature`, or its encrypted form in `redacted`."""

    type: ClassVar[Literal["reasoning_end"]] = "reasoning_end"
    part: int
    """The number of the part."""
    text: str
    """The whole text of the part."""
    signature: str | None = None
    """The provider's proof that the reasoning is unchanged."""
    redacted: str | None = None
    """The encrypted reasoning, if the provider does not show the text."""
    raw: JsonObject | None = None
    """The provider's own fields of the part that have no name here; None if there are none."""


class ToolCallStart(JsonStruct, frozen=True, gc=False, tag_field="type", tag="tool_call_start"):
    """A tool call begins; the provider runs a `hosted` one itself."""

    type: ClassVar[Literal["tool_call_start"]] = "tool_call_start"
    part: int
    """The number of the part."""
    call_id: str
    """The provider's id of this call."""
    name: str
    """The name of the tool to call."""
    hosted: bool = False
    """True if the provider runs the tool itself, or defines it: it is no function of the caller's."""


class ToolCallDelta(JsonStruct, frozen=True, gc=False, tag_field="type", tag="tool_call_delta"):
    """More of the call's arguments, as JSON text."""

    type: ClassVar[Literal["tool_call_delta"]] = "tool_call_delta"
    part: int
    """The number of the part."""
    arguments: str
    """The added JSON text."""


class ToolCallEnd(JsonStruct, frozen=True, tag_field="type", tag="tool_call_end"):
    """The call is complete; `call` holds its parsed arguments."""

    type: ClassVar[Literal["tool_call_end"]] = "tool_call_end"
    part: int
    """The number of the part."""
    call: ToolCall
    """The call with its parsed arguments."""
    raw: JsonObject | None = None
    """The provider's own fields of the part that have no name here; None if there are none."""


class HostedToolResult(JsonStruct, frozen=True, tag_field="type", tag="hosted_tool_result"):
    """A part by itself: what a tool that the provider ran gave back."""

    type: ClassVar[Literal["hosted_tool_result"]] = "hosted_tool_result"
    part: int
    """The number of the part."""
    call_id: str
    """The id of the hosted call that this is the result of."""
    content: str = ""
    """The result as text: what code printed, else the provider's own object as JSON."""
    is_error: bool = False
    """True if the tool failed."""
    raw: JsonObject | None = None
    """The provider's own object."""


class MediaStart(JsonStruct, frozen=True, gc=False, tag_field="type", tag="media_start"):
    """An image or audio begins."""

    type: ClassVar[Literal["media_start"]] = "media_start"
    part: int
    """The number of the part."""
    media_type: str
    """Such as `image/png`."""


class MediaDelta(JsonStruct, frozen=True, gc=False, tag_field="type", tag="media_delta"):
    """More bytes of the image or audio."""

    type: ClassVar[Literal["media_delta"]] = "media_delta"
    part: int
    """The number of the part."""
    data: bytes
    """The added bytes."""


class MediaEnd(JsonStruct, frozen=True, tag_field="type", tag="media_end"):
    """The image or audio is complete."""

    type: ClassVar[Literal["media_end"]] = "media_end"
    part: int
    """The number of the part."""
    raw: JsonObject | None = None
    """The provider's own fields of the part that have no name here; None if there are none."""


class UnknownBlock(JsonStruct, frozen=True, tag_field="type", tag="unknown_block"):
    """A part by itself, of a kind that is not known here. It is kept, and a Warned says so once for each kind."""

    type: ClassVar[Literal["unknown_block"]] = "unknown_block"
    part: int
    """The number of the part."""
    kind: str
    """The provider's own term for it."""
    raw: JsonObject
    """All that the provider said of it."""


class UsageUpdate(JsonStruct, frozen=True, tag_field="type", tag="usage_update"):
    """All usage known so far."""

    type: ClassVar[Literal["usage_update"]] = "usage_update"
    usage: Usage
    """The counts so far."""


class Warned(JsonStruct, frozen=True, gc=False, tag_field="type", tag="warned"):
    """Something was ignored or may be unexpected."""

    type: ClassVar[Literal["warned"]] = "warned"
    message: str
    """The warning, as a sentence for people."""


class Ping(JsonStruct, frozen=True, gc=False, tag_field="type", tag="ping"):
    """The provider is keeping the connection alive."""

    type: ClassVar[Literal["ping"]] = "ping"


class Progress(JsonStruct, frozen=True, gc=False, tag_field="type", tag="progress"):
    """Progress of work before or between values, such as loading, downloading or denoising."""

    type: ClassVar[Literal["progress"]] = "progress"
    phase: str
    """Such as `download`, `load` or `prefill`."""
    done: int
    """How much is done, in the unit of `total`."""
    total: int | None = None
    """The total amount in bytes, tokens or steps; None if unknown."""


class Seam(JsonStruct, frozen=True, gc=False, tag_field="type", tag="seam"):
    """A model of a route broke off within its reply, and the next one goes on with it, or begins again."""

    type: ClassVar[Literal["seam"]] = "seam"
    kind: Literal["continue", "restart"]
    """`continue`: what follows goes on where the reply broke off. `restart`: what came so far is void; parts are
    numbered from 0 again."""
    from_: str = msgspec.field(name="from")
    """The leg that broke off."""
    to: str
    """The leg that answers from here on."""
    after: int
    """The number of characters of text that had come."""


class Finish(JsonStruct, frozen=True, tag_field="type", tag="finish"):
    """The reply is complete; `raw_reason` is the provider's own term."""

    type: ClassVar[Literal["finish"]] = "finish"
    reason: FinishReason | None = None
    """Why the model stopped, in one vocabulary for all providers."""
    raw_reason: str | None = None
    """Why the model stopped, in the provider's own term."""
    usage: Usage | None = None
    """The final counts."""


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
    | HostedToolResult
    | MediaStart
    | MediaDelta
    | MediaEnd
    | UnknownBlock
    | Citation
    | UsageUpdate
    | Warned
    | Ping
    | Progress
    | Seam
    | Finish
)

_EVENT = cast("type[Event]", Event)


def event_from_dict(data: Mapping[str, object]) -> Event:
    """The event from the dict that its `to_dict` returned, by its `type`. Raises ConfigError for other data."""
    return from_dict(data, _EVENT, "an event")


def event_from_json(text: str | bytes) -> Event:
    """The event from the JSON that its `to_json` returned, by its `type`. Raises ConfigError for other text."""
    return from_json(text, _EVENT, "an event")
