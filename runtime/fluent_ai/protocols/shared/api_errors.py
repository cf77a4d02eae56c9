"""From an error answer to the most specific ApiError, whatever shape its body has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from fluent_ai.errors import (
    ApiError,
    AuthError,
    ContentFiltered,
    ContextTooLong,
    InvalidRequest,
    NotFound,
    Overloaded,
    PermissionDenied,
    QuotaExceeded,
    RateLimited,
    RegionUnsupported,
    ServerError,
)
from fluent_ai.http.redact import mask, redact
from fluent_ai.http.retry_headers import retry_after, retry_info, should_retry
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS

_BY_STATUS: dict[int, type[ApiError]] = {
    400: InvalidRequest, 401: AuthError, 402: QuotaExceeded, 403: PermissionDenied, 404: NotFound, 413: InvalidRequest,
    422: InvalidRequest, 429: RateLimited, 503: Overloaded, 529: Overloaded,
}  # fmt: skip

# Words in the provider's code, type or message that say more than the status does; the first match wins.
_BY_WORDS: tuple[tuple[type[ApiError], tuple[str, ...]], ...] = (
    (QuotaExceeded, ("insufficient_quota", "insufficient balance", "credit balance", "billing_",
                     "exceeded your current quota", "servicequotaexceeded")),
    (ContextTooLong, ("context_length_exceeded", "maximum context length", "prompt is too long", "too many tokens",
                      "input is too long", "exceeds the maximum number of tokens", "context window")),
    (ContentFiltered, ("content_filter", "content_policy", "responsibleaipolicy", "data_inspection_failed")),
    (AuthError, ("invalid_api_key", "api_key_invalid", "api key not valid", "authentication_error",
                 "incorrect api key", "unrecognizedclient", "expiredtoken")),
    (RegionUnsupported, ("unsupported_country_region_territory", "location is not supported")),
    (NotFound, ("model_not_found",)),
    (Overloaded, ("overloaded",)),
    (RateLimited, ("rate_limit", "rate limit", "resource_exhausted", "too_many_requests")),
    (ServerError, ("server_error", "internal_error", "api_error")),
)  # fmt: skip

_REQUEST_IDS = ("x-request-id", "request-id", "x-amzn-requestid", "x-goog-request-id", "cf-ray")


def api_error(
    provider: str, status: int | None, headers: Mapping[str, str], body: bytes, secrets: Collection[str] = ()
) -> ApiError:
    """The error that an answer means: the provider's own reason, redacted and capped, and nothing else of the body."""
    reason, code = _reason(body)
    if code is None and "x-amzn-errortype" in headers:
        code = headers["x-amzn-errortype"].partition(":")[0]
    kind = _kind(status, f"{code} {reason}".lower())
    delay = retry_after(headers)
    if delay is None and (delay := retry_info(body)) is not None and kind is QuotaExceeded:
        # Google calls every limit a quota, also those by the minute.
        kind = RateLimited
    request_id = next((headers[name] for name in _REQUEST_IDS if name in headers), None)
    details = " ".join(part for part in (str(status or ""), code or "") if part)
    message = f"{provider}: {reason or 'error without a message'}"
    if details:
        message += f" ({details})"
    error = kind(
        redact(message, secrets),
        provider=provider,
        status=status,
        code=redact(code, secrets) if code else None,
        request_id=redact(request_id, secrets) if request_id else None,
        body=mask(body, secrets),
        retryable=should_retry(headers),
        retry_after=delay,
    )
    if should_retry(headers) is None and kind is ApiError:
        error.retryable = status in (408, 409)
    return error


class _Failure(msgspec.Struct):
    error: Any = None
    errors: Any = None


_decode_failure = msgspec.json.Decoder(_Failure).decode


def error_said(provider: str, body: bytes, secrets: Collection[str]) -> ApiError | None:
    """What an answer with status 200 says went wrong, where it is one of those."""
    try:
        said = _decode_failure(body)
    except DECODE_ERRORS:
        return None
    if not said.error and not said.errors:
        return None
    return api_error(provider, error_status(said.error), {}, body, secrets)


def error_status(error: object) -> int | None:
    """The HTTP status that some servers give as the code of an error inside a stream."""
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else None


def _kind(status: int | None, words: str) -> type[ApiError]:
    broken = status is not None and status >= 500
    for kind, hints in _BY_WORDS:
        # A server that fails says all sorts of things; what it says of the caller must not keep a retry from happening.
        if any(hint in words for hint in hints) and not (broken and kind.fault == "client"):
            return kind
    if status is None:
        return ApiError
    return _BY_STATUS.get(status) or (ServerError if status >= 500 else ApiError)


def _reason(body: bytes) -> tuple[str, str | None]:
    """The message and the code in a body of unknown shape."""
    try:
        found = msgspec.json.decode(body)
    except DECODE_ERRORS:
        return ("an answer that is not JSON", None) if body.strip() else ("", None)
    for _ in range(4):
        if isinstance(found, list) and found:
            found = found[0]
        elif isinstance(found, dict) and isinstance(inner := found.get("error") or found.get("errors"), dict | list):
            found = inner
        else:
            break
    if isinstance(found, str):
        return found, None
    if not isinstance(found, dict):
        return "", None
    return _message(found), _code(found)


def _message(found: dict[str, Any]) -> str:
    for key in ("message", "error", "detail", "msg", "Message"):
        value = found.get(key)
        if isinstance(value, str):
            return value
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return _message(value[0])
        if isinstance(value, dict):
            return _message(value)
    return ""


def _code(found: dict[str, Any]) -> str | None:
    """A word, else a number: Google gives both, and the number is only the status again."""
    for key in ("code", "status", "type"):
        if isinstance(value := found.get(key), str) and value:
            return value
    number = found.get("code")
    return str(number) if isinstance(number, int) and not isinstance(number, bool) else None
