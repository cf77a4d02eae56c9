"""Deadlines and retries of single calls and legs, and of attempts at a provider that is silent."""

from __future__ import annotations

from collections.abc import Callable

import fluent_ai as ai
import pytest
from scripted_server import Answer, Server, reply, sse, stream, text_chunks
from shells import Shell

Servers = dict[str, Server]
PING = b": ping\n\n"


def words(*texts: str) -> Answer:
    return stream(list(sse(*text_chunks(*texts))))


@pytest.mark.parametrize(
    "answer", [Answer([30.0]), stream([30.0]), stream([PING, 0.1, PING, 30.0])], ids=["silence", "head", "comments"]
)
def test_a_silent_provider_is_asked_once(open_shell: Callable[..., Shell], servers: Servers, answer: Answer) -> None:
    servers["one"].say(answer)
    shell = open_shell(timeout=ai.Timeouts(first_event=0.3), retries=5)
    _, error = shell.events("one:m")
    assert isinstance(error, ai.DeadlineExceeded)
    assert (error.stage, error.provider, error.retryable) == ("first_event", "one", True)
    assert len(servers["one"].sent) == 1


def test_what_comes_after_the_first_event_may_take_longer(open_shell: Callable[..., Shell], servers: Servers) -> None:
    pieces = sse(*text_chunks("Hel", "lo"))
    servers["one"].say(stream([pieces[0], 0.6, *pieces[1:]]))
    assert open_shell(timeout=ai.Timeouts(first_event=0.3)).complete("one:m").text == "Hello"


def test_the_pause_before_a_retry_does_not_count(open_shell: Callable[..., Shell], servers: Servers) -> None:
    servers["one"].say(reply(503, {}, headers={"retry-after": "0.5"}), words("Hello"))
    shell = open_shell(timeout=ai.Timeouts(first_event=0.6), retries=1)
    shell.client._core.terms = shell.client._core.terms._replace(gates=None)
    assert shell.complete("one:m").text == "Hello"
    assert len(servers["one"].sent) == 2


def test_a_call_has_limits_and_retries_of_its_own(open_shell: Callable[..., Shell], servers: Servers) -> None:
    servers["one"].say(reply(503, {}, headers={"retry-after": "0"}))
    shell = open_shell(retries=3, breaker=False)
    _, error = shell.events("one:m", retries=0)
    assert isinstance(error, ai.Overloaded)
    assert len(servers["one"].sent) == 1
    _, error = shell.events("one:m", retries=1)
    assert len(servers["one"].sent) == 3
    servers["one"].say(Answer([30.0]))
    _, error = shell.events("one:m", timeout=0.2)
    assert isinstance(error, ai.DeadlineExceeded)
    _, error = shell.events(ai.Route("one:m"), timeout=ai.Timeouts(total=0.2))
    assert isinstance(error, ai.DeadlineExceeded)
    assert error.stage == "total"


def test_what_a_leg_says_of_itself_comes_before_what_the_call_says(
    open_shell: Callable[..., Shell], servers: Servers
) -> None:
    servers["one"].say(reply(503, {}, headers={"retry-after": "0"}))
    shell = open_shell(breaker=False)
    shell.events(ai.Route(ai.Leg("one:m", retries=1)), retries=0)
    assert len(servers["one"].sent) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"timeout": -1}, "timeout is -1"),
        ({"timeout": "soon"}, "timeout is 'soon'"),
        ({"retries": -1}, "retries is -1"),
        ({"retries": 1.5}, "retries is 1.5"),
        ({"timeout": ai.Timeouts(first_event=0.0)}, "timeout is"),
        ({"timeout": ai.Timeouts(first_event=5.0, total=1.0)}, "first_event of 5.0 s; allowed: no more than its total"),
    ],
)
def test_what_cannot_be_is_refused_at_the_call(shell: Shell, options: dict[str, object], said: str) -> None:
    with pytest.raises(ai.ConfigError, match=said):
        shell.client.stream("one:m", "hi", **options)
