"""When to retry and how long to wait."""

from __future__ import annotations

import random

import msgspec

from fluent_ai.errors import CircuitOpen, DeadlineExceeded, FluentError
from fluent_ai.resilience.recovery import Table, strategy_for

MAX_DIRECTED_DELAY = 60.0
"""The longest wait, in seconds. If a provider asks for more, there is no retry, and the caller decides."""


class RetryPolicy(msgspec.Struct, frozen=True):
    """Up to `retries` further attempts. The backoff is drawn between 0 and a limit that doubles from `base` to `cap`
    seconds ("full jitter", as in the SDKs of AWS and Google). What the provider asks for takes up to a quarter more, so
    that those who were told the same do not come back at once; it is waited for if it is at most `patience`.
    """

    retries: int = 2
    base: float = 0.5
    cap: float = 8.0
    patience: float = MAX_DIRECTED_DELAY
    table: Table = {}
    """Kinds of errors that are dealt with otherwise than by default."""

    def delay(self, error: FluentError, attempt: int) -> float | None:
        """Seconds to wait after attempt number `attempt` (from 0) failed with `error`; None to give up."""
        again = error.retryable
        if self.table:
            again = strategy_for(type(error), self.table, again) == "retry"
        if attempt >= self.retries or not again or isinstance(error, CircuitOpen) or _was_silent(error):
            return None
        chance = random.random()  # noqa: S311  # not a secret
        if error.retry_after is not None:
            return error.retry_after * (1 + 0.25 * chance) if error.retry_after <= self.patience else None
        return min(self.base * 2.0 ** min(attempt, 1000), self.cap) * chance


def _was_silent(error: FluentError) -> bool:
    """True if the provider took the request and did not answer: to ask it again only multiplies the wait."""
    return isinstance(error, DeadlineExceeded) and error.stage in ("first_byte", "first_event", "read")
