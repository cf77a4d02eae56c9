"""One call, as observers see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from fluent_ai.content.reply import Timing, Usage
from fluent_ai.errors import FluentError
from fluent_ai.observe.hooks import AttemptEvent
from fluent_ai.observe.stages import Stages

if TYPE_CHECKING:
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.requests import Request
    from fluent_ai.content.results import Result

_NOTHING = Usage(input_tokens=0, output_tokens=0, cost=0.0)

Ending = Literal["complete", "failed", "cancelled", "closed", "dropped"]
"""How a call ended: with its whole answer; by an error; by a cancellation from outside, such as that of its task or the
closing of its client; by its reader, who closed the stream before its end; or because nobody held the stream any more.
"""


class Price(msgspec.Struct, frozen=True):
    """What a call cost."""

    total: float | None = None
    """US dollars; None if unknown."""
    estimated: bool = True
    """False if the provider itself stated the sum; otherwise it is usage times list price."""


class Call(msgspec.Struct, kw_only=True, eq=False, weakref=True):
    """One call: of a verb, of a list of models, or of a check. The same object goes through all methods of an observer.

    What is not known yet is None; in `finished`, nothing changes any more. Its repr and `to_dict` hold no content.
    """

    id: str
    """An id of our own, 16 hexadecimal digits."""
    verb: str
    """`chat`, `embeddings`, `rerank`, `moderation`, `transcription`, `speech`, `images`, `pull`, `token_counting`,
    `tokenization`, `models`, `check`."""
    provider: str
    """The id of the provider."""
    model: str | None = None
    """The id of the model as it was asked for; None for lists and checks."""
    route: str | None = None
    """The protocol that it is asked in, such as `openai_chat`; `worker` if it runs in this process."""
    key: str | None = None
    """The name of the last key that was used, such as `GROQ_API_KEY` or `keys['groq'][1]`; never the key."""
    tags: Mapping[str, str] = {}
    """What `ai.tags` says where the call was made."""
    started: float = 0.0
    """When the call began, in seconds since 1970."""
    attempts: int = 0
    """How many requests were sent, over all attempts and batches."""
    retries: int = 0
    """How many of them repeated one that had failed."""
    failures: list[AttemptEvent] = msgspec.field(default_factory=list)
    """The attempts that failed, in order."""
    ended: Ending | None = None
    """How it ended."""
    error: BaseException | None = None
    """What ended it, unless it was its reader."""
    partial: bool = False
    """True if what came is not the whole answer."""
    duration: float | None = None
    """Seconds from its beginning to its end."""
    timing: Timing | None = None
    """How long the answer took, from the first request on."""
    stages: Stages = msgspec.field(default_factory=Stages)
    """What that time was spent on."""
    request: Request | None = None
    """The first request. It holds content."""
    result: Reply | Result | None = None
    """The answer, as far as it came. It holds content."""
    price: Callable[[Call], Price] | None = None
    """Reckons the cost when it is first asked for."""
    known_price: Price | None = None
    """What `price` said."""

    @property
    def from_cache(self) -> bool:
        """True if the answer came from the client's cache, so that nothing was sent."""
        return self.result is not None and self.result.from_cache

    @property
    def usage(self) -> Usage | None:
        """Tokens as the provider counts them; None if it did not say. Zeros for an answer from the cache, whose
        `result.usage` tells what it used when it was made."""
        if self.result is None:
            return None
        return _NOTHING if self.result.from_cache else self.result.usage

    @property
    def cost(self) -> float | None:
        """US dollars; None if unknown."""
        return self.priced().total

    def priced(self) -> Price:
        """The cost, and whether the provider stated it."""
        if self.from_cache:
            return Price(0.0, estimated=False)
        if self.known_price is None:
            known = Price() if self.price is None or self.result is None else self.price(self)
            if self.ended is None:
                return known
            self.known_price = known
        return self.known_price

    def to_dict(self) -> dict[str, Any]:
        """The call as plain JSON values, without content."""
        error, timing, usage = self.error, self.timing, self.usage
        return {
            "id": self.id,
            "verb": self.verb,
            "provider": self.provider,
            "model": self.model,
            "route": self.route,
            "key": self.key,
            "tags": dict(self.tags),
            "started": self.started,
            "attempts": self.attempts,
            "retries": self.retries,
            "ended": self.ended,
            "error": None if error is None else error_facts(error),
            "partial": self.partial,
            "duration": self.duration,
            "timing": None if timing is None else timing.to_dict(),
            "stages": msgspec.to_builtins(self.stages),
            "usage": None if usage is None else {**usage.to_dict(), "raw": None},
            "cost": self.cost,
            "from_cache": self.from_cache,
        }

    def __repr__(self) -> str:
        model = self.provider if self.model is None else f"{self.provider}:{self.model}"
        return f"Call({self.verb} of {model}, {self.ended or 'under way'})"


def error_facts(error: BaseException) -> dict[str, Any]:
    """What may be written down of an error: its kind and numbers, never its message, which may quote content."""
    facts: dict[str, Any] = {"kind": type(error).__name__}
    if isinstance(error, FluentError):
        facts |= {"status": error.status, "code": error.code, "request_id": error.request_id, "fault": error.fault}
    return facts
