"""How runs end: limits, early ends and errors, and how they go on; and what they refuse."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.schema import Auth, Route
from fluent_ai.testing import FakeResponse, FakeTransport, fake_provider
from scripted_runs import WAIT, add, call, talking, tools_of, turn
from shells import Shell


def test_a_reply_that_was_cut_off_makes_no_calls_that_had_not_begun(shell: Shell):
    with fake_provider(turn(call(1, a=1, b=2), reason="length"), "never asked") as fake:
        run = shell.client.run("fake:x", "go", tools=[add], approve=lambda call: True)
        events, error = shell.items(run)
    assert (error, len(fake.requests)) == (None, 1)
    assert [each.run.status for each in tools_of(events)] == ["not_run"]
    assert run.history[-1].parts == (ai.ToolResultPart("1", "Not called: the reply was cut off.", is_error=True),)


def test_calls_that_run_are_cancelled_with_a_reply_that_was_cut_off(shell: Shell):
    begun = threading.Event()
    over = threading.Event()

    def slow(context: ai.tools.ToolContext) -> None:
        """Go on until nobody waits."""
        begun.set()
        while not context.cancelled:
            over.wait(0.01)
        over.set()

    def quick() -> str:
        """Be quick."""
        begun.wait(WAIT)
        return "quick"

    with fake_provider(turn(call(1, "slow"), call(2, "quick"), reason="length"), "never asked") as fake:
        run = shell.client.run("fake:x", "go", tools=[slow, quick])
        events, error = shell.items(run)
    assert (error, len(fake.requests)) == (None, 1)
    done = {each.run.call.id: each.run for each in tools_of(events) if isinstance(each, ai.tools.ToolFinished)}
    assert done["1"].status == "cancelled"
    assert done["2"].status in ("done", "cancelled")
    assert run.history[-1].parts == (done["1"].result, done["2"].result)
    assert done["1"].result == ai.ToolResultPart("1", "Cancelled: the reply was cut off.", is_error=True)


def test_limits_end_the_run_and_its_history_goes_on(shell: Shell):
    with fake_provider(*[turn(call(each, a=each, b=1)) for each in range(2)], "done"):
        run = shell.client.run("fake:x", "go", tools=[add], max_turns=2)
        _, error = shell.items(run)
        assert isinstance(error, ai.tools.RunLimitReached)
        assert (error.limit, error.allowed, error.found) == ("max_turns", 2, 3)
        assert isinstance(error.partial, ai.tools.RunResult)
        result = shell.do(shell.client.run("fake:x", run.history, tools=[add]).collect())
    assert result.text == "done"
    assert len(result.history) == 6


@pytest.mark.parametrize(
    ("options", "limit", "found"),
    [({"token_limit": 15}, "token_limit", 15), ({"cost_limit": 1.0}, "cost_limit", None)],
)
def test_tokens_and_cost_are_limits_too(shell: Shell, options: dict[str, Any], limit: str, found: Any):
    with fake_provider(turn(call(1, a=1, b=2)), "never"):
        _, error = shell.items(shell.client.run("fake:x", "go", tools=[add], **options))
    assert isinstance(error, ai.tools.RunLimitReached)
    assert (error.limit, error.found) == (limit, found)


def test_the_cost_of_a_provider_of_one_client_alone_is_past_any_limit():
    call_of_add = (
        b'data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"1",'
        b'"type":"function","function":{"name":"add","arguments":"{\\"a\\":1,\\"b\\":2}"}}]},"finish_reason":"tool_calls"}],'
        b'"usage":{"prompt_tokens":7,"completion_tokens":5}}\n\ndata: [DONE]\n\n'
    )
    row = ai.Manifest(
        id="acme", name="", docs="", base_url="http://127.0.0.1:1", auth=Auth(scheme="none", required=False),
        chat=(Route(protocol="openai_chat", path="/c"),),
    )  # fmt: skip
    client = ai.Client(manifests=[row], transport=FakeTransport(lambda _: FakeResponse([call_of_add])))
    run = client.run("acme:m", "go", tools=[add], cost_limit=1.0)
    with pytest.raises(ai.tools.RunLimitReached) as reached:
        run.collect()
    assert (reached.value.limit, reached.value.found) == ("cost_limit", None)


def test_a_history_with_unanswered_calls_is_gone_on_with(shell: Shell):
    history = [
        ai.Message("user", "add"),
        ai.Message("assistant", [ai.ToolCallPart(call(1, a=1, b=2)), ai.ToolCallPart(call(2, a=3, b=4))]),
        ai.Message("tool", ai.ToolResultPart("1", "3")),
    ]
    with fake_provider("3 and 7") as fake:
        result = shell.do(shell.client.run("fake:x", history, tools=[add]).collect())
    assert [(each.call.id, each.turn) for each in result.calls] == [("2", 0)]
    assert fake.requests[0].messages[-1].parts == (ai.ToolResultPart("2", "7"),)


def test_a_run_that_is_left_keeps_what_was_done_and_ends_its_tools(shell: Shell):
    left = threading.Event()
    over = threading.Event()

    def quick() -> str:
        """Be quick."""
        return "quick"

    def slow(context: ai.tools.ToolContext) -> Iterator[str]:
        """Go on and on."""
        try:
            while True:
                yield "still here"
                left.wait(0.01)
        finally:
            over.set()

    with fake_provider(turn(call(1, "quick"), call(2, "slow")), "never"):
        run = shell.client.run("fake:x", "go", tools=[quick, slow])

        def enough(event: Any) -> bool:
            said = len(run.history) == 2  # else the reply itself was left, and its calls with it
            return said and isinstance(event, ai.tools.ToolProgress) and any(each.call.id == "1" for each in run.calls)

        async def leave() -> None:
            async with run:
                async for event in run:
                    if enough(event):
                        return

        if shell._runner is None:
            with run:
                next(event for event in run if enough(event))
        else:
            shell._runner.run(leave())
    assert over.wait(WAIT)
    assert run.history[-1].parts == (ai.ToolResultPart("1", "quick"),)


def test_a_run_that_is_left_within_a_reply_keeps_the_calls_that_have_ended(shell: Shell):
    go_on = threading.Event()

    def tell() -> str:
        """Tell."""
        return "told"

    with talking(go_on):
        run = shell.client.run("talking:x", "go", tools=[tell])

        async def leave() -> None:
            async with run:
                async for event in run:
                    if isinstance(event, ai.tools.ToolFinished):
                        go_on.set()
                        return

        if shell._runner is None:
            with run:
                next(event for event in run if isinstance(event, ai.tools.ToolFinished))
                go_on.set()
        else:
            shell._runner.run(leave())
    assert [each.role for each in run.history] == ["user", "assistant", "tool"]
    assert run.history[-1].parts == (ai.ToolResultPart("1", "told"),)
    with fake_provider("done") as fake:
        assert shell.do(shell.client.run("fake:x", run.history, tools=[tell]).collect()).calls == ()
    assert fake.requests[0].messages == run.history


def test_a_result_without_a_json_form_and_a_word_of_the_tool_itself(shell: Shell):
    def odd() -> object:
        """Return what JSON cannot say."""
        return object()

    def refuse() -> str:
        """Refuse."""
        raise ai.ToolError("not that city")

    with fake_provider(turn(call(1, "odd"), call(2, "refuse")), "ok"):
        result = shell.do(shell.client.run("fake:x", "go", tools=[odd, refuse]).collect())
    odd_run, refused = sorted(result.calls, key=lambda each: each.call.id)
    assert (odd_run.error.stage, odd_run.status) == ("result", "failed")
    assert (refused.error.cause, refused.result.content) == ("ToolError", "not that city")


def test_results_that_are_too_long_are_cut_and_say_so(shell: Shell):
    def much() -> str:
        """Say much."""
        return "é" * 100

    with fake_provider(turn(call(1, "much")), "ok"):
        result = shell.do(shell.client.run("fake:x", "go", tools=[ai.tools.tool(much, result_limit=9)]).collect())
    assert result.calls[0].result.content == "éééé\n[Cut off: this is the beginning, 9 of 200 bytes.]"


def test_a_call_that_must_be_made_is_made_once(shell: Shell):
    with fake_provider(turn(call(1, a=1, b=2)), "3") as fake:
        shell.do(shell.client.run("fake:x", "go", tools=[add], tool_choice="required").collect())
    assert [each.tool_choice for each in fake.requests] == ["required", None]


def test_the_error_of_a_turn_ends_the_run_and_keeps_the_history(shell: Shell):
    with fake_provider(turn(call(1, a=1, b=2)), ai.Overloaded("busy", provider="fake")):
        run = shell.client.run("fake:x", "go", tools=[add])
        _, error = shell.items(run)
    assert isinstance(error, ai.Overloaded)
    assert [each.role for each in run.history] == ["user", "assistant", "tool"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"at_once": 0}, "at_once is 0"),
        ({"max_turns": None}, "max_turns is None"),
        ({"on_error": "ignore"}, "on_error is 'ignore'; allowed: tell, raise"),
        ({"approve": 3}, "approve is of type int"),
        ({"contexts": 3}, "contexts is of type int"),
        ({"tool_timeout": -1}, "timeout is -1"),
        ({"cost_limit": float("nan")}, "cost_limit is nan"),
        ({"temprature": 1}, "temprature"),
        ({"tools": [add, add]}, "tool name 'add' is used twice"),
        ({"tools": [ai.Tool("x")]}, "tool 'x' has no function"),
        ({"tools": "add"}, "tools is of type str"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_sent(shell: Shell, options: dict[str, Any], said: str):
    with fake_provider("never") as fake, pytest.raises((ai.ConfigError, ai.ToolError), match=said):
        shell.client.run("fake:x", "go", **options)
    assert fake.requests == []


def test_settings_of_a_tool_are_checked_and_named():
    with pytest.raises(ai.ConfigError, match="settings of a tool are speed; allowed: timeout, retries"):
        ai.tools.tool(add, speed=3)
    with pytest.raises(ai.ConfigError, match="retries is -1"):
        ai.tools.tool(add, retries=-1)
    made = ai.tools.tool(name="plus", timeout=3)(add)
    assert (made.__name__, made(1, 2), repr(made)) == ("plus", 3, "<tool plus>")
    assert ai.call_tool(call(1, "plus", a=1, b=2), [made]).content == "3"
