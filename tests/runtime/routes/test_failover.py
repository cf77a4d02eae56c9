"""A route asks the next leg where one fails, over real sockets and through both clients."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable

import fluent_ai as ai
import pytest
from fluent_ai import laws
from fluent_ai.testing import fake_provider
from scripted_server import Answer, Sent, Server, manifest_for, reply, sse, stream, text_chunks
from shells import Shell

Servers = dict[str, Server]
ROUTE = ai.Route("one:m", "two:m", "three:m")


def words(*texts: str, usage: dict[str, int] | None = None) -> Answer:
    return stream(list(sse(*text_chunks(*texts, usage=usage))))


def refusal(status: int, message: str = "no", code: str | None = None, **headers: str) -> Answer:
    return reply(status, {"error": {"message": message, "code": code}}, headers=headers)


def asked(servers: Servers) -> list[int]:
    return [len(server.sent) for server in servers.values()]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, ai.AuthError), (403, ai.PermissionDenied), (404, ai.NotFound), (429, ai.RateLimited),
        (500, ai.ServerError), (503, ai.Overloaded), (302, ai.ProtocolError),
    ],
)  # fmt: skip
def test_the_next_leg_answers_for_one_that_fails(
    shell: Shell, servers: Servers, status: int, kind: type[ai.FluentError]
) -> None:
    servers["one"].say(refusal(status))
    servers["two"].say(words("Hel", "lo", usage={"prompt_tokens": 3, "completion_tokens": 2}))
    events, error = shell.events(ROUTE)
    assert error is None
    laws.validate(events)
    assert not any(isinstance(event, ai.Seam) for event in events)
    found = shell.complete(ROUTE)
    assert (found.text, found.provider, found.requested_model) == ("Hello", "two", "m")
    assert found.usage is not None
    assert found.usage.input_tokens == 3
    failed, answered = found.attempts
    assert (failed.leg, type(failed.error), answered.leg, answered.error) == ("one:m", kind, "two:m", None)
    assert failed.seconds is not None
    assert answered.seconds is not None
    assert asked(servers) == [2, 2, 0]


def test_a_connection_that_is_refused_and_one_that_breaks_before_the_text(shell: Shell, servers: Servers) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = f"http://127.0.0.1:{listener.getsockname()[1]}"
    route = ai.Route(ai.Leg("one:m", base_url=nobody), "two:m", "three:m")
    servers["two"].say(stream(list(sse(*text_chunks(finish=None), done=False)), end=False))
    servers["three"].say(words("Hello"))
    events, error = shell.events(route)
    assert error is None
    assert [type(event) for event in events][:2] == [ai.StreamStart, ai.TextStart]
    found = shell.complete(route)
    assert [type(each.error) for each in found.attempts] == [ai.ConnectionFailed, ai.ConnectionFailed, type(None)]


def test_what_precedes_the_text_does_not_commit_to_a_leg(shell: Shell, servers: Servers) -> None:
    head = {"id": "chat-1", "model": "real-model", "choices": [{"index": 0, "delta": {"role": "assistant"}}]}
    servers["one"].say(stream(list(sse(head, done=False)), end=False))
    servers["two"].say(words("Hello"))
    events, error = shell.events(ROUTE)
    assert error is None
    laws.validate(events)
    assert next(event for event in events if isinstance(event, ai.StreamStart)).provider == "two"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(400, "temperature is wrong"), ai.InvalidRequest),
        (refusal(400, "not that", "content_filter"), ai.ContentFiltered),
    ],
)
def test_what_is_the_callers_fault_is_not_asked_twice(
    shell: Shell, servers: Servers, answer: Answer, kind: type[ai.FluentError]
) -> None:
    servers["one"].say(answer)
    _, error = shell.events(ROUTE)
    assert type(error) is kind
    assert asked(servers) == [1, 0, 0]


def test_a_prompt_that_is_too_long_here_may_fit_there(shell: Shell, servers: Servers) -> None:
    servers["one"].say(refusal(400, "too long", "context_length_exceeded"))
    servers["two"].say(words("Hello"))
    assert shell.complete(ROUTE).text == "Hello"


def test_all_legs_down_is_one_error_with_each_of_theirs(shell: Shell, servers: Servers) -> None:
    servers["one"].say(refusal(503, "busy"))
    servers["two"].say(refusal(429, "slow down", **{"retry-after": "7"}))
    servers["three"].say(refusal(401, "who are you"))
    _, error = shell.events(ROUTE)
    assert isinstance(error, ai.RouteFailed)
    assert [type(each) for each in error.errors] == [ai.Overloaded, ai.RateLimited, ai.AuthError]
    assert [each.provider for each in error.errors] == ["one", "two", "three"]
    assert error.retryable is True
    assert "one:m: " in str(error)
    assert "busy" in str(error)
    assert "slow down" in str(error)
    again = ai.FluentError.from_dict(error.to_dict())
    assert isinstance(again, ai.RouteFailed)
    assert [str(each) for each in again.errors] == [str(each) for each in error.errors]
    assert error.partial is not None
    assert len(error.partial.attempts) == 3


def test_the_error_of_the_only_leg_is_raised_as_it_is(shell: Shell, servers: Servers) -> None:
    servers["one"].say(refusal(503))
    _, error = shell.events(ai.Route("one:m"))
    assert type(error) is ai.Overloaded


def test_a_leg_has_a_key_an_address_and_retries_of_its_own(shell: Shell, servers: Servers) -> None:
    servers["one"].say(refusal(503, **{"retry-after": "0"}))
    servers["two"].say(words("Hello"))
    second = ai.Leg("one:m", name="second key", key="another-key", base_url=servers["two"].url)
    found = shell.complete(ai.Route(ai.Leg("one:m", retries=2), second))
    assert [each.leg for each in found.attempts] == ["one:m", "second key"]
    assert asked(servers) == [3, 1, 0]
    assert servers["one"].sent[0].headers["authorization"] == "Bearer a-key-for-tests"
    assert servers["two"].sent[0].headers["authorization"] == "Bearer another-key"


def test_a_leg_with_a_successor_is_not_waited_for_long(open_shell: Callable[..., Shell], servers: Servers) -> None:
    servers["one"].say(refusal(429, **{"retry-after": "30"}))
    servers["two"].say(words("Hello"))
    assert open_shell(retries=2).complete(ROUTE).text == "Hello"
    assert asked(servers) == [1, 1, 0]


def test_the_total_limit_is_that_of_all_legs_together(open_shell: Callable[..., Shell], servers: Servers) -> None:
    servers["one"].say(Answer([30.0]))
    servers["two"].say(words("Hello"))
    _, error = open_shell(timeout=ai.Timeouts(total=1.0)).events(ROUTE)
    assert isinstance(error, ai.DeadlineExceeded)
    assert error.stage == "total"
    assert asked(servers) == [1, 0, 0]


def test_a_deadline_of_one_leg_lets_the_next_one_answer(shell: Shell, servers: Servers) -> None:
    servers["one"].say(Answer([30.0]))
    servers["two"].say(words("Hello"))
    found = shell.complete(ai.Route(ai.Leg("one:m", timeout=0.2), "two:m"))
    assert found.text == "Hello"
    assert isinstance(found.attempts[0].error, ai.DeadlineExceeded)


def test_a_leg_whose_facts_refuse_the_request_is_passed_over(
    open_shell: Callable[..., Shell], servers: Servers
) -> None:
    servers["two"].say(words("Hello"))
    found = open_shell().complete(ai.Route("openai:text-embedding-3-small", "two:m"))
    assert isinstance(found.attempts[0].error, ai.ConfigError)
    assert found.attempts[0].seconds is None
    assert found.text == "Hello"


def test_legs_may_run_in_this_process(shell: Shell, servers: Servers) -> None:
    servers["one"].say(refusal(503))
    with fake_provider("from here") as fake:
        assert shell.complete(ai.Route("one:m", "fake:m"), system="be kind").text == "from here"
    assert fake.requests[0].system == "be kind"
    with fake_provider(ai.OutOfMemory("too large", estimate=1)):
        servers["one"].say(words("from there"))
        assert shell.complete(ai.Route("fake:m", "one:m")).text == "from there"


def test_every_verb_takes_a_route(shell: Shell, servers: Servers) -> None:
    servers["one"].say(refusal(503))
    servers["two"].say(
        reply(200, {"model": "e", "data": [{"index": 0, "embedding": [1.0, 2.0]}], "usage": {"prompt_tokens": 1}})
    )
    route = ai.Route(
        ai.Leg("openai:text-embedding-3-small", key="k", base_url=servers["one"].url),
        ai.Leg("mistral:mistral-embed", key="k", base_url=servers["two"].url),
    )
    found = shell.do(shell.client.embed(route, "a text"))
    assert [list(each) for each in found.vectors] == [[1.0, 2.0]]
    assert [type(each.error) for each in found.attempts] == [ai.Overloaded, type(None)]


def test_closing_while_a_leg_is_silent_ends_the_call(shell: Shell, servers: Servers) -> None:
    silent = threading.Event()

    def stay_silent(sent: Sent) -> Answer:
        silent.set()
        return Answer([60.0])

    servers["one"].say(refusal(503))
    servers["two"].say(stay_silent)
    stream = shell.client.stream(ROUTE, "hi")

    async def close() -> None:
        reading = asyncio.create_task(stream.collect())
        await asyncio.to_thread(silent.wait, 30)
        await stream.close()
        await reading

    def close_from_a_thread() -> None:
        silent.wait(30)
        stream.close()

    with pytest.raises(ai.Cancelled):
        if isinstance(shell.client, ai.AsyncClient):
            shell.do(close())
        else:
            threading.Thread(target=close_from_a_thread).start()
            stream.collect()
    assert asked(servers) == [1, 1, 0]


def test_cancelling_the_task_cancels_the_leg(servers: Servers) -> None:
    servers["one"].say(refusal(503))
    servers["two"].say(Answer([60.0]))
    shell = Shell("AsyncClient", manifests=[manifest_for(each.url, id=name) for name, each in servers.items()])

    async def give_up() -> None:
        route = ai.Route(ai.Leg("one:m", key="k", retries=0), ai.Leg("two:m", key="k"))
        call = asyncio.ensure_future(shell.client.complete(route, "hi"))
        while not servers["two"].sent:  # noqa: ASYNC110  # the server is in another thread
            await asyncio.sleep(0.01)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    shell.do(give_up())
    assert servers["two"].dropped.wait(30)
    shell.close()
