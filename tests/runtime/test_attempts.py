"""The one loop of attempts, over a real loopback server."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols.chat.openai_chat import OpenAIChat
from fluent_ai.resilience.attempts import MAX_ERROR_BODY
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.testing import FakeResponse, FakeTransport
from scripted_server import Answer, Server, manifest_for, reply
from transports import KINDS, Caller

STATUSES = [(400, ai.InvalidRequest), (401, ai.AuthError), (429, ai.RateLimited)]
REASON = b'{"error": {"message": "no"}}'


@pytest.fixture(params=KINDS)
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    made = Caller(request.param)
    yield made
    made.close()


def refusal(status: int, *rest: Any) -> Answer:
    """The head of a refusal that promises more than the reason, then `rest`."""
    head = f"HTTP/1.1 {status} No\r\ncontent-length: 5000\r\nretry-after: 3600\r\n\r\n".encode()
    return Answer([head + REASON, *rest])


@pytest.mark.parametrize(("status", "kind"), STATUSES)
@pytest.mark.parametrize("rest", [(None,), (30.0, None)], ids=["cut", "stalled"])
def test_a_status_survives_a_body_that_breaks_or_stalls(
    server: Server, caller: Caller, status: int, kind: type[ai.ApiError], rest: tuple[Any, ...]
) -> None:
    server.say(refusal(status, *rest))
    conversation = caller.client(manifest_for(server.url), timeout=0.5, retries=2)
    with pytest.raises(kind) as caught:
        conversation.collect(conversation.stream())
    conversation.close()
    assert (caught.value.status, len(server.sent)) == (status, 1)


def test_a_status_survives_a_body_that_is_too_large(server: Server, client: ai.Client) -> None:
    server.say(reply(400, REASON + b" " * (2 * MAX_ERROR_BODY)))
    with pytest.raises(ai.InvalidRequest, match="no") as caught:
        client.complete("acme:m", "hi")
    assert caught.value.body is not None
    assert len(caught.value.body) == MAX_ERROR_BODY


def test_a_request_is_encoded_once_for_all_its_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded = []
    encode = OpenAIChat.encode

    def count(codec: OpenAIChat, request: ai.ChatRequest) -> tuple[bytes, str]:
        encoded.append(request)
        return encode(codec, request)

    monkeypatch.setattr(OpenAIChat, "encode", count)
    monkeypatch.setattr(RetryPolicy, "delay", lambda policy, error, attempt: 0.0 if attempt < 2 else None)
    transport = FakeTransport(lambda request: FakeResponse([b"{}"], 503, {}))
    client = ai.Client(
        keys={"acme": lambda: "a-key-for-tests"}, manifests=[manifest_for("http://127.0.0.1:1")], transport=transport
    )
    with pytest.raises(ai.Overloaded):
        client.complete("acme:m", "hi")
    assert (len(transport.requests), len(encoded)) == (3, 1)


def test_attempts_are_logged_without_keys_prompts_and_answers(
    server: Server, client: ai.Client, caplog: pytest.LogCaptureFixture
) -> None:
    server.say(reply(401, b'{"error": {"message": "a reason that quotes: the-prompt"}}'))
    with caplog.at_level(logging.DEBUG, logger="fluent_ai"), pytest.raises(ai.AuthError):
        client.complete("acme:m", "the-prompt")
    started, failed = (record.getMessage() for record in caplog.records if record.name == "fluent_ai.attempts")
    assert started.startswith("acme:m: attempt 1 started after ")
    assert failed.startswith("acme:m: attempt 1 failed after ")
    assert failed.endswith(" with AuthError (401), no more attempts")
    assert "the-prompt" not in caplog.text
    assert "acme-secret-key" not in caplog.text
