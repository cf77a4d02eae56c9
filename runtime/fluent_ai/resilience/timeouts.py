"""Checks of how long, and how often, a caller wants to wait."""

from __future__ import annotations

import msgspec

from fluent_ai.errors import ConfigError
from fluent_ai.http.messages import Timeouts
from fluent_ai.resilience.retry import MAX_DIRECTED_DELAY

MAX_TIMEOUT = 1e6
"""Seconds. Far longer ones overflow in the libraries below."""


def read_timeouts(timeout: float | Timeouts | None) -> Timeouts | None:
    """The limits; one number is the limit of each phase. Raises ConfigError for seconds that are none."""
    if timeout is None:
        return None
    given = timeout if isinstance(timeout, Timeouts) else Timeouts(timeout, timeout, timeout, timeout, timeout)
    for seconds in msgspec.structs.astuple(given):
        numeric = isinstance(seconds, int | float) and not isinstance(seconds, bool)
        if seconds is not None and not (numeric and 0 < seconds <= MAX_TIMEOUT):
            raise ConfigError(f"timeout is {timeout!r}; allowed: seconds above 0, up to {MAX_TIMEOUT:g}, or Timeouts")
    if given.first_event is not None and given.total is not None and given.first_event > given.total:
        raise ConfigError(
            f"timeout has a first_event of {given.first_event} s; allowed: no more than its total, {given.total} s"
        )
    return given


def read_retries(retries: object) -> int:
    """The number, unchanged. Raises ConfigError unless it is a whole number from 0 to 100."""
    if isinstance(retries, bool) or not isinstance(retries, int) or not 0 <= retries <= 100:
        raise ConfigError(f"retries is {retries!r}; allowed: a whole number from 0 to 100")
    return retries


def within(timeouts: Timeouts, seconds: float) -> Timeouts:
    """The same limits, of which the total one is at most so many seconds; where none are left, it ends at once."""
    total = seconds if timeouts.total is None else min(seconds, timeouts.total)
    return msgspec.structs.replace(timeouts, total=max(total, 0.001))


def patience(given: Timeouts | None) -> float:
    """The longest pause that a provider may ask for: no longer than the caller would wait for an answer."""
    limits = () if given is None else (given.first_byte, given.first_event, given.total)
    return min((MAX_DIRECTED_DELAY, *(limit for limit in limits if limit is not None)))
