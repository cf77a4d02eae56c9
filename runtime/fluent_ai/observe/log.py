"""Logging through Python's `logging`: attempts are logged at DEBUG; keys, prompts and answers never are.

`logging.getLogger("fluent_ai").setLevel(logging.DEBUG)` turns it on for calls that start from then on.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluent_ai.observe.hooks import AttemptEvent, Hook

_attempts = logging.getLogger("fluent_ai.resilience.attempts")


def hooks() -> tuple[Hook, ...]:
    """The hooks for the attempts of a call; empty if the logger is not enabled for DEBUG."""
    return (_log_attempt,) if _attempts.isEnabledFor(logging.DEBUG) else ()


def _log_attempt(event: AttemptEvent) -> None:
    subject = f"{event.provider}:{event.model}" if event.model else event.provider
    outcome = ""
    if (error := event.error) is not None:
        status = "" if error.status is None else f" ({error.status})"
        following = "no more attempts" if event.retry_in is None else f"next in {event.retry_in:.2f} s"
        outcome = f" with {type(error).__name__}{status}, {following}"
    _attempts.debug("%s: attempt %d %s after %.3f s%s", subject, event.attempt, event.stage, event.seconds, outcome)
