"""Toolsets: one object among the tools that stands for several."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.schema.tools import to_tools
from fluent_ai.testing import fake_provider
from hypothesis import given
from hypothesis import strategies as st
from scripted_runs import call, turn
from shells import Shell

from fluent_ai_toolkit.tools.declared import ToolSettings, bind
from fluent_ai_toolkit.tools.toolsets import RunTools


def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


class Counter:
    """A toolset."""

    def __init__(self) -> None:
        self.count = 0

    def tools(self) -> Sequence[Callable[..., Any]]:
        return [self.up, ai.tools.tool(self.reset, approval=True)]

    def up(self, by: int) -> int:
        """Count up."""
        self.count += by
        return self.count

    def reset(self) -> None:
        """Begin anew."""
        self.count = 0


class Named:
    """A toolset whose tool wants to know of its call."""

    def tools(self) -> Sequence[Callable[..., Any]]:
        return [self.name]

    def name(self, context: ai.tools.ToolContext) -> str:
        """The call."""
        return context.call.id


def test_a_toolset_stands_for_its_tools() -> None:
    assert [tool.name for tool in to_tools([add, Counter()])] == ["add", "up", "reset"]


def test_its_tools_are_called() -> None:
    counter = Counter()
    assert ai.call_tool(ai.ToolCall("1", "up", {"by": 3}), [add, counter]).content == "3"
    assert counter.count == 3


def test_a_run_keeps_the_settings_of_its_tools_and_fills_them_in() -> None:
    bound = bind([Counter(), add, Named()], (), ToolSettings(retries=2))
    assert list(bound) == ["up", "reset", "add", "name"]
    assert [each.settings.approval for each in bound.values()] == [None, True, None, None]
    assert bound["up"].settings.retries == 2
    assert bound["name"].filled_in == {"context": ai.tools.ToolContext}
    assert bound["name"].tool.parameters["properties"] == {}


def test_two_tools_may_not_have_one_name() -> None:
    with pytest.raises(ai.ToolError, match="'up' is used twice"):
        bind([Counter(), Counter()], (), ToolSettings())


@pytest.mark.parametrize("tools", [[5], "add", Counter()])
def test_what_is_no_tool_is_refused(tools: Any) -> None:
    with pytest.raises(ai.ToolError, match="tools"):
        bind(tools, (), ToolSettings())


class Door:
    """A toolset whose tools exist while it is open."""

    def __init__(self, name: str, *names: str) -> None:
        self.name = name
        self.names = names
        self.seen: list[str] = []

    def tools(self) -> Sequence[ai.Tool]:
        raise ai.ToolError("the door is closed")

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Sequence[ai.Tool]]:
        if self.name == "broken":
            raise ai.ToolError("the door is broken")
        self.seen.append("opened")
        function = ai.tools.tool(self.knock)
        try:
            yield [ai.Tool(each, "", {"type": "object"}, function) for each in self.names]
        finally:
            self.seen.append("closed")

    async def knock(self, /, **arguments: Any) -> ai.ToolResultPart:
        self.seen.append("knocked")
        return ai.ToolResultPart("", f"{arguments}", is_error=not arguments)


def test_a_run_opens_and_closes_a_toolset(shell: Shell) -> None:
    door = Door("door", "knock")
    with fake_provider(turn(call(1, "knock", context="a", self="b"), call(2, "knock")), "done") as fake:
        run = shell.client.run("fake:x", "go", tools=[add, door], tool_choice="knock")
        assert door.seen == []
        _, error = shell.items(run)
    assert error is None
    assert door.seen == ["opened", "knocked", "knocked", "closed"]
    assert [each.name for each in fake.requests[0].tools] == ["add", "knock"]
    assert sorted((each.result.content, each.result.call_id, each.status) for each in run.partial.calls) == [
        ("{'context': 'a', 'self': 'b'}", "1", "done"),
        ("{}", "2", "failed"),
    ]


def test_bad_arguments_are_refused_before_a_toolset_is_opened(shell: Shell) -> None:
    door = Door("door", "knock")
    with fake_provider("never"), pytest.raises(ai.ConfigError, match="temperature"):
        shell.client.run("fake:x", "go", tools=[door], temperature="hot")
    assert door.seen == []


def test_what_is_open_is_closed_when_another_cannot_be_opened(shell: Shell) -> None:
    door, broken = Door("door", "knock"), Door("broken", "knock")
    with fake_provider("never") as fake:
        events, error = shell.items(shell.client.run("fake:x", "go", tools=[door, broken]))
    assert isinstance(error, ai.ToolError)
    assert "broken" in error.message
    assert (events, fake.requests, door.seen) == ([], [], ["opened", "closed"])


@given(
    st.lists(
        st.tuples(
            st.text(max_size=80).filter(lambda name: name != "broken"), st.lists(st.text(max_size=80), max_size=4)
        ),
        max_size=4,
    )
)
def test_opened_tools_have_names_of_their_own(doors: list[tuple[str, list[str]]]) -> None:
    async def bound() -> list[str]:
        tools = RunTools([add, *(Door(name, *names) for name, names in doors)], (), ToolSettings())
        async with tools.opened():
            return list(tools.bound)

    found = asyncio.run(bound())
    assert found[0] == "add"
    assert len(found) == 1 + sum(len(names) for _, names in doors)
    assert all(re.fullmatch("[A-Za-z0-9_-]{1,64}", each) for each in found)
