"""The default transports, over httpx2's connection pools.

The library's exceptions are translated and raised `from None`, because their requests hold credentials.
"""

from __future__ import annotations

import os
import ssl
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

import httpx2

from fluent_ai.errors import ConfigError, ConnectionFailed, DeadlineExceeded, FluentError
from fluent_ai.http import interrupts
from fluent_ai.http.decoding import decoder_for
from fluent_ai.http.messages import HttpRequest, Timeouts
from fluent_ai.http.transports import blocking_call, blocking_network, looped_call, looped_network
from fluent_ai.http.transports.checks import checked_host, failed_stage, failure_reason
from fluent_ai.http.transports.lent_calls import send_with_lent, shut_down
from fluent_ai.http.transports.lent_clients import LentClients, new_client
from fluent_ai.http.transports.private_logs import keep_private
from fluent_ai.http.transports.routed import AsyncRoutedTransport, RoutedTransport
from fluent_ai.http.transports.tls_failures import tls_failure

_UNASKED = "the server sent another response before it was asked"
"""With the end of the one before it: httpcore2 would take it for the answer to this request, though it read nothing."""
_STAGES: tuple[tuple[type[Exception], str], ...] = (
    (httpx2.ConnectTimeout, "connect"),
    (httpx2.ReadTimeout, "read"),
    (httpx2.WriteTimeout, "write"),
    (httpx2.PoolTimeout, "pool"),
)


def _sending() -> bool:
    return blocking_call.current.get(None) is not None or looped_call.current.get() is not None


keep_private(_sending)


def _map(error: Exception, host: str, *, head: bool, unanswered: bool = False) -> FluentError:
    for kind, stage in _STAGES:
        if isinstance(error, kind):
            stage = "first_byte" if head and stage == "read" else stage
            return DeadlineExceeded(f"{host}: no progress in time ({stage})", stage=stage)
    if (untrusted := tls_failure(error, host)) is not None:
        return untrusted
    if isinstance(error, OSError):
        return ConnectionFailed(f"{host}: {failure_reason(error)}")
    stage_of_failure = failed_stage(error) if isinstance(error, httpx2.ConnectError) else "read"
    return ConnectionFailed(f"{host}: {failure_reason(error)}", stage=stage_of_failure, unanswered=unanswered)


@contextmanager
def _mapped(
    client: httpx2.Client | httpx2.AsyncClient, host: str, call: blocking_call.Call | looped_call.Call
) -> Iterator[None]:
    """What sending may raise, as errors of ours."""
    try:
        yield
    except TimeoutError:
        raise DeadlineExceeded(f"{host}: no progress in time ({call.phase})", stage=call.phase) from None
    except (httpx2.HTTPError, OSError) as error:
        raise _map(error, host, head=True, unanswered=call.reused and not call.received) from None
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
            _url(request.url),
            headers=dict(request.headers),
            content=request.body or None,
            extensions=_extensions(timeouts),
        )
    except httpx2.InvalidURL:
        raise ConfigError("the URL of the request is malformed") from None


_url = lru_cache(256)(httpx2.URL)
"""Reading a URL costs more than all else of a request that is built, and most requests of a client go to one."""


def _start_body(request: httpx2.Request, timeouts: Timeouts, call: blocking_call.Call | looped_call.Call) -> None:
    # httpcore reads this dict again when the body starts, so the two phases can have different limits.
    request.extensions["timeout"]["read"] = timeouts.read
    call.phase = "read"


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
        shut_down(self._response.extensions.get("network_stream"))


class Httpx2Response(_Answer):
    """A response of `Httpx2Transport`, which closes those in `orphans` with its next request."""

    def __init__(
        self, response: httpx2.Response, host: str, call: blocking_call.Call, orphans: deque[httpx2.Response]
    ) -> None:
        super().__init__(response, host)
        self._call = call
        self._orphans = orphans

    def abort(self) -> None:
        """Shut the socket down, which wakes a blocked reader; safe from any thread.

        Does nothing once the connection is back in the pool, where another request may use it.
        """
        connection = self._response.extensions.get("network_stream")
        if isinstance(connection, blocking_network.Connection):
            connection.abort(self._call)
        else:  # of a client of the caller's own
            super().abort()

    def chunks(self) -> Iterator[bytes]:
        response = self._response
        try:
            if (decoder := decoder_for(self.headers, self._host)) is None:
                yield from response.stream  # type: ignore[misc]  # a sync client's stream is a SyncByteStream
                return
            for chunk in response.stream:  # type: ignore[union-attr]  # as above
                yield from decoder.feed(chunk)
            decoder.end()
        except ValueError:  # what a TLS socket raises that another thread has closed
            raise ConnectionFailed(f"{self._host}: the connection was closed") from None
        except (httpx2.HTTPError, OSError) as error:
            raise _map(error, self._host, head=False) from None

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

    For its own client, `proxy` and `tls` replace the environment's settings, and with a `network` it goes to no proxy
    but connects as that does. A client of the caller's connects in its own way, and sends from a thread of ours: the
    limits of connecting, writing and the head of the response hold together, as one, and another thread can end the
    wait.
    """

    def __init__(
        self,
        client: httpx2.Client | None = None,
        *,
        proxy: str | None = None,
        tls: ssl.SSLContext | None = None,
        network: blocking_network.Network | None = None,
    ) -> None:
        opens, direct = network or blocking_network.Network(), network is not None
        self._clients = LentClients(
            client, lambda: new_client(httpx2.Client, RoutedTransport(opens, proxy, tls, direct=direct))
        )
        self._orphans: deque[httpx2.Response] = deque()

    def send(self, request: HttpRequest, timeouts: Timeouts) -> Httpx2Response:
        host = checked_host(request)
        self._close_orphans()
        call = blocking_call.Call(interrupts.current.get() or interrupts.Interrupt())
        client = self._clients.borrow()
        sending = blocking_call.current.set(call)
        try:
            prepared = _prepared(client, request, timeouts)
            with _mapped(client, host, call):
                if self._clients.owned:
                    response = client.send(prepared, stream=True)
                    if not call.received:
                        response.close()
                        raise httpx2.RemoteProtocolError(_UNASKED)
                else:
                    call.phase = "first_byte"
                    response = send_with_lent(client, prepared, timeouts.until_head, call.interrupt)
        finally:
            blocking_call.current.reset(sending)
            if self._clients.give_back(client):
                client.close()
        _start_body(prepared, timeouts, call)
        return Httpx2Response(response, host, call, self._orphans)

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
            decoder = decoder_for(self.headers, self._host)
            async for chunk in response.stream:  # type: ignore[union-attr]  # an async client's is an AsyncByteStream
                if decoder is None:
                    yield chunk
                else:
                    for piece in decoder.feed(chunk):
                        yield piece
            if decoder is not None:
                decoder.end()
        except (httpx2.HTTPError, OSError) as error:
            raise _map(error, self._host, head=False) from None

    def abort(self) -> None:
        """Shut the socket down, which wakes a waiting reader; safe from any thread."""
        try:
            super().abort()
        except TypeError:  # a socket of uvloop, which only its loop can end
            self._close_soon()

    async def close(self) -> None:
        with suppress(httpx2.HTTPError, OSError):
            await self._response.aclose()

    def _close_soon(self) -> None:
        response, loop = self._response, self._loop
        with suppress(RuntimeError):  # the loop has closed, and with it the pool
            loop.call_soon_threadsafe(lambda: loop.create_task(response.aclose()))

    def __del__(self) -> None:
        if not self._response.is_closed and os.getpid() == self._process:
            self.abort()
            self._close_soon()


class AsyncHttpx2Transport:
    """Asynchronous transport over an `httpx2.AsyncClient`, its own or the caller's.

    A client of the caller's connects in its own way: the limits of connecting, writing and the head of the response
    hold together, as one.
    """

    def __init__(self, client: httpx2.AsyncClient | None = None) -> None:
        network = looped_network.Network()
        self._clients = LentClients(client, lambda: new_client(httpx2.AsyncClient, AsyncRoutedTransport(network)))

    async def send(self, request: HttpRequest, timeouts: Timeouts) -> AsyncHttpx2Response:
        host = checked_host(request)
        client = self._clients.borrow()
        call = looped_call.Call()
        sending = looped_call.current.set(call)
        try:
            prepared = _prepared(client, request, timeouts)
            with _mapped(client, host, call):
                async with call:
                    if not self._clients.owned:
                        call.begin_unseen(timeouts)
                    response = await client.send(prepared, stream=True)
                if self._clients.owned and not call.received:
                    await response.aclose()
                    raise httpx2.RemoteProtocolError(_UNASKED)
        finally:
            looped_call.current.reset(sending)
            if self._clients.give_back(client):
                await client.aclose()
        _start_body(prepared, timeouts, call)
        return AsyncHttpx2Response(response, host)

    async def close(self) -> None:
        """Close all connections; the next request opens new ones. The caller's client stays open."""
        if (client := self._clients.retire()) is not None:
            await client.aclose()
