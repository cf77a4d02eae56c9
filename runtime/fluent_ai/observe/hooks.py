"""The events that hooks receive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

from fluent_ai.errors import FluentError

Stage = Literal["started", "answered", "failed"]


class AttemptEvent(NamedTuple):
    """One step of an attempt. `seconds` is the time since the attempt began; `attempt` counts from 1.

    A failed attempt has an `error`, and `retry_in` is the seconds until the next attempt, or None if it was the last.
    """

    stage: Stage
    provider: str
    model: str | None
    attempt: int
    seconds: float
    error: FluentError | None = None
    retry_in: float | None = None


Hook: TypeAlias = Callable[[AttemptEvent], None]
