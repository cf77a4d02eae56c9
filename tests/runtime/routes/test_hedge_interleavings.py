"""Hedged calls under every interleaving that hypothesis finds: one leg's words at most, and nothing that stays."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import fluent_ai as ai
import pytest
from fluent_ai import laws
from hedge_stage import BEGIN, REST, Stage, settle
from hypothesis import given, settings
from hypothesis import strategies as st

STEPS = st.one_of(
    st.sampled_from(["time", "tick", "poll"]),
    st.tuples(st.sampled_from("123"), st.sampled_from(["begins", "ends", "fails", "refuses"])).map(" ".join),
)
ENDINGS = st.sampled_from(["cancel", "close", "forget", "whole"])


def play(stage: Stage, said: dict[str, str], step: str) -> None:
    """A leg says what may follow what it has said."""
    number, _, what = step.partition(" ")
    leg, before = stage.legs[int(number) - 1], said.get(number)
    if before in ("ends", "fails", "refuses") or (
        (what == "begins") == (before == "begins") and what in ("begins", "ends")
    ):
        return
    said[number] = what
    match what:
        case "begins":
            leg.say(BEGIN)
        case "ends":
            leg.say(REST)
            leg.say(None)
        case "fails":
            leg.say(ai.Overloaded("busy"))
        case _:
            leg.say(ai.InvalidRequest("no"))


async def act(stage: Stage, steps: list[str], ending: str) -> None:
    events: list[ai.Event] = []
    said: dict[str, str] = {}

    async def read() -> None:
        async for event in stage.stream:
            events.append(event)  # noqa: PERF401  # what came before an error stays

    reading = asyncio.create_task(read())
    now = 0.0
    for step in steps:
        if step == "time":
            now += 0.3
            await stage.pass_to(now)
        elif step == "tick":
            await asyncio.sleep(0)
        elif step == "poll":
            with suppress(ai.FluentError):  # another reads, or it has failed
                stage.stream.try_next()
        else:
            play(stage, said, step)
    if ending == "cancel":
        reading.cancel()
    elif ending == "close":
        await stage.stream.close()
    elif ending == "whole":
        await settle()
        for number in "123":
            for step in ("begins", "ends"):
                play(stage, said, f"{number} {step}")
    else:
        reading.cancel()
        await asyncio.wait([reading])
    await asyncio.wait([reading], timeout=30)
    assert reading.done()
    await stage.stream.close()
    await settle()
    assert stage.under_way == 0
    assert [leg.load.under_way for leg in stage.legs if leg.load] == [0, 0, 0]
    assert sum(leg.opened for leg in stage.legs) <= 3
    assert not reading.cancelled() or ending in ("cancel", "forget")
    if not reading.cancelled() and (error := reading.exception()) is not None:
        assert isinstance(error, ai.FluentError)
    starts = [event for event in events if isinstance(event, ai.TextStart)]
    assert len(starts) <= 1, "two legs have spoken"
    if any(isinstance(event, ai.Finish) for event in events):
        laws.validate(events)


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=12), ENDINGS)
def test_one_leg_speaks_and_nothing_stays(steps: list[str], ending: str) -> None:
    asyncio.run(act(Stage(3), steps, ending))


@pytest.mark.parametrize("ending", ["cancel", "close"])
def test_a_call_may_be_left_at_every_await(ending: str) -> None:
    story = ["time", "time", "2 begins", "tick", "1 fails", "tick", "2 ends"]
    for many in range(len(story) + 1):
        for ticks in range(12):
            asyncio.run(act(Stage(3), [*story[:many], *["tick"] * ticks], ending))
