"""An outage costs little more than the calls themselves; what fails now and then is tried again as ever.

The circuit breaker, which would end an outage sooner, is off.
"""

from __future__ import annotations

import threading

import fluent_ai as ai
import pytest
from fluent_ai.resilience.budget import FLOOR, MOST, Budget
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from scripted_server import Answer, Sent, Server, manifest_for, reply, sse, stream, text_chunks
from transports import KINDS, Caller

BUSY = reply(503, {}, headers={"retry-after-ms": "1"})
WHOLE = stream(sse(*text_chunks("Hello")))
ROUNDING = 1e-6


class Law(RuleBasedStateMachine):
    """Successes, failures and seconds in any order: the budget is never exceeded, and never withheld."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.share = 0.2
        self.budget = Budget(self.share, clock=lambda: self.now)
        self.successes = 0
        self.retries = 0
        self.retries_since_success = 0

    @rule(seconds=st.floats(0, 100) | st.sampled_from([0.01, 0.1, 1.0, 1e6]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(times=st.integers(1, 30))
    def succeed(self, times: int) -> None:
        for _ in range(times):
            self.budget.earn()
        self.successes += times
        self.retries_since_success = 0

    @rule(times=st.integers(1, 30))
    def fail(self, times: int) -> None:
        for _ in range(times):
            if self.budget.spend():
                self.retries += 1
                self.retries_since_success += 1

    @rule()
    def recover(self) -> None:
        """One second with a success restores the floor, whatever has failed before."""
        self.now += 1.0
        self.succeed(1)
        assert [self.budget.spend() for _ in range(10)] == [True] * 10
        self.retries += 10
        self.retries_since_success += 10

    @invariant()
    def never_over_the_budget(self) -> None:
        assert self.retries <= FLOOR * (1 + self.now) + self.share * self.successes + ROUNDING

    @invariant()
    def an_outage_costs_what_was_saved_up(self) -> None:
        assert self.retries_since_success <= MOST


TestLaw = Law.TestCase


@pytest.mark.parametrize("share", [0.0, 0.2, 1.0])
def test_a_success_earns_its_share(share: float) -> None:
    budget = Budget(share, clock=lambda: 0.0)
    while budget.spend():
        pass
    for _ in range(50):
        budget.earn()
    assert sum(budget.spend() for _ in range(100)) == pytest.approx(50 * share, abs=1)


def test_what_is_saved_up_has_an_end() -> None:
    budget = Budget(0.2, clock=lambda: 0.0)
    for _ in range(10_000):
        budget.earn()
    assert sum(budget.spend() for _ in range(1_000)) == MOST


def test_threads_share_one_budget() -> None:
    budget = Budget(1.0, clock=lambda: 0.0)
    start = threading.Barrier(8)
    granted: list[int] = []

    def call() -> None:
        start.wait()
        spent = 0
        for _ in range(2_000):
            spent += budget.spend()
            budget.earn()
        granted.append(spent)

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = 0
    while budget.spend():
        left += 1
    assert sum(granted) + left == FLOOR + 8 * 2_000


@pytest.mark.parametrize("kind", KINDS)
def test_an_outage_costs_at_most_a_quarter_more(server: Server, kind: str) -> None:
    server.say(BUSY)
    caller = Caller(kind)
    talk = caller.client(manifest_for(server.url), retries=2, breaker=False)
    for _ in range(40):
        with pytest.raises(ai.Overloaded):
            talk.collect(talk.stream())
    assert len(server.sent) == 40 + FLOOR
    talk.close()
    caller.close()


def test_an_outage_at_one_provider_leaves_the_retries_of_others(server: Server) -> None:
    other = Server()
    server.say(BUSY)
    manifests = [manifest_for(server.url), manifest_for(other.url, id="other")]
    with ai.Client(keys={"acme": "k", "other": "k"}, manifests=manifests, breaker=False) as client:
        for _ in range(20):
            with pytest.raises(ai.Overloaded):
                client.complete("acme:m", "hi")
        other.say(BUSY, BUSY, WHOLE)
        assert client.complete("other:m", "hi").text == "Hello"
    other.close()


def test_a_provider_that_fails_now_and_then_is_tried_again(server: Server) -> None:
    """Two of three attempts fail, and every call succeeds for as long as a second holds few enough of them."""
    failing = [0]

    def flap(sent: Sent) -> Answer:
        failing[0] += 1
        return WHOLE if failing[0] % 3 == 0 else BUSY

    server.say(flap)
    with ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], retry_budget=2.0, breaker=False) as client:
        for _ in range(40):
            assert client.complete("acme:m", "hi").text == "Hello"


def test_without_a_budget_every_call_has_all_its_retries(server: Server) -> None:
    server.say(BUSY)
    with ai.Client(
        keys={"acme": "k"}, manifests=[manifest_for(server.url)], retry_budget=None, breaker=False
    ) as client:
        for _ in range(20):
            with pytest.raises(ai.Overloaded):
                client.complete("acme:m", "hi")
    assert len(server.sent) == 60


def test_a_list_is_paid_from_the_same_budget(server: Server) -> None:
    server.say(BUSY)
    with ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], breaker=False) as client:
        for _ in range(10):
            with pytest.raises(ai.Overloaded):
                client.models("acme")
            with pytest.raises(ai.Overloaded):
                client.complete("acme:m", "hi")
    assert len(server.sent) == 20 + FLOOR


@pytest.mark.parametrize("wrong", [-1, -0.1, 101, True, "0.2", float("nan"), float("inf")])
def test_a_budget_is_a_number_or_none(wrong: object) -> None:
    with pytest.raises(ai.ConfigError, match="retry_budget is .*; allowed: "):
        ai.Client(retry_budget=wrong)  # type: ignore[arg-type]  # wrong on purpose
