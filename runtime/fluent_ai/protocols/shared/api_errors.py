"""From an error answer to the most specific ApiError, whatever shape its body has."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fluent_ai.errors import (
    ApiError,
    AuthError,
    ContentFiltered,
    ContextTooLong,
    FluentError,
    InvalidRequest,
    NotFound,
    Overloaded,
    PermissionDenied,
    ProtocolError,
    QuotaExceeded,
    RateLimited,
    RegionUnsupported,
    ServerError,
)
from fluent_ai.http.messages import HTML_PAGE
from fluent_ai.http.redact import mask, redact
from fluent_ai.http.retry_headers import retry_after, retry_info, should_retry
from fluent_ai.protocols.shared.failure_bodies import Failure, is_page, read_failure, tells_failure
from fluent_ai.protocols.shared.wordings import by_codes, by_words

_BY_STATUS: dict[int, type[ApiError]] = {
    400: InvalidRequest, 401: AuthError, 402: QuotaExceeded, 403: PermissionDenied, 404: NotFound, 413: InvalidRequest,
    422: InvalidRequest, 429: RateLimited, 503: Overloaded, 529: Overloaded,
}  # fmt: skip

_ADMITTED: dict[int, tuple[type[ApiError], ...]] = {
    401: (AuthError, PermissionDenied, QuotaExceeded, RegionUnsupported),
    402: (QuotaExceeded,),
    403: (AuthError, PermissionDenied, QuotaExceeded, RateLimited, RegionUnsupported, ContentFiltered),
    404: (NotFound, PermissionDenied, RegionUnsupported),
    429: (RateLimited, QuotaExceeded, Overloaded),
}
"""What a status can mean more exactly; words that contradict it are passed over."""

_BY_WORDS = (QuotaExceeded, ContextTooLong, ContentFiltered, AuthError, RegionUnsupported, NotFound)
"""What the text of a message can make of another status from 400 to 499; only a code can make more of it."""

_REFINED: dict[type[ApiError], tuple[type[ApiError], ...]] = {
    RateLimited: (QuotaExceeded,),
    AuthError: (QuotaExceeded,),
    PermissionDenied: (QuotaExceeded, RegionUnsupported, ContentFiltered),
}
"""What the text of a message can make of what a code says."""

_REQUEST_IDS = ("x-request-id", "request-id", "x-amzn-requestid", "x-goog-request-id", "cf-ray")


def api_error(
    provider: str, status: int | None, headers: Mapping[str, str], body: bytes, secrets: Collection[str] = ()
) -> ApiError:
    """The error that an answer means: the provider's own reason, redacted and capped, and nothing else of the body."""
    failure = read_failure(body)
    code, codes = failure.code, failure.codes
    if "x-amzn-errortype" in headers:
        named = headers["x-amzn-errortype"].partition(":")[0]
        code, codes = code or named, (*codes, named)
    if status is None:
        status = failure.status
    kind = _kind(provider, status, failure._replace(codes=codes))
    delay = retry_after(headers)
    if delay is None and (delay := retry_info(body)) is not None and kind is QuotaExceeded:
        # Google calls every limit a quota, also those by the minute.
        kind = RateLimited
    request_id = next((headers[name] for name in _REQUEST_IDS if name in headers), None)
    details = " ".join(dict.fromkeys(part for part in (str(status or ""), code or "") if part))
    message = f"{provider}: {failure.reason or 'error without a message'}"
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


def error_said(provider: str, body: bytes, secrets: Collection[str]) -> ApiError | None:
    """What an answer with status 200 that is no answer says went wrong, where it says so."""
    return api_error(provider, None, {}, body, secrets) if tells_failure(body) else None


def never_began(provider: str, body: bytes, secrets: Collection[str]) -> FluentError | None:
    """The error for a body, or its beginning, in which no answer began; None where it looks like the start of one."""
    if is_page(body):
        return ProtocolError(f"{provider}: {HTML_PAGE}")
    return error_said(provider, body, secrets)


def _kind(provider: str, status: int | None, failure: Failure) -> type[ApiError]:
    by_code = next((kind for kind in by_codes(provider, failure.codes) if _admits(status, kind)), None)
    for kind in by_words(f"{failure.code} {failure.reason}"):
        if by_code is not None and kind not in _REFINED.get(by_code, ()):
            continue
        if _admits(status, kind) and (status is None or status >= 500 or status in _ADMITTED or kind in _BY_WORDS):
            return kind
    if by_code is not None:
        return by_code
    if status is None:
        return ApiError
    return _BY_STATUS.get(status) or (ServerError if status >= 500 else ApiError)


def _admits(status: int | None, kind: type[ApiError]) -> bool:
    """Whether an answer with that status can mean this."""
    if status is None:
        return True
    if status >= 500:
        # A server that fails says all sorts of things; what it says of the caller must not keep a retry from happening.
        return kind.fault == "provider"
    if status in _ADMITTED:
        return kind in _ADMITTED[status]
    return kind is not ServerError
