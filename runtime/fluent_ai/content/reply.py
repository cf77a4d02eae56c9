"""What a model answers: its parts, why it ended, what it used and how long it took. None means unknown."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypeVar

from fluent_ai.content.json_struct import JsonObject, JsonStruct
from fluent_ai.content.parts import (
    Citation,
    Media,
    Message,
    ReasoningPart,
    TextPart,
    TokenLogprob,
    ToolCall,
    ToolCallPart,
)
from fluent_ai.type_info import prepare

FinishReason = Literal["stop", "length", "tool_calls", "content_filter", "refusal", "error", "other"]


T = TypeVar("T")


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


ReplyPart: TypeAlias = TextPart | ReasoningPart | ToolCallPart | Media


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
        from fluent_ai.schema.output import read_output

        return read_output(self, kind)

    def __repr__(self) -> str:
        return (
            f"Reply(text={self.text!r}, tool_calls={self.tool_calls!r}, finish_reason={self.finish_reason!r}, "
            f"usage={self.usage!r}, model={self.model!r}, provider={self.provider!r})"
        )
