"""The sockets of the blocking transport: each phase of a request has one deadline, and another thread can end any wait.

httpcore's own sockets limit each read alone, so a server that trickles holds a request for ever; and nothing ends its
name resolution, its connecting, or a wait for the head of a response.
"""

from __future__ import annotations

import os
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any, TypeVar

import httpcore2

from fluent_ai.http.interrupts import Interrupt
from fluent_ai.http.transports.blocking_call import Call, current, due_in
from fluent_ai.http.transports.connecting import Address, connect, resolve
from fluent_ai.http.transports.inner_tls import InnerTls
from fluent_ai.http.transports.tcp_keepalive import keep_alive
from fluent_ai.threads import SLICE

ArgumentT = TypeVar("ArgumentT")
T = TypeVar("T")


class Connection(httpcore2.NetworkStream):
    """A connected socket."""

    def __init__(self, sock: socket.socket, call: Call | None = None, inner: InnerTls | None = None) -> None:
        self._sock = sock
        self._inner = inner
        self._call = call
        self._receive: Callable[[int], bytes] = sock.recv if inner is None else inner.recv
        self._send: Callable[[memoryview], int] = sock.send if inner is None else inner.send
        self._process = os.getpid()
        self._timeout = -1.0
        self._lock = threading.Lock()  # a descriptor that is being shut down must not be closed and used anew
        self._waiting = False
        self._closed = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        call = self._call or current.get()
        if call.phase == "write":
            call.begin("first_byte", timeout)
        due = due_in(timeout) if call.phase == "read" else call.due
        data = self.until_done(self._receive, max_bytes, due, httpcore2.ReadTimeout, httpcore2.ReadError)
        if data:
            call.received = True
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        call = current.get()
        if call is not self._call:
            with self._lock:
                call.reused = self._call is not None
                self._call = call
            call.interrupt.wait_with(partial(self.abort, call))
        if call.phase != "write":
            call.begin("write", timeout)
        rest = memoryview(buffer)
        while rest:
            rest = rest[self.until_done(self._send, rest, call.due, httpcore2.WriteTimeout, httpcore2.WriteError) :]

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Connection:
        call = current.get()
        if call.phase != "connect":  # a proxy has been asked meanwhile
            call.begin("connect", timeout)
        try:
            secured, shake = self._secure(call, ssl_context, server_hostname)
        except (OSError, ValueError) as error:
            self.close()
            raise httpcore2.ConnectError(str(error)) from error
        call.interrupt.wait_with(partial(secured.abort, call))
        try:
            secured.until_done(lambda _: shake(), None, call.due, httpcore2.ConnectTimeout, httpcore2.ConnectError)
        except BaseException:
            secured.close()
            raise
        return secured

    def abort(self, call: Call) -> None:
        """Shut the socket down, which wakes whoever waits for it; safe from any thread.

        Does nothing if the call has given it back since, nor in a forked child, which shares it with its parent.
        """
        with self._lock:
            if call is self._call and not self._closed and os.getpid() == self._process:
                self._shut_down()

    def close(self) -> None:
        # This sets `_closed` before it reads `_waiting`, and `until_done` does the reverse: one of them sees the other.
        self._closed = True
        with self._lock:
            self._shut_down()
            if not self._waiting:  # else whoever waits closes it: under its feet, the descriptor could become another's
                self._sock.close()

    def get_extra_info(self, info: str) -> Any:
        if info == "socket":
            return self._sock
        if info == "is_readable":
            return readable(self._sock)
        if info == "ssl_object":
            return self._inner or (self._sock if isinstance(self._sock, ssl.SSLSocket) else None)
        if info == "client_addr":
            return self._sock.getsockname()
        return self._sock.getpeername() if info == "server_addr" else None

    def _secure(self, call: Call, context: ssl.SSLContext, host: str | None) -> tuple[Connection, Callable[[], object]]:
        """The connection with TLS, and what shakes hands."""
        if isinstance(self._sock, ssl.SSLSocket):
            inner = InnerTls(self._sock, context, host)
            return Connection(self._sock, call, inner), inner.do_handshake
        outer = context.wrap_socket(self._sock, server_hostname=host, do_handshake_on_connect=False)
        return Connection(outer, call), outer.do_handshake

    def until_done(
        self,
        step: Callable[[ArgumentT], T],
        argument: ArgumentT,
        due: float,
        late: type[Exception],
        failed: type[Exception],
    ) -> T:
        """What `step` returns once it need not wait any more."""
        self._waiting = True
        try:
            if self._closed:
                raise failed("the connection was closed")
            while True:
                seconds = min(due - monotonic(), SLICE)
                if seconds <= 0:
                    raise late("no progress in time")
                if seconds != self._timeout:  # one system call less for each chunk
                    self._sock.settimeout(seconds)
                    self._timeout = seconds
                try:
                    return step(argument)
                except TimeoutError as error:
                    if error.errno is not None:  # the operating system gave up
                        raise
        except (OSError, ValueError) as error:
            raise failed(str(error)) from error
        finally:
            self._waiting = False
            if self._closed:
                self.close()

    def _shut_down(self) -> None:
        if os.getpid() == self._process:
            with suppress(OSError):
                # Not an SSLSocket's own, which forgets its TLS: the reader would take what is encrypted for the answer.
                socket.socket.shutdown(self._sock, socket.SHUT_RDWR)


class Network(httpcore2.NetworkBackend):
    """Opens connections, within the deadline of the request that needs one."""

    def resolve(self, host: str, port: int, due: float, interrupt: Interrupt) -> Sequence[Address]:
        """The addresses that a host is connected to. Raises OSError, and TimeoutError after `due`."""
        return resolve(host, port, due, interrupt)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[tuple[Any, ...]] | None = None,
    ) -> Connection:
        call = current.get()
        call.begin("connect", timeout)
        try:
            addresses = self.resolve(host, port, call.due, call.interrupt)
            sock = connect(addresses, call.due, call.interrupt, local_address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            keep_alive(sock)
            for option in socket_options or ():
                sock.setsockopt(*option)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(str(error)) from error
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(str(error)) from error
        return Connection(sock)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[tuple[Any, ...]] | None = None
    ) -> httpcore2.NetworkStream:
        return httpcore2.SyncBackend().connect_unix_socket(path, timeout, socket_options)


def readable(sock: socket.socket) -> bool:
    """Whether there is something to read, or the end of the connection."""
    if sock.fileno() < 0 or (isinstance(sock, ssl.SSLSocket) and sock.pending()):
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))
