"""Whole answers, with retries, and whole model lists: what live lists and codegen's fetch have in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from fluent_ai.auth.base import ANONYMOUS, Authenticator
from fluent_ai.errors import FluentError, NotFound, PermissionDenied, ProtocolError
from fluent_ai.http.messages import AsyncResponse, HttpRequest
from fluent_ai.protocols.shared.api_errors import api_error
from fluent_ai.registry.lists.reader import ModelListReader
from fluent_ai.resilience.attempts import Attempts, Delivery

MAX_BODY = 64 * 1024 * 1024
"""Bytes of one answer; the largest known has 2 MB."""

_CONDITIONS = ("if-none-match", "if-modified-since")


class WholeAnswer(msgspec.Struct, frozen=True):
    """Status 200 with its whole body, or 304 to a conditional request. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"WholeAnswer({self.status}, {len(self.body)} bytes)"


async def whole_answer(
    delivery: Delivery,
    request: HttpRequest,
    *,
    provider: str,
    authenticator: Authenticator = ANONYMOUS,
    limit: int = MAX_BODY,
) -> WholeAnswer:
    """The answer with its body, after as many attempts as the delivery's policy allows.

    Raises ApiError for a status of 400 and above; ProtocolError for any other that is no answer, and for a body of more
    than `limit` bytes; ConnectionFailed or DeadlineExceeded where no whole answer came.
    """

    def decode_error(status: int, headers: Mapping[str, str], body: bytes) -> FluentError:
        return api_error(provider, status, headers, body, authenticator.secrets)

    conditional = any(name in request.headers for name in _CONDITIONS)
    attempts = Attempts(
        delivery,
        request,
        decode_error,
        provider=provider,
        authenticator=authenticator,
        accepts=lambda status: status == 200 or (conditional and status == 304),
    )
    while True:
        response = await attempts.open()
        try:
            body = await _read(response, provider, limit)
        except FluentError as error:
            await attempts.retry(error)
        else:
            return WholeAnswer(response.status, response.headers, body)
        finally:
            await attempts.close()


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


async def _read(response: AsyncResponse, provider: str, limit: int) -> bytes:
    body = bytearray()
    async for chunk in response.chunks():
        body += chunk
        if len(body) > limit:
            raise ProtocolError(f"{provider}: the answer is larger than {limit} bytes")
    return bytes(body)
