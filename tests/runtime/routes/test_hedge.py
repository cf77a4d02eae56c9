"""A second leg is asked beside a slow one, over real sockets and through both clients; losers are left."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Callable
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.client.route_calls import may_run_twice
from fluent_ai.resilience import hedging
from fluent_ai.testing import fake_provider
from scripted_server import Answer, Sent, Server, reply, sse, stream, text_chunks
from shells import Shell
from watchers import Keeper

Servers = dict[str, Server]
ROUTE = ai.Route("one:m", "two:m", "three:m", hedge=0.95)
USAGE = {"prompt_tokens": 7, "completion_tokens": 2}


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for two seconds here."""
    monkeypatch.setattr(hedging, "COLD", 0.05)


def words(*texts: str, before: float = 0.0) -> Answer:
    return stream([*([before] if before else []), *sse(*text_chunks(*texts, usage=USAGE))])


def silent() -> Answer:
    return Answer([60.0])


def asked(servers: Servers) -> list[int]:
    return [len(server.sent) for server in servers.values()]


def nothing_is_left(shell: Shell) -> None:
    """No call is under way any more, in whichever way it ended."""
    core = shell.client._core
    due = time.monotonic() + 30
    while any(load.under_way for load in core.routes._loads.values()) or _beside():
        assert time.monotonic() < due
        gc.collect()
        shell.do(asyncio.sleep(0.01)) if isinstance(shell.client, ai.AsyncClient) else time.sleep(0.01)


def _beside() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if "second leg" in each.name]


def test_the_second_leg_answers_for_a_silent_one(open_shell: Callable[..., Shell], servers: Servers) -> None:
    keeper = Keeper()
    shell = open_shell(observe=[keeper])
    servers["one"].say(silent())
    servers["two"].say(words("Hel", "lo"))
    found = shell.complete(ROUTE)
    assert (found.text, found.provider) == ("Hello", "two")
    assert [(each.leg, type(each.error)) for each in found.attempts] == [
        ("one:m", ai.Cancelled), ("two:m", type(None)),
    ]  # fmt: skip
    assert servers["one"].dropped.wait(30)
    assert asked(servers) == [1, 1, 0]
    keeper.all()
    keeper.check_once()
    assert {(call.provider, call.ended) for call in keeper.calls} == {("one", "cancelled"), ("two", "complete")}


def test_the_loser_is_left_and_what_it_used_is_booked(open_shell: Callable[..., Shell], servers: Servers) -> None:
    keeper = Keeper()
    shell = open_shell(observe=[keeper])
    head = [{"id": "1", "model": "m", "choices": [], "usage": USAGE}]
    servers["one"].say(stream([*sse(*head, done=False), 60.0]))
    servers["two"].say(words("Hello"))
    found = shell.complete(ROUTE)
    assert servers["one"].dropped.wait(30)
    loser = found.attempts[0]
    assert loser.usage is not None
    assert loser.usage.input_tokens == 7
    (booked,) = [call for call in keeper.all() if call.provider == "one"]
    assert booked.usage is not None
    assert booked.usage.input_tokens == 7
    assert found.usage is not None
    assert found.usage.input_tokens == 7, "only what the winner used"


def test_the_first_leg_may_win_although_another_was_asked(shell: Shell, servers: Servers) -> None:
    both = threading.Event()

    def first(sent: Sent) -> Answer:
        both.wait(30)
        return words("Hello")

    def second(sent: Sent) -> Answer:
        both.set()
        return silent()

    servers["one"].say(first)
    servers["two"].say(second)
    found = shell.complete(ROUTE)
    assert (found.text, found.provider) == ("Hello", "one")
    assert [each.leg for each in found.attempts] == ["two:m", "one:m"]
    assert servers["two"].dropped.wait(30)
    nothing_is_left(shell)


@pytest.mark.parametrize("status", [500, 429, 401])
def test_a_second_leg_that_fails_changes_nothing(shell: Shell, servers: Servers, status: int) -> None:
    failed = threading.Event()

    def first(sent: Sent) -> Answer:
        failed.wait(30)
        return words("Hello", before=0.05)

    def second(sent: Sent) -> Answer:
        failed.set()
        return reply(status, {})

    servers["one"].say(first)
    servers["two"].say(second)
    assert shell.complete(ROUTE).text == "Hello"
    assert asked(servers) == [1, 1, 0]
    nothing_is_left(shell)


def test_all_legs_that_were_asked_fail(shell: Shell, servers: Servers) -> None:
    for server in servers.values():
        server.say(Answer([0.1, None]))
    _, error = shell.events(ROUTE)
    assert isinstance(error, ai.RouteFailed)
    assert len(error.errors) == 3
    assert asked(servers) == [1, 1, 1]
    nothing_is_left(shell)


def test_every_verb_and_models_in_this_process(shell: Shell, servers: Servers) -> None:
    servers["one"].say(silent())
    answer = {"model": "e", "data": [{"index": 0, "embedding": [1.0, 2.0]}], "usage": {"prompt_tokens": 1}}
    servers["two"].say(reply(200, answer))
    route = ai.Route(
        ai.Leg("openai:text-embedding-3-small", key="k", base_url=servers["one"].url),
        ai.Leg("mistral:mistral-embed", key="k", base_url=servers["two"].url),
        hedge=0.9,
    )
    found = shell.do(shell.client.embed(route, "a text"))
    assert [list(each) for each in found.vectors] == [[1.0, 2.0]]
    with fake_provider("from here"):
        assert shell.complete(ai.Route("one:m", "fake:m", hedge=0.9)).text == "from here"
    nothing_is_left(shell)


@pytest.mark.parametrize("ending", ["closed", "cancelled", "whole"])
def test_whenever_a_call_ends_nothing_is_left(
    open_shell: Callable[..., Shell], servers: Servers, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader leaves before, while and after a second leg is asked."""
    monkeypatch.setattr(hedging, "FIRST", 100.0)
    shell = open_shell(limits=ai.Limits(at_once=100))
    servers["one"].say(silent())
    servers["two"].say(words("Hel", "lo", before=0.1))
    for pause in (0.0, 0.03, 0.06, 0.1, 0.15, 0.2):
        stream_ = shell.client.stream(ROUTE, "hi")
        if isinstance(shell.client, ai.AsyncClient):
            shell.do(_leave(stream_, ending, pause))
        elif ending == "whole":
            assert stream_.collect().text == "Hello"
        else:
            timer = threading.Timer(pause, stream_.close)
            timer.start()
            shell.items(stream_)
            timer.join(30)
        del stream_
    nothing_is_left(shell)
    for limiter in shell.client._core.terms.gates._limiters.values():
        assert (limiter.under_way, len(limiter.queue)) == (0, 0)


async def _leave(stream_: Any, ending: str, pause: float) -> None:
    reading = asyncio.create_task(stream_.collect())
    if ending == "whole":
        assert (await reading).text == "Hello"
        return
    await asyncio.sleep(pause)
    if ending == "closed":
        await stream_.close()
    else:
        reading.cancel()
    await asyncio.wait([reading])
    if not reading.cancelled():
        assert reading.exception() is None or isinstance(reading.exception(), ai.Cancelled)


def test_closing_the_client_ends_both(shell: Shell, servers: Servers) -> None:
    second = threading.Event()

    def hears(sent: Sent) -> Answer:
        second.set()
        return silent()

    servers["one"].say(silent())
    servers["two"].say(hears)

    async def close() -> None:
        reading = asyncio.create_task(shell.client.complete(ROUTE, "hi"))
        await asyncio.to_thread(second.wait, 30)
        await shell.client.close()
        with pytest.raises(ai.FluentError):
            await reading

    def close_from_a_thread() -> None:
        second.wait(30)
        shell.client.close()

    if isinstance(shell.client, ai.AsyncClient):
        shell.do(close())
    else:
        threading.Thread(target=close_from_a_thread).start()
        with pytest.raises(ai.FluentError):
            shell.complete(ROUTE)
    nothing_is_left(shell)


def test_no_more_extra_requests_than_the_budget_has(open_shell: Callable[..., Shell], servers: Servers) -> None:
    shell = open_shell()
    for server in servers.values():
        server.say(words("Hello", before=0.1))
    for _ in range(10):
        assert shell.complete(ROUTE).text == "Hello"
    assert sum(asked(servers)) in (11, 12), "one to begin with, and a tenth of what is answered"


def test_an_extra_request_counts_as_a_retry_of_its_provider(open_shell: Callable[..., Shell], servers: Servers) -> None:
    shell = open_shell()
    servers["one"].say(words("Hello", before=0.2))
    servers["two"].say(words("Hello"))
    budget = shell.client._core.budgets.of("two")
    while budget.spend():
        pass
    assert shell.complete(ROUTE).provider == "one"
    assert asked(servers) == [1, 0, 0]


@pytest.mark.parametrize(
    ("options", "may"),
    [
        ({}, True), ({"max_tokens": 5, "tools": ["a function of ours"]}, True), ({"extra_body": {"user": "me"}}, True),
        ({"extra_body": {"tools": [{"type": "mcp"}]}}, False), ({"extra_body": {"store": True}}, False),
        ({"extra_body": {"store": False}}, True), ({"background": True}, False),
        ({"extra_body": {"conversation": "c-1"}}, False),
    ],
)  # fmt: skip
def test_what_may_act_is_asked_once(options: dict[str, Any], may: bool) -> None:
    assert may_run_twice("chat", options) is may
    assert not may_run_twice("pull", options)


def test_tags_are_those_of_the_call(open_shell: Callable[..., Shell], servers: Servers) -> None:
    keeper = Keeper()
    shell = open_shell(observe=[keeper])
    servers["one"].say(silent())
    servers["two"].say(words("Hello"))
    with ai.tags(job="nightly"):
        shell.complete(ROUTE)
    assert [dict(call.tags) for call in keeper.all()] == [{"job": "nightly"}] * 2
