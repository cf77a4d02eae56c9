"""Whole answers, with retries, and whole model lists: what live lists and codegen's fetch have in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from fluent_ai.auth import ANONYMOUS, Authenticator
from fluent_ai.errors import FluentError, NotFound, PermissionDenied, ProtocolError, untraced
from fluent_ai.interfaces import AsyncResponse, AsyncTransport, HttpRequest, Timeouts
from fluent_ai.lists.reader import ModelListReader
from fluent_ai.protocols.api_errors import api_error
from fluent_ai.retry import RetryPolicy
from fluent_ai.sources import MAX_ERROR_BODY, Pace, read_body

MAX_BODY = 64 * 1024 * 1024
"""Bytes of one answer; the largest known has 2 MB."""

_CONDITIONS = ("if-none-match", "if-modified-since")


class Answer(msgspec.Struct, frozen=True):
    """Status 200 with its whole body, or 304 to a conditional request. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"Answer({self.status}, {len(self.body)} bytes)"


async def get(
    transport: AsyncTransport,
    request: HttpRequest,
    *,
    provider: str,
    timeouts: Timeouts,
    policy: RetryPolicy,
    pace: Pace,
    authenticator: Authenticator = ANONYMOUS,
    limit: int = MAX_BODY,
) -> Answer:
    """The answer, after as many attempts as `policy` allows. `pace` waits and calls.

    Raises ApiError for a status of 400 and above, of whose body MAX_ERROR_BODY bytes are read; ProtocolError for any
    other that is no answer, and for a body of more than `limit` bytes; ConnectionFailed or DeadlineExceeded where no
    whole answer came.
    """
    attempt = 0
    while True:
        response: AsyncResponse | None = None
        try:
            response = await transport.send(await authenticator.authorize(request, pace), timeouts)
            return await _answer(response, request, provider, authenticator, limit)
        except FluentError as error:
            error.provider = error.provider or provider
            if authenticator.rejected(error, {} if response is None else response.headers):
                continue
            pause = policy.delay(error, attempt)
            if pause is None:
                raise untraced(error) from None
        attempt += 1
        await pace.sleep(pause)


async def read_list(reader: ModelListReader, body: Callable[[str], Awaitable[bytes]]) -> None:
    """Read the list to its end; `body` gets the page at a URL. Raises what either of them raises."""
    while reader.url is not None:
        try:
            page = await body(reader.url)
        except (NotFound, PermissionDenied):
            if not reader.optional:
                raise
            reader.skip()
        else:
            reader.feed(page)


async def _answer(
    response: AsyncResponse, request: HttpRequest, provider: str, authenticator: Authenticator, limit: int
) -> Answer:
    failed = response.status >= 400
    try:
        body = await read_body(response, MAX_ERROR_BODY if failed else limit + 1)
    finally:
        await response.close()
    if len(body) > limit and not failed:
        raise ProtocolError(f"{provider}: the answer is larger than {limit} bytes", provider=provider)
    conditional = any(name in request.headers for name in _CONDITIONS)
    if response.status == 200 or (response.status == 304 and conditional):
        return Answer(response.status, response.headers, body)
    if failed:
        raise api_error(provider, response.status, response.headers, body, authenticator.secrets)
    raise ProtocolError(f"{provider}: expected status 200, got {response.status}", provider=provider)
