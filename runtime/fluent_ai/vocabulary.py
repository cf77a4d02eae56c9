"""The words that requests and replies are made of. All are frozen; None means unknown or not given.

The `repr` of a message, a part, a tool or a request never shows its content, because prompts must not reach logs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, TypeVar, cast

import msgspec

from fluent_ai.errors import ConfigError
from fluent_ai.json_struct import JsonObject as JsonObject
from fluent_ai.json_struct import JsonStruct, from_dict, from_json
from fluent_ai.type_info import prepare
from fluent_ai.veiled import Veiled

Role = Literal["system", "user", "assistant", "tool"]
FinishReason = Literal["stop", "length", "tool_calls", "content_filter", "refusal", "error", "other"]
ToolChoice: TypeAlias = str
"""`auto`, `none`, `required`, or the name of the one tool to call."""
ReasoningEffort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]
InputType = Literal["query", "document", "classification", "clustering"]
"""What a text is embedded for."""
PathLike: TypeAlias = str | os.PathLike[str]
T = TypeVar("T")


class TextPart(Veiled, JsonStruct, frozen=True, tag_field="type", tag="text"):
    """Text of a message or a reply."""

    text: str
    """The text itself."""


class _File(Veiled, JsonStruct, frozen=True):
    """Bytes, a path or a URL (exactly one), with its media type where it cannot be guessed.

    Raises ConfigError for more or less than one of them, and for values of another type.
    """

    data: bytes | None = None
    """The bytes of the file."""
    path: str | None = None
    """A file on this machine, read when the request is built."""
    url: str | None = None
    """An address that the provider fetches."""
    media_type: str | None = None
    """Such as `image/png`; guessed from the bytes or the name where it is not given."""

    if TYPE_CHECKING:  # what is accepted is wider than what is kept

        def __init__(
            self,
            data: bytes | bytearray | memoryview | None = None,
            path: PathLike | None = None,
            url: str | None = None,
            media_type: str | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        if isinstance(self.data, bytearray | memoryview):
            msgspec.structs.force_setattr(self, "data", bytes(self.data))
        if isinstance(self.path, os.PathLike):
            msgspec.structs.force_setattr(self, "path", os.fspath(self.path))
        for field in self.__struct_fields__:
            value, kind = getattr(self, field), bytes if field == "data" else str
            if value is not None and not isinstance(value, kind):
                raise ConfigError(
                    f"{field} of {type(self).__name__} is of type {type(value).__name__}; allowed: {kind.__name__}"
                )
        if sum(source is not None for source in (self.data, self.path, self.url)) != 1:
            raise ConfigError(f"{type(self).__name__} takes exactly one of data, path and url")


class ImagePart(_File, frozen=True, tag_field="type", tag="image"):
    """An image: bytes, a path or a URL (exactly one)."""


class AudioPart(_File, frozen=True, tag_field="type", tag="audio"):
    """A sound: bytes, a path or a URL (exactly one)."""


class DocumentPart(_File, frozen=True, tag_field="type", tag="document"):
    """A document, such as a PDF: bytes, a path or a URL (exactly one)."""

    name: str | None = None
    """The file name that the provider is told."""

    if TYPE_CHECKING:

        def __init__(
            self,
            data: bytes | bytearray | memoryview | None = None,
            path: PathLike | None = None,
            url: str | None = None,
            media_type: str | None = None,
            name: str | None = None,
        ) -> None: ...


class ToolCall(JsonStruct, frozen=True):
    """A call that the model wants: `arguments` parsed, or the raw text with `valid=False`."""

    id: str
    """The provider's name for this call; a result refers to it."""
    name: str
    """The tool to call."""
    arguments: JsonObject | str
    """The parsed arguments, or the raw text where `valid` is False."""
    valid: bool = True
    """False where the arguments are not a JSON object."""


class ToolCallPart(Veiled, JsonStruct, frozen=True, tag_field="type", tag="tool_call"):
    """A tool call as part of a message or a reply."""

    call: ToolCall
    """The call itself."""


class ToolResultPart(Veiled, JsonStruct, frozen=True, tag_field="type", tag="tool_result"):
    """What a tool answered, for the call with that id."""

    call_id: str
    """The `id` of the call that this answers."""
    content: str
    """The result as text."""
    is_error: bool = False
    """The tool failed; `content` says why."""


class ReasoningPart(Veiled, JsonStruct, frozen=True, tag_field="type", tag="reasoning"):
    """A model's reasoning; signature and redacted text go back only to the `provider` and `model` that made them."""

    text: str
    """The reasoning, or a summary of it."""
    signature: str | None = None
    """The provider's proof that the reasoning is unchanged."""
    redacted: str | None = None
    """The encrypted form, where the provider does not show the text."""
    provider: str | None = None
    """The provider that wrote it."""
    model: str | None = None
    """The model that wrote it."""


Part: TypeAlias = TextPart | ImagePart | AudioPart | DocumentPart | ToolCallPart | ToolResultPart | ReasoningPart


class Message(Veiled, JsonStruct, frozen=True):
    """One turn of a conversation: its parts, or a text or a part alone. Texts become TextParts.

    `cache` says that this message and all before it will be sent again: providers that cache only what they are told to
    (Anthropic, Bedrock) are told so, the others decide for themselves.
    """

    role: Role
    """Who speaks."""
    parts: tuple[Part, ...]
    """What is said, in order."""
    cache: bool = False
    """Everything up to the end of this message will be sent again."""

    if TYPE_CHECKING:  # what is accepted is wider than what is kept

        def __init__(self, role: Role, parts: str | Part | Sequence[str | Part], cache: bool = False) -> None: ...

    def __post_init__(self) -> None:
        given: object = self.parts
        if isinstance(given, str | Part):
            given = (given,)
        if not isinstance(given, list | tuple):
            raise ConfigError(
                f"parts of Message is of type {type(given).__name__}; allowed: a str, a part, or a list of them"
            )
        parts = tuple(TextPart(part) if isinstance(part, str) else part for part in given)
        msgspec.structs.force_setattr(self, "parts", parts)

    @property
    def text(self) -> str:
        """The text parts, joined."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))


class Tool(Veiled, frozen=True):
    """A function that the model may call; `parameters` is a JSON schema of type object."""

    name: str
    """1 to 64 letters, digits, `_` and `-`."""
    description: str = ""
    """What the tool does, for the model to read."""
    parameters: JsonObject = msgspec.field(default_factory=dict)
    """JSON schema of the arguments."""
    function: Callable[..., Any] | None = None
    """What `call_tool` calls; never sent."""


NumberT = TypeVar("NumberT", int, float)


def _sum(one: NumberT | None, other: NumberT | None) -> NumberT | None:
    return other if one is None else one if other is None else one + other


class Usage(JsonStruct, frozen=True):
    """Tokens of one request as the provider counts them; `cost` in USD if the provider says it; `raw` as it came.

    Providers differ in whether cached tokens are part of the input, and reasoning of the output: `registry/billing.py`
    has the table, and `models.cost` counts each token once.
    """

    input_tokens: int | None = None
    """Tokens of the prompt."""
    output_tokens: int | None = None
    """Tokens of the answer."""
    reasoning_tokens: int | None = None
    """Tokens that the model spent on reasoning."""
    cached_input_tokens: int | None = None
    """Input tokens that were read from the provider's cache."""
    cache_write_tokens: int | None = None
    """Input tokens that were written to the provider's cache."""
    cost: float | None = None
    """US dollars, where the provider states them."""
    raw: JsonObject | None = None
    """The provider's own object."""

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


prepare(Usage)


class Timing(JsonStruct, frozen=True):
    """Seconds from the request to its first event and to its last."""

    first_event: float | None = None
    """Seconds until the first event."""
    total: float | None = None
    """Seconds until the last event."""


class Media(JsonStruct, frozen=True, tag_field="type", tag="media"):
    """Generated bytes: an image or sound inside a reply."""

    media_type: str
    """Such as `image/png` or `audio/wav`."""
    data: bytes
    """The bytes."""

    def __repr__(self) -> str:
        return f"Media({self.media_type!r}, {len(self.data)} bytes)"


class Citation(JsonStruct, frozen=True, gc=False, tag_field="type", tag="citation"):
    """A source of what was said in that part; `start` and `end` count characters of its text."""

    type: ClassVar[Literal["citation"]] = "citation"
    part: int | None = None
    """The part that cites; None where the provider does not say which."""
    url: str | None = None
    """The address of the source."""
    title: str | None = None
    """The title of the source."""
    quote: str | None = None
    """What the source says."""
    start: int | None = None
    """The first character that the source supports."""
    end: int | None = None
    """The character after the last one that it supports."""


class TokenLogprob(JsonStruct, frozen=True):
    """Natural-log probability of a generated token; `top` holds the alternatives asked for."""

    token: str
    """The token's text."""
    logprob: float
    """Its natural-log probability."""
    top: tuple[tuple[str, float], ...] = ()
    """The likeliest alternatives, with their log probabilities."""


ReplyPart: TypeAlias = TextPart | ReasoningPart | ToolCallPart | Media


_PART = cast("type[Part | Media]", Part | Media)


def part_from_dict(data: Mapping[str, object]) -> Part | Media:
    """The part that a part's `to_dict` gave, by its `type`. Raises ConfigError."""
    return from_dict(data, _PART, "a part")


def part_from_json(text: str | bytes) -> Part | Media:
    """The part that a part's `to_json` gave, by its `type`. Raises ConfigError."""
    return from_json(text, _PART, "a part")


class Reply(JsonStruct, frozen=True, kw_only=True):
    """A model's whole answer: the fold of the events of its stream."""

    parts: tuple[ReplyPart, ...] = ()
    """Text, reasoning, tool calls and media, in the order in which they were generated."""
    citations: tuple[Citation, ...] = ()
    """The sources that the provider named, in order; each says which of `parts` it is about, where that is known."""
    logprobs: tuple[TokenLogprob, ...] | None = None
    """Of the tokens of the text, in order; None unless asked for."""
    output: Any = None
    """What `output` asked for; None where the text is not that, and `warnings` say why."""
    usage: Usage | None = None
    """Tokens and cost; None where the provider says nothing of them."""
    finish_reason: FinishReason | None = None
    """Why the model stopped, in one vocabulary for all providers."""
    raw_reason: str | None = None
    """Why the model stopped, in the provider's own word."""
    id: str | None = None
    """The provider's id of the reply."""
    model: str | None = None
    """The model that answered, as the provider names it."""
    provider: str | None = None
    """The id of the provider."""
    timing: Timing | None = None
    """How long the reply took."""
    warnings: tuple[str, ...] = ()
    """What was ignored, changed or doubtful in the request."""

    @property
    def text(self) -> str:
        """The text parts, joined."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    @property
    def reasoning(self) -> str:
        """The reasoning parts, joined; empty where the model tells none."""
        return "".join(part.text for part in self.parts if isinstance(part, ReasoningPart))

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        """The calls that the model wants."""
        return tuple(part.call for part in self.parts if isinstance(part, ToolCallPart))

    @property
    def media(self) -> tuple[Media, ...]:
        """The images and sounds of the reply."""
        return tuple(part for part in self.parts if isinstance(part, Media))

    @property
    def message(self) -> Message:
        """The reply as a turn of the conversation, to be appended to the history as it is.

        It holds what providers take back: text, reasoning and tool calls, but no media, citations or log probabilities.
        """
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
    """The model's id at the provider."""
    extra_body: Mapping[str, Any] = {}
    """Fields to add to the JSON body, or to replace in it."""
    extra_headers: Mapping[str, str] = {}
    """Headers that are added to the request."""


class ChatRequest(Request, frozen=True, kw_only=True):
    """A checked request, the same for every provider. `options` are the provider's own, by their wire names."""

    COMMON: ClassVar[tuple[str, ...]] = (
        "system", "temperature", "top_p", "top_k", "max_tokens", "stop", "seed",
        "tools", "tool_choice", "output", "reasoning", "logprobs",
    )  # fmt: skip
    """The names of the options that all providers share."""

    messages: tuple[Message, ...]
    """The conversation."""
    system: str | None = None
    """The system prompt."""
    temperature: float | None = None
    """Randomness, from 0 to 2."""
    top_p: float | None = None
    """Nucleus sampling: the probability mass to choose from, from 0 to 1."""
    top_k: int | None = None
    """How many of the likeliest tokens to choose from."""
    max_tokens: int | None = None
    """The longest answer, in tokens."""
    stop: tuple[str, ...] = ()
    """Texts that end the answer."""
    seed: int | None = None
    """Makes sampling repeatable, as far as the provider can."""
    tools: tuple[Tool, ...] = ()
    """The tools that the model may call."""
    tool_choice: ToolChoice | None = None
    """`auto`, `none`, `required`, or the name of the one tool to call."""
    output: Any = None
    """The JSON schema of the answer, as the protocol accepts it."""
    reasoning: ReasoningEffort | None = None
    """How much the model should think."""
    logprobs: int | None = None
    """How many alternatives to report for each token."""
    options: Mapping[str, Any] = {}
    """The provider's own options."""
