"""What is logged of a call: who, how often, how long, how much; never keys, prompts, answers or messages of errors."""

from __future__ import annotations

import logging
from typing import Any, ClassVar, Final

from fluent_ai.errors import FluentError
from fluent_ai.observe import log
from fluent_ai.observe.call import Call, error_facts
from fluent_ai.observe.delivery import recipient
from fluent_ai.observe.hooks import AttemptEvent
from fluent_ai.observe.observer import Observer

_CIRCUIT: Final[dict[str, str]] = {
    "probing": "probes the circuit", "tripped": "opened the circuit", "recovered": "closed the circuit",
}  # fmt: skip


class CallLog(Observer):
    """Logs where the call runs, so that filters see its context. Records carry their facts as attributes (`extra`)."""

    _at_once: ClassVar[bool] = True

    def started(self, call: Call) -> None:
        if log.calls.isEnabledFor(logging.DEBUG):
            log.calls.debug("%s: %s begins", _subject(call), call.verb, extra=_facts(call))

    def attempted(self, call: Call, attempt: AttemptEvent) -> None:
        if not log.attempts.isEnabledFor(logging.DEBUG):
            return
        outcome = ""
        facts: dict[str, Any] = {
            **_facts(call), "attempt": attempt.attempt, "stage": attempt.stage, "seconds": attempt.seconds,
            "key_name": attempt.key, "retry_in": attempt.retry_in,
        }  # fmt: skip
        if (error := attempt.error) is not None:
            facts |= _error(error)
            status = "" if error.status is None else f" ({error.status})"
            following = "no more attempts" if attempt.retry_in is None else f"next in {attempt.retry_in:.2f} s"
            outcome = f" with {type(error).__name__}{status}, {following}"
        log.attempts.debug(
            "%s: attempt %d %s after %.3f s%s",
            _subject(call), attempt.attempt, _CIRCUIT.get(attempt.stage, attempt.stage), attempt.seconds, outcome,
            extra=facts,
        )  # fmt: skip

    def finished(self, call: Call) -> None:
        if not log.calls.isEnabledFor(logging.INFO):
            return
        usage, timing = call.usage, call.timing
        seconds = 0.0 if timing is None or timing.total is None else timing.total
        facts: dict[str, Any] = {
            **_facts(call),
            "ended": call.ended,
            "partial": call.partial,
            "seconds": seconds,
            "first_event": None if timing is None else timing.first_event,
            "attempts": call.attempts,
            "retries": call.retries,
            "key_name": call.key,
            "input_tokens": None if usage is None else usage.input_tokens,
            "output_tokens": None if usage is None else usage.output_tokens,
            "cost": call.cost,
            "from_cache": call.from_cache,
        }
        why = ""
        if call.error is not None:
            facts |= _error(call.error)
            why = f" with {type(call.error).__name__}"
        log.calls.info("%s: %s %s after %.3f s%s", _subject(call), call.verb, call.ended, seconds, why, extra=facts)


def _subject(call: Call) -> str:
    return f"{call.provider}:{call.model}" if call.model else call.provider


def _facts(call: Call) -> dict[str, Any]:
    return {
        "call_id": call.id, "verb": call.verb, "provider": call.provider, "model": call.model, "route": call.route,
        "tags": dict(call.tags),
    }  # fmt: skip


def _error(error: BaseException) -> dict[str, Any]:
    facts = error_facts(error)
    if not isinstance(error, FluentError):
        return {"error": facts["kind"]}
    return {"error": facts["kind"], "status": error.status, "request_id": error.request_id}


LOG = recipient(CallLog())
