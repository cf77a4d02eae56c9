"""The default transports, over httpx2's connection pools.

The library's exceptions are translated and raised `from None`, because their requests hold credentials.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Generic, TypeVar

import httpx2

from fluent_ai.errors import ConfigError, ConnectionFailed, DeadlineExceeded, FluentError
from fluent_ai.http.messages import HttpRequest, Timeouts
from fluent_ai.http.transports.checks import checked_host, failed_stage
from fluent_ai.threads import new_lock

C = TypeVar("C", httpx2.Client, httpx2.AsyncClient)

_STAGES: tuple[tuple[type[Exception], str], ...] = (
    (httpx2.ConnectTimeout, "connect"),
    (httpx2.ReadTimeout, "read"),
    (httpx2.WriteTimeout, "write"),
    (httpx2.PoolTimeout, "pool"),
)


def _map(error: Exception, host: str, *, head: bool) -> FluentError:
    for kind, stage in _STAGES:
        if isinstance(error, kind):
            stage = "first_byte" if head and stage == "read" else stage
            return DeadlineExceeded(f"{host}: no progress in time ({stage})", stage=stage)
    reason = str(error) or type(error).__name__
    return ConnectionFailed(
        f"{host}: {reason}", stage=failed_stage(error) if isinstance(error, httpx2.ConnectError) else "read"
    )


@contextmanager
def _mapped(client: httpx2.Client | httpx2.AsyncClient, host: str) -> Iterator[None]:
    """What sending may raise, as errors of ours."""
    try:
        yield
    except httpx2.HTTPError as error:
        raise _map(error, host, head=True) from None
    except OSError as error:
        raise ConnectionFailed(f"{host}: {error.strerror or type(error).__name__}") from None
    except RuntimeError:
        if not client.is_closed:
            raise
        raise ConfigError("the httpx2 client that the transport was given is closed") from None


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
    except httpx2.InvalidURL:
        raise ConfigError("the URL of the request is malformed") from None


def _start_body(request: httpx2.Request, timeouts: Timeouts) -> None:
    # httpcore reads this dict again when the body starts, so the two phases can have different limits.
    request.extensions["timeout"]["read"] = timeouts.read


class _Clients(Generic[C]):
    """The client to send with: the caller's, else one that is opened when it is needed, after `close` another.

    A closed client refuses requests, and forgets the connections that are just being opened. So one that is retired
    while requests are being sent is closed by the last of these.
    """

    def __init__(self, given: C | None, new: Callable[[], C]) -> None:
        self._owned = given is None
        self._new: Callable[[], C] = new
        self._current: C | None = new() if given is None else given
        self._sending: Counter[C] = Counter()
        self._lock = new_lock()

    def borrow(self) -> C:
        """The client for one request, which must be given back."""
        with self._lock:
            if self._current is None:
                self._current = self._new()
            self._sending[self._current] += 1
            return self._current

    def give_back(self, client: C) -> bool:
        """Whether it has been retired and nobody else sends with it, so that it must be closed."""
        with self._lock:
            self._sending[client] -= 1
            if self._sending[client]:
                return False
            del self._sending[client]
            return client is not self._current

    def retire(self) -> C | None:
        """The next request opens another. Returns the client if it must be closed now."""
        if not self._owned:
            return None
        with self._lock:
            client, self._current = self._current, None
            return None if client in self._sending else client


class _Answer:
    def __init__(self, response: httpx2.Response, host: str) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self._response = response
        self._host = host
        self._process = os.getpid()

    def abort(self) -> None:
        """Shut the socket down, which wakes a blocked reader; safe from any thread.

        Does nothing in a forked child, which shares the connection with its parent.
        """
        if os.getpid() != self._process:
            return
        stream = self._response.extensions.get("network_stream")
        sock = stream.get_extra_info("socket") if stream is not None else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class Httpx2Response(_Answer):
    """A response of `Httpx2Transport`, which closes those in `orphans` with its next request."""

    def __init__(self, response: httpx2.Response, host: str, orphans: deque[httpx2.Response]) -> None:
        super().__init__(response, host)
        self._orphans = orphans

    def chunks(self) -> Iterator[bytes]:
        response = self._response
        try:
            if "content-encoding" in response.headers:
                yield from response.iter_bytes()
            else:
                yield from response.stream  # type: ignore[misc]  # a sync client's stream is a SyncByteStream
        except httpx2.HTTPError as error:
            raise _map(error, self._host, head=False) from None
        except ValueError:  # what a TLS socket raises that another thread has closed
            raise ConnectionFailed(f"{self._host}: the connection was closed") from None
        except OSError as error:
            raise ConnectionFailed(f"{self._host}: {error.strerror or type(error).__name__}") from None

    def close(self) -> None:
        with suppress(httpx2.HTTPError, OSError):
            self._response.close()

    def __del__(self) -> None:
        # Garbage collection may run inside the pool, under its lock, so the pool must not be touched here.
        if not self._response.is_closed:
            self.abort()
            self._orphans.append(self._response)


class Httpx2Transport:
    """Blocking transport over an `httpx2.Client`, its own or the caller's.

    For its own client, `proxy` and `tls` replace the environment's settings.
    """

    def __init__(
        self, client: httpx2.Client | None = None, *, proxy: str | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self._clients = _Clients(client, lambda: _new(httpx2.Client, proxy, tls))
        self._orphans: deque[httpx2.Response] = deque()

    def send(self, request: HttpRequest, timeouts: Timeouts) -> Httpx2Response:
        host = checked_host(request)
        self._close_orphans()
        client = self._clients.borrow()
        try:
            prepared = _prepared(client, request, timeouts)
            with _mapped(client, host):
                response = client.send(prepared, stream=True)
        finally:
            if self._clients.give_back(client):
                client.close()
        _start_body(prepared, timeouts)
        return Httpx2Response(response, host, self._orphans)

    def close(self) -> None:
        """Close all connections; the next request opens new ones. The caller's client stays open."""
        if (client := self._clients.retire()) is not None:
            client.close()

    def _close_orphans(self) -> None:
        while True:
            try:
                orphan = self._orphans.popleft()
            except IndexError:  # asking first would not do: another thread may take the last
                return
            with suppress(httpx2.HTTPError, OSError):
                orphan.close()


class AsyncHttpx2Response(_Answer):
    """A response of `AsyncHttpx2Transport`."""

    def __init__(self, response: httpx2.Response, host: str) -> None:
        import asyncio

        super().__init__(response, host)
        self._loop = asyncio.get_running_loop()

    async def chunks(self) -> AsyncIterator[bytes]:
        response = self._response
        try:
            body = response.aiter_bytes() if "content-encoding" in response.headers else response.stream
            async for chunk in body:  # type: ignore[union-attr]  # an async client's stream is an AsyncByteStream
                yield chunk
        except httpx2.HTTPError as error:
            raise _map(error, self._host, head=False) from None
        except OSError as error:
            raise ConnectionFailed(f"{self._host}: {error.strerror or type(error).__name__}") from None

    async def close(self) -> None:
        with suppress(httpx2.HTTPError, OSError):
            await self._response.aclose()

    def __del__(self) -> None:
        if not self._response.is_closed:
            self.abort()
            response, loop = self._response, self._loop
            with suppress(RuntimeError):  # the loop has closed, and with it the pool
                loop.call_soon_threadsafe(lambda: loop.create_task(response.aclose()))


class AsyncHttpx2Transport:
    """Asynchronous transport over an `httpx2.AsyncClient`, its own or the caller's."""

    def __init__(self, client: httpx2.AsyncClient | None = None) -> None:
        self._clients = _Clients(client, lambda: _new(httpx2.AsyncClient))

    async def send(self, request: HttpRequest, timeouts: Timeouts) -> AsyncHttpx2Response:
        host = checked_host(request)
        client = self._clients.borrow()
        try:
            prepared = _prepared(client, request, timeouts)
            with _mapped(client, host):
                response = await client.send(prepared, stream=True)
        finally:
            if self._clients.give_back(client):
                await client.aclose()
        _start_body(prepared, timeouts)
        return AsyncHttpx2Response(response, host)

    async def close(self) -> None:
        """Close all connections; the next request opens new ones. The caller's client stays open."""
        if (client := self._clients.retire()) is not None:
            await client.aclose()


def _new(kind: type[C], proxy: str | None = None, tls: ssl.SSLContext | None = None) -> C:
    limits = httpx2.Limits(max_connections=1000, max_keepalive_connections=100, keepalive_expiry=30.0)
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    try:
        return kind(follow_redirects=False, limits=limits, cookies=no_cookies, proxy=proxy, verify=tls or True)
    except (ImportError, ValueError, httpx2.InvalidURL) as error:  # SOCKS without socksio, or a malformed URL
        reason = str(error)
    # Raised outside the handler, because the original error holds the proxy's password.
    raise ConfigError(f"the proxy named by the environment or a setting cannot be used: {reason}")
