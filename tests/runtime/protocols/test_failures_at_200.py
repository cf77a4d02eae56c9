"""Answers with status 200 that say what is wrong: told as that, and not as a stream that was cut."""

from __future__ import annotations

import json

import fluent_ai as ai
import pytest
from fluent_ai.protocols import stream_parser

ROUTES = [
    ("openai", "openai_chat"),
    ("openai", "openai_responses"),
    ("anthropic", None),
    ("gemini", None),
    ("cohere", None),
    ("ollama", None),
    ("bedrock", None),
]
BEGUN = b'data: {"id": "r", "choices": [{"index": 0, "delta": {"content": "Hel"}}]}\n\n'


def failure(provider: str, protocol: str | None, body: bytes) -> ai.FluentError:
    """The error of a body, the same however it is cut."""
    found = []
    for pieces in ([body], [body[at : at + 1] for at in range(len(body))]):
        parser = stream_parser(provider, protocol=protocol)
        for piece in pieces:
            parser.feed(piece)
        with pytest.raises(ai.FluentError) as caught:
            parser.finish()
        found.append((type(caught.value), str(caught.value), caught.value.retryable))
        assert caught.value.provider == provider
        assert caught.value.partial is not None
    assert found[0] == found[1]
    return caught.value


@pytest.mark.parametrize(("provider", "protocol"), ROUTES)
@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        ({"code": "InvalidParameter", "msg": "the size is odd"}, ai.ApiError, "the size is odd"),
        ({"code": 503, "msg": "try later", "success": False}, ai.Overloaded, "try later"),
        ({"error": {"message": "slow down", "code": "429"}}, ai.RateLimited, "slow down"),
        ({"errors": [{"message": "no account", "code": 401}]}, ai.AuthError, "no account"),
        ({"detail": "not now"}, ai.ApiError, "not now"),
        ({"error_code": 18, "error_msg": "limit of queries"}, ai.ApiError, "limit of queries"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_document_of_any_shape(
    provider: str, protocol: str | None, body: dict[str, object], kind: type[ai.ApiError], reason: str
) -> None:
    data = json.dumps(body).encode()
    bodies = [data + b"\n" if provider == "ollama" else data]
    if provider not in ("ollama", "bedrock"):
        bodies += [b"data: %s\n\n" % data, b"event: error\nid: 1\ndata:%s\n\n" % data]
    for sent in bodies:
        found = failure(provider, protocol, sent)
        assert type(found) is kind
        assert reason in str(found)


@pytest.mark.parametrize(("provider", "protocol"), ROUTES)
def test_text_is_the_reason_and_a_page_is_named(provider: str, protocol: str | None) -> None:
    told = failure(provider, protocol, b"no healthy upstream\n")
    assert (type(told), told.retryable) == (ai.ApiError, False)
    assert "no healthy upstream" in str(told)
    page = failure(provider, protocol, b"<!DOCTYPE html>\n<html><title>Log in</title></html>\n")
    assert isinstance(page, ai.ProtocolError)
    assert "an HTML page" in str(page)
    assert not page.retryable


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        ({"choices": None, "base_resp": {"status_code": 1008, "status_msg": "no money"}}, ai.QuotaExceeded, "no money"),
        ({"choices": None, "base_resp": {"status_code": 1004, "status_msg": "who?"}}, ai.AuthError, "who?"),
        ({"usage": {"x": 0}, "base_resp": {"status_code": 1002, "status_msg": "wait"}}, ai.RateLimited, "wait"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("streamed", [True, False])
def test_minimax_has_a_status_of_its_own(
    body: dict[str, object], kind: type[ai.ApiError], reason: str, streamed: bool
) -> None:
    data = json.dumps({"id": "05", "model": "M", **body}).encode()
    found = failure("minimax", None, b"data: %s\n\n" % data if streamed else data)
    assert type(found) is kind
    assert reason in str(found)


def test_a_status_of_zero_is_none() -> None:
    parser = stream_parser("minimax")
    good = b'"base_resp": {"status_code": 0, "status_msg": ""}'
    events = parser.feed(b'data: {"id": "1", "choices": [{"delta": {"content": "Hi"}}], %s}\n\n' % good)
    events += parser.feed(b'data: {"id": "1", "choices": [], "usage": {"total_tokens": 3}, %s}\n\n' % good)
    events += parser.feed(b"data: [DONE]\n\n") + parser.finish()
    assert ai.fold(events).text == "Hi"


@pytest.mark.parametrize("begun", [True, False])
@pytest.mark.parametrize(
    "field", [b'error: {"code": 400, "message": "it exceeds the available context size"}', b"error: model is gone"]
)
def test_an_error_as_a_field_of_the_stream(begun: bool, field: bytes) -> None:
    found = failure("openai", "openai_chat", (BEGUN if begun else b"") + field + b"\n\n")
    assert type(found) is (ai.ContextTooLong if b"context" in field else ai.ApiError)
    assert ("context size" if b"context" in field else "model is gone") in str(found)
    assert isinstance(found.partial, ai.Reply)
    assert found.partial.text == ("Hel" if begun else "")


@pytest.mark.parametrize("body", [BEGUN, b"data: ", b'data: {"id": "r", "cho', b'{"id": "r", "cho', b"", b": ping\n\n"])
def test_what_was_cut_is_a_cut(body: bytes) -> None:
    assert isinstance(failure("openai", "openai_chat", body), ai.StreamTruncated | ai.ProtocolError)


def test_an_error_names_no_key_and_no_more_than_is_read() -> None:
    found = failure("openai", "openai_chat", b"the key sk-abcdefghijklmnopqrstuvwx is bad " + b"x" * 2000)
    assert "sk-abc" not in str(found)
    assert len(str(found)) < 600
