"""What a client does about errors by their kind, over real sockets and through both clients."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai import laws
from fluent_ai.client.recovering_calls import with_less
from fluent_ai.resilience.recovery import read_table, strategy_for
from fluent_ai.schema.lenient_json import lenient_object
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_server import Answer, Sent, Server, manifest_for, reply, sse, stream, text_chunks
from shells import SHELLS, Shell

TALK = [
    ai.Message("system", "Be brief."), ai.Message("user", "one"), ai.Message("assistant", "1"),
    ai.Message("user", "two"), ai.Message("assistant", "2"), ai.Message("user", "three"),
]  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, server: Server) -> Iterator[Callable[..., Shell]]:
    opened: list[Shell] = []

    def make(recover: Any, **settings: Any) -> Shell:
        manifests = [manifest_for(server.url)]
        opened.append(Shell(request.param, manifests=manifests, keys={"acme": "k"}, recover=recover, **settings))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


def words(*texts: str) -> Answer:
    return stream(list(sse(*text_chunks(*texts))))


def broken() -> Answer:
    return stream(list(sse(*text_chunks("Hel", "lo", finish=None), done=False)), end=False)


def counted(shell: Shell) -> list[tuple[str, str, int, int]]:
    return [(each.kind, each.strategy, each.tried, each.worked) for each in shell.client.recoveries()]


def test_retries_are_the_default_and_are_counted(shell: Callable[..., Shell], server: Server) -> None:
    server.say(reply(503, {}, headers={"retry-after": "0"}), words("Hello"))
    found = shell(None, retries=2)
    assert found.complete("acme:m").text == "Hello"
    server.say(reply(500, {}, headers={"retry-after": "0"}))
    _, error = found.events("acme:m")
    assert isinstance(error, ai.ServerError)
    assert counted(found) == [("Overloaded", "retry", 1, 1), ("ServerError", "retry", 1, 0)]


def test_a_kind_may_be_retried_or_not(shell: Callable[..., Shell], server: Server) -> None:
    server.say(reply(404, {}), words("Hello"))
    found = shell({ai.NotFound: "retry", ai.ApiError: "none"})
    assert found.complete("acme:m").text == "Hello"
    server.sent.clear()
    server.say(reply(503, {}), words("Hello"))
    _, error = found.events("acme:m")
    assert isinstance(error, ai.Overloaded)
    assert len(server.sent) == 1
    server.sent.clear()
    server.say(reply(404, {}), words("Hello"))
    _, error = found.events("acme:m", retries=0)
    assert isinstance(error, ai.NotFound), "the number of retries is that of the call"


def test_what_has_come_is_kept(shell: Callable[..., Shell], server: Server) -> None:
    server.say(broken())
    found = shell({ai.StreamInterrupted: "partial", ai.StreamTruncated: "partial"}, retries=0)
    events, error = found.events("acme:m")
    assert error is None
    laws.validate(events)
    reply_ = found.complete("acme:m")
    assert (reply_.text, reply_.finish_reason) == ("Hello", "error")
    assert "kept" in reply_.warnings[-1]
    assert [(each[1], each[2:]) for each in counted(found)] == [("partial", (2, 2))]


def test_nothing_and_half_a_tool_call_are_not_worth_keeping(shell: Callable[..., Shell], server: Server) -> None:
    found = shell({ai.FluentError: "partial"}, retries=0)
    server.say(reply(503, {}))
    _, error = found.events("acme:m")
    assert isinstance(error, ai.Overloaded)
    call = {"index": 0, "id": "c", "function": {"name": "f", "arguments": '{"a"'}}
    rows = [{"id": "1", "choices": [{"index": 0, "delta": {"tool_calls": [call]}}]}]
    server.say(stream(list(sse(*rows, done=False)), end=False))
    _, error = found.events("acme:m")
    assert error is not None
    assert counted(found) == []


def test_a_smaller_request_is_sent_until_it_fits(shell: Callable[..., Shell], server: Server) -> None:
    def answer(sent: Sent) -> Answer:
        if len(sent.json()["messages"]) > 2:
            return reply(400, {"error": {"message": "too long", "code": "context_length_exceeded"}})
        return words("Hello")

    server.say(answer)
    found = shell({ai.ContextTooLong: "smaller"})
    assert found.complete("acme:m", TALK).text == "Hello"
    assert [len(sent.json()["messages"]) for sent in server.sent] == [6, 4, 2]
    assert counted(found) == [("ContextTooLong", "smaller", 1, 1)]
    server.say(reply(400, {"error": {"message": "too long", "code": "context_length_exceeded"}}))
    _, error = found.events("acme:m", TALK)
    assert isinstance(error, ai.ContextTooLong)
    assert counted(found) == [("ContextTooLong", "smaller", 2, 1)]


def test_a_route_is_asked_again_with_less(shell: Callable[..., Shell], server: Server) -> None:
    server.say(
        lambda sent: (
            reply(400, {"error": {"message": "too long", "code": "context_length_exceeded"}})
            if len(sent.json()["messages"]) > 4
            else words("Hello")
        )
    )
    found = shell({ai.RouteFailed: "smaller"})
    assert found.complete(ai.Route("acme:a", "acme:b"), TALK).text == "Hello"
    assert len(server.sent) == 3


def test_arguments_of_tools_are_read_in_another_way(shell: Callable[..., Shell], server: Server) -> None:
    def called(arguments: str) -> Answer:
        call = {"index": 0, "id": "c", "function": {"name": "weather", "arguments": arguments}}
        rows: list[object] = [{"id": "1", "choices": [{"index": 0, "delta": {"tool_calls": [call]}}]}]
        rows.append({"id": "1", "choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]})
        return stream(list(sse(*rows)))

    server.say(called("{'city': 'Oslo',}"), called('{"city": "Os'), called("{'city': 'Oslo',}"))
    found = shell({ai.InvalidJSON: "reparse"})
    read = found.complete("acme:m")
    assert [(each.arguments, each.valid) for each in read.tool_calls] == [({"city": "Oslo"}, True)]
    assert "read in another way" in read.warnings[-1]
    cut = found.complete("acme:m")
    assert [each.valid for each in cut.tool_calls] == [False]
    assert counted(found) == [("InvalidJSON", "reparse", 2, 1)]
    events, _ = found.events("acme:m")
    (end,) = [each for each in events if isinstance(each, ai.ToolCallEnd)]
    assert end.call.arguments == {"city": "Oslo"}
    laws.validate(events)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('```json\n{"a": 1}\n```', {"a": 1}), ('{"a": "x\ny"}', {"a": "x\ny"}), ('{"a": 1} and more', {"a": 1}),
        ("{'a': None, 'b': (1, 2)}", {"a": None, "b": (1, 2)}), ("[1]", None), ("", None), ("{'a'", None),
        ("{'a': {1, 2}}", None), ("{1: 2}", None), ("__import__('os')", None), ("{'a': open('x')}", None),
        ("(" * 100_000, None), ('{"a": "cut', None),
    ],
)  # fmt: skip
def test_what_another_parser_reads(text: str, found: object) -> None:
    assert lenient_object(text) == found


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=5), VALUES | st.lists(VALUES, max_size=3), max_size=3))
def test_it_reads_what_json_is_and_never_raises(value: dict[str, Any]) -> None:
    text = json.dumps(value)
    assert lenient_object(text) == value
    for cut in range(0, len(text), 5):
        assert lenient_object(text[:cut]) is None


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_any_text_is_an_object_or_nothing(text: str) -> None:
    assert lenient_object(text) is None or isinstance(lenient_object(text), dict)


def test_less_is_the_later_turns_with_their_tools() -> None:
    less = with_less(TALK)
    assert less is not None
    assert [message.role for message in less] == ["system", "user", "assistant", "user"]
    assert with_less("one text") is None
    assert with_less(TALK[:2]) is None


def test_the_nearest_kind_decides() -> None:
    table = read_table({ai.ApiError: "none", ai.Overloaded: "retry"})
    assert strategy_for(ai.Overloaded, table, True) == "retry"
    assert strategy_for(ai.RateLimited, table, True) == "none"
    assert strategy_for(ai.ConnectionFailed, table, True) == "retry"
    assert strategy_for(ai.ConfigError, table, False) == "none"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({ai.Overloaded: "again"}, "recover\\[Overloaded\\] is 'again'; allowed: retry, reparse"),
        ({"Overloaded": "retry"}, "recover has a key 'Overloaded'"), ({int: "retry"}, "recover has a key"),
        ({ai.Overloaded: "reparse"}, "allowed: for InvalidJSON"), ("retry", "recover is of type str"),
    ],
)  # fmt: skip
def test_tables_that_cannot_be(wrong: Any, said: str) -> None:
    with pytest.raises(ai.ConfigError, match=said):
        ai.Client(recover=wrong)
