"""What happens in the loop of attempts, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

from fluent_ai.errors import FluentError
from fluent_ai.http.phases import Phases

Stage = Literal["started", "probing", "answered", "failed", "tripped", "recovered"]


class AttemptEvent(NamedTuple):
    """One step of an attempt to get an answer to a request."""

    stage: Stage
    """`started`, `answered` when the head of an accepted answer has come, or `failed`; and of the circuit: `probing`
    when the attempt decides whether it closes, `tripped` when its outcome has opened it, `recovered` when that has
    closed it."""
    provider: str
    """The id of the provider."""
    model: str | None
    """The id of the model."""
    attempt: int
    """Which attempt of its request it is, from 1."""
    seconds: float
    """The time since the attempt began."""
    error: FluentError | None = None
    """Why it failed."""
    retry_in: float | None = None
    """Seconds until the next attempt; None if there is none."""
    phases: Phases | None = None
    """What the time until the head was spent on, where it was answered or failed before it."""
    at: float = 0.0
    """When it happened, in seconds since 1970."""
    key: str | None = None
    """The name of the key that was used, such as `GROQ_API_KEY` or `keys['groq'][1]`; never the key."""


Hook: TypeAlias = Callable[[AttemptEvent], None]
