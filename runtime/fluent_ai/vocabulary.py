"""The words that requests and replies are made of. All are frozen; None means unknown or not given.

The `repr` of a message, a part, a tool or a request never shows its content, because prompts must not reach logs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, TypeAlias, TypeVar

import msgspec

from fluent_ai.veiled import Veiled

Role = Literal["system", "user", "assistant", "tool"]
FinishReason = Literal["stop", "length", "tool_calls", "content_filter", "refusal", "error", "other"]
ToolChoice: TypeAlias = str
"""`auto`, `none`, `required`, or the name of the one tool to call."""
ReasoningEffort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]
InputType = Literal["query", "document", "classification", "clustering"]
"""What a text is embedded for."""
JsonObject: TypeAlias = dict[str, Any]
T = TypeVar("T")


class TextPart(Veiled, frozen=True, tag_field="type", tag="text"):
    text: str


class _File(Veiled, frozen=True):
    """Bytes, a path or a URL (exactly one), with its media type where it cannot be guessed."""

    data: bytes | None = None
    path: str | None = None
    url: str | None = None
    media_type: str | None = None

    def __post_init__(self) -> None:
        if sum(source is not None for source in (self.data, self.path, self.url)) != 1:
            raise ValueError(f"{type(self).__name__} takes exactly one of data, path and url")


class ImagePart(_File, frozen=True, tag_field="type", tag="image"):
    pass


class AudioPart(_File, frozen=True, tag_field="type", tag="audio"):
    pass


class DocumentPart(_File, frozen=True, tag_field="type", tag="document"):
    name: str | None = None


class ToolCall(msgspec.Struct, frozen=True):
    """A call that the model wants: `arguments` parsed, or the raw text with `valid=False`."""

    id: str
    name: str
    arguments: JsonObject | str
    valid: bool = True


class ToolCallPart(Veiled, frozen=True, tag_field="type", tag="tool_call"):
    call: ToolCall


class ToolResultPart(Veiled, frozen=True, tag_field="type", tag="tool_result"):
    """What a tool answered, for the call with that id."""

    call_id: str
    content: str
    is_error: bool = False


class ReasoningPart(Veiled, frozen=True, tag_field="type", tag="reasoning"):
    """A model's reasoning; signature and redacted text go back only to the `provider` and `model` that made them."""

    text: str
    signature: str | None = None
    redacted: str | None = None
    provider: str | None = None
    model: str | None = None


Part: TypeAlias = TextPart | ImagePart | AudioPart | DocumentPart | ToolCallPart | ToolResultPart | ReasoningPart


class Message(Veiled, frozen=True):
    """One turn of a conversation.

    `cache` says that this message and all before it will be sent again: providers that cache only what they are told to
    (Anthropic, Bedrock) are told so, the others decide for themselves.
    """

    role: Role
    parts: tuple[Part, ...]
    cache: bool = False

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))


class Tool(Veiled, frozen=True):
    """A function that the model may call; `parameters` is a JSON schema of type object."""

    name: str
    description: str = ""
    parameters: JsonObject = msgspec.field(default_factory=dict)
    function: Callable[..., Any] | None = None


NumberT = TypeVar("NumberT", int, float)


def _sum(one: NumberT | None, other: NumberT | None) -> NumberT | None:
    return other if one is None else one if other is None else one + other


class Usage(msgspec.Struct, frozen=True):
    """Tokens of one request as the provider counts them; `cost` in USD if the provider says it; `raw` as it came.

    Providers differ in whether cached tokens are part of the input, and reasoning of the output: `registry/billing.py`
    has the table, and `models.cost` counts each token once.
    """

    input_tokens: int | None = None
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    cached_input_tokens: int | None = None
    cache_write_tokens: int | None = None
    cost: float | None = None
    raw: JsonObject | None = None

    def merge(self, later: Usage) -> Usage:
        """Key by key, the later value wins where it is known."""
        raw = later.raw if self.raw is None else self.raw if later.raw is None else {**self.raw, **later.raw}
        # Written out, because servers that count while they stream make it run with each chunk.
        return Usage(
            self.input_tokens if later.input_tokens is None else later.input_tokens,
            self.output_tokens if later.output_tokens is None else later.output_tokens,
            self.reasoning_tokens if later.reasoning_tokens is None else later.reasoning_tokens,
            self.cached_input_tokens if later.cached_input_tokens is None else later.cached_input_tokens,
            self.cache_write_tokens if later.cache_write_tokens is None else later.cache_write_tokens,
            self.cost if later.cost is None else later.cost,
            raw,
        )

    def plus(self, other: Usage) -> Usage:
        """Both together, of two requests: a count that only one of them knows is that one's."""
        return Usage(
            _sum(self.input_tokens, other.input_tokens),
            _sum(self.output_tokens, other.output_tokens),
            _sum(self.reasoning_tokens, other.reasoning_tokens),
            _sum(self.cached_input_tokens, other.cached_input_tokens),
            _sum(self.cache_write_tokens, other.cache_write_tokens),
            _sum(self.cost, other.cost),
        )


class Timing(msgspec.Struct, frozen=True):
    """Seconds from the request to its first event and to its last."""

    first_event: float | None = None
    total: float | None = None


class Media(msgspec.Struct, frozen=True, tag_field="type", tag="media"):
    """Generated bytes: an image or sound inside a reply."""

    media_type: str
    data: bytes

    def __repr__(self) -> str:
        return f"Media({self.media_type!r}, {len(self.data)} bytes)"


ReplyPart: TypeAlias = TextPart | ReasoningPart | ToolCallPart | Media


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A model's whole answer: the fold of the events of its stream."""

    parts: tuple[ReplyPart, ...] = ()
    output: Any = None
    """What `output` asked for; None where the text is not that, and `warnings` say why."""
    usage: Usage | None = None
    finish_reason: FinishReason | None = None
    raw_reason: str | None = None
    id: str | None = None
    model: str | None = None
    provider: str | None = None
    timing: Timing | None = None
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    @property
    def reasoning(self) -> str:
        return "".join(part.text for part in self.parts if isinstance(part, ReasoningPart))

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        return tuple(part.call for part in self.parts if isinstance(part, ToolCallPart))

    @property
    def message(self) -> Message:
        """The reply as a turn of the conversation, to be appended to the history as it is."""
        return Message("assistant", tuple(part for part in self.parts if not isinstance(part, Media)))

    def output_as(self, kind: type[T]) -> T:
        """The text as a value of a struct, dataclass, TypedDict or pydantic model, typed.

        Raises OutputInvalid, which carries this reply, where the text is not one.
        """
        from fluent_ai.structured import read_output

        return read_output(self, kind)

    def __repr__(self) -> str:
        return (
            f"Reply(text={self.text!r}, tool_calls={self.tool_calls!r}, finish_reason={self.finish_reason!r}, "
            f"usage={self.usage!r}, model={self.model!r}, provider={self.provider!r})"
        )


class Request(Veiled, frozen=True, kw_only=True):
    """What every verb sends. `extra_body` and `extra_headers` go out as they are."""

    model: str
    extra_body: Mapping[str, Any] = {}
    extra_headers: Mapping[str, str] = {}


class ChatRequest(Request, frozen=True, kw_only=True):
    """A checked request, the same for every provider. `options` are the provider's own, by their wire names."""

    COMMON: ClassVar[tuple[str, ...]] = (
        "system", "temperature", "top_p", "top_k", "max_tokens", "stop", "seed",
        "tools", "tool_choice", "output", "reasoning", "logprobs",
    )  # fmt: skip

    messages: tuple[Message, ...]
    system: str | None = None
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    max_tokens: int | None = None
    stop: tuple[str, ...] = ()
    seed: int | None = None
    tools: tuple[Tool, ...] = ()
    tool_choice: ToolChoice | None = None
    output: Any = None
    reasoning: ReasoningEffort | None = None
    logprobs: int | None = None
    options: Mapping[str, Any] = {}


PathLike: TypeAlias = str | os.PathLike[str]
