"""What those who watch calls are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

from fluent_ai.errors import FluentError

Stage = Literal["started", "answered", "failed"]


class AttemptEvent(NamedTuple):
    """What a hook is told. `seconds` have passed since this attempt began; `attempt` counts from 1.

    A failed attempt has its `error`, and in `retry_in` the seconds until the next attempt, None when there is none.
    """

    stage: Stage
    provider: str
    model: str | None
    attempt: int
    seconds: float
    error: FluentError | None = None
    retry_in: float | None = None


Hook: TypeAlias = Callable[[AttemptEvent], None]
