"""Limits as a state machine under a clock that a test moves: never too many, first come first served, nothing leaks."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import threading

import pytest
from clocks import Clock
from fluent_ai.errors import ConcurrencyLimited, ConfigError
from fluent_ai.http.blocking import run_blocking
from fluent_ai.resilience.limiter import Limiter, Ticket
from fluent_ai.resilience.limits import MINUTE, Concurrency, Limits, Window
from fluent_ai.resilience.waiting import LoopWaiting, ThreadWaiting
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

AT_ONCE, REQUESTS, TOKENS = 3, 6, 100


class Machine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        limits = Limits(at_once=AT_ONCE, requests_per_minute=REQUESTS, tokens_per_minute=TOKENS)
        self.limiter = Limiter("one", limits, self.clock)
        self.tickets: list[Ticket] = []
        self.order: list[Ticket] = []
        self.granted: list[tuple[float, Ticket]] = []

    def look(self) -> None:
        for ticket in self.tickets:
            self.limiter.wait(ticket)
        new = [each for each in self.order if each.ready]
        self.granted += [(each.granted_at or 0.0, each) for each in new]
        assert self.order[: len(new)] == new, "somebody was overtaken"
        del self.order[: len(new)]

    @rule(tokens=st.integers(0, 150))
    def come(self, tokens: int) -> None:
        ticket = self.limiter.queue_up(tokens)
        self.tickets.append(ticket)
        self.order.append(ticket)
        self.look()

    @rule(seconds=st.sampled_from([0.5, 10.0, 59.9, 60.0, 1e5]))
    def time_passes(self, seconds: float) -> None:
        self.clock.now += seconds
        self.look()

    @precondition(lambda self: self.tickets)
    @rule(index=st.integers(0, 50), again=st.booleans())
    def go(self, index: int, again: bool) -> None:
        """End a call, or leave the queue; doing it twice changes nothing."""
        ticket = self.tickets.pop(index % len(self.tickets))
        self.order = [each for each in self.order if each is not ticket]
        ticket.leave()
        if again:
            ticket.leave()
        self.look()

    @precondition(lambda self: self.tickets)
    @rule(index=st.integers(0, 50), tokens=st.integers(0, 150))
    def settle(self, index: int, tokens: int) -> None:
        ticket = self.tickets[index % len(self.tickets)]
        if ticket.ready:
            ticket.settle(tokens)
        self.look()

    @invariant()
    def never_too_many(self) -> None:
        assert self.limiter.under_way == sum(each.ready for each in self.tickets) <= AT_ONCE
        now = self.clock.now
        assert len([at for at, _ in self.granted if at > now - MINUTE]) <= REQUESTS

    @invariant()
    def the_queue_holds_those_who_wait(self) -> None:
        assert list(self.limiter.queue) == self.order

    @invariant()
    def nobody_waits_without_reason(self) -> None:
        if self.order:
            assert self.limiter.wait(self.order[0]) > 0


Machine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestMachine = Machine.TestCase


@example(1, [(1.8852991710214955, 1), (1.8852991710214955, 1)])
@given(
    st.integers(1, 20),
    st.lists(st.tuples(st.floats(0, 30), st.integers(0, 20)), max_size=60),
)
def test_a_window_never_holds_more_than_its_limit(limit: int, asked: list[tuple[float, int]]) -> None:
    window, now, used = Window(limit), 0.0, []
    for pause, amount in asked:
        now += pause
        now += window.wait(amount, now)
        assert window.wait(amount, now) == 0.0
        window.use(amount, now)
        used.append((now, amount))
        in_window = [each for at, each in used if at > now - MINUTE + 1e-6]
        assert sum(in_window) <= limit or len([each for each in in_window if each]) == 1


def test_settling_gives_back_what_was_not_used_and_takes_what_was() -> None:
    clock = Clock()
    limiter = Limiter("one", Limits(tokens_per_minute=100), clock)
    first = limiter.queue_up(80)
    second = limiter.queue_up(50)
    assert (first.ready, second.ready) == (True, False)
    first.settle(30)
    assert second.ready
    second.settle(90)  # more than the minute had left
    third = limiter.queue_up(1)
    assert limiter.wait(third) == 60.0


def test_a_refusal_says_current_limit_queue_and_expected_wait() -> None:
    limiter = Limiter("one", Limits(at_once=1))
    held = limiter.queue_up(0)
    waiting = limiter.queue_up(0)
    with pytest.raises(ConcurrencyLimited) as caught:
        run_blocking(limiter.enter(None, 0, ThreadWaiting(), 0.01))
    error = caught.value
    assert (error.current, error.limit, error.queued, error.retryable) == (1, 1, 2, True)
    assert error.expected_wait is not None
    assert "1 calls are under way, allowed: 1 at once" in str(error)
    held.leave()
    assert waiting.ready


def test_tickets_that_nobody_holds_any_more_are_given_back() -> None:
    limiter = Limiter("one", Limits(at_once=1))
    limiter.queue_up(0)
    gc.collect()
    assert (limiter.under_way, len(limiter.queue)) == (0, 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX thing")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_has_the_places_that_calls_of_its_parent_hold() -> None:
    limiter = Limiter("one", Limits(at_once=1))
    held, waiting = limiter.queue_up(0), limiter.queue_up(0)
    if (child := os.fork()) == 0:
        code = 1
        try:
            own = limiter.queue_up(0)
            held.leave()
            waiting.leave()
            code = 0 if own.ready and limiter.under_way == 1 else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (held.ready, waiting.ready) == (True, False)


def test_threads_and_tasks_wait_in_one_queue() -> None:
    limiter = Limiter("one", Limits(at_once=1))
    held = run_blocking(limiter.enter(None, 0, ThreadWaiting(), None))
    done: list[str] = []

    def in_a_thread() -> None:
        ticket = run_blocking(limiter.enter(None, 0, ThreadWaiting(), 30.0))
        done.append("thread")
        ticket.leave()

    async def in_a_task() -> None:
        ticket = await limiter.enter(None, 0, LoopWaiting(), 30.0)
        done.append("task")
        ticket.leave()

    thread = threading.Thread(target=in_a_thread)
    thread.start()
    while not limiter.queue:
        pass
    loop = threading.Thread(target=lambda: asyncio.run(in_a_task()))
    loop.start()
    while len(limiter.queue) < 2:
        pass
    held.leave()
    thread.join(30)
    loop.join(30)
    assert done == ["thread", "task"]
    assert (limiter.under_way, len(limiter.queue)) == (0, 0)


def test_who_is_cancelled_leaves_the_queue() -> None:
    limiter = Limiter("one", Limits(at_once=1))
    held = limiter.queue_up(0)

    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await limiter.enter(None, 0, LoopWaiting(), None)

    asyncio.run(give_up())
    assert len(limiter.queue) == 0
    waiting = ThreadWaiting()
    waiting.wake()
    ticket = run_blocking(limiter.enter(None, 0, waiting, None))
    assert not ticket.ready
    ticket.leave()
    held.leave()
    assert (limiter.under_way, len(limiter.queue)) == (0, 0)


def test_the_automatic_limit_rises_while_answers_are_quick_and_falls_when_they_are_not() -> None:
    auto = Concurrency(8.0)
    for _ in range(100):
        auto.answered(0.1, under_way=int(auto.limit))
    quick = auto.limit
    assert quick > 50
    for _ in range(200):
        auto.answered(1.0, under_way=int(auto.limit))
    slow = auto.limit
    assert slow < quick / 2
    busy = Concurrency(30.0)
    for _ in range(20):
        busy.overloaded()
    assert busy.limit == pytest.approx(30 * 0.67), "one fault hits all calls that are under way"
    for _ in range(100):
        busy.overloaded()
    assert busy.limit == Concurrency.LEAST
    idle = Concurrency(8.0)
    for _ in range(100):
        idle.answered(0.1, under_way=1)
    assert idle.limit == 8.0, "who does not use what is allowed learns nothing"


@pytest.mark.parametrize("room", [5, 20, 100])
@pytest.mark.parametrize("spread", [0.0, 0.5])
def test_the_automatic_limit_finds_the_room_of_a_provider_that_queues(room: int, spread: float) -> None:
    """Beyond its room answers take longer in proportion; how long they take varies by chance."""
    auto, chance, limits = Concurrency(), random.Random(5), []
    for _ in range(40_000):
        under_way = int(auto.limit)
        auto.answered(chance.lognormvariate(0.0, spread) * max(1.0, under_way / room), under_way)
        limits.append(auto.limit)
    settled = limits[10_000:]
    assert max(settled) <= 4 * room + 10
    assert 0.5 * room <= sum(settled) / len(settled) <= 3 * room


@pytest.mark.parametrize(
    "wrong",
    [
        {"at_once": 0}, {"at_once": "many"}, {"at_once": 1.5}, {"at_once": True}, {"requests_per_minute": 0},
        {"requests_per_minute": -3}, {"tokens_per_minute": 0.5}, {"tokens_per_minute": "all"},
    ],
)  # fmt: skip
def test_limits_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=next(iter(wrong))):
        Limits(**wrong)  # type: ignore[arg-type]
