"""The words of providers: every row is reachable, none contradicts a status, and each end has one meaning."""

from __future__ import annotations

import json
import re

import fluent_ai as ai
import pytest
from fluent_ai.protocols.shared.api_errors import api_error
from fluent_ai.protocols.shared.wordings import CODES, ENDINGS, WORDINGS, Code, Wording, how_it_ended


def error(status: int | None, message: str = "it failed", code: object = None, provider: str = "acme") -> ai.ApiError:
    body = {"error": {"message": message, "code": code}}
    return api_error(provider, status, {}, json.dumps(body).encode())


@pytest.mark.parametrize("row", CODES, ids=lambda row: f"{row.provider}-{row.code}")
def test_each_code_has_its_meaning(row: Code) -> None:
    assert type(error(None, code=row.code, provider=row.provider or "acme")) is row.meaning
    if row.provider is not None:
        assert type(error(None, code=row.code)) is ai.ApiError
        assert type(error(None, code=int(row.code), provider=row.provider)) is row.meaning


@pytest.mark.parametrize("row", WORDINGS, ids=lambda row: row.words)
def test_each_wording_has_its_meaning(row: Wording) -> None:
    text = row.words.replace("[0-9]+", "12").replace(".*", "x").replace("'?", "'").replace("[_ ]", " ")
    text = re.sub(r"\(([^|)]*)[^)]*\)\??", r"\1", text).split("|")[0]
    assert type(error(None, f"It says: {text.upper()}.")) is row.meaning


@pytest.mark.parametrize("rows", [CODES, WORDINGS, ENDINGS])
def test_each_row_has_a_source_and_no_twin(rows: tuple[Code, ...]) -> None:
    assert all(row.source.startswith("https://") for row in rows)
    keys = [(row[1].lower(), row[3] if len(row) > 3 else None) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("status", "message", "code", "kind"),
    [
        (429, "Too many tokens, please wait", "ThrottlingException", ai.RateLimited),
        (429, "maximum context length of the minute", None, ai.RateLimited),
        (None, "Too many tokens, please wait", "throttlingException", ai.RateLimited),
        (413, "tokens per minute: requested 9000", "rate_limit_exceeded", ai.RateLimited),
        (401, "the prompt is too long", None, ai.AuthError),
        (402, "context window", None, ai.QuotaExceeded),
        (403, "you have run out of credits", "permission-denied", ai.QuotaExceeded),
        (403, "no", "PERMISSION_DENIED", ai.PermissionDenied),
        (404, "rate limit", None, ai.NotFound),
        (400, "server_error", None, ai.InvalidRequest),
        (400, "the rate limit of your prompt", None, ai.InvalidRequest),
        (400, "the prompt is too long", "invalid_request_error", ai.ContextTooLong),
        (422, "`inputs` must have less than 8 tokens. Given: 9", None, ai.ContextTooLong),
        (500, "the prompt is too long", "context_length_exceeded", ai.ServerError),
        (503, "credit balance is too low", None, ai.Overloaded),
    ],
)
def test_status_and_code_come_before_words(
    status: int | None, message: str, code: str, kind: type[ai.ApiError]
) -> None:
    assert type(error(status, message, code)) is kind


@pytest.mark.parametrize("status", [400, 404, 502, None])
def test_text_and_pages_are_shown_as_reasons(status: int | None) -> None:
    assert "acme: model is not loaded" in str(api_error("acme", status, {}, b" model is\nnot loaded\n"))
    page = b"<html><head><title>502 Bad Gateway</title></head><body>long</body></html>"
    assert "acme: an HTML page: 502 Bad Gateway" in str(api_error("acme", status, {}, page))
    events = b'event: error\n: HTTP_STATUS/400\ndata: {"code": "Arrearage", "message": "pay first"}\n\n'
    assert "acme: pay first" in str(api_error("acme", status, {}, events))
    assert "not text" in str(api_error("acme", status, {}, b"\x00\xff\x01"))


def test_openrouter_tells_what_the_host_said() -> None:
    raw = json.dumps({"error": {"message": "This model's maximum context length is 8 tokens"}})
    body = {
        "error": {"message": "Provider returned error", "code": 400, "metadata": {"raw": raw, "provider_name": "X"}}
    }
    found = api_error("openrouter", 400, {}, json.dumps(body).encode())
    assert type(found) is ai.ContextTooLong
    assert "Provider returned error: This model's maximum" in str(found)


@pytest.mark.parametrize(
    ("term", "reason"),
    [
        ("STOP", "stop"),
        ("Max_Tokens", "length"),
        ("insufficient_system_resource", "error"),
        ("riddle", "other"),
        (None, None),
    ],
)
def test_how_a_reply_ended(term: str | None, reason: str | None) -> None:
    assert how_it_ended(term) == reason
