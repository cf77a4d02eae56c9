"""Laws of every run, over scripted models and tools of every temper."""

from __future__ import annotations

import threading
from typing import Any

import fluent_ai as ai
from fluent_ai.testing import fake_provider
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_runs import call, turn
from shells import SHELLS, Shell

TEMPERS = st.sampled_from(["quick", "slow", "fails", "refuses", "unknown", "wrong"])
TURNS = st.lists(st.lists(TEMPERS, min_size=1, max_size=5), max_size=3)


def of(event: Any) -> str | None:
    """The id of the call that an event of a tool is about."""
    if isinstance(event, ai.tools.ToolStarted):
        return event.call.id
    return event.run.call.id if isinstance(event, ai.tools.ToolFinished) else None


@settings(max_examples=40, deadline=None)
@given(TURNS, st.integers(1, 4), st.booleans(), st.sampled_from(SHELLS))
def test_each_call_ends_once_and_is_answered_in_its_place(
    turns: list[list[str]], at_once: int, ask: bool, kind: str
) -> None:
    running, most = 0, 0
    lock = threading.Lock()

    def act(temper: str) -> str:
        """Act by temper."""
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        try:
            if temper == "slow":
                threading.Event().wait(0.002)
            if temper == "fails":
                raise ValueError(temper)
            if temper == "refuses":
                raise ai.ToolError(temper)
            return temper
        finally:
            with lock:
                running -= 1

    def made(number: int, temper: str) -> ai.ToolCall:
        name = "nobody" if temper == "unknown" else "act"
        return call(number, name, **({"mood": 1} if temper == "wrong" else {"temper": temper}))

    scripts = [[made(10 * turn + place, each) for place, each in enumerate(row)] for turn, row in enumerate(turns)]
    denied = {each.id for row in scripts for each in row if int(each.id) % 3 == 0} if ask else set()
    approve = (lambda each: each.id not in denied) if ask else None
    shell = Shell(kind)
    try:
        with fake_provider(*(turn(*row) for row in scripts), "the end"):
            run: Any = shell.client.run(
                "fake:x", "go", tools=[act], at_once=at_once, approve=approve, max_turns=len(turns) + 1
            )
            events, error = shell.items(run)
    finally:
        shell.close()
    assert error is None
    assert most <= at_once
    started = [each.call.id for each in events if isinstance(each, ai.tools.ToolStarted)]
    finished = [each.run.call.id for each in events if isinstance(each, ai.tools.ToolFinished)]
    wanted = [each.id for row in scripts for each in row]
    assert sorted(finished) == sorted(wanted)
    assert sorted(started) == sorted(set(wanted) - denied)
    for each in started:
        of_call = [type(event) for event in events if of(event) == each]
        assert of_call == [ai.tools.ToolStarted, ai.tools.ToolFinished]
    answers = [[part.call_id for part in message.parts] for message in run.history if message.role == "tool"]
    assert answers == [[each.id for each in row] for row in scripts]
    assert run.partial.text == "the end"
