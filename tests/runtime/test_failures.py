"""What goes wrong between a client and a provider: typed, retried where that helps, with what came so far."""

from __future__ import annotations

import json
import pickle
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai import laws
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks

HELLO = stream(sse(*text_chunks("Hel", "lo")))

ERRORS: list[tuple[int, Any, type[ai.ApiError]]] = [
    (400, {"error": {"message": "bad temperature", "type": "invalid_request_error"}}, ai.InvalidRequest),
    (400, {"error": {"message": "too long", "code": "context_length_exceeded"}}, ai.ContextTooLong),
    (400, {"error": {"message": "filtered", "code": "content_filter"}}, ai.ContentFiltered),
    (400, {"error": {"message": "API key not valid", "status": "INVALID_ARGUMENT"}}, ai.AuthError),
    (401, {"detail": "Unauthorized"}, ai.AuthError),
    (402, {"error": "pay"}, ai.QuotaExceeded),
    (403, {"message": "no"}, ai.PermissionDenied),
    (404, [{"error": {"message": "no such model"}}], ai.NotFound),
    (422, {"detail": [{"loc": ["x"], "msg": "field required"}]}, ai.InvalidRequest),
    (418, b"teapot", ai.ApiError),
]


@pytest.mark.parametrize(("status", "body", "kind"), ERRORS)
def test_refusals_are_typed_and_not_retried(
    server: Server, client: ai.Client, status: int, body: Any, kind: type[ai.ApiError]
) -> None:
    server.say(reply(status, body, headers={"x-request-id": "req-1"}))
    with pytest.raises(ai.ApiError) as caught:
        client.complete("acme:m", "hi")
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.request_id, error.provider, error.model) == (status, "req-1", "acme", "m")
    assert len(server.sent) == 1
    assert error.body == (body if isinstance(body, bytes) else json.dumps(body).encode())
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(
    ("status", "kind"), [(429, ai.RateLimited), (500, ai.ServerError), (503, ai.Overloaded), (529, ai.Overloaded)]
)
def test_passing_failures_are_retried(server: Server, client: ai.Client, status: int, kind: type[ai.ApiError]) -> None:
    failure = reply(status, {"error": {"message": "later"}}, headers={"retry-after": "0"})
    server.say(failure, failure, HELLO)
    assert client.complete("acme:m", "hi").text == "Hello"
    assert len(server.sent) == 3
    server.say(failure)
    with pytest.raises(kind):
        client.complete("acme:m", "hi")
    assert len(server.sent) == 6


def test_a_long_directed_pause_is_not_waited_for(server: Server, client: ai.Client) -> None:
    server.say(reply(429, {"error": "slow down"}, headers={"retry-after": "3600"}))
    with pytest.raises(ai.RateLimited) as caught:
        client.complete("acme:m", "hi")
    assert caught.value.retry_after == 3600
    assert len(server.sent) == 1


def test_server_can_forbid_a_retry(server: Server, client: ai.Client) -> None:
    server.say(reply(500, {"error": "no"}, headers={"x-should-retry": "false"}))
    with pytest.raises(ai.ServerError):
        client.complete("acme:m", "hi")
    assert len(server.sent) == 1


def test_quota_is_not_a_rate_limit(server: Server, client: ai.Client) -> None:
    server.say(reply(429, {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}))
    with pytest.raises(ai.QuotaExceeded):
        client.complete("acme:m", "hi")
    assert len(server.sent) == 1


def test_a_connection_that_breaks_before_the_first_event_is_retried(server: Server, client: ai.Client) -> None:
    server.say(stream([], end=False), HELLO)
    assert client.complete("acme:m", "hi").text == "Hello"
    assert len(server.sent) == 2


def test_a_cut_stream_keeps_the_partial_reply(server: Server, client: ai.Client) -> None:
    server.say(stream(sse(*text_chunks("Hel", "lo", finish=None), done=False), end=False))
    seen = []
    with pytest.raises(ai.StreamInterrupted) as caught, client.stream("acme:m", "hi") as events:
        for event in events:
            seen.append(event)
    laws.validate(seen, complete=False)
    assert caught.value.partial is not None
    assert caught.value.partial.text == "Hello"
    assert caught.value.provider == "acme"
    assert events.partial.text == "Hello"
    assert len(server.sent) == 1


def test_a_stream_that_ends_early_is_truncated(server: Server, client: ai.Client) -> None:
    server.say(stream(sse(*text_chunks("Hel", finish=None), done=False)))
    with pytest.raises(ai.StreamTruncated) as caught:
        client.complete("acme:m", "hi")
    assert caught.value.partial is not None
    assert caught.value.partial.text == "Hel"


def test_an_error_inside_the_stream_comes_after_the_events_before_it(server: Server, client: ai.Client) -> None:
    failure = {"error": {"message": "Overloaded, try again", "code": 503}}
    server.say(stream(sse(*text_chunks("Hel", finish=None), failure, done=False)))
    seen = []
    with pytest.raises(ai.Overloaded) as caught:
        for event in client.stream("acme:m", "hi"):
            seen.append(event)
    assert isinstance(seen[-1], ai.TextDelta)
    assert caught.value.partial is not None
    assert caught.value.partial.text == "Hel"


def test_an_html_page_is_named(server: Server, client: ai.Client) -> None:
    server.say(reply(200, b"<html>portal</html>", headers={"content-type": "text/html"}))
    with pytest.raises(ai.ProtocolError, match="HTML page"):
        client.complete("acme:m", "hi")


def test_nobody_listens() -> None:
    with ai.Client(keys={"acme": "k"}, manifests=[manifest_for("http://127.0.0.1:9")], retries=0) as client:
        with pytest.raises(ai.ConnectionFailed, match="127.0.0.1:9") as caught:
            client.complete("acme:m", "hi")
        assert caught.value.retryable
        assert caught.value.fault == "network"


@pytest.mark.parametrize(
    ("answer", "stage"),
    [(stream([30.0]), "read"), (reply(200, b""), "first_byte")],
)
def test_silence_ends_in_a_deadline(server: Server, answer: Any, stage: str) -> None:
    if stage == "first_byte":
        answer.pieces.insert(0, 30.0)
    server.say(answer)
    timeouts = ai.Timeouts(first_byte=0.1, read=0.1) if stage == "first_byte" else ai.Timeouts(read=0.1)
    with ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], timeout=timeouts, retries=0) as client:
        with pytest.raises(ai.DeadlineExceeded) as caught:
            client.complete("acme:m", "hi")
        assert caught.value.stage == stage
        assert isinstance(caught.value, TimeoutError)
