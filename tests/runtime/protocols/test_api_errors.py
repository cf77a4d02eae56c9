"""Which error an answer means: its status, and the provider's words where they say more."""

from __future__ import annotations

import fluent_ai as ai
import pytest
from fluent_ai.errors import (
    ApiError,
    AuthError,
    ContextTooLong,
    NotFound,
    Overloaded,
    QuotaExceeded,
    RateLimited,
    ServerError,
)
from fluent_ai.protocols.shared.api_errors import api_error
from hypothesis import given
from hypothesis import strategies as st

CLIENT_WORDS = (
    "invalid_api_key", "insufficient_quota", "context_length_exceeded", "content_filter", "model_not_found",
    "unsupported_country_region_territory",
)  # fmt: skip


def error(status: int | None, word: str) -> ApiError:
    body = b'{"error":{"message":"it failed","code":"%s"}}' % word.encode()
    return api_error("acme", status, {}, body)


@pytest.mark.parametrize(
    ("status", "word", "kind"),
    [
        (400, "invalid_api_key", AuthError),
        (403, "insufficient_quota", QuotaExceeded),
        (429, "insufficient_quota", QuotaExceeded),
        (400, "model_not_found", NotFound),
        (413, "context_length_exceeded", ContextTooLong),
        (400, "overloaded_error", Overloaded),
        (None, "invalid_api_key", AuthError),
        (None, "rate_limit_error", RateLimited),
        (500, "overloaded_error", Overloaded),
        (502, "x", ServerError),
    ],
)
def test_words_say_more_than_the_status(status: int | None, word: str, kind: type[ApiError]) -> None:
    assert type(error(status, word)) is kind


@pytest.mark.parametrize("word", CLIENT_WORDS)
@pytest.mark.parametrize(("status", "kind"), [(500, ServerError), (502, ServerError), (503, Overloaded)])
def test_a_failing_server_that_blames_the_caller_is_asked_again(status: int, word: str, kind: type[ApiError]) -> None:
    found = error(status, word)
    assert type(found) is kind
    assert found.retryable
    assert found.fault == "provider"
    assert found.code == word


@given(st.integers(500, 599), st.text())
def test_from_status_500_up_it_is_never_the_callers_fault(status: int, text: str) -> None:
    found = api_error("acme", status, {}, text.encode("utf-8", "surrogatepass"))
    assert isinstance(found, ai.ApiError)
    assert found.fault == "provider"


@pytest.mark.parametrize("word", ["context_length_exceeded", "content_filter", "parallel_tool_calls is not allowed"])
def test_the_providers_own_words_are_not_taken_for_keys(word: str) -> None:
    assert word in str(api_error("acme", 400, {}, b'{"message":"%s"}' % word.encode()))


def test_google_says_in_the_body_when_to_come_back() -> None:
    info = b'{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34.4s"}'
    text = b'"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "You exceeded your current quota"'
    found = api_error("gemini", 429, {}, b'[{"error": {%s, "details": [%s]}}]' % (text, info))
    assert type(found) is RateLimited
    assert (found.code, found.retry_after, found.retryable) == ("RESOURCE_EXHAUSTED", 34.4, True)
    assert "(429 RESOURCE_EXHAUSTED)" in found.message
    assert type(api_error("gemini", 429, {}, b'{"error": {%s}}' % text)) is QuotaExceeded
    assert api_error("gemini", 429, {"retry-after": "3"}, info).retry_after == 3
