"""Whole responses and whole model lists, with retries, as live lists and codegen's fetch need them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

import msgspec

from fluent_ai.auth.base import ANONYMOUS, Authenticator
from fluent_ai.errors import FluentError, NotFound, PermissionDenied, ProtocolError
from fluent_ai.http.messages import HttpRequest
from fluent_ai.protocols.shared.api_errors import api_error
from fluent_ai.registry.lists.reader import ModelListReader
from fluent_ai.resilience.attempts import Attempts, Delivery

MAX_BODY = 64 * 1024 * 1024
"""The largest accepted response in bytes; the largest known one has 2 MB."""

_CONDITIONS = ("if-none-match", "if-modified-since")


class WholeAnswer(msgspec.Struct, frozen=True):
    """A response with status 200 and its whole body, or 304 to a conditional request. Header names are lower case."""

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
    """The response with its body, after as many attempts as the retry policy allows.

    Raises ApiError for a status of 400 and above, ProtocolError for any other unexpected status and for a body of more
    than `limit` bytes, and ConnectionFailed or DeadlineExceeded if the response did not arrive completely.
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
            chunks = response.chunks()
            body = await _read(chunks if delivery.measure is None else delivery.measure(chunks), provider, limit)
        except FluentError as error:
            await attempts.retry(error)
        else:
            attempts.succeeded()
            return WholeAnswer(response.status, response.headers, body)
        finally:
            await attempts.close()


async def read_list(reader: ModelListReader, body: Callable[[str], Awaitable[bytes]]) -> None:
    """Read the list to its end; `body` fetches the page at a URL. Raises what `reader` and `body` raise."""
    while reader.url is not None:
        try:
            page = await body(reader.url)
        except (NotFound, PermissionDenied):
            if not reader.optional:
                raise
            reader.skip()
        else:
            reader.feed(page)


async def _read(chunks: AsyncIterator[bytes], provider: str, limit: int) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise ProtocolError(f"{provider}: the response is larger than {limit} bytes")
    return bytes(body)
