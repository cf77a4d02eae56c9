"""The results of the verbs other than chat: like a Reply, each is a pure fold of the items of its stream."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeAlias, TypedDict, TypeVar

from fluent_ai.content.events import Ping, Progress, Seam, StreamStart, UsageUpdate, Warned
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.reply import LegAttempt, Timing, Usage

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

Note: TypeAlias = StreamStart | UsageUpdate | Warned | Progress | Ping | Seam
"""What a stream yields besides its values. Each UsageUpdate counts one request; they add up."""
_NOTES = (StreamStart, UsageUpdate, Warned, Progress, Ping, Seam)


class Head(TypedDict):
    """The fields that every result has."""

    id: str | None
    model: str | None
    provider: str | None
    requested_model: str | None
    usage: Usage | None
    warnings: tuple[str, ...]


class Result(JsonStruct, frozen=True, kw_only=True):
    """Base of all results. `id` and `model` are as the provider states them; None means unknown."""

    id: str | None = None
    """The provider's id of the answer."""
    model: str | None = None
    """The model that answered, as the provider names it."""
    provider: str | None = None
    """The id of the provider."""
    requested_model: str | None = None
    """The model that was asked for, by the id that was sent; None if only the answer was read."""
    usage: Usage | None = None
    """Tokens and cost of all requests together."""
    warnings: tuple[str, ...] = ()
    """Notes on what was ignored or changed in the request, or is doubtful about it."""
    timing: Timing | None = None
    """How long the request took, measured by the stream."""
    attempts: tuple[LegAttempt, ...] = ()
    """The legs of a Route that were asked, in order; empty for a call of one model."""
    from_cache: bool = False
    """True if it comes from the client's cache: nothing was sent, and it cost nothing. `usage` is what it used when it
    was made."""


class ResultFold(Generic[ItemT, ResultT]):
    """Takes items and notes and gives the result so far; `make` builds it from the items and the head."""

    finished = True

    def __init__(self, make: Callable[[list[ItemT], Head], ResultT]) -> None:
        self._make = make
        self._items: list[ItemT] = []
        self._start = StreamStart()
        self._usage: Usage | None = None
        self._warnings: list[str] = []

    def add(self, item: ItemT | Note) -> None:
        if not isinstance(item, _NOTES):
            self._items.append(item)
        elif isinstance(item, UsageUpdate):
            self._usage = item.usage if self._usage is None else self._usage.plus(item.usage)
        elif isinstance(item, StreamStart):
            self._start = item if self._start == StreamStart() else self._start
        elif isinstance(item, Warned):
            self._warnings.append(item.message)
        elif isinstance(item, Seam):  # no verb but chat can go on with what another model began
            self._items.clear()
            self._start, self._usage = StreamStart(), None

    def result(self) -> ResultT:
        start = self._start
        head = Head(
            id=start.id,
            model=start.model,
            provider=start.provider,
            requested_model=start.requested_model,
            usage=self._usage,
            warnings=tuple(self._warnings),
        )
        return self._make(self._items, head)
