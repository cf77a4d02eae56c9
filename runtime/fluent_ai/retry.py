"""When to try again, and how long to wait. The rules are those of the vendors' own SDKs."""

from __future__ import annotations

import math
import random
import re
import time
from collections.abc import Mapping

import msgspec

from fluent_ai.errors import FluentError
from fluent_ai.http_date import parse_http_date

MAX_DIRECTED_DELAY = 60.0
"""Seconds. A provider that asks for a longer pause gets no retry: the caller should decide about that."""

_RETRY_INFO = re.compile(rb'"retryDelay"\s*:\s*"(\d{1,9}(?:\.\d{1,9})?)s"')


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


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds to wait by `retry-after-ms`, else by `retry-after` in seconds or as an HTTP date (RFC 9110, 10.2.3)."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        if math.isfinite(seconds) and seconds >= 0:
            return seconds
    now = time.time() if now is None else now
    date = parse_http_date(headers.get("retry-after", ""), now)
    return None if date is None else max(0.0, date - now)


def retry_info(body: bytes) -> float | None:
    """Seconds to wait by the `google.rpc.RetryInfo` in an error: Google's APIs send no header for it."""
    found = _RETRY_INFO.search(body)
    return None if found is None else float(found[1])


def should_retry(headers: Mapping[str, str]) -> bool | None:
    """What the provider says about it in `x-should-retry`, if anything."""
    return {"true": True, "false": False}.get(headers.get("x-should-retry", ""))
