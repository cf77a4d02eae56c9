"""The blocking transport over libcurl: each request has a line of its own, which the thread that waits drives.

A line keeps its connection for the next request to the same place. So no thread runs for others, and a chunk comes to
its reader without a change of threads; requests of several threads do not share a connection.
"""

from __future__ import annotations

import math
import os
import selectors
import socket
from collections.abc import Callable, Iterator, Mapping
from time import monotonic
from typing import Final

from fluent_ai.errors import ConnectionFailed, DeadlineExceeded, FluentError
from fluent_ai.http import interrupts
from fluent_ai.http.decoding import decoder_for
from fluent_ai.http.messages import HttpRequest, HttpVersion, Timeouts
from fluent_ai.http.transports.blocking_call import Call, due_in
from fluent_ai.http.transports.checks import checked_host, failure_reason
from fluent_ai.http.transports.curl.engine import Engine
from fluent_ai.http.transports.curl.exchange import Exchange
from fluent_ai.http.transports.curl.libcurl import pycurl
from fluent_ai.http.transports.curl.names import Names
from fluent_ai.http.transports.curl.options import KEEPALIVE_SECONDS
from fluent_ai.http.transports.curl.routes import Routes
from fluent_ai.http.transports.curl.versions import Versions
from fluent_ai.threads import SLICE, new_rlock, renew_in_child

_Selector: Final = getattr(selectors, "PollSelector", selectors.DefaultSelector)
"""For two or three sockets this is as fast as any, and needs no descriptor."""
_READY: Final = {
    selectors.EVENT_READ: pycurl.CSELECT_IN,
    selectors.EVENT_WRITE: pycurl.CSELECT_OUT,
    selectors.EVENT_READ | selectors.EVENT_WRITE: pycurl.CSELECT_IN | pycurl.CSELECT_OUT,
}


class _Cut(Exception):
    """Another thread has ended the wait."""


class Line:
    """An engine for one request at a time, and the connection that it keeps."""

    def __init__(self, place: object) -> None:
        self.place = place
        """Whom its connection leads to."""
        self.rests_since = math.inf
        self.cut = False
        """True once the request must not be waited for any more."""
        self.closed = False
        self._selector = _Selector()
        self._waker, self._woken = socket.socketpair()
        self._waker.setblocking(False)
        self._woken.setblocking(False)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._due = math.inf
        self.engine = Engine(self._watch, self._set_timer)

    def wait(self, ready: Callable[[], bool], call: Call) -> None:
        """Run libcurl until `ready`. Raises TimeoutError when the call's time is over, and `_Cut`."""
        while not ready():
            if self.cut or call.interrupt.called:
                raise _Cut
            if (left := min(call.due, self._due) - monotonic()) > 0:
                for key, mask in self._selector.select(min(left, SLICE)):
                    if key.fileobj is self._woken:
                        self._woken.recv(4096)
                    else:
                        self.engine.act(key.fd, _READY[mask])
            elif self._due < call.due:
                self._due = math.inf
                self.engine.act()
            else:
                raise TimeoutError

    def wake(self) -> None:
        """From any thread."""
        try:
            self._waker.send(b"\0")
        except OSError:  # it is full, or closed: nobody waits then
            return

    def close(self, error: FluentError) -> None:
        self.closed = True
        self.engine.close(error)
        self._selector.close()
        self._waker.close()
        self._woken.close()

    def _watch(self, descriptor: int, reads: bool, writes: bool) -> None:
        mask = (selectors.EVENT_READ if reads else 0) | (selectors.EVENT_WRITE if writes else 0)
        known = self._selector.get_map().get(descriptor)
        if known is None and mask:
            self._selector.register(descriptor, mask)
        elif mask:
            self._selector.modify(descriptor, mask)
        elif known is not None:
            self._selector.unregister(descriptor)

    def _set_timer(self, seconds: float | None) -> None:
        self._due = math.inf if seconds is None else monotonic() + seconds


class _Lines:
    """The lines that rest, by their places, and those that are in use."""

    def __init__(self) -> None:
        self._lock = new_rlock()
        self._resting: dict[object, list[Line]] = {}
        self._used: set[Line] = set()

    def borrow(self, place: object) -> Line:
        """The one that rests since the shortest time, or a new one."""
        old = monotonic() - KEEPALIVE_SECONDS
        with self._lock:
            worn = [line for lines in self._resting.values() for line in lines if line.rests_since < old]
            for line in worn:
                self._resting[line.place].remove(line)
            lines = self._resting.get(place)
            line = lines.pop() if lines else Line(place)
            self._used.add(line)
        for each in worn:
            each.close(_closed())
        return line

    def give_back(self, line: Line, *, keep: bool) -> None:
        """One that was retired meanwhile is closed, too."""
        with self._lock:
            keep = keep and line in self._used
            self._used.discard(line)
            if keep:
                line.rests_since = monotonic()
                self._resting.setdefault(line.place, []).append(line)
        if not keep:
            line.close(_closed())

    def lose(self, line: Line) -> None:
        """It was closed. Takes no lock, because garbage collection may call it."""
        self._used.discard(line)

    def retire(self) -> None:
        """Close those that rest, and end the requests of the others."""
        with self._lock:
            resting, self._resting = [line for lines in self._resting.values() for line in lines], {}
            used, self._used = self._used, set()
        for line in used:
            line.cut = True
            line.wake()
        for line in resting:
            line.close(_closed())

    def forget(self) -> None:
        """In a forked child."""
        for line in (*self._used, *(line for lines in self._resting.values() for line in lines)):
            line.cut = line.closed = True
            line.engine.forget()
        self._resting, self._used = {}, set()

    def __del__(self) -> None:
        for line in (line for lines in self._resting.values() for line in lines):
            line.close(_closed())


def _closed() -> ConnectionFailed:
    return ConnectionFailed("the transport was closed")


class CurlResponse:
    """A response of `CurlTransport`."""

    def __init__(self, exchange: Exchange, line: Line, lines: _Lines, call: Call, read: float | None) -> None:
        self.status = exchange.status
        self.headers: Mapping[str, str] = exchange.headers
        self.http_version = exchange.version
        """Such as "1.1", "2" or "3"."""
        self._exchange = exchange
        self._line = line
        self._lines = lines
        self._call = call
        self._read = read
        self._process = os.getpid()
        self._lock = new_rlock()  # while it is held, somebody drives the line
        self._left = False
        self._cut = False
        if exchange.ended:
            self._leave()

    def chunks(self) -> Iterator[bytes]:
        decoder = decoder_for(self.headers, self._exchange.host)
        while piece := self._next():
            if decoder is None:
                yield piece
            else:
                yield from decoder.feed(piece)
        if decoder is not None:
            decoder.end()

    def close(self) -> None:
        self.abort()  # which ends the wait of another thread
        with self._lock:
            self._leave()

    def abort(self) -> None:
        """Ends the wait of a reader; safe from any thread. Does nothing once the line is another request's."""
        self._cut = True
        if not self._left and os.getpid() == self._process:
            self._line.wake()

    def _next(self) -> bytes:
        """All that has come; empty at the end of the body."""
        exchange, call = self._exchange, self._call
        with self._lock:
            if not exchange.unread and not exchange.ended:
                call.phase, call.due = "read", due_in(self._read)
                try:
                    self._line.wait(self._is_ready, call)
                except TimeoutError:
                    raise DeadlineExceeded(f"{exchange.host}: no progress in time (read)", stage="read") from None
                except _Cut:
                    self._cut = True
            if self._cut and not exchange.ended:
                raise ConnectionFailed(f"{exchange.host}: the connection was closed")
            if exchange.unread:
                return exchange.take()
            if exchange.ended:
                self._leave()
            if exchange.error is not None:
                raise exchange.error
            return b""

    def _is_ready(self) -> bool:
        return self._exchange.unread or self._exchange.ended or self._cut

    def _leave(self) -> None:
        if not self._left and os.getpid() == self._process:
            self._left = True
            self._line.engine.drop(
                self._exchange, ConnectionFailed(f"{self._exchange.host}: the connection was closed")
            )
            # One that was left half-way keeps its connection only if that carries streams.
            self._lines.give_back(self._line, keep=self._exchange.error is None or self.http_version in ("2", "3"))

    def __del__(self) -> None:
        # Garbage collection may run anywhere, also where the lock of the lines is held.
        if not self._left and not self._line.closed and os.getpid() == self._process:
            self._left = True
            self._lines.lose(self._line)
            self._line.close(_closed())


class CurlTransport:
    """Blocking transport over libcurl; safe to share between threads.

    Needs the extra `http3`. `http` is the version to begin with, see `HttpVersion`. Proxies (HTTP, HTTPS and SOCKS) and
    trusted certificates come from the environment; `proxy` takes the place of its proxies. The number of connections is
    unlimited, so `Timeouts.pool` never applies. Raises ConfigError for HTTP/3 where libcurl was built without it.
    """

    def __init__(self, http: HttpVersion = "auto", *, proxy: str | None = None) -> None:
        self._versions = Versions(http)
        self._proxy = proxy
        self._names = Names()
        self._routes: Routes | None = None
        self._lines = _Lines()
        renew_in_child(self._lines, _Lines.forget)

    def send(self, request: HttpRequest, timeouts: Timeouts) -> CurlResponse:
        host = checked_host(request)
        if self._routes is None:
            self._routes = Routes(self._proxy)
        route = self._routes.to(request.url)
        call = Call(interrupts.current.get() or interrupts.Interrupt())
        call.begin("connect", timeouts.connect)
        first, version = route.first, self._versions.begin_with(route)
        try:
            line = None if first.numeric else self._names.wait_for(first.host, first.port, call.due, call.interrupt)
        except TimeoutError:
            raise DeadlineExceeded(f"{host}: no progress in time (connect)", stage="connect") from None
        except (OSError, UnicodeError) as error:
            raise ConnectionFailed(f"{host}: {failure_reason(error)}", stage="dns") from None
        exchange = Exchange(request, route, version, line, host, timeouts, call, lambda: None)
        used = self._lines.borrow((route.target, route.proxy, version))
        call.interrupt.wait_with(used.wake)
        response = None
        try:
            used.engine.start(exchange)
            used.wait(lambda: exchange.headed or exchange.ended, call)
            if not exchange.headed:
                self._versions.unanswered(route, version)
                raise exchange.error or _closed()
            exchange.note_version()
            self._versions.answered(route, version, exchange.version, exchange.headers)
            response = CurlResponse(exchange, used, self._lines, call, timeouts.read)
            return response
        except TimeoutError:
            raise DeadlineExceeded(f"{host}: no progress in time ({call.phase})", stage=call.phase) from None
        except _Cut:
            raise ConnectionFailed(f"{host}: the call was ended by another thread") from None
        finally:
            if response is None:
                used.engine.drop(exchange, _closed())
                self._lines.give_back(used, keep=False)

    def close(self) -> None:
        """Close all connections, and end the requests that use them; the next request opens new ones."""
        self._routes = None
        self._lines.retire()
