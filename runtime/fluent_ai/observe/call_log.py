"""What is logged of a call."""

from __future__ import annotations

from typing import ClassVar

from fluent_ai.observe import log
from fluent_ai.observe.call import Call
from fluent_ai.observe.delivery import recipient
from fluent_ai.observe.hooks import AttemptEvent
from fluent_ai.observe.observer import Observer


class CallLog(Observer):
    """Logs attempts where they are made."""

    _at_once: ClassVar[bool] = True

    def attempted(self, call: Call, attempt: AttemptEvent) -> None:
        subject = f"{attempt.provider}:{attempt.model}" if attempt.model else attempt.provider
        outcome = ""
        if (error := attempt.error) is not None:
            status = "" if error.status is None else f" ({error.status})"
            following = "no more attempts" if attempt.retry_in is None else f"next in {attempt.retry_in:.2f} s"
            outcome = f" with {type(error).__name__}{status}, {following}"
        log.attempts.debug(
            "%s: attempt %d %s after %.3f s%s", subject, attempt.attempt, attempt.stage, attempt.seconds, outcome
        )


LOG = recipient(CallLog())
