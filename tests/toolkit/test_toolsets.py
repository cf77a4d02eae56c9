"""Toolsets: one object among the tools that stands for several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.schema.tools import to_tools

from fluent_ai_toolkit.tools.declared import ToolSettings, bind


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
