"""What MCP servers ask of us: replies of a model, answers of the user, folders."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from scripted_mcp import replies_to, scripted, seen_in
from scripted_runs import call, turn
from shells import Shell

pytest.importorskip("mcp", reason="needs the extra mcp")

FORM = {
    "type": "object",
    "properties": {"name": {"type": "string", "default": "Ann"}, "age": {"type": "integer"}},
    "required": ["name"],
}


def sampled(shell: Shell, sampling: Any, *, script: Any = ("I am a model",), **arguments: Any) -> tuple[Any, Any, Any]:
    """What the server was answered, the run, and the requests of the model."""
    with fake_provider(turn(call(1, "sample", **arguments)), *script, "done") as fake:
        run = shell.client.run("fake:x", "go", tools=[scripted(sampling=sampling)])
        _, error = shell.items(run)
    assert error is None
    return json.loads(run.calls[0].result.content), run, fake.requests


def test_a_server_may_ask_the_model_of_the_run(shell: Shell) -> None:
    asked: list[ai.tools.SamplingRequest] = []

    def approve(request: ai.tools.SamplingRequest) -> bool:
        asked.append(request)
        return True

    found, run, requests = sampled(shell, ai.tools.Sampling(approve), systemPrompt="Be brief.", temperature=0.5)
    assert found["content"] == {"type": "text", "text": "I am a model"}
    assert (found["role"], found["stopReason"]) == ("assistant", "endTurn")
    assert (asked[0].server, asked[0].messages[0].text, asked[0].max_tokens) == ("scripted", "Who are you?", 2_048)
    assert "Who are you?" not in repr(asked[0])
    assert (requests[1].system, requests[1].temperature, requests[1].max_tokens) == ("Be brief.", 0.5, 2_048)
    assert not requests[1].tools
    assert [each.text for each in run.partial.sampled] == ["I am a model"]
    assert run.partial.text == "done"


def test_what_is_sampled_is_an_event_and_counts_against_the_limits(shell: Shell) -> None:
    reply = turn(text="dear", reason="stop")
    with fake_provider(turn(call(1, "sample")), reply, "never") as fake:
        run = shell.client.run("fake:x", "go", tools=[scripted(sampling=ai.tools.Sampling(True))], token_limit=30)
        events, error = shell.items(run)
    assert isinstance(error, ai.tools.RunLimitReached)
    assert (error.limit, error.found, len(fake.requests)) == ("token_limit", 30, 2)
    assert [each.reply.text for each in events if isinstance(each, ai.tools.MCPSampled)] == ["dear"]
    assert run.partial.usage == ai.Usage(input_tokens=20, output_tokens=10, tool_calls=1)


@pytest.mark.parametrize(
    ("verdict", "message"), [(False, "The user has rejected the request."), ("not today", "not today")]
)
def test_what_is_not_approved_is_not_served(shell: Shell, verdict: Any, message: str) -> None:
    found, _, requests = sampled(shell, ai.tools.Sampling(lambda request: verdict), script=())
    assert found["error"] == {"code": -1, "message": message}
    assert len(requests) == 2


def test_sampling_is_off_by_default_and_not_announced(shell: Shell, tmp_path: Path) -> None:
    with fake_provider(turn(call(1, "sample")), "done"):
        run = shell.client.run("fake:x", "go", tools=[scripted(env={"SEEN": str(tmp_path / "seen")})])
        shell.items(run)
    assert "error" in json.loads(run.calls[0].result.content)
    assert seen_in(tmp_path)[0]["params"]["capabilities"] == {}


def test_only_so_many_requests_are_served(shell: Shell) -> None:
    limits = ai.tools.Sampling(True, max_requests=1, max_tokens=5)
    with fake_provider(turn(call(1, "sample")), "first", turn(call(2, "sample")), "done") as fake:
        run = shell.client.run("fake:x", "go", tools=[scripted(sampling=limits)])
        shell.items(run)
    assert fake.requests[1].max_tokens == 5
    assert json.loads(run.calls[1].result.content)["error"]["message"] == "only 1 sampling requests are served"


def test_another_client_and_model_may_answer(shell: Shell) -> None:
    with ai.Client() as other, fake_provider(turn(call(1, "sample")), "from the other", "done") as fake:
        limits = ai.tools.Sampling(True, "fake:other", other)
        run = shell.client.run("fake:x", "go", tools=[scripted(sampling=limits)])
        shell.items(run)
    assert json.loads(run.calls[0].result.content)["content"]["text"] == "from the other"
    assert [each.model for each in fake.requests] == ["x", "other", "x"]
    assert len(run.partial.sampled) == 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"tools": [{"name": "a", "inputSchema": {"type": "object"}}]}, "with tools"),
        ({"messages": []}, "no messages"),
        (
            {"messages": [{"role": "user", "content": {"type": "image", "data": "?", "mimeType": "image/png"}}]},
            "base64",
        ),
    ],
)
def test_what_cannot_be_served_is_refused_unasked(shell: Shell, arguments: Any, why: str) -> None:
    def never(request: ai.tools.SamplingRequest) -> bool:
        raise AssertionError(request)

    found, _, _ = sampled(shell, ai.tools.Sampling(never), script=(), **arguments)
    assert why in found["error"]["message"]


def test_an_error_of_the_model_is_told_to_the_program_and_not_to_the_server(shell: Shell) -> None:
    with fake_provider(turn(call(1, "sample")), ai.RateLimited("a secret limit"), "done"):
        run = shell.client.run("fake:x", "go", tools=[scripted(sampling=ai.tools.Sampling(True))])
        events, error = shell.items(run)
    assert error is None
    assert json.loads(run.calls[0].result.content)["error"]["message"] == "The model has not answered."
    assert [each.data for each in events if isinstance(each, ai.tools.MCPLog)] == [
        "sampling has failed: RateLimited: a secret limit"
    ]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (True, {"action": "accept", "content": {"name": "Ann"}}),
        ({"age": 5}, {"action": "accept", "content": {"name": "Ann", "age": 5}}),
        (False, {"action": "decline"}),
        (None, {"action": "decline"}),
        ("cancel", {"action": "cancel"}),
    ],
)
def test_the_user_answers_a_form(shell: Shell, answer: Any, found: Any) -> None:
    asked: list[ai.tools.Elicitation] = []

    def elicit(question: ai.tools.Elicitation) -> Any:
        asked.append(question)
        return answer

    assert replies_to(shell, call(1, "ask", schema=FORM), elicit=elicit) == [found]
    assert (asked[0].server, asked[0].message, asked[0].fields, asked[0].url) == ("scripted", "Who?", FORM, None)


def test_an_asynchronous_function_may_ask_the_user(shell: Shell) -> None:
    async def elicit(question: ai.tools.Elicitation) -> bool:
        await asyncio.sleep(0)
        return True

    assert replies_to(shell, call(1, "ask", schema=FORM), elicit=elicit)[0]["action"] == "accept"


def test_an_answer_that_does_not_fit_the_form_fails_the_call(shell: Shell) -> None:
    with fake_provider(turn(call(1, "ask", schema=FORM)), "done"):
        run = shell.client.run("fake:x", "go", tools=[scripted(elicit=lambda question: {"age": "hush-hush"})])
        shell.items(run)
    assert run.calls[0].status == "failed"
    assert "the answer to an elicitation does not fit the form: age" in run.calls[0].result.content
    assert "hush-hush" not in run.calls[0].result.content


def test_what_asking_raises_fails_the_call_and_ends_the_run_if_the_caller_says_so(shell: Shell) -> None:
    def elicit(question: ai.tools.Elicitation) -> bool:
        raise ZeroDivisionError("of ours")

    with fake_provider(turn(call(1, "ask", schema=FORM)), "done"):
        run = shell.client.run("fake:x", "go", tools=[scripted(elicit=elicit)], on_error="raise")
        with pytest.raises(ZeroDivisionError, match="of ours"):
            shell.items(run)


@pytest.mark.parametrize(
    ("url", "action"),
    [
        ("https://a.example/login", "accept"),
        ("http://127.0.0.1:1/login", "accept"),
        ("javascript:alert(1)", "decline"),
        ("file:///etc/passwd", "decline"),
        ("https://a.example/\x1b[2J", "decline"),
        ("https:///nowhere", "decline"),
    ],
)
def test_only_addresses_of_the_web_are_shown_to_the_user(shell: Shell, url: str, action: str) -> None:
    shown: list[str | None] = []

    def elicit(question: ai.tools.Elicitation) -> bool:
        shown.append(question.url)
        return True

    assert replies_to(shell, call(1, "visit", url=url), elicit=elicit) == [{"action": action}]
    assert shown == ([url] if action == "accept" else [])


@pytest.mark.parametrize(("agrees", "status"), [(True, "done"), (False, "failed")])
def test_a_call_that_needs_a_visit_is_made_again_after_it(shell: Shell, agrees: bool, status: str) -> None:
    with fake_provider(turn(call(1, "needs_visit")), "done"):
        run = shell.client.run("fake:x", "go", tools=[scripted(elicit=lambda question: agrees)])
        shell.items(run)
    assert run.calls[0].status == status
    assert run.calls[0].result.content == ("you were there" if agrees else "MCP server 'scripted': go first")


def test_the_folders_are_told_and_changes_of_them_too(shell: Shell, tmp_path: Path) -> None:
    server = scripted(roots=[tmp_path], env={"SEEN": str(tmp_path / "seen")})

    def move() -> str:
        """Use another folder."""
        server.roots = [tmp_path / "b c"]
        return "moved"

    script = turn(call(1, "roots")), turn(call(2, "move")), turn(call(3, "roots")), "done"
    with fake_provider(*script):
        run = shell.client.run("fake:x", "go", tools=[server, move])
        shell.items(run)
    assert json.loads(run.calls[0].result.content)["roots"] == [{"uri": tmp_path.as_uri(), "name": tmp_path.name}]
    assert json.loads(run.calls[2].result.content)["roots"] == [{"uri": f"{tmp_path.as_uri()}/b%20c", "name": "b c"}]
    methods = [each.get("method") for each in seen_in(tmp_path)]
    assert "notifications/roots/list_changed" in methods


def test_a_server_made_without_folders_gets_none() -> None:
    with pytest.raises(ai.ConfigError, match="without roots"):
        scripted().roots = ["."]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"approve": 5}, "approve is of type int"),
        ({"approve": True, "max_tokens": 0}, "max_tokens"),
        ({"approve": True, "max_requests": 0}, "max_requests"),
    ],
)
def test_limits_of_sampling_are_checked(arguments: Any, why: str) -> None:
    with pytest.raises(ai.ConfigError, match=why):
        ai.tools.Sampling(**arguments)


def test_a_client_for_sampling_needs_a_model() -> None:
    with ai.Client() as client, pytest.raises(ai.ConfigError, match="model of Sampling"):
        ai.tools.Sampling(True, client=client)
