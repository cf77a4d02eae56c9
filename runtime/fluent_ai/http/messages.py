"""HTTP requests and responses as bytes, and the interfaces of the transports that carry them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Literal, Protocol, TypeAlias

import msgspec

from fluent_ai.content.private import PrivateStruct

HTML_PAGE = "the response is an HTML page: the base URL is wrong, or a gateway answered instead"
"""What the errors for an answer that is a page say."""


HttpVersion: TypeAlias = Literal["auto", 1, 2, 3]
"""The version of HTTP to begin with. From 2 and 3 a request falls back to what the server has; `auto` begins with 2."""


class HttpRequest(PrivateStruct, frozen=True):
    """A request as bytes. The repr shows no header values, no body and no query."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""

    def __repr__(self) -> str:
        return f"HttpRequest({self.method} {self.url.partition('?')[0]}, {len(self.body)} bytes)"


class Response(Protocol):
    """An HTTP response whose head has arrived. Header names are lower case."""

    status: int
    headers: Mapping[str, str]

    def chunks(self) -> Iterator[bytes]:
        """The body as it arrives, with any content encoding removed."""
        ...

    def close(self) -> None:
        """Returns the connection to the pool, or drops it if the body was not read to its end."""

    def abort(self) -> None:
        """Shuts the socket down, which wakes a blocked reader; safe from any thread."""


class AsyncResponse(Protocol):
    status: int
    headers: Mapping[str, str]

    def chunks(self) -> AsyncIterator[bytes]: ...

    async def close(self) -> None: ...

    def abort(self) -> None: ...


class Timeouts(msgspec.Struct, frozen=True):
    """Time limits in seconds; None for no limit. All but `total` begin anew with each attempt."""

    connect: float | None = 10.0
    """To open a connection: the resolution of the name, TCP, and the TLS handshake."""
    first_byte: float | None = 120.0
    """From the sent request to the whole head of the response."""
    read: float | None = 120.0
    """Between two chunks of the response body, and to wait for the next event; a Ping is none."""
    write: float | None = 60.0
    """To send the request."""
    pool: float | None = 30.0
    """To wait for a free connection."""
    total: float | None = None
    """For the whole call: all attempts, the pauses between them, and the last body to its end."""
    first_event: float | None = None
    """From the beginning of an attempt to the first event of its answer, whichever phase it is in; pauses between
    attempts do not count. None for the limits of the phases alone."""

    @property
    def until_head(self) -> float | None:
        """The limits of connecting, writing and the head together, where they cannot be told apart."""
        limits = (self.connect, self.write, self.first_byte)
        return None if None in limits else sum(limit for limit in limits if limit is not None)


class Transport(Protocol):
    """Sends requests. Raises ConnectionFailed or DeadlineExceeded, never an error of the underlying library."""

    def send(self, request: HttpRequest, timeouts: Timeouts) -> Response: ...

    def close(self) -> None: ...


class AsyncTransport(Protocol):
    async def send(self, request: HttpRequest, timeouts: Timeouts) -> AsyncResponse: ...

    async def close(self) -> None: ...
