"""The breaker before the attempts of real calls: who failed is left alone, per model, address and key."""

from __future__ import annotations

from collections.abc import Callable

import fluent_ai as ai
import pytest
from fluent_ai.resilience.gate import Gates
from scripted_server import Answer, Server, reply, sse, stream, text_chunks
from shells import Shell

Servers = dict[str, Server]


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shell(open_shell: Callable[..., Shell], clock: Clock) -> Shell:
    """A client whose breaker has a clock that stands until a test moves it."""
    made = open_shell()
    core = made.client._core
    core.terms = core.terms._replace(gates=Gates(ai.Breaker(), clock=clock))
    return made


def words(*texts: str) -> Answer:
    return stream(list(sse(*text_chunks(*texts))))


def refusal(status: int, **headers: str) -> Answer:
    return reply(status, {"error": {"message": "no"}}, headers=headers)


def errors(shell: Shell, calls: int, model: object = "one:m") -> list[type]:
    return [type(shell.events(model)[1]) for _ in range(calls)]


def test_twelve_failures_in_a_row_send_five_requests(shell: Shell, servers: Servers, clock: Clock) -> None:
    servers["one"].say(refusal(503))
    assert errors(shell, 12) == [ai.Overloaded] * 5 + [ai.CircuitOpen] * 7
    assert len(servers["one"].sent) == 5
    clock.now += 12.0
    _, error = shell.events("one:m")
    assert isinstance(error, ai.CircuitOpen)
    assert (error.state, error.failures, error.retry_after) == ("open", 5, 48.0)
    assert (error.provider, error.model) == ("one", "m")
    assert error.name is not None
    assert error.name.startswith("one:m at 127.0.0.1:")
    clock.now += 48.0
    servers["one"].say(words("Hello"))
    assert shell.complete("one:m").text == "Hello"
    assert shell.complete("one:m").text == "Hello"


def test_a_probe_that_fails_opens_the_circuit_again(shell: Shell, servers: Servers, clock: Clock) -> None:
    servers["one"].say(refusal(503))
    errors(shell, 5)
    clock.now += 60.0
    assert errors(shell, 2) == [ai.Overloaded, ai.CircuitOpen]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 429])
def test_the_callers_faults_open_nothing(shell: Shell, servers: Servers, status: int) -> None:
    servers["one"].say(refusal(status))
    assert ai.CircuitOpen not in errors(shell, 12)


def test_probes_that_say_nothing_give_their_permits_back(shell: Shell, servers: Servers, clock: Clock) -> None:
    servers["one"].say(refusal(503))
    errors(shell, 5)
    clock.now += 60.0
    servers["one"].say(refusal(429))
    assert errors(shell, 3) == [ai.RateLimited] * 3
    servers["one"].say(words("Hello"))
    shell.client.stream("one:m", "hi")  # never opened
    assert shell.complete("one:m").text == "Hello"


def test_a_stream_that_is_left_after_its_first_event_was_a_success(
    shell: Shell, servers: Servers, clock: Clock
) -> None:
    servers["one"].say(refusal(503))
    errors(shell, 5)
    clock.now += 60.0
    servers["one"].say(words(*["word "] * 50))
    stream = shell.client.stream("one:m", "hi")
    if isinstance(stream, ai.ReplyStream):
        next(stream)
        stream.close()
    else:

        async def leave() -> None:
            await stream.__anext__()
            await stream.close()

        shell.do(leave())
    assert errors(shell, 3) == [type(None)] * 3


def test_a_limit_pauses_the_model_and_nobody_else(shell: Shell, servers: Servers, clock: Clock) -> None:
    servers["one"].say(refusal(429, **{"retry-after": "30"}))
    assert errors(shell, 1) == [ai.RateLimited]
    clock.now += 10.0
    _, error = shell.events("one:m")
    assert isinstance(error, ai.RateLimited)
    assert (error.retry_after, error.status, error.provider) == (20.0, 429, "one")
    assert len(servers["one"].sent) == 1
    servers["one"].say(words("Hello"))
    assert shell.complete("one:another").text == "Hello"
    clock.now += 20.0
    assert shell.complete("one:m").text == "Hello"


def test_a_route_does_not_wait_for_a_leg_that_is_left_alone(shell: Shell, servers: Servers) -> None:
    servers["one"].say(refusal(503))
    servers["two"].say(words("Hello"))
    route = ai.Route("one:m", "two:m")
    found = [shell.complete(route) for _ in range(8)]
    assert {reply.text for reply in found} == {"Hello"}
    assert [type(reply.attempts[0].error) for reply in found] == [ai.Overloaded] * 5 + [ai.CircuitOpen] * 3
    assert len(servers["one"].sent) == 5


def test_another_model_has_a_circuit_of_its_own(shell: Shell, servers: Servers) -> None:
    servers["one"].say(refusal(503))
    errors(shell, 6)
    servers["one"].say(words("Hello"))
    assert shell.complete("one:another").text == "Hello"
    assert errors(shell, 1) == [ai.CircuitOpen]


def test_another_key_has_a_circuit_of_its_own(shell: Shell, servers: Servers) -> None:
    servers["one"].say(refusal(503))
    errors(shell, 6)
    servers["one"].say(words("Hello"))
    assert shell.complete(ai.Route(ai.Leg("one:m", key="another"))).text == "Hello"
    assert errors(shell, 1) == [ai.CircuitOpen]


def test_streams_that_break_off_again_and_again_open_it_too(shell: Shell, servers: Servers) -> None:
    servers["one"].say(stream(list(sse(*text_chunks("Hel", finish=None), done=False)), end=False))
    found = errors(shell, 60)
    assert ai.CircuitOpen in found
    assert set(found) == {ai.StreamInterrupted, ai.CircuitOpen}


def test_it_can_be_set_otherwise_and_turned_off(open_shell: Callable[..., Shell], servers: Servers) -> None:
    servers["one"].say(refusal(503))
    assert ai.CircuitOpen not in errors(open_shell(breaker=False), 12)
    assert errors(open_shell(breaker=ai.Breaker(consecutive=2)), 3)[2] is ai.CircuitOpen


def test_a_breaker_that_cannot_be(open_shell: Callable[..., Shell]) -> None:
    with pytest.raises(ai.ConfigError, match="breaker is of type int"):
        open_shell(breaker=5)
    for wrong in ({"consecutive": 0}, {"failure_rate": 1.5}, {"wait": -1.0}, {"permits": 0}, {"window": "long"}):
        with pytest.raises(ai.ConfigError, match=next(iter(wrong))):
            ai.Breaker(**wrong)  # type: ignore[arg-type]
