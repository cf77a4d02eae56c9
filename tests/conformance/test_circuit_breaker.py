"""Traces of resilience4j's circuit breaker, step by step under a clock that stands until it is moved."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fluent_ai.errors import CircuitOpen
from fluent_ai.resilience.breaker import Breaker, Circuit, Permit
from recordings import REASON, recorded

SUITE = recorded("suites", "resilience", "circuit_breaker_traces.json")
pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)
LOADED = json.loads(SUITE.read_text()) if SUITE.exists() else {"traces": [], "config": {}}


class Player:
    """Plays one trace; what a trace leaves out, such as the permission of a call, is added."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.now = 0.0
        self.permits: list[Permit] = []
        self.circuit = Circuit(
            "trace",
            Breaker(
                consecutive=None,
                failure_rate=config["failure_rate_threshold"] / 100,
                slow_rate=config["slow_call_rate_threshold"] / 100,
                slow=config["slow_call_duration_s"],
                minimum=config["minimum_calls"],
                window=config["window_s"],
                wait=config["wait_open_s"],
                permits=config["permitted_calls_half_open"],
            ),
            clock=lambda: self.now,
        )

    def play(self, op: str, *arguments: Any) -> None:
        match op:
            case "try_acquire" | "acquire":
                assert self._acquire() == (arguments[0] in (True, "ok"))
            case "success" | "error" | "ignored_error":
                self._end({"success": "success", "error": "failure", "ignored_error": "none"}[op], arguments[0])
            case "release_permission":
                self.permits.pop().settle("none")
            case "advance":
                self.now += arguments[0]
            case "force":
                self.circuit.force(arguments[0].lower())
            case "force_open_for":
                self.circuit.force("open", arguments[0])
            case "force_illegal":
                with pytest.raises(ValueError, match="does not become half open"):
                    self.circuit.force(arguments[0].lower())
            case "reset":
                self.circuit.reset()
            case "expect_state":
                assert self.circuit.state == arguments[0].lower()
            case "expect_metrics":
                found = {name: self._metric(name) for name in arguments[0]}
                assert found == arguments[0]
            case "expect_metric":
                name = arguments[0].removeprefix("number_of_").removesuffix("_calls")
                assert self._metric({"successful": "success"}.get(name, name)) == arguments[1]
            case _:
                raise ValueError(op)

    def _acquire(self) -> bool:
        try:
            self.permits.append(self.circuit.acquire())
        except CircuitOpen:
            return False
        return True

    def _end(self, outcome: Any, seconds: float) -> None:
        permit = self.permits.pop() if self.permits else self.circuit.acquire()
        permit.began = self.now - seconds
        permit.settle(outcome)

    def _metric(self, name: str) -> float:
        counts, rate = self.circuit.counts, self.circuit.failure_rate
        known = rate is not None
        metrics = {
            "buffered": counts.calls,
            "failed": counts.failed,
            "success": counts.calls - counts.failed,
            "slow": counts.slow,
            "not_permitted": self.circuit.refused,
            "failure_rate": 100 * rate if rate is not None else -1,
            "slow_call_rate": 100 * counts.slow / counts.calls if known else -1,
        }
        return metrics[name]


@pytest.mark.parametrize("trace", LOADED["traces"], ids=lambda trace: trace["name"])
def test_trace(trace: dict[str, Any]) -> None:
    player = Player(LOADED["config"])
    for number, (op, *arguments) in enumerate(trace["ops"]):
        try:
            player.play(op, *arguments)
        except AssertionError as error:
            raise AssertionError(f"step {number}: {op} {arguments}: {error}") from error


def test_all_traces_are_there() -> None:
    assert (len(LOADED["traces"]), sum(len(trace["ops"]) for trace in LOADED["traces"])) == (23, 300)
