"""The default transports, over httpx2's connection pools.

Lower exceptions are raised `from None` once their facts are taken over: their requests hold credentials.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from typing import Any

import httpx2

from fluent_ai.errors import ConfigError, ConnectionFailed, DeadlineExceeded, FluentError
from fluent_ai.interfaces import HttpRequest, Timeouts

_STAGES: tuple[tuple[type[Exception], str], ...] = (
    (httpx2.ConnectTimeout, "connect"),
    (httpx2.ReadTimeout, "read"),
    (httpx2.WriteTimeout, "write"),
    (httpx2.PoolTimeout, "pool"),
)


def _map(error: Exception, url: str, *, head: bool) -> FluentError:
    host = httpx2.URL(url).netloc.decode("ascii", "replace").rpartition("@")[2]
    for kind, stage in _STAGES:
        if isinstance(error, kind):
            stage = "first_byte" if head and stage == "read" else stage
            return DeadlineExceeded(f"{host}: no progress in time ({stage})", stage=stage)
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return ConfigError(f"the URL of {host!r} cannot be used: {error}")
    reason = str(error) or type(error).__name__
    return ConnectionFailed(f"{host}: {reason}")


def _extensions(timeouts: Timeouts) -> dict[str, Any]:
    return {
        "timeout": {
            "connect": timeouts.connect,
            "read": timeouts.first_byte,
            "write": timeouts.write,
            "pool": timeouts.pool,
        }
    }


def _prepared(client: httpx2.Client | httpx2.AsyncClient, request: HttpRequest, timeouts: Timeouts) -> httpx2.Request:
    try:
        return client.build_request(
            request.method,
            request.url,
            headers=dict(request.headers),
            content=request.body or None,
            extensions=_extensions(timeouts),
        )
    except (httpx2.InvalidURL, UnicodeError, ValueError):
        raise ConfigError("the URL or a header of the request is malformed") from None


def _start_body(request: httpx2.Request, timeouts: Timeouts) -> None:
    # httpcore reads this dict again when the body begins, so the two phases can have their own limits.
    request.extensions["timeout"]["read"] = timeouts.read


class _Answer:
    def __init__(self, response: httpx2.Response, url: str) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self._response = response
        self._url = url

    def abort(self) -> None:
        """Shut the socket down, which wakes a reader that waits on it; safe from any thread."""
        stream = self._response.extensions.get("network_stream")
        sock = stream.get_extra_info("socket") if stream is not None else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class Httpx2Response(_Answer):
    """An answer of `Httpx2Transport`."""

    def chunks(self) -> Iterator[bytes]:
        response = self._response
        try:
            if "content-encoding" in response.headers:
                yield from response.iter_bytes()
            else:
                yield from response.stream  # type: ignore[misc]  # a sync client's stream is a SyncByteStream
        except httpx2.HTTPError as error:
            raise _map(error, self._url, head=False) from None
        except OSError as error:
            raise ConnectionFailed(f"the connection broke: {error.strerror or type(error).__name__}") from None

    def close(self) -> None:
        with suppress(httpx2.HTTPError, OSError):
            self._response.close()


class Httpx2Transport:
    """Blocking transport over an `httpx2.Client`, one's own or the caller's."""

    def __init__(self, client: httpx2.Client | None = None) -> None:
        self._client = client or httpx2.Client(follow_redirects=False, limits=_LIMITS)
        self._owned = client is None

    def send(self, request: HttpRequest, timeouts: Timeouts) -> Httpx2Response:
        prepared = _prepared(self._client, request, timeouts)
        try:
            response = self._client.send(prepared, stream=True)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise _map(error, request.url, head=True) from None
        except OSError as error:
            raise ConnectionFailed(error.strerror or type(error).__name__) from None
        _start_body(prepared, timeouts)
        return Httpx2Response(response, request.url)

    def close(self) -> None:
        if self._owned:
            self._client.close()


class AsyncHttpx2Response(_Answer):
    """An answer of `AsyncHttpx2Transport`."""

    async def chunks(self) -> AsyncIterator[bytes]:
        response = self._response
        try:
            body = response.aiter_bytes() if "content-encoding" in response.headers else response.stream
            async for chunk in body:  # type: ignore[union-attr]  # an async client's stream is an AsyncByteStream
                yield chunk
        except httpx2.HTTPError as error:
            raise _map(error, self._url, head=False) from None
        except OSError as error:
            raise ConnectionFailed(f"the connection broke: {error.strerror or type(error).__name__}") from None

    async def close(self) -> None:
        with suppress(httpx2.HTTPError, OSError):
            await self._response.aclose()


class AsyncHttpx2Transport:
    """Asynchronous transport over an `httpx2.AsyncClient`, one's own or the caller's."""

    def __init__(self, client: httpx2.AsyncClient | None = None) -> None:
        self._client = client or httpx2.AsyncClient(follow_redirects=False, limits=_LIMITS)
        self._owned = client is None

    async def send(self, request: HttpRequest, timeouts: Timeouts) -> AsyncHttpx2Response:
        prepared = _prepared(self._client, request, timeouts)
        try:
            response = await self._client.send(prepared, stream=True)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise _map(error, request.url, head=True) from None
        except OSError as error:
            raise ConnectionFailed(error.strerror or type(error).__name__) from None
        _start_body(prepared, timeouts)
        return AsyncHttpx2Response(response, request.url)

    async def close(self) -> None:
        if self._owned:
            await self._client.aclose()


_LIMITS = httpx2.Limits(max_connections=1000, max_keepalive_connections=100, keepalive_expiry=30.0)
