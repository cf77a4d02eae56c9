"""The asynchronous transport over libcurl, which the event loop drives; many streams share a connection.

libcurl's messages repeat what servers said, and its handles hold credentials, so neither is kept in errors.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress

from fluent_ai.errors import ConfigError, ConnectionFailed, DeadlineExceeded
from fluent_ai.http.decoding import unpacked
from fluent_ai.http.loop_deadlines import LoopDeadline
from fluent_ai.http.messages import HttpRequest, HttpVersion, Timeouts
from fluent_ai.http.transports import looped_call
from fluent_ai.http.transports.checks import checked_host, failure_reason
from fluent_ai.http.transports.curl.engine import Engine
from fluent_ai.http.transports.curl.exchange import Exchange
from fluent_ai.http.transports.curl.libcurl import pycurl
from fluent_ai.http.transports.curl.names import Names
from fluent_ai.http.transports.curl.routes import Routes
from fluent_ai.http.transports.curl.versions import Versions
from fluent_ai.threads import renew_in_child


class _Watcher:
    """Lets an event loop watch the sockets of an engine, and its time."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._watched: dict[int, tuple[bool, bool]] = {}
        self._timer: asyncio.Handle | None = None
        self.act: Callable[[int, int], None]

    def watch(self, descriptor: int, reads: bool, writes: bool) -> None:
        loop = self._loop
        read, wrote = self._watched.pop(descriptor, (False, False))
        if reads and not read:
            loop.add_reader(descriptor, self.act, descriptor, pycurl.CSELECT_IN)
        elif read and not reads:
            loop.remove_reader(descriptor)
        if writes and not wrote:
            loop.add_writer(descriptor, self.act, descriptor, pycurl.CSELECT_OUT)
        elif wrote and not writes:
            loop.remove_writer(descriptor)
        if reads or writes:
            self._watched[descriptor] = reads, writes

    def set_timer(self, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if seconds is not None:
            self._timer = self._loop.call_later(seconds, self.act, pycurl.SOCKET_TIMEOUT, 0)

    def leave(self) -> None:
        self.set_timer(None)
        for descriptor in tuple(self._watched):
            self.watch(descriptor, False, False)


def _check_watching(loop: asyncio.AbstractEventLoop) -> None:
    """Raises ConfigError for an event loop that cannot watch sockets; libcurl's callbacks could not say so."""
    one, other = socket.socketpair()
    with one, other:
        try:
            loop.add_reader(one, lambda: None)
            loop.remove_reader(one)
        except NotImplementedError:
            raise ConfigError(
                f"the event loop {type(loop).__name__} cannot watch the sockets of libcurl; allowed: one that has "
                "add_reader, such as asyncio.SelectorEventLoop"
            ) from None


class _Driver:
    """An engine that an event loop drives."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        _check_watching(self.loop)
        self._watcher = _Watcher(self.loop)
        self.engine = Engine(self._watcher.watch, self._watcher.set_timer)
        self._watcher.act = self.engine.act
        self._process = os.getpid()

    def drop(self, exchange: Exchange, reason: str = "the connection was closed") -> None:
        if os.getpid() == self._process:
            self.engine.drop(exchange, ConnectionFailed(f"{exchange.host}: {reason}"))

    def drop_soon(self, exchange: Exchange) -> None:
        """From any thread, and from garbage collection."""
        if os.getpid() == self._process:
            with suppress(RuntimeError):  # the loop has closed
                self.loop.call_soon_threadsafe(self.drop, exchange)

    def close(self) -> None:
        if os.getpid() == self._process:
            self.engine.close(ConnectionFailed("the transport was closed"))
            if not self.loop.is_closed():
                self._watcher.leave()


class _Waiting:
    """Waits for what comes of an exchange, with a limit that costs no timer for each wait."""

    __slots__ = ("__weakref__", "_deadline", "_future", "_loop")

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._future: asyncio.Future[None] | None = None
        self._deadline: LoopDeadline[_Waiting] | None = None

    def wake(self) -> None:
        if self._future is not None and not self._future.done():
            self._future.set_result(None)

    async def until_woken(self, seconds: float | None = None) -> None:
        """Raises TimeoutError after so many seconds."""
        self._future = self._loop.create_future()
        if seconds is not None:
            self._deadline = self._deadline or LoopDeadline(self, _Waiting._late)
            self._deadline.set(seconds)
        try:
            await self._future
        finally:
            self._future = None
            if self._deadline is not None:
                self._deadline.pause()

    def _late(self) -> None:
        if self._future is not None and not self._future.done():
            self._future.set_exception(TimeoutError())


class AsyncCurlResponse:
    """A response of `AsyncCurlTransport`."""

    def __init__(self, exchange: Exchange, driver: _Driver, waiting: _Waiting, read: float | None) -> None:
        self.status = exchange.status
        self.headers: Mapping[str, str] = exchange.headers
        self.http_version = exchange.version
        """Such as "1.1", "2" or "3"."""
        self._exchange = exchange
        self._driver = driver
        self._waiting = waiting
        self._read = read

    def chunks(self) -> AsyncIterator[bytes]:
        chunks = _Chunks(self._exchange, self._waiting, self._read)
        return unpacked(chunks, self.headers, self._exchange.host) if "content-encoding" in self.headers else chunks

    async def close(self) -> None:
        self._driver.drop(self._exchange)

    def abort(self) -> None:
        """Ends the wait of a reader; safe from any thread."""
        self._driver.drop_soon(self._exchange)

    def __del__(self) -> None:
        if not self._exchange.ended:
            self._driver.drop_soon(self._exchange)


class _Chunks:
    """Yields all that has arrived at once, so a slow consumer gets fewer and larger chunks."""

    __slots__ = ("_exchange", "_read", "_waiting")

    def __init__(self, exchange: Exchange, waiting: _Waiting, read: float | None) -> None:
        self._exchange = exchange
        self._waiting = waiting
        self._read = read

    def __aiter__(self) -> _Chunks:
        return self

    async def __anext__(self) -> bytes:
        exchange = self._exchange
        while not exchange.unread:
            if exchange.ended:
                if exchange.error is not None:
                    raise exchange.error
                raise StopAsyncIteration
            try:
                await self._waiting.until_woken(self._read)
            except TimeoutError:
                raise DeadlineExceeded(f"{exchange.host}: no progress in time (read)", stage="read") from None
        return exchange.take()


class AsyncCurlTransport:
    """Asynchronous transport over libcurl; bound to one event loop, which must have `add_reader`.

    Needs the extra `http3`. `http` is the version to begin with, see `HttpVersion`. Proxies (HTTP, HTTPS and SOCKS) and
    trusted certificates come from the environment; `proxy` takes the place of its proxies. The number of connections is
    unlimited, so `Timeouts.pool` never applies. Raises ConfigError for HTTP/3 where libcurl was built without it.
    """

    def __init__(self, http: HttpVersion = "auto", *, proxy: str | None = None) -> None:
        self._versions = Versions(http)
        self._proxy = proxy
        self._names = Names()
        self._routes: Routes | None = None
        self._drivers: dict[int, _Driver] = {}
        """By the version to begin with: libcurl would rather use a connection of HTTP/2 than open one of HTTP/3."""
        renew_in_child(self, AsyncCurlTransport._forget)

    async def send(self, request: HttpRequest, timeouts: Timeouts) -> AsyncCurlResponse:
        host = checked_host(request)
        if self._routes is None:
            self._routes = Routes(self._proxy)
        route = self._routes.to(request.url)
        version = self._versions.begin_with(route)
        call = looped_call.Call()
        waiting = _Waiting()
        try:
            async with call:
                call.begin("connect", timeouts.connect)
                first = route.first
                line = None if first.numeric else await self._names.look_up(first.host, first.port)
                if (driver := self._drivers.get(version)) is None:
                    driver = self._drivers[version] = _Driver()
                exchange = Exchange(request, route, version, line, host, timeouts, call, waiting.wake)
                try:
                    driver.engine.start(exchange)
                    while not exchange.headed and not exchange.ended:
                        await waiting.until_woken()
                finally:
                    if not exchange.headed:
                        driver.drop(exchange)
        except TimeoutError:
            raise DeadlineExceeded(f"{host}: no progress in time ({call.phase})", stage=call.phase) from None
        except (OSError, UnicodeError) as error:
            raise ConnectionFailed(f"{host}: {failure_reason(error)}", stage="dns") from None
        if not exchange.headed:
            self._versions.unanswered(route, version)
            raise exchange.error or ConnectionFailed(f"{host}: the connection was closed")
        exchange.note_version()
        self._versions.answered(route, version, exchange.version, exchange.headers)
        return AsyncCurlResponse(exchange, driver, waiting, timeouts.read)

    async def close(self) -> None:
        """Close all connections; the next request opens new ones."""
        drivers, self._drivers, self._routes = self._drivers, {}, None
        for driver in drivers.values():
            driver.close()

    def _forget(self) -> None:
        for driver in self._drivers.values():
            driver.engine.forget()
        self._drivers = {}

    def __del__(self) -> None:
        for driver in self._drivers.values():
            if driver.loop.is_closed():
                driver.close()
            else:
                with suppress(RuntimeError):  # the loop is just closing
                    driver.loop.call_soon_threadsafe(driver.close)
