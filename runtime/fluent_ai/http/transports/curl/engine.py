"""A multi handle of libcurl: its connections, and the requests that are under way on them."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from fluent_ai.errors import ConnectionFailed, FluentError
from fluent_ai.http.transports.curl.exchange import Exchange
from fluent_ai.http.transports.curl.libcurl import Easy, pycurl
from fluent_ai.http.transports.curl.resting import Resting

MOST_KEPT: Final = 100
"""Connections that are kept while nothing uses them."""


class Engine:
    """Whoever drives it calls `act` when a socket is ready or the time has come, as `watch` and `set_timer` ask it to.

    `watch(descriptor, reads, writes)` is called with two False to stop watching. `set_timer(seconds)` replaces what it
    said before, and None cancels it.
    """

    def __init__(self, watch: Callable[[int, bool, bool], None], set_timer: Callable[[float | None], None]) -> None:
        self._exchanges: dict[Easy, Exchange] = {}
        self._resting = Resting()
        self._opened = 0
        self._losses = 0
        """Requests that kept connections have lost since the last whole answer."""
        self._watch = watch
        self._set_timer = set_timer
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_socket)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._on_timer)
        self._multi.setopt(pycurl.M_MAXCONNECTS, MOST_KEPT)

    def start(self, exchange: Exchange) -> None:
        self._resting.shut_down_unclean()
        exchange.after_losses = self._losses
        self._exchanges[exchange.easy] = exchange
        self._multi.add_handle(exchange.easy)
        self.act()

    def act(self, descriptor: int = pycurl.SOCKET_TIMEOUT, ready: int = 0) -> None:
        """Let libcurl do what can be done now; `ready` is a combination of CSELECT_IN and CSELECT_OUT."""
        _, running = self._multi.socket_action(descriptor, ready)
        if running != len(self._exchanges):
            self._finish()

    def drop(self, exchange: Exchange, error: FluentError) -> None:
        """End it now, with its connection or its stream of a connection, unless it has ended."""
        if self._exchanges.pop(exchange.easy, None) is not None:
            with suppress(pycurl.error):  # when the process ends, the multi handle may go first
                self._multi.remove_handle(exchange.easy)
            exchange.fail(error)

    def close(self, error: FluentError) -> None:
        """End all, and close the connections."""
        for exchange in tuple(self._exchanges.values()):
            self.drop(exchange, error)
        self._multi.close()

    def forget(self) -> None:
        """In a forked child: the connections are the parent's. To close them would tell the server, so nothing may."""
        for thing in (self._multi, *self._exchanges):
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))
        self._exchanges = {}

    @property
    def _connections(self) -> int:
        """At most so many were kept."""
        return min(self._opened + sum(not each.call.reused for each in self._exchanges.values()), MOST_KEPT)

    def _finish(self) -> None:
        waiting = 1
        while waiting:
            waiting, good, bad = self._multi.info_read()
            for easy, code, words in [*((easy, 0, "") for easy in good), *bad]:
                exchange = self._exchanges.pop(easy)
                if not code:
                    self._resting.note(easy)
                self._multi.remove_handle(easy)
                self._opened += not exchange.call.reused
                # A connection that refuses one stream after the other stays, so it must not count as lost each time.
                exchange.finish(code, words, kept=exchange.after_losses < self._connections)
                if not code:
                    self._losses = 0
                elif isinstance(exchange.error, ConnectionFailed) and exchange.error.unanswered:
                    self._losses += 1

    def _on_socket(self, what: int, descriptor: int, multi: object, data: object) -> None:
        self._resting.used(descriptor)
        self._watch(
            descriptor, what in (pycurl.POLL_IN, pycurl.POLL_INOUT), what in (pycurl.POLL_OUT, pycurl.POLL_INOUT)
        )

    def _on_timer(self, milliseconds: int) -> None:
        self._set_timer(None if milliseconds < 0 else milliseconds / 1000)
