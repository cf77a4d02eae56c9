"""What a response says about retrying."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from datetime import datetime

from fluent_ai.http.dates import parse_http_date

_RETRY_INFO = re.compile(rb'"retryDelay"\s*:\s*"(\d{1,9}(?:\.\d{1,9})?)s"')


_MILLISECONDS = ("retry-after-ms", "x-ms-retry-after-ms")


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds to wait according to the first of these headers that makes sense; None if none does.

    `retry-after-ms` (OpenAI, Azure), `x-ms-retry-after-ms` (Azure), `retry-after` (seconds or an HTTP date; RFC 9110,
    10.2.3; also an ISO 8601 time, and the last of several), `x-amz-retry-after` (AWS, milliseconds).
    """
    for name in _MILLISECONDS:
        if (seconds := _number(headers.get(name), 1000.0)) is not None:
            return seconds
    if (text := headers.get("retry-after")) is not None:
        now = time.time() if now is None else now
        for each in (text, text.rpartition(",")[2].strip()):
            if (seconds := _seconds(each, now)) is not None:
                return seconds
    return _number(headers.get("x-amz-retry-after"), 1000.0)


def _number(text: str | None, unit: float = 1.0) -> float | None:
    try:
        seconds = float(text or "") / unit
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _seconds(text: str, now: float) -> float | None:
    if (seconds := _number(text)) is not None:
        return seconds
    if (date := parse_http_date(text, now)) is None:
        try:
            date = datetime.fromisoformat(text).timestamp() if "T" in text else None
        except (ValueError, OverflowError, OSError):
            return None
    return None if date is None else max(0.0, date - now)


def retry_info(body: bytes) -> float | None:
    """Seconds to wait according to `google.rpc.RetryInfo` in an error body, which Google's APIs send instead."""
    found = _RETRY_INFO.search(body)
    return None if found is None else float(found[1])


def should_retry(headers: Mapping[str, str]) -> bool | None:
    """The value of the header `x-should-retry`, or None without it."""
    return {"true": True, "false": False}.get(headers.get("x-should-retry", ""))
