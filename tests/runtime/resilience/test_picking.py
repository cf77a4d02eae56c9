"""Which leg is asked first: laws of the order, and of what is known of each leg, under a clock that a test moves."""

from __future__ import annotations

import gc
import math
import os
import random
from collections import Counter

import pytest
from clocks import Clock
from fluent_ai.errors import (
    Cancelled,
    CircuitOpen,
    ContextTooLong,
    FluentError,
    InvalidRequest,
    RateLimited,
    ServerError,
)
from fluent_ai.resilience.load import DECAY, LONGEST_REST, MAX_LOADS, Asked, Load, Loads
from fluent_ai.resilience.picking import by_price, by_speed, by_weight
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule


def known(clock: Clock, *seconds: float) -> list[Load]:
    loads = [Load(clock) for _ in seconds]
    for load, each in zip(loads, seconds, strict=True):
        load.observe(each)
    return loads


def failed(load: Load, error: FluentError | None = None) -> None:
    load.begin().failed(error or ServerError("busy"))


class Machine(RuleBasedStateMachine):
    """The calls of one leg, which end in any way and order, twice or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock(100.0)
        self.load = Load(self.clock)
        self.calls: list[Asked] = []

    @rule()
    def begin(self) -> None:
        self.calls.append(self.load.begin())

    @rule(seconds=st.sampled_from([0.01, 1.0, 100.0, 1e6, -50.0]))
    def time_passes(self, seconds: float) -> None:
        self.clock.now += seconds

    @precondition(lambda self: self.calls)
    @rule(index=st.integers(0, 20))
    def answer(self, index: int) -> None:
        self.calls[index % len(self.calls)].answered()

    @precondition(lambda self: self.calls)
    @rule(
        index=st.integers(0, 20), again=st.booleans(),
        how=st.sampled_from([None, ServerError("x"), Cancelled("x"), RateLimited("x", retry_after=1e9)]),
    )  # fmt: skip
    def end(self, index: int, again: bool, how: FluentError | None) -> None:
        call = self.calls.pop(index % len(self.calls))
        for _ in range(1 + again):
            if how is None:
                call.end()
            else:
                call.failed(how)

    @precondition(lambda self: self.calls)
    @rule(index=st.integers(0, 20))
    def forget(self, index: int) -> None:
        del self.calls[index % len(self.calls)]

    @invariant()
    def as_many_are_under_way_as_have_not_ended(self) -> None:
        assert self.load.under_way == len(self.calls)

    @invariant()
    def the_load_is_a_number(self) -> None:
        assert 0.0 <= self.load.load < math.inf
        assert self.load.rest >= 0.0

    def teardown(self) -> None:
        self.calls.clear()
        assert self.load.under_way == 0


Machine.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestMachine = Machine.TestCase


def test_a_slow_answer_counts_at_once_and_quick_ones_little_by_little() -> None:
    clock = Clock()
    (load,) = known(clock, 1.0)
    load.observe(10.0)
    assert load.load == pytest.approx(10.0)
    clock.now += DECAY / 10
    load.observe(1.0)
    assert 5.0 < load.load < 10.0
    for _ in range(100):
        clock.now += DECAY / 10
        load.observe(1.0)
    assert load.load == pytest.approx(1.0, abs=0.01)


def test_what_is_not_asked_is_tried_again_some_time() -> None:
    clock = Clock()
    slow, quick = known(clock, 10.0, 1.0)
    for _ in range(10):
        clock.now += DECAY / 2
        quick.observe(1.0)
    assert slow.load < quick.load


def test_the_load_grows_with_the_calls_that_are_under_way() -> None:
    clock = Clock()
    busy, idle = known(clock, 1.0, 1.5)
    call = busy.begin()
    assert by_speed([busy, idle]) == [1, 0]
    call.end()
    assert by_speed([busy, idle]) == [0, 1]


def test_a_leg_that_nobody_knows_is_asked_first_but_not_by_everybody() -> None:
    clock = Clock()
    (quick,) = known(clock, 1.0)
    new = Load(clock)
    assert by_speed([quick, new]) == [1, 0]
    first = new.begin()
    assert by_speed([quick, new]) == [0, 1]
    clock.now += 0.5
    first.answered()
    first.end()
    assert by_speed([quick, new]) == [1, 0]


def test_who_gives_up_has_waited_at_least_as_long() -> None:
    clock = Clock()
    (load,) = known(clock, 1.0)
    call = load.begin()
    clock.now += 20.0
    call.end()
    assert load.load == pytest.approx(20.0)
    load.begin().end()
    assert load.load == pytest.approx(20.0), "one that was given up at once says nothing"


def test_who_has_failed_is_last_for_longer_and_longer() -> None:
    clock = Clock()
    quick, slow = known(clock, 0.1, 5.0)
    failed(quick)
    assert by_speed([quick, slow]) == [1, 0]
    assert quick.rest == pytest.approx(1.0)
    clock.now += 1.0
    assert by_speed([quick, slow]) == [0, 1]
    for _ in range(20):
        failed(quick)
    assert quick.rest == pytest.approx(LONGEST_REST)
    quick.observe(0.1)
    failed(quick)
    assert quick.rest == pytest.approx(1.0), "an answer makes up for failures"


@pytest.mark.parametrize(
    ("error", "rest"),
    [
        (RateLimited("x", retry_after=17.0), 17.0), (CircuitOpen("x", retry_after=30.0), 30.0),
        (InvalidRequest("x"), 0.0), (ContextTooLong("x"), 0.0), (Cancelled("x"), 0.0),
    ],
)  # fmt: skip
def test_how_long_a_leg_rests_is_said_by_the_error(error: FluentError, rest: float) -> None:
    load = Load(Clock())
    failed(load, error)
    assert load.rest == pytest.approx(rest)


def test_a_clock_that_jumps_keeps_nobody_away() -> None:
    clock = Clock(1000.0)
    load = Load(clock)
    failed(load)
    clock.now = 0.0
    assert load.rest == 0.0
    load.observe(1.0)
    clock.now = 1e12
    assert load.load == 0.0


def test_failures_do_not_make_a_leg_look_quick() -> None:
    clock = Clock()
    sick, slow = known(clock, 2.0, 1.0)
    failed(sick)
    clock.now += 2.0
    assert by_speed([sick, slow]) == [1, 0]


@given(st.lists(st.floats(0.001, 100), min_size=1, max_size=8), st.randoms())
def test_every_leg_is_asked_once(seconds: list[float], chance: random.Random) -> None:
    loads = known(Clock(), *seconds)
    assert sorted(by_speed(loads, chance)) == list(range(len(loads)))
    assert sorted(by_weight(loads, seconds, chance)) == list(range(len(loads)))
    assert sorted(by_price([None if each > 50 else each for each in seconds])) == list(range(len(loads)))


def test_of_two_legs_that_are_drawn_the_less_loaded_is_asked() -> None:
    loads, chance = known(Clock(), 1.0, 2.0, 3.0, 4.0), random.Random(7)
    first = Counter(by_speed(loads, chance)[0] for _ in range(6000))
    assert [round(first[leg] / 6000, 1) for leg in range(4)] == [0.5, 0.3, 0.2, 0.0], "3, 2 and 1 of 6 pairs"


def test_weights_are_shares() -> None:
    loads, chance = known(Clock(), 1, 1, 1), random.Random(7)
    orders = [by_weight(loads, [3.0, 1.0, 0.0], chance) for _ in range(4000)]
    assert sum(order[0] == 0 for order in orders) / 4000 == pytest.approx(0.75, abs=0.02)
    assert all(order[2] == 2 for order in orders)
    failed(loads[0])
    assert by_weight(loads, [3.0, 1.0, 0.0], chance) == [1, 2, 0]
    failed(loads[1])
    assert by_weight(loads, [3.0, 1.0, 0.0], chance)[0] == 2, "a reserve that is well comes before those that failed"


def test_legs_of_one_name_share_what_is_known_and_there_are_not_too_many() -> None:
    loads = Loads(Clock())
    assert loads.of("a") is loads.of("a")
    assert loads.of("a") is not loads.of("b")
    for number in range(3 * MAX_LOADS):
        loads.of(number)
    assert len(loads._loads) <= MAX_LOADS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX thing")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_calls_of_a_parent_are_not_under_way_in_its_child() -> None:
    load = Load()
    held = load.begin()
    if (child := os.fork()) == 0:
        code = 1
        try:
            code = 2 if load.under_way else 0
            own = load.begin()
            held.end()
            code = code or (0 if load.under_way == 1 else 3)
            own.end()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert load.under_way == 1
    del held
    gc.collect()
    assert load.under_way == 0
