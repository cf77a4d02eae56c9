"""When to retry and how long to wait. The rules are those of the vendors' own SDKs."""

from __future__ import annotations

import random

import msgspec

from fluent_ai.errors import CircuitOpen, DeadlineExceeded, FluentError
from fluent_ai.resilience.recovery import Table, strategy_for

MAX_DIRECTED_DELAY = 60.0
"""The longest wait, in seconds. If a provider asks for more, there is no retry, and the caller decides."""


class RetryPolicy(msgspec.Struct, frozen=True):
    """Up to `retries` further attempts. The backoff doubles from `base` to `cap` seconds, less up to a quarter of it at
    random. What the provider asks for takes up to a quarter more, so that those who were told the same do not come
    back at once; it is waited for if it is at most `patience`.
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
        jitter = 0.25 * random.random()  # noqa: S311  # not a secret
        if error.retry_after is not None:
            return error.retry_after * (1 + jitter) if error.retry_after <= self.patience else None
        backoff = min(self.base * 2.0 ** min(attempt, 1000), self.cap)
        return backoff * (1 - jitter)


def _was_silent(error: FluentError) -> bool:
    """True if the provider took the request and did not answer: to ask it again only multiplies the wait."""
    return isinstance(error, DeadlineExceeded) and error.stage in ("first_byte", "first_event", "read")
