"""A model's reply: its parts, why it ended, what it used and how long it took. None means unknown."""

from __future__ import annotations

from types import UnionType
from typing import Any, Literal, TypeAlias, TypeVar, _SpecialForm, overload

from fluent_ai.content.json_struct import JsonObject, JsonStruct
from fluent_ai.content.parts import (
    Citation,
    HostedToolResultPart,
    Media,
    Message,
    ReasoningPart,
    TextPart,
    TokenLogprob,
    ToolCall,
    ToolCallPart,
    UnknownPart,
)
from fluent_ai.errors import FluentError
from fluent_ai.type_info import prepare

FinishReason = Literal["stop", "length", "tool_calls", "content_filter", "refusal", "error", "other"]


T = TypeVar("T")


NumberT = TypeVar("NumberT", int, float)


def _sum(one: NumberT | None, other: NumberT | None) -> NumberT | None:
    return other if one is None else one if other is None else one + other


def _sum_raw(one: JsonObject | None, other: JsonObject | None) -> JsonObject | None:
    """Both objects with their numbers added; of anything else, the later one counts."""
    if one is None or other is None:
        return other if one is None else one
    return {name: _sum_values(one.get(name), other.get(name)) for name in {**one, **other}}


def _sum_values(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return _sum_raw(one, other)
    if isinstance(one, list) and isinstance(other, list):
        return one + other
    counts = [each for each in (one, other) if isinstance(each, int | float) and not isinstance(each, bool)]
    return sum(counts) if len(counts) == 2 else one if other is None else other


class Usage(JsonStruct, frozen=True):
    """Tokens of one request as the provider counts them. `cost` is in US dollars; `raw` is the provider's own object.

    Providers differ in whether input tokens include cached ones, and output tokens include reasoning. The table is in
    `registry/billing.py`; `models.cost` counts each token once.
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
    """The cost in US dollars, if the provider states it."""
    raw: JsonObject | None = None
    """The provider's own usage object, with what else its answer says that bears on price or time, such as
    `service_tier`, and the region that was called if prices depend on it (`served_in`)."""
    tool_calls: int = 0
    """Tool calls of the answer, counted by us, with those of tools that the provider ran itself."""

    def merge(self, later: Usage) -> Usage:
        """Merge key by key: a value of `later` that is known replaces this one."""
        raw = later.raw if self.raw is None else self.raw if later.raw is None else {**self.raw, **later.raw}
        # Written out field by field for speed: some servers send usage with each chunk.
        return Usage(
            self.input_tokens if later.input_tokens is None else later.input_tokens,
            self.output_tokens if later.output_tokens is None else later.output_tokens,
            self.reasoning_tokens if later.reasoning_tokens is None else later.reasoning_tokens,
            self.cached_input_tokens if later.cached_input_tokens is None else later.cached_input_tokens,
            self.cache_write_tokens if later.cache_write_tokens is None else later.cache_write_tokens,
            self.cost if later.cost is None else later.cost,
            raw,
            later.tool_calls or self.tool_calls,
        )

    def plus(self, other: Usage) -> Usage:
        """The sum over two requests; a count that only one of them has is taken from that one."""
        return Usage(
            _sum(self.input_tokens, other.input_tokens),
            _sum(self.output_tokens, other.output_tokens),
            _sum(self.reasoning_tokens, other.reasoning_tokens),
            _sum(self.cached_input_tokens, other.cached_input_tokens),
            _sum(self.cache_write_tokens, other.cache_write_tokens),
            _sum(self.cost, other.cost),
            _sum_raw(self.raw, other.raw),
            self.tool_calls + other.tool_calls,
        )


prepare(Usage)


class LegAttempt(JsonStruct, frozen=True, kw_only=True):
    """What came of one leg of a Route."""

    leg: str
    """The name of the leg: `provider:model`, unless it has one of its own."""
    error: FluentError | None = None
    """Why it failed or was passed over; None for the leg that answered."""
    seconds: float | None = None
    """How long it took; None if it was never asked."""
    usage: Usage | None = None
    """What it used although it failed, if the provider said so before it ended."""


class ProviderTimes(JsonStruct, frozen=True, kw_only=True):
    """Seconds as the provider measured them. None means that it does not say."""

    queue: float | None = None
    """Waiting for its turn at the provider."""
    load: float | None = None
    """Loading the model."""
    prompt: float | None = None
    """Reading the prompt."""
    generation: float | None = None
    """Writing the answer."""
    total: float | None = None
    """All of the provider's work."""


class Timing(JsonStruct, frozen=True):
    """Seconds from the request to its first event and to its last, and what of them is known more closely."""

    first_event: float | None = None
    """Seconds until the first event."""
    total: float | None = None
    """Seconds until the last event."""
    queue: float | None = None
    """Seconds of waiting for its turn under `Limits` and for a free connection, over all attempts. It is measured for
    calls that somebody observes; None for others."""
    connect: float | None = None
    """Seconds of finding the address, connecting and TLS, over all attempts; 0 over a kept connection. It is measured
    for calls that somebody observes; None for others."""
    provider: ProviderTimes | None = None
    """What the provider says of its own time; None if it says nothing."""


ReplyPart: TypeAlias = TextPart | ReasoningPart | ToolCallPart | HostedToolResultPart | Media | UnknownPart


class Reply(JsonStruct, frozen=True, kw_only=True):
    """A model's whole answer: the fold of the events of its stream."""

    parts: tuple[ReplyPart, ...] = ()
    """Text, reasoning, tool calls, results of hosted tools and media, in the order of generation."""
    citations: tuple[Citation, ...] = ()
    """The sources that the provider named, in order; each refers to one of `parts` if that is known."""
    logprobs: tuple[TokenLogprob, ...] | None = None
    """Log probabilities of the tokens of the text, in order; None unless they were asked for."""
    output: Any = None
    """The value of the type that `output` asked for; None if the text does not fit it, which `warnings` explain."""
    usage: Usage | None = None
    """Tokens and cost; None if the provider does not report them."""
    finish_reason: FinishReason | None = None
    """Why the model stopped, in one vocabulary for all providers."""
    raw_reason: str | None = None
    """Why the model stopped, in the provider's own term."""
    id: str | None = None
    """The provider's id of the reply."""
    model: str | None = None
    """The model that answered, as the provider names it."""
    provider: str | None = None
    """The id of the provider."""
    requested_model: str | None = None
    """The model that was asked for, by the id that was sent; None if only the answer was read."""
    timing: Timing | None = None
    """How long the reply took."""
    warnings: tuple[str, ...] = ()
    """Notes on what was ignored or changed in the request, or is doubtful about it."""
    attempts: tuple[LegAttempt, ...] = ()
    """The legs of a Route that were asked, in order; empty for a call of one model."""
    from_cache: bool = False
    """True if it comes from the client's cache: nothing was sent, and it cost nothing. `usage` is what it used when it
    was made."""

    @property
    def text(self) -> str:
        """The text parts, joined."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    @property
    def reasoning(self) -> str:
        """The reasoning parts with a blank line between them; empty if the model shows none."""
        return "\n\n".join(part.text for part in self.parts if isinstance(part, ReasoningPart) and part.text)

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        """The tool calls that the model requests; those that the provider runs itself are `hosted_calls`."""
        return tuple(part.call for part in self.parts if isinstance(part, ToolCallPart) and not part.call.hosted)

    @property
    def hosted_calls(self) -> tuple[ToolCall, ...]:
        """The calls of tools that the provider ran itself, such as web search."""
        return tuple(part.call for part in self.parts if isinstance(part, ToolCallPart) and part.call.hosted)

    @property
    def hosted_results(self) -> tuple[HostedToolResultPart, ...]:
        """What the tools that the provider ran itself gave back; each names its call."""
        return tuple(part for part in self.parts if isinstance(part, HostedToolResultPart))

    @property
    def media(self) -> tuple[Media, ...]:
        """The images and audio of the reply."""
        return tuple(part for part in self.parts if isinstance(part, Media))

    @property
    def message(self) -> Message:
        """The reply as a turn of the conversation, ready to append to the history.

        It holds all parts. What only the provider that made them understands goes back to it alone; citations by
        themselves and log probabilities are left out.
        """
        return Message("assistant", self.parts)

    @overload
    def output_as(self, kind: type[T]) -> T: ...
    @overload
    def output_as(self, kind: UnionType | _SpecialForm) -> object: ...
    def output_as(self, kind: Any) -> object:
        """The text as a value of any type that `output` takes: a class, `list[Item]`, `dict[str, int]`, `A | B`, ...

        An object that was put around the value, because providers want one, is taken off. Raises OutputInvalid, which
        carries this reply, if the text does not fit the type, and ConfigError for a type that JSON cannot express.
        """
        from fluent_ai.schema.output import read_output

        return read_output(self, kind)

    def __repr__(self) -> str:
        return (
            f"Reply(text={self.text!r}, tool_calls={self.tool_calls!r}, finish_reason={self.finish_reason!r}, "
            f"usage={self.usage!r}, model={self.model!r}, provider={self.provider!r})"
        )
