"""What errors of tools say: where arguments stop being JSON, what there was until then, and how long that may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from scripted_runs import add, call, turn
from shells import Shell


def only_call(shell: Shell, made: ai.ToolCall, tools: list[Any], **options: Any) -> Any:
    with fake_provider(turn(made), "done"):
        result = shell.do(shell.client.run("fake:x", "go", tools=tools, **options).collect())
    return result.calls[0]


@pytest.mark.parametrize(
    ("arguments", "position", "read"),
    [
        ('{"a": 1, "b"', 13, {"a": 1}),
        ('{"a": 1, b: 2}', 10, {"a": 1}),
        ("nonsense", 1, None),
    ],
)
def test_arguments_that_are_no_json_say_where_and_what_there_was(
    shell: Shell, arguments: str, position: int, read: Any
) -> None:
    run = only_call(shell, ai.ToolCall("1", "add", arguments, valid=False), [add])
    assert (run.status, run.error.stage) == ("failed", "arguments")
    assert (run.error.position, run.error.partial_result) == (position, read)
    assert "partial_result" not in run.error.to_dict()


def test_arguments_of_great_depth_do_no_harm(shell: Shell) -> None:
    run = only_call(shell, ai.ToolCall("1", "add", "[" * 60_000, valid=False), [add])
    assert (run.status, run.error.stage) == ("failed", "arguments")


def test_a_generator_that_fails_leaves_what_it_had_yielded(shell: Shell) -> None:
    def count() -> Iterator[int]:
        """Count, and fail."""
        yield 1
        yield 2
        raise ValueError("no three")

    run = only_call(shell, call(1, "count"), [count])
    assert (run.error.cause, run.error.partial_result) == ("ValueError", 2)


def test_what_a_tool_raises_is_cut_like_its_results(shell: Shell) -> None:
    def fail() -> None:
        """Fail at length."""
        raise ValueError("x" * 1_000)

    run = only_call(shell, call(1, "fail"), [ai.tools.tool(fail, result_limit=20)])
    assert run.result.content == "ValueError: xxxxxxxx\n[Cut off: this is the beginning, 20 of 1,012 bytes.]"
    assert run.result.is_error


def test_the_length_of_names_can_be_changed(shell: Shell) -> None:
    run = only_call(shell, call(1, "n" * 300), [add], name_limit=1_000)
    assert run.result.content.startswith("There is no tool")
    run = only_call(shell, call(1, "subtract"), [add], name_limit=5)
    assert (run.error.size, run.error.limit) == (8, 5)


def test_calls_say_when_they_ended(shell: Shell) -> None:
    run = only_call(shell, call(1, a=1, b=2), [add])
    assert run.ended == pytest.approx(run.started + run.seconds)
    denied = only_call(shell, call(1, a=1, b=2), [add], approve=lambda made: False)
    assert (denied.started, denied.ended) == (None, None)
