"""The circuit breaker as a state machine under a clock that a test moves, against a naive model of its promises."""

from __future__ import annotations

import gc
import pickle
import threading

import pytest
from clocks import Clock
from fluent_ai.errors import CircuitOpen
from fluent_ai.resilience.breaker import Breaker, Circuit, Permit
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

BREAKER = Breaker(consecutive=3, load_share=0.0, minimum=4, window=10.0, wait=5.0, permits=2)


class Machine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.circuit = Circuit("one", BREAKER, self.clock)
        self.held: list[Permit] = []
        self.opened_at = 0.0

    def settle(self, index: int, outcome: str) -> None:
        was = self.circuit.state
        self.held.pop(index % len(self.held)).settle(outcome)  # type: ignore[arg-type]
        if self.circuit.state == "open" != was:
            self.opened_at = self.clock.now

    @rule(seconds=st.sampled_from([0.1, 1.0, 4.9, 5.0, 11.0, 1e6]))
    def time_passes(self, seconds: float) -> None:
        self.clock.now += seconds

    @rule()
    def ask(self) -> None:
        was, now = self.circuit.state, self.clock.now
        refused = None
        try:
            self.held.append(self.circuit.acquire())
        except CircuitOpen as error:
            refused = error
        if refused is None:
            assert was != "open" or now >= self.opened_at + BREAKER.wait
            return
        assert was in ("open", "half_open")
        assert refused.state == self.circuit.state
        if was == "open":
            assert refused.retry_after == pytest.approx(self.opened_at + BREAKER.wait - now)

    @precondition(lambda self: self.held)
    @rule(index=st.integers(0, 50), outcome=st.sampled_from(["success", "failure", "failure", "none"]))
    def a_call_ends(self, index: int, outcome: str) -> None:
        self.settle(index, outcome)

    @precondition(lambda self: self.held)
    @rule(index=st.integers(0, 50))
    def a_call_is_dropped(self, index: int) -> None:
        self.held.pop(index % len(self.held))

    @precondition(lambda self: not self.held and self.circuit.state == "half_open")
    @rule()
    def permits_never_leak(self) -> None:
        """With nobody under way, as many calls are let through as have not decided yet."""
        undecided = BREAKER.permits - self.circuit.counts.calls
        found = [self.circuit.acquire() for _ in range(undecided)]
        with pytest.raises(CircuitOpen):
            self.circuit.acquire()
        for permit in found:
            permit.settle("none")

    @precondition(lambda self: self.circuit.state == "open")
    @rule()
    def a_late_success_closes_nothing(self) -> None:
        for permit in self.held:
            permit.settle("success")
        self.held.clear()
        assert self.circuit.state == "open"

    @invariant()
    def the_window_is_bounded(self) -> None:
        assert len(self.circuit._buckets) <= 21
        counts = self.circuit.counts
        assert 0 <= counts.failed <= counts.calls

    @invariant()
    def it_is_quiet_only_where_nothing_has_failed(self) -> None:
        assert not self.circuit.quiet or (self.circuit.state == "closed" and self.circuit._counts.failed == 0)


Machine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestMachine = Machine.TestCase


def opened(clock: Clock, policy: Breaker = BREAKER) -> Circuit:
    circuit = Circuit("openai at api.openai.com", policy, clock)
    for _ in range(3):
        circuit.acquire().settle("failure")
    assert circuit.state == "open"
    return circuit


def test_a_refusal_says_name_state_failures_and_when() -> None:
    clock = Clock()
    circuit = opened(clock)
    clock.now = 2.0
    with pytest.raises(CircuitOpen) as caught:
        circuit.acquire()
    error = caught.value
    assert (error.name, error.state, error.failures, error.retry_after) == ("openai at api.openai.com", "open", 3, 3.0)
    assert "openai at api.openai.com" in str(error)
    assert "3.0 s" in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (again.name, again.state, again.failures) == (error.name, error.state, error.failures)


def test_probes_that_are_dropped_or_meet_a_limit_give_their_permits_back() -> None:
    clock = Clock()
    circuit = opened(clock)
    clock.now = 5.0
    for _ in range(10):
        permit = circuit.acquire()
        circuit.acquire().settle("none")
        del permit
        gc.collect()
    for _ in range(BREAKER.permits):
        circuit.acquire().settle("success")
    assert circuit.state == "closed"


def test_a_late_success_after_the_next_opening_is_ignored() -> None:
    clock = Clock()
    circuit = opened(clock)
    clock.now = 5.0
    late = circuit.acquire()
    circuit.force("open")
    late.settle("success")
    assert circuit.state == "open"
    clock.now = 10.0
    circuit.acquire().settle("success")
    assert circuit.state == "half_open", "one of two has decided: the late one does not count"


def test_load_shifts_the_threshold() -> None:
    clock = Clock()
    busy = Circuit("busy", Breaker(consecutive=5, load_share=0.05, minimum=1000), clock)
    busy.acquire().settle("failure")  # from the first failure on, calls are counted
    for _ in range(400):
        busy.acquire().settle("success")
    for _ in range(22):  # a twentieth of some 420 calls
        assert busy.state == "closed"
        busy.acquire().settle("failure")
    assert busy.state == "open"


def test_many_threads_lose_no_permit() -> None:
    circuit = Circuit("one", Breaker(consecutive=None, permits=3))
    circuit.force("open", 0.0)
    circuit.acquire().settle("none")
    assert circuit.state == "half_open"

    def work() -> None:
        for _ in range(200):
            try:
                permit = circuit.acquire()
            except CircuitOpen:
                continue
            permit.settle("none")
            permit.settle("none")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = [circuit.acquire() for _ in range(3)]
    with pytest.raises(CircuitOpen):
        circuit.acquire()
    assert len(held) == 3
