"""HTTP as the runtime sees it: requests and answers as bytes, and the transports that carry them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Protocol

import msgspec

from fluent_ai.content.private import PrivateStruct


class HttpRequest(PrivateStruct, frozen=True):
    """A request as bytes. The repr shows neither header values nor body nor query."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""

    def __repr__(self) -> str:
        return f"HttpRequest({self.method} {self.url.partition('?')[0]}, {len(self.body)} bytes)"


class Response(Protocol):
    """An HTTP answer whose head has arrived. Header names are lower case."""

    status: int
    headers: Mapping[str, str]

    def chunks(self) -> Iterator[bytes]:
        """The decoded body as it arrives."""
        ...

    def close(self) -> None:
        """Gives the connection back, or drops it when the body was not read to its end."""

    def abort(self) -> None:
        """Shuts the socket down; safe from any thread, and wakes a blocked reader."""


class AsyncResponse(Protocol):
    status: int
    headers: Mapping[str, str]

    def chunks(self) -> AsyncIterator[bytes]: ...

    async def close(self) -> None: ...

    def abort(self) -> None: ...


class Timeouts(msgspec.Struct, frozen=True):
    """Seconds; `first_byte` counts from the sent request to the answer's head, `read` between chunks of its body."""

    connect: float | None = 10.0
    """To open a connection, with its TLS handshake."""
    first_byte: float | None = 120.0
    """From the sent request to the head of the answer."""
    read: float | None = 120.0
    """Between two chunks of the answer's body."""
    write: float | None = 60.0
    """To send the request."""
    pool: float | None = 30.0
    """To wait for a free connection."""


class Transport(Protocol):
    """Sends one request. Raises ConnectionFailed or DeadlineExceeded, never an error of the library below."""

    def send(self, request: HttpRequest, timeouts: Timeouts) -> Response: ...

    def close(self) -> None: ...


class AsyncTransport(Protocol):
    async def send(self, request: HttpRequest, timeouts: Timeouts) -> AsyncResponse: ...

    async def close(self) -> None: ...
