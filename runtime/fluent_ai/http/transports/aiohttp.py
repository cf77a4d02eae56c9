"""The fast asynchronous transport, over aiohttp's connection pool and C parser; installed by the extra `fast`.

The library's exceptions are translated and raised `from None`, because their requests hold credentials.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from weakref import WeakKeyDictionary, WeakSet

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from yarl import URL

from fluent_ai.errors import ConfigError, ConnectionFailed, DeadlineExceeded, FluentError
from fluent_ai.http.decoding import accepted, unpacked
from fluent_ai.http.messages import HttpRequest, Timeouts
from fluent_ai.http.redact import redact
from fluent_ai.http.transports import looped_call
from fluent_ai.http.transports.aiohttp_network import Call, Connector, SlowBody
from fluent_ai.http.transports.checks import checked_host, failed_stage, failure_reason
from fluent_ai.http.transports.environment import Proxies, tls_context
from fluent_ai.http.transports.tls_failures import tls_failure
from fluent_ai.threads import keep_unclosed, renew_in_child

_FAILURES = (aiohttp.ClientError, OSError, TimeoutError)
KEEPALIVE_SECONDS = 30.0
SENT_AT_ONCE = 256 * 1024
"""In bytes; a longer body is written in pieces, so that it does not block the event loop."""


_NO_LIMITS = aiohttp.ClientTimeout(total=None)
"""The limits are ours until the head of the response has arrived."""


def _body(body: bytes, call: Call) -> bytes | SlowBody | None:
    return SlowBody(body, call) if len(body) > SENT_AT_ONCE else body or None


def _map(error: Exception, host: str, *, stage: str, unanswered: bool = False) -> FluentError:
    if isinstance(error, TimeoutError):
        return DeadlineExceeded(f"{host}: no progress in time ({stage})", stage=stage)
    if isinstance(error, aiohttp.InvalidURL):
        return ConfigError("the URL of the request is malformed")
    if (untrusted := tls_failure(error, host)) is not None:
        return untrusted
    if isinstance(error, aiohttp.ServerDisconnectedError):
        reason = "the server closed the connection without a response"
    elif isinstance(error, aiohttp.ClientPayloadError):
        reason = "the body broke off"
    elif isinstance(error, aiohttp.ClientResponseError):
        reason = f"the response is malformed: {redact(error.message)}"  # as a text it would show the URL
    else:
        reason = failure_reason(error)
    connecting = isinstance(error, aiohttp.ClientConnectorError)
    return ConnectionFailed(
        f"{host}: {reason}", stage=failed_stage(error) if connecting else "read", unanswered=unanswered
    )


class AiohttpResponse:
    """A response of `AiohttpTransport`."""

    def __init__(
        self, response: aiohttp.ClientResponse, host: str, loop: asyncio.AbstractEventLoop, *, packed: bool
    ) -> None:
        self.status = response.status
        self.headers: Mapping[str, str] = {name.lower(): value for name, value in response.headers.items()}
        self._response = response
        self._host = host
        self._loop = loop
        self._packed = packed

    def chunks(self) -> AsyncIterator[bytes]:
        chunks = _Chunks(self._response.content, self._host)
        return unpacked(chunks, self.headers, self._host) if self._packed else chunks

    async def close(self) -> None:
        self._drop()

    def abort(self) -> None:
        # Scheduling on the loop is safe from any thread and from garbage collection.
        with suppress(RuntimeError):  # the loop has closed, and with it the socket
            self._loop.call_soon_threadsafe(self._drop)

    def _drop(self) -> None:
        """Cut the connection, unless the body was read to its end and the connection is back in the pool."""
        connection = self._response.connection
        if connection is not None and connection.transport is not None:
            # `close` on a TLS connection would wait for the other side's close_notify.
            connection.transport.abort()
        self._response.close()

    def __del__(self) -> None:
        if self._response.connection is not None:
            self.abort()


class _Chunks:
    """Yields all that has arrived at once, so a slow consumer gets fewer and larger chunks."""

    def __init__(self, body: aiohttp.StreamReader, host: str) -> None:
        self._body = body
        self._read = body.readany
        self._host = host

    def __aiter__(self) -> _Chunks:
        return self

    async def __anext__(self) -> bytes:
        try:
            chunk = await self._read()
        except _FAILURES as error:
            if left := self._left():
                return left
            raise _map(error, self._host, stage="read") from None
        except RuntimeError:  # aiohttp raises this if the loss of the connection was not noticed yet
            raise ConnectionFailed(f"{self._host}: the body broke off") from None
        if not chunk:
            raise StopAsyncIteration
        return chunk

    def _left(self) -> bytes:
        """The data received before the loss, which aiohttp would withhold; the next read reports the loss again."""
        body = self._body
        left = b"".join(body._buffer)[body._buffer_offset :]  # noqa: SLF001  # there is no public API for it
        body._buffer.clear()  # noqa: SLF001
        body._buffer_offset = 0  # noqa: SLF001
        return left


class AiohttpTransport:
    """Asynchronous transport over an `aiohttp.ClientSession`, its own or the caller's; bound to one event loop.

    The number of connections is unlimited, so `Timeouts.pool` never applies. A session of the caller's connects in its
    own way: the limits of connecting, writing and the head of the response hold together, as one. Proxies (not SOCKS)
    and trusted certificates come from the environment, as with httpx2.
    """

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        self._session = session
        self._owned = session is None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bodies: WeakKeyDictionary[ResponseHandler, tuple[Connection, aiohttp.StreamReader]] = WeakKeyDictionary()
        self._used: WeakSet[ResponseHandler] = WeakSet()
        self._proxies: Proxies | None = None
        self._tls: ssl.SSLContext | None = None
        renew_in_child(self, AiohttpTransport._forget)

    async def send(self, request: HttpRequest, timeouts: Timeouts) -> AiohttpResponse:
        host = checked_host(request)
        session = self._session or self._open()
        proxy = self._proxy(request.url)
        call = Call(timeouts, self._used)
        sending = looped_call.current.set(call)
        try:
            async with call:
                if self._owned:
                    call.begin("connect", timeouts.connect)
                else:
                    call.begin_unseen(timeouts)
                response = await session.request(
                    request.method,
                    URL(request.url, encoded=True),  # unchanged, because parts of it may be signed
                    headers=request.headers,
                    data=_body(request.body, call),
                    allow_redirects=False,
                    proxy=proxy,
                    ssl=self._verification() if self._owned and request.url.startswith("https:") else True,
                    timeout=_NO_LIMITS,
                )
        except _FAILURES as error:
            raise _map(error, host, stage=call.phase, unanswered=call.unanswered(error)) from None
        except RuntimeError:
            if not session.closed:
                raise
            if self._owned:
                raise ConnectionFailed(f"{host}: the transport was closed") from None
            raise ConfigError("the aiohttp session that the transport was given is closed") from None
        finally:
            looped_call.current.reset(sending)
        connection = response.connection
        if connection is not None and connection.protocol is not None:
            connection.protocol.read_timeout = timeouts.read
            connection.protocol.start_timeout()
            self._watch(connection.protocol, connection, response.content)
        packed = self._owned and "content-encoding" in response.headers  # another session unpacks it itself
        return AiohttpResponse(response, host, asyncio.get_running_loop(), packed=packed)

    async def close(self) -> None:
        if self._owned and self._session is not None:
            session, self._session = self._session, None
            await session.close()

    def _watch(self, protocol: ResponseHandler, connection: Connection, body: aiohttp.StreamReader) -> None:
        """End the body when its connection is lost; after malformed framing, aiohttp would let a reader wait forever.

        The pool would also keep the lost connection until the end of the body is read, and with it everything that the
        traceback of its error refers to.
        """
        bodies = self._bodies
        known = protocol in bodies
        bodies[protocol] = connection, body

        def lost(closed: asyncio.Future[None] | None) -> None:
            if closed is not None and not closed.cancelled():
                closed.exception()  # marks the exception as retrieved
            connection, body = bodies.pop(protocol)
            if not body.is_eof() and body.exception() is None:
                body.set_exception(aiohttp.ClientPayloadError())
            connection.close()

        if (closed := protocol.closed) is None:
            lost(None)  # it was lost before it could be watched
        elif not known:
            closed.add_done_callback(lost)

    def _open(self) -> aiohttp.ClientSession:
        self._loop = asyncio.get_running_loop()
        self._proxies, self._tls = Proxies(), None
        self._session = aiohttp.ClientSession(
            connector=Connector(limit=0, keepalive_timeout=KEEPALIVE_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"accept-encoding": accepted()},
            auto_decompress=False,
        )
        return self._session

    def _proxy(self, url: str) -> str | None:
        """The proxy that the environment sets for this URL."""
        proxy = self._proxies.for_url(url) if self._owned and self._proxies is not None else None
        if proxy is not None and proxy.startswith("socks"):
            raise ConfigError(
                "the proxy that the environment names cannot be used: aiohttp knows no SOCKS; pass "
                "transport=AsyncHttpx2Transport(), with the extra socks: pip install 'fluent-ai[socks]'"
            )
        return proxy

    def _verification(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = tls_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls

    def _forget(self) -> None:
        """In a forked child: the connections are the parent's, and two who use one would read each other's answers."""
        if self._owned:
            keep_unclosed((self._session, self._bodies))
            self._session, self._loop = None, None
            self._bodies = WeakKeyDictionary()

    def __del__(self) -> None:
        # A transport that was not closed is collected silently, like httpx2's; aiohttp's session would log an error.
        session, loop = self._session, self._loop
        if not self._owned or session is None or loop is None or session.connector is None:
            return
        connector = session.connector
        session.detach()
        if loop.is_closed():
            closing = _close(connector)
            with suppress(StopIteration):
                closing.send(None)  # marks it closed; nothing is left that could wait for its sockets
            closing.close()
        else:
            with suppress(RuntimeError):  # the loop is just closing, and with it the sockets
                loop.call_soon_threadsafe(lambda: loop.create_task(_close(connector)))


async def _close(connector: aiohttp.BaseConnector) -> None:
    await connector.close()
