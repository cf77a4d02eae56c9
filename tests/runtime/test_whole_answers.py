"""The retried GET over a real loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from fluent_ai.auth.keys import KeyAuthenticator, KeyRing
from fluent_ai.errors import AuthError, DeadlineExceeded, FluentError, ProtocolError, RateLimited
from fluent_ai.http.messages import HttpRequest, Timeouts
from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport
from fluent_ai.resilience.attempts import Delivery
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.resilience.waiting import LoopWaiting
from fluent_ai.streams.whole_answers import WholeAnswer, whole_answer
from scripted_server import Answer as Said
from scripted_server import Server, reply


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def fetch(server: Server, headers: dict[str, str] | None = None, **options: Any) -> tuple[WholeAnswer, list[float]]:
    pauses: list[float] = []

    class Waiting(LoopWaiting):
        async def sleep(self, seconds: float) -> None:
            pauses.append(seconds)

    async def run() -> WholeAnswer:
        transport = AsyncHttpx2Transport()
        try:
            request = HttpRequest("GET", f"{server.url}/models", headers or {})
            timeouts = options.pop("timeouts", Timeouts(2, 2, 2, 2, 2))
            policy = options.pop("policy", RetryPolicy(retries=2, base=1.0))
            delivery = Delivery(lambda: transport, Waiting(), timeouts, policy)
            return await whole_answer(delivery, request, provider="acme", **options)
        finally:
            await transport.close()

    return asyncio.run(run()), pauses


def test_the_whole_body_comes_back(server: Server) -> None:
    server.say(reply(200, {"data": []}, headers={"ETag": '"1"'}))
    answer, pauses = fetch(server)
    assert (answer.status, answer.body, answer.headers["etag"], pauses) == (200, b'{"data": []}', '"1"', [])
    assert repr(answer) == "WholeAnswer(200, 12 bytes)"


def test_passing_failures_are_retried_with_pauses_of_growing_limits(server: Server) -> None:
    server.say(reply(503, b""), reply(502, b""), reply(200, b"{}"))
    answer, pauses = fetch(server)
    assert (answer.body, len(server.sent)) == (b"{}", 3)
    assert 0.0 <= pauses[0] <= 1.0
    assert 0.0 <= pauses[1] <= 2.0


def test_a_body_that_breaks_off_is_retried_and_never_half_an_answer(server: Server) -> None:
    cut = Said([b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf", None])
    server.say(cut, reply(200, b"whole"))
    assert fetch(server)[0].body == b"whole"
    server.say(cut)
    with pytest.raises(FluentError) as caught:
        fetch(server)
    assert caught.value.fault == "network"


def test_the_providers_own_pause_is_taken(server: Server) -> None:
    server.say(reply(429, b"", headers={"retry-after": "7"}), reply(200, b"{}"))
    (pause,) = fetch(server)[1]
    assert 7.0 <= pause <= 8.75
    server.say(reply(429, b"", headers={"retry-after": "3600"}))
    with pytest.raises(RateLimited) as caught:
        fetch(server)
    assert (caught.value.retry_after, caught.value.provider) == (3600.0, "acme")


def test_what_time_does_not_mend_is_not_retried_and_the_key_is_not_shown(server: Server) -> None:
    server.say(reply(401, {"error": {"message": "bad key a-key-for-tests"}}))
    with pytest.raises(AuthError) as caught:
        fetch(server, authenticator=KeyAuthenticator(KeyRing(["a-key-for-tests"]), "authorization", "Bearer "))
    assert len(server.sent) == 1
    assert "a-key-for-tests" not in str(caught.value)


@pytest.mark.parametrize("status", [204, 206, 304])
def test_another_status_is_no_answer(server: Server, status: int) -> None:
    server.say(Said([f"HTTP/1.1 {status} Said\r\ncontent-length: 0\r\n\r\n".encode()]))
    with pytest.raises(ProtocolError, match=f"acme: expected status 200, got {status}"):
        fetch(server)


def test_a_redirect_is_not_followed(server: Server) -> None:
    server.say(Said([b"HTTP/1.1 301 Moved\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n"]))
    with pytest.raises(ProtocolError, match=r"acme: redirects are not followed \(301\)"):
        fetch(server)
    assert len(server.sent) == 1


def test_not_modified_is_an_answer_to_who_asked_for_it(server: Server) -> None:
    server.say(Said([b"HTTP/1.1 304 Not Modified\r\n\r\n"]))
    assert fetch(server, {"if-none-match": '"1"'})[0].status == 304
    server.say(Said([b"HTTP/1.1 304 Not Modified\r\n\r\n"]))
    assert fetch(server, {"if-modified-since": "Sun, 06 Nov 1994 08:49:37 GMT"})[0].status == 304


def test_a_body_without_end_is_cut_short(server: Server) -> None:
    server.say(reply(200, b"x" * 100))
    assert len(fetch(server, limit=100)[0].body) == 100
    with pytest.raises(ProtocolError, match="acme: the response is larger than 99 bytes"):
        fetch(server, limit=99)


def test_a_server_that_says_nothing_is_given_up(server: Server) -> None:
    server.say(Said([1.0, None]))
    with pytest.raises(DeadlineExceeded) as caught:
        fetch(server, timeouts=Timeouts(1, 0.05, 0.05, 1, 1), policy=RetryPolicy(retries=0))
    assert caught.value.stage == "first_byte"
