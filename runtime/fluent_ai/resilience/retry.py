"""When to try again, and how long to wait. The rules are those of the vendors' own SDKs."""

from __future__ import annotations

import random

import msgspec

from fluent_ai.errors import FluentError

MAX_DIRECTED_DELAY = 60.0
"""Seconds. A provider that asks for a longer pause gets no retry: the caller should decide about that."""


class RetryPolicy(msgspec.Struct, frozen=True):
    """Up to `retries` more attempts; backoff doubles from `base` to `cap` seconds, less up to a quarter at random."""

    retries: int = 2
    base: float = 0.5
    cap: float = 8.0

    def delay(self, error: FluentError, attempt: int) -> float | None:
        """Seconds to wait after attempt number `attempt` (from 0) failed with `error`; None to give up."""
        if attempt >= self.retries or not error.retryable:
            return None
        if error.retry_after is not None:
            return error.retry_after if error.retry_after <= MAX_DIRECTED_DELAY else None
        backoff = min(self.base * 2.0 ** min(attempt, 1000), self.cap)
        return backoff * (1 - 0.25 * random.random())  # noqa: S311  # jitter, not a secret
