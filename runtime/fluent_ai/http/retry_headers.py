"""What a response says about retrying."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping

from fluent_ai.http.dates import parse_http_date

_RETRY_INFO = re.compile(rb'"retryDelay"\s*:\s*"(\d{1,9}(?:\.\d{1,9})?)s"')


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds to wait according to `retry-after-ms`, else `retry-after` (seconds or an HTTP date; RFC 9110, 10.2.3)."""
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
    """Seconds to wait according to `google.rpc.RetryInfo` in an error body, which Google's APIs send instead."""
    found = _RETRY_INFO.search(body)
    return None if found is None else float(found[1])


def should_retry(headers: Mapping[str, str]) -> bool | None:
    """The value of the header `x-should-retry`, or None without it."""
    return {"true": True, "false": False}.get(headers.get("x-should-retry", ""))
