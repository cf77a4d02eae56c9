"""The breaker before the attempts of real calls: who failed is left alone, per model, address and key."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import fluent_ai as ai
import pytest
from clocks import Clock
from fluent_ai.resilience.gate import Gates
from scripted_server import Answer, Sent, Server, manifest_for, reply, sse, stream, text_chunks
from shells import Shell

Servers = dict[str, Server]


@pytest.fixture
def clock() -> Clock:
    return Clock(100.0)


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


def test_who_waits_for_the_end_of_a_limit_pays_no_retry(server: Server) -> None:
    """Nothing is sent meanwhile, so that the budget, of ten retries, is not for them."""
    limited = threading.Event()

    def answer(sent: Sent) -> Answer:
        if limited.is_set():
            return words("Hello")
        limited.set()
        return refusal(429, **{"retry-after": "1"})

    server.say(answer)
    with ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)]) as client:
        gates = client._core.terms.gates
        assert gates is not None
        with ThreadPoolExecutor(31) as threads:
            first = threads.submit(client.complete, "acme:m", "hi")
            gate = gates.at("acme", f"{server.url}/chat/completions", "m")
            while gate._pause is None and not first.done():
                time.sleep(0.001)
            others = [threads.submit(client.complete, "acme:m", "hi") for _ in range(30)]
            texts = [each.result().text for each in (first, *others)]
    assert texts == ["Hello"] * 31


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX thing")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_gets_the_permits_that_calls_of_its_parent_have(server: Server) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def answer_late(sent: Sent) -> Answer:
        asked.set()
        go_on.wait(30)
        return words("Hello")

    breaker = ai.Breaker(consecutive=1, wait=0.0)
    with (
        ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], retries=0, breaker=breaker) as client,
        ThreadPoolExecutor(1) as threads,
    ):
        server.say(refusal(503))
        with pytest.raises(ai.Overloaded):
            client.complete("acme:m", "hi")
        server.say(answer_late, words("Hello"))
        probing = threads.submit(client.complete, "acme:m", "hi")
        assert asked.wait(30)
        with pytest.raises(ai.CircuitOpen):
            client.complete("acme:m", "hi")
        if (child := os.fork()) == 0:
            code = 1
            try:
                code = 0 if client.complete("acme:m", "hi").text == "Hello" else 2
            finally:
                os._exit(code)
        status = os.waitpid(child, 0)[1]
        go_on.set()
        assert probing.result().text == "Hello"
    assert os.waitstatus_to_exitcode(status) == 0


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
