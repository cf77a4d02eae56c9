"""What follows where a leg breaks off within its answer: nothing, the rest, or the whole once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai import laws
from fluent_ai.registry import Registry
from scripted_server import Answer, Server, reply, sse, stream, text_chunks
from shells import Shell

Servers = dict[str, Server]
RESTART = ai.Route("one:m", "two:m", "three:m", resume="restart")
CONTINUE = ai.Route("one:m", "two:m", "three:m", resume="continue")


def cut(*texts: str) -> Answer:
    return stream(list(sse(*text_chunks(*texts, finish=None), done=False)), end=False)


def words(*texts: str) -> Answer:
    return stream(list(sse(*text_chunks(*texts, usage={"prompt_tokens": 3, "completion_tokens": 2}))))


def seams(events: list[Any]) -> list[ai.Seam]:
    return [event for event in events if isinstance(event, ai.Seam)]


@pytest.fixture
def continuing(open_shell: Callable[..., Shell]) -> Shell:
    """A client that knows that `two` and `three` go on with an answer."""
    registry = Registry()
    for provider in ("two", "three"):
        registry.define(f"{provider}:m", kind="chat", prefill=True)
    return open_shell(registry=registry)


def test_without_resuming_the_error_is_raised(shell: Shell, servers: Servers) -> None:
    servers["one"].say(cut("Hel"))
    _, error = shell.events(ai.Route("one:m", "two:m"))
    assert isinstance(error, ai.StreamInterrupted)
    assert error.partial is not None
    assert error.partial.text == "Hel"  # type: ignore[union-attr]
    assert len(servers["two"].sent) == 0


def test_a_restart_is_a_whole_new_reply_after_a_seam(shell: Shell, servers: Servers) -> None:
    servers["one"].say(cut("Hel"))
    servers["two"].say(words("Bon", "jour"))
    events, error = shell.events(RESTART)
    assert error is None
    laws.validate(events)
    assert seams(events) == [ai.Seam("restart", "one:m", "two:m", 3)]
    assert ai.fold(events).text == "Bonjour"
    found = shell.complete(RESTART)
    assert (found.text, found.provider) == ("Bonjour", "two")
    assert isinstance(found.attempts[0].error, ai.StreamInterrupted)


def test_text_raises_where_what_came_is_void_and_the_stream_goes_on(servers: Servers, shell: Shell) -> None:
    servers["one"].say(cut("Hel"))
    servers["two"].say(words("Bonjour"))
    stream = shell.client.stream(RESTART, "hi")
    texts, error = shell.items(stream.text())
    assert texts == ["Hel"]
    assert isinstance(error, ai.StreamInterrupted)
    assert "one:m broke off after 3 characters, and two:m has begun again" in str(error)
    assert shell.do(stream.collect()).text == "Bonjour"


def test_the_text_of_a_run_raises_there_too_and_the_run_goes_on(servers: Servers, shell: Shell) -> None:
    servers["one"].say(cut("Hel"))
    servers["two"].say(words("Bonjour"))
    run = shell.client.run(RESTART, "hi")
    texts, error = shell.items(run.text())
    assert texts == ["Hel"]
    assert isinstance(error, ai.StreamInterrupted)
    assert "one:m broke off after 3 characters, and two:m has begun again" in str(error)
    assert shell.do(run.collect()).text == "Bonjour"


def test_text_does_not_raise_where_no_text_had_come(servers: Servers, shell: Shell) -> None:
    thought = {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"reasoning_content": "hm"}}]}
    servers["one"].say(stream(list(sse(thought, done=False)), end=False))
    servers["two"].say(words("Bonjour"))
    texts, error = shell.items(shell.client.stream(CONTINUE, "hi").text())
    assert (texts, error) == (["Bonjour"], None)


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        (("Hel",), ("lo", " you"), "Hello you"),
        (("Hello ",), (" you",), "Hello you"),
        (("Hello ",), ("you",), "Hello you"),
        (("a:\n\n",), ("\n", "\n    b"), "a:\n\n    b"),
        (("a:\n",), ("\n\nb",), "a:\n\nb"),
        (("Hello \t",), (" ", "\t", "you"), "Hello \tyou"),
    ],
)
def test_the_next_leg_goes_on_where_the_text_broke_off(
    continuing: Shell, servers: Servers, before: tuple[str, ...], after: tuple[str, ...], whole: str
) -> None:
    servers["one"].say(cut(*before))
    servers["two"].say(words(*after))
    events, error = continuing.events(CONTINUE)
    assert error is None
    laws.validate(events)
    assert seams(events) == [ai.Seam("continue", "one:m", "two:m", len("".join(before)))]
    found = continuing.complete(CONTINUE)
    assert (found.text, found.provider) == (whole, "two") == (ai.fold(events).text, "two")
    texts, error = continuing.items(continuing.client.stream(CONTINUE, "hi").text())
    assert ("".join(texts), error) == (whole, None)
    assert servers["two"].sent[0].json()["messages"] == [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": "".join(before).rstrip()},
    ]


@pytest.mark.parametrize(("prefill", "kind"), [(True, "continue"), (False, "restart")])
def test_the_shipped_registry_knows_who_goes_on(
    open_shell: Callable[..., Shell], servers: Servers, prefill: bool, kind: str
) -> None:
    model = ai.models.find(provider="databricks", kind="chat", prefill=prefill)[0].full_name
    shell = open_shell(
        registry=Registry(),
        keys={"one": "a-key-for-tests", "databricks": "a-key-for-tests"},
        base_urls={"databricks": f"{servers['two'].url}/serving-endpoints"},
    )
    servers["one"].say(cut("Hel"))
    servers["two"].say(words("lo"))
    events, error = shell.events(ai.Route("one:m", model, resume="continue"))
    assert error is None
    assert seams(events) == [ai.Seam(kind, "one:m", model, 3)]  # type: ignore[arg-type]  # one of the literals
    assert ai.fold(events).text == ("Hello" if prefill else "lo")


def test_a_reply_goes_on_more_than_once(continuing: Shell, servers: Servers) -> None:
    servers["one"].say(cut("one "))
    servers["two"].say(cut("two "))
    servers["three"].say(words("three"))
    events, error = continuing.events(CONTINUE)
    assert error is None
    laws.validate(events)
    assert [seam.after for seam in seams(events)] == [4, 8]
    assert ai.fold(events).text == "one two three"
    assert servers["three"].sent[0].json()["messages"][-1]["content"] == "one two"


def test_a_leg_that_cannot_go_on_begins_again(shell: Shell, servers: Servers) -> None:
    servers["one"].say(cut("Hel"))
    servers["two"].say(words("Bonjour"))
    events, error = shell.events(CONTINUE)
    assert error is None
    assert [seam.kind for seam in seams(events)] == ["restart"]
    assert ai.fold(events).text == "Bonjour"
    assert [message["role"] for message in servers["two"].sent[0].json()["messages"]] == ["user"]


def test_a_refusal_to_go_on_is_not_what_the_caller_sees(continuing: Shell, servers: Servers) -> None:
    servers["one"].say(cut("Hel"))
    servers["two"].say(reply(400, {"error": {"message": "no assistant message prefill"}}), words("Bonjour"))
    events, error = continuing.events(CONTINUE)
    assert error is None
    laws.validate(events)
    assert [seam.kind for seam in seams(events)] == ["restart"]
    assert ai.fold(events).text == "Bonjour"
    assert [len(server.sent) for server in servers.values()] == [1, 2, 0]


def test_nobody_goes_on_within_a_tool_call(continuing: Shell, servers: Servers) -> None:
    call = {"index": 0, "id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"x": '}}
    chunk = {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"tool_calls": [call]}}]}
    servers["one"].say(stream(list(sse(*text_chunks("Let me see", finish=None), chunk, done=False)), end=False))
    servers["two"].say(words("Bonjour"))
    events, error = continuing.events(CONTINUE)
    assert error is None
    laws.validate(events)
    assert seams(events) == [ai.Seam("restart", "one:m", "two:m", 10)]
    assert continuing.complete(CONTINUE).tool_calls == ()


def test_usage_of_both_legs_adds_up(continuing: Shell, servers: Servers) -> None:
    usage = {"id": "c", "model": "m", "choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 1}}
    servers["one"].say(stream(list(sse(*text_chunks("Hel", finish=None), usage, done=False)), end=False))
    servers["two"].say(words("lo"))
    found = continuing.complete(CONTINUE)
    assert found.usage is not None
    assert (found.usage.input_tokens, found.usage.output_tokens) == (6, 3)
    assert found.attempts[0].usage is not None
    assert found.attempts[0].usage.output_tokens == 1


def test_every_leg_breaks_off(continuing: Shell, servers: Servers) -> None:
    for server in servers.values():
        server.say(cut("word "))
    events, error = continuing.events(CONTINUE)
    laws.validate(events, complete=False)
    assert isinstance(error, ai.RouteFailed)
    assert [type(each) for each in error.errors] == [ai.StreamInterrupted] * 3
    assert error.partial is not None
    assert error.partial.text == "word word word "  # type: ignore[union-attr]


def test_other_verbs_begin_again(shell: Shell, servers: Servers) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ntransfer-encoding: chunked\r\n\r\n"
    servers["one"].say(Answer([head, b"%x\r\n%s\r\n" % (1 << 18, bytes(1 << 18)), None]))
    servers["two"].say(Answer([head, b"4\r\ngood\r\n0\r\n\r\n"]))
    route = ai.Route(
        ai.Leg("openai:tts-1", name="a", key="k", base_url=servers["one"].url),
        ai.Leg("openai:tts-1", name="b", key="k", base_url=servers["two"].url),
        resume="restart",
    )
    items, error = shell.items(shell.client.stream_speak(route, "hi", voice="nova"))
    assert error is None
    assert [seam.kind for seam in seams(items)] == ["restart"]
    found = shell.do(shell.client.speak(route, "hi", voice="nova"))
    assert found.data == b"good"
