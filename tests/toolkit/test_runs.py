"""Runs: the loop that lets a model call tools, blocking and asynchronous alike."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from scripted_runs import OF_TOOLS, WAIT, aadd, add, call, talking, turn
from shells import Shell


def test_a_run_calls_tools_until_the_model_has_its_answer(shell: Shell):
    with fake_provider(turn(call(1, a=1, b=2), call(2, "aadd", a=3, b=4)), "3 and 7") as fake:
        run = shell.client.run("fake:x", "add", tools=[add, aadd])
        events, error = shell.items(run)
    assert error is None
    result = run.partial
    assert result.text == "3 and 7"
    assert [each.role for each in result.history] == ["user", "assistant", "tool", "assistant"]
    assert result.history[2].parts == (ai.ToolResultPart("1", "3"), ai.ToolResultPart("2", "7"))
    assert fake.requests[1].messages == result.history[:3]
    assert result.usage == ai.Usage(input_tokens=11, output_tokens=6, tool_calls=2)
    assert {each.call.id for each in events if isinstance(each, ai.tools.ToolStarted)} == {"1", "2"}
    assert {each.run.call.id for each in events if isinstance(each, ai.tools.ToolFinished)} == {"1", "2"}
    assert {each.status for each in result.calls} == {"done"}
    own = [each for each in events if not isinstance(each, OF_TOOLS)]
    ends = [number + 1 for number, each in enumerate(own) if isinstance(each, ai.Finish)]
    for reply, first, last in zip(result.replies, (0, *ends), ends, strict=False):
        ai.laws.validate(own[first:last])
        assert ai.fold(own[first:last]).parts == reply.parts


def test_collect_and_text_go_to_the_end(shell: Shell):
    with fake_provider(turn(call(1, a=1, b=2), text="Wait. "), "It is 3."):
        result = shell.do(shell.client.run("fake:x", "add", tools=[add]).collect())
    assert (result.text, len(result.replies)) == ("It is 3.", 2)
    assert result.timing.total > 0


def test_a_call_starts_while_the_reply_is_still_written(shell: Shell):
    started = threading.Event()

    def tell() -> str:
        """Tell."""
        started.set()
        return "told"

    with talking(started):
        result = shell.do(shell.client.run("talking:x", "go", tools=[tell]).collect())
    assert result.text == "done"


@pytest.mark.parametrize("number", [2, 3])
def test_tools_run_at_once_as_many_as_may(shell: Shell, number: int):
    together = threading.Barrier(number)

    def meet() -> str:
        """Meet."""
        together.wait(WAIT)
        return "met"

    calls = [call(each, "meet") for each in range(number)]
    with fake_provider(turn(*calls), "ok"):
        result = shell.do(shell.client.run("fake:x", "go", tools=[meet], at_once=number).collect())
    assert {each.status for each in result.calls} == {"done"}


def test_no_more_tools_run_at_once_than_may(shell: Shell):
    running, most = 0, 0
    lock = threading.Lock()

    def count() -> str:
        """Count."""
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.01)
        with lock:
            running -= 1
        return "ok"

    with fake_provider(turn(*(call(each, "count") for each in range(12))), "ok"):
        shell.do(shell.client.run("fake:x", "go", tools=[count], at_once=3).collect())
    assert most <= 3


def test_a_failing_sibling_cancels_nobody_and_results_go_back_in_call_order(shell: Shell):
    failed = threading.Event()

    def fail() -> str:
        """Fail."""
        failed.set()
        raise ValueError("no such city")

    def slow() -> str:
        """Wait for the failure."""
        assert failed.wait(WAIT)
        return "fine"

    with fake_provider(turn(call(1, "slow"), call(2, "fail"), call(3, "slow")), "ok"):
        result = shell.do(shell.client.run("fake:x", "go", tools=[fail, slow]).collect())
    parts = result.history[2].parts
    assert [(each.call_id, each.content, each.is_error) for each in parts] == [
        ("1", "fine", False), ("2", "ValueError: no such city", True), ("3", "fine", False),
    ]  # fmt: skip
    error = next(each.error for each in result.calls if each.status == "failed")
    assert (error.tool, error.stage, error.cause, type(error.__cause__)) == ("fail", "call", "ValueError", ValueError)


def test_what_a_tool_raises_ends_the_run_if_the_caller_says_so(shell: Shell):
    def fail() -> str:
        """Fail."""
        raise ValueError("no such city")

    with fake_provider(turn(call(1, "fail"), call(2, a=1, b=1)), "ok"):
        run = shell.client.run("fake:x", "go", tools=[fail, add], on_error="raise")
        with pytest.raises(ValueError, match="no such city") as raised:
            shell.items(run)
    assert raised.traceback[-1].name == "fail"
    assert run.history[1].role == "assistant"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (ai.ToolCall("1", "nothing", {}), "There is no tool 'nothing'"),
        (ai.ToolCall("1", "add", {"a": "x", "b": 1}), "Nothing was called."),
        (ai.ToolCall("1", "add", '{"a": 1', valid=False), "not a JSON object"),
        (ai.ToolCall("1", "n" * 300, {}), "The name has 300 characters; allowed: 256."),
        (ai.ToolCall("1", "add", {"a": 1, "b": "x" * 70_000}), "bytes long; allowed: 65,536"),
    ],
)
def test_mistakes_of_the_model_go_back_to_it(shell: Shell, made: ai.ToolCall, said: str):
    with fake_provider(turn(made), "sorry"):
        result = shell.do(shell.client.run("fake:x", "go", tools=[add], on_error="raise").collect())
    (part,) = result.history[2].parts
    assert part.is_error
    assert said in part.content
    assert (result.calls[0].error.stage, result.calls[0].attempts) == ("arguments", 0)


def test_denied_calls_never_start_and_all_are_decided_first(shell: Shell):
    asked: list[str] = []
    made: list[int] = []

    def note(number: int) -> str:
        """Note a number."""
        assert len(asked) == 3
        made.append(number)
        return "noted"

    def approve(call: ai.ToolCall) -> bool | str:
        asked.append(call.id)
        return {"1": True, "2": False, "3": "not on Sundays"}[call.id]

    with fake_provider(turn(*(call(each, "note", number=each) for each in (1, 2, 3))), "ok"):
        run = shell.client.run("fake:x", "go", tools=[note], approve=approve)
        events, _ = shell.items(run)
    assert (asked, made) == (["1", "2", "3"], [1])
    assert [each.content for each in run.history[2].parts] == [
        "noted",
        "The user did not allow this call.",
        "not on Sundays",
    ]
    assert [each.call.id for each in events if isinstance(each, ai.tools.ToolStarted)] == ["1"]
    assert sorted(each.run.status for each in events if isinstance(each, ai.tools.ToolFinished)) == [
        "denied",
        "denied",
        "done",
    ]


def test_an_asynchronous_approval_and_tools_that_need_none(shell: Shell):
    asked: list[str] = []

    async def approve(call: ai.ToolCall) -> bool:
        await asyncio.sleep(0)
        asked.append(call.name)
        return True

    with fake_provider(turn(call(1, a=1, b=2), call(2, "aadd", a=1, b=2)), "ok"):
        tools = [ai.tools.tool(add, approval=False), aadd]
        shell.do(shell.client.run("fake:x", "go", tools=tools, approve=approve).collect())
    assert asked == ["aadd"]


def test_a_tool_that_must_be_approved_does_not_run_where_nobody_approves(shell: Shell):
    with fake_provider(turn(call(1, a=1, b=2)), "ok"):
        result = shell.do(shell.client.run("fake:x", "go", tools=[ai.tools.tool(add, approval=True)]).collect())
    assert result.calls[0].status == "denied"
    assert "nobody is there who could approve it" in result.history[2].parts[0].content


def test_a_tool_that_takes_too_long_is_given_up_and_made_again(shell: Shell):
    tries: list[ai.tools.ToolContext] = []
    never = threading.Event()

    def hang(context: ai.tools.ToolContext) -> str:
        """Hang, except the third time."""
        tries.append(context)
        if len(tries) < 3:
            never.wait(WAIT)
        return "at last"

    async def ahang() -> str:
        """Hang."""
        await asyncio.sleep(WAIT)
        return "never"

    with fake_provider(turn(call(1, "hang"), call(2, "ahang")), "ok"):
        tools = [ai.tools.tool(hang, timeout=0.05, retries=2), ai.tools.tool(ahang, timeout=0.05)]
        result = shell.do(shell.client.run("fake:x", "go", tools=tools).collect())
    never.set()
    first, second = sorted(result.calls, key=lambda each: each.call.id)
    assert (first.result.content, first.attempts, first.status) == ("at last", 3, "done")
    assert (second.status, second.result.content) == ("timed_out", "The tool took longer than 0.05 seconds.")
    assert all(each.cancelled for each in tries)
    with pytest.raises(ai.Cancelled):
        tries[0].progress("too late")


def test_generators_show_their_progress(shell: Shell):
    def steps() -> Iterator[str]:
        """Go in steps."""
        yield "one"
        yield "two"
        return "three"  # the value of a generator is the tool's result

    async def asteps() -> AsyncIterator[int]:
        """Go in steps."""
        yield 1
        yield 2

    with fake_provider(turn(call(1, "steps"), call(2, "asteps")), "ok"):
        run = shell.client.run("fake:x", "go", tools=[steps, asteps])
        events, _ = shell.items(run)
    progress = [(each.call_id, each.value) for each in events if isinstance(each, ai.tools.ToolProgress)]
    assert sorted(progress, key=str) == [("1", "one"), ("1", "two"), ("2", 1), ("2", 2)]
    assert [each.content for each in run.history[2].parts] == ["three", "2"]


class Database:
    name = "main"


def test_contexts_are_filled_in_by_their_type_unseen_by_the_model(shell: Shell):
    def look(key: str, database: Database, context: ai.tools.ToolContext) -> str:
        """Look something up."""
        return f"{database.name} {key} {context.call.id} {context.turn}"

    with fake_provider(turn(call(1, "look", key="k")), "ok") as fake:
        result = shell.do(shell.client.run("fake:x", "go", tools=[look], contexts=[Database()]).collect())
    assert result.calls[0].result.content == "main k 1 1"
    assert list(fake.requests[0].tools[0].parameters["properties"]) == ["key"]
