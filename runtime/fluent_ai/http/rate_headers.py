"""What a response says of how much may still be asked.

Sources: https://platform.openai.com/docs/guides/rate-limits (Groq, Mistral, Azure and others send the same headers),
https://docs.claude.com/en/api/rate-limits, and draft-ietf-httpapi-ratelimit-headers-07 for `ratelimit-*`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

_SPAN = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")
_UNITS = (86400.0, 3600.0, 60.0, 1.0, 0.001)
_LONGEST = 86400.0
_REQUESTS = (
    ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
    ("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("ratelimit-remaining", "ratelimit-reset"),
)
_TOKENS = (
    ("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"),
    ("anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"),
)


class Left(NamedTuple):
    """So much may be asked until `reset` seconds have passed."""

    amount: float
    reset: float


class Quota(NamedTuple):
    """What may still be asked; None where the response does not say."""

    requests: Left | None
    tokens: Left | None


def quota(headers: Mapping[str, str], now: float | None = None) -> Quota:
    """What the headers of a response, by lower-case name, say; values that make no sense say nothing."""
    return Quota(_first(headers, _REQUESTS, now), _first(headers, _TOKENS, now))


def _first(headers: Mapping[str, str], names: tuple[tuple[str, str], ...], now: float | None) -> Left | None:
    for remaining, reset in names:
        if (text := headers.get(remaining)) is not None and text.strip().isdecimal():
            seconds = span(headers.get(reset, ""), now)
            if seconds is not None:
                return Left(float(text), seconds)
    return None


def span(text: str, now: float | None = None) -> float | None:
    """Seconds of `6m0s`, `20ms`, a number of seconds, a Unix time or an ISO 8601 time; None for anything else."""
    text = text.strip()
    now = time.time() if now is None else now
    try:
        seconds = float(text)
        seconds = seconds - now if seconds > 1e9 else seconds  # nobody waits for thirty years
    except ValueError:
        found = _SPAN.fullmatch(text)
        if found is not None and text:
            seconds = sum(float(part) * unit for part, unit in zip(found.groups(), _UNITS, strict=True) if part)
        else:
            try:
                seconds = datetime.fromisoformat(text).timestamp() - now
            except (ValueError, OverflowError, OSError):
                return None
    return max(0.0, seconds) if seconds < _LONGEST else None
