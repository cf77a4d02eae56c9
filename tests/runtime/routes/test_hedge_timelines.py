"""Hedged calls step by step, under a clock that the test moves: who is asked when, who has won, and what is left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import fluent_ai as ai
import pytest
from fluent_ai.resilience.hedging import COLD, Hedging
from hedge_stage import BEGIN, HELLO, REST, Stage, settle


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(test())  # type: ignore[arg-type]


async def start(stage: Stage) -> asyncio.Task[ai.Reply]:
    task = asyncio.create_task(stage.stream.collect())
    await settle()
    return task


def test_the_second_leg_is_asked_after_the_delay_and_no_third_one() -> None:
    async def test() -> None:
        stage = Stage(3)
        task = await start(stage)
        found = []
        for now in (0.001, 0.499, 0.501, 1.001, 1.501):
            await stage.pass_to(now)
            found.append((now, stage.under_way))
        assert found == [(0.001, 1), (0.499, 1), (0.501, 2), (1.001, 2), (1.501, 2)]
        stage.legs[0].say(HELLO)
        stage.legs[0].say(None)
        assert (await task).text == "Hello"
        assert stage.under_way == 0

    run(test)


@pytest.mark.parametrize("winner", [0, 1])
def test_the_first_to_begin_wins_and_the_other_is_left(winner: int) -> None:
    async def test() -> None:
        stage = Stage(3)
        task = await start(stage)
        await stage.pass_to(0.5)
        stage.clock.now = 0.8
        stage.legs[winner].say(BEGIN)
        await settle()
        assert stage.legs[1 - winner].aborted
        assert stage.under_way == 1
        stage.legs[winner].say(REST)
        stage.legs[winner].say(None)
        reply = await task
        assert reply.text == "Hello"
        loser, answered = reply.attempts
        assert (loser.leg, answered.leg) == (f"leg {2 - winner}", f"leg {winner + 1}")
        assert isinstance(loser.error, ai.Cancelled)
        assert "sooner" in str(loser.error)
        assert answered.error is None
        assert stage.answered_after == [pytest.approx(0.8)]
        assert [leg.load.under_way for leg in stage.legs if leg.load] == [0, 0, 0]
        assert [bool(leg.load and leg.load.rest) for leg in stage.legs] == [winner == 1, False, False]

    run(test)


def test_an_answer_in_time_asks_nobody_else() -> None:
    async def test() -> None:
        stage = Stage()
        task = await start(stage)
        await stage.pass_to(0.4)
        stage.legs[0].say(BEGIN)
        await stage.pass_to(5.0)
        stage.legs[0].say(REST)
        stage.legs[0].say(None)
        assert [each.leg for each in (await task).attempts] == ["leg 1"]
        assert stage.legs[1].opened == 0

    run(test)


def test_a_failure_before_the_delay_is_followed_by_the_next_leg_at_once() -> None:
    async def test() -> None:
        stage = Stage()
        task = await start(stage)
        stage.legs[0].say(ai.Overloaded("busy"))
        await settle()
        assert [leg.under_way for leg in stage.legs] == [False, True]
        await stage.pass_to(1.0)
        stage.legs[1].say(HELLO)
        stage.legs[1].say(None)
        assert [type(each.error) for each in (await task).attempts] == [ai.Overloaded, type(None)]

    run(test)


def test_of_two_that_are_asked_one_may_fail() -> None:
    async def test() -> None:
        for failing in (0, 1):
            stage = Stage()
            task = await start(stage)
            await stage.pass_to(0.5)
            stage.legs[failing].say(ai.Overloaded("busy"))
            await settle()
            assert not task.done()
            stage.legs[1 - failing].say(HELLO)
            stage.legs[1 - failing].say(None)
            reply = await task
            assert reply.text == "Hello"
            assert [each.leg for each in reply.attempts if each.error] == [f"leg {failing + 1}"]
            assert [type(each.error) for each in reply.attempts if each.error] == [ai.Overloaded]
            assert stage.under_way == 0

    run(test)


def test_a_failure_that_every_leg_would_share_ends_both() -> None:
    async def test() -> None:
        stage = Stage()
        task = await start(stage)
        await stage.pass_to(0.5)
        stage.legs[0].say(ai.InvalidRequest("no such option"))
        with pytest.raises(ai.InvalidRequest):
            await task
        assert stage.legs[1].aborted
        await settle()
        assert stage.under_way == 0

    run(test)


def test_the_error_of_a_call_that_nobody_answers_has_those_of_both() -> None:
    async def test() -> None:
        stage = Stage()
        task = await start(stage)
        await stage.pass_to(0.5)
        stage.legs[1].say(ai.Overloaded("busy"))
        await settle()
        stage.legs[0].say(ai.ServerError("broken"))
        with pytest.raises(ai.RouteFailed) as caught:
            await task
        assert [type(each) for each in caught.value.errors] == [ai.ServerError, ai.Overloaded]
        assert stage.under_way == 0

    run(test)


def test_a_third_leg_follows_where_the_first_fails() -> None:
    async def test() -> None:
        stage = Stage(3)
        task = await start(stage)
        await stage.pass_to(0.5)
        stage.legs[0].say(ai.Overloaded("busy"))
        await settle()
        assert [leg.under_way for leg in stage.legs] == [False, True, True]
        stage.legs[1].say(ai.Overloaded("busy"))
        stage.legs[2].say(HELLO)
        stage.legs[2].say(None)
        reply = await task
        assert [(each.leg, each.error is None) for each in reply.attempts] == [
            ("leg 2", False), ("leg 1", False), ("leg 3", True),
        ]  # fmt: skip

    run(test)


def test_the_winner_is_followed_by_the_legs_that_are_left() -> None:
    async def test() -> None:
        stage = Stage(3)
        task = await start(stage)
        await stage.pass_to(0.5)
        stage.legs[1].say(BEGIN)
        await settle()
        stage.legs[1].say(ai.StreamInterrupted("broke"))
        with pytest.raises(ai.StreamInterrupted):  # resume="never": something was handed out
            await task
        assert stage.legs[2].opened == 0
        assert stage.under_way == 0

    run(test)


def test_nobody_is_asked_who_may_not_be() -> None:
    async def test() -> None:
        stage = Stage(may_ask=False)
        task = await start(stage)
        await stage.pass_to(5.0)
        assert stage.legs[1].opened == 0
        stage.legs[0].say(HELLO)
        stage.legs[0].say(None)
        assert (await task).text == "Hello"

    run(test)


def test_what_the_reader_does_meanwhile_does_not_count() -> None:
    async def test() -> None:
        stage = Stage()
        async with stage.stream:
            await stage.pass_to(30.0)
            assert stage.legs[1].opened == 0
            task = await start(stage)
            await stage.pass_to(30.4)
            assert stage.legs[1].opened == 0
            await stage.pass_to(30.5)
            assert stage.legs[1].opened == 1
            stage.legs[1].say(HELLO)
            stage.legs[1].say(None)
            await task
        assert stage.under_way == 0

    run(test)


def test_the_delay_is_the_share_of_the_times_that_are_known() -> None:
    hedging = Hedging(0.95, clock=lambda: 0.0)
    for each in range(19):
        hedging.answered(float(each))
    assert hedging.delay == COLD
    for each in range(19, 100):
        hedging.answered(float(each))
    assert hedging.delay == 95.0
    for _ in range(2000):
        hedging.answered(0.1)
    assert hedging.delay == 0.1
    rare = Hedging(0.999, clock=lambda: 0.0)
    for _ in range(999):
        rare.answered(0.1)
    assert rare.delay == COLD


def test_extra_requests_are_twice_the_share_at_most_and_failures_earn_none() -> None:
    hedging = Hedging(0.95, clock=lambda: 0.0)
    assert [hedging.spend() for _ in range(3)] == [True, False, False]
    asked = 0
    for _ in range(1000):
        hedging.answered(1.0)
        asked += hedging.spend()
    assert 90 <= asked <= 101
    for _ in range(1000):
        hedging.answered(1.0)
    assert sum(hedging.spend() for _ in range(100)) == 10, "no more than ten are saved up"
