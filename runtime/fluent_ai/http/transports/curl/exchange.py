"""One request and its answer, as libcurl tells of it through callbacks, which run while a driver runs libcurl."""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

from fluent_ai.errors import ConnectionFailed, FluentError
from fluent_ai.http.messages import HttpRequest, Timeouts
from fluent_ai.http.transports.blocking_call import Phase
from fluent_ai.http.transports.curl.failures import failure, lost
from fluent_ai.http.transports.curl.heads import Head
from fluent_ai.http.transports.curl.libcurl import Easy, pycurl
from fluent_ai.http.transports.curl.options import SENT_AT_ONCE, configure
from fluent_ai.http.transports.curl.routes import Route
from fluent_ai.http.transports.curl.versions import version_name
from fluent_ai.http.transports.tcp_keepalive import keep_alive

MOST_UNREAD: Final = 256 * 1024
"""In bytes. So much is kept for a reader that is slow; then the server has to wait."""


_REFUSED: Final = -1
"""What a callback returns to end the transfer."""


class Clocked(Protocol):
    """The deadlines of a request: those of `blocking_call` or of `looped_call`."""

    phase: Phase
    reused: bool
    received: bool

    def begin(self, phase: Phase, seconds: float | None) -> None: ...


class Exchange:
    """Becomes `headed`, then `ended`; `wake` is called when either happens, and when a piece of the body has come."""

    __slots__ = (
        "_head", "_lost", "_paused", "_pieces", "_size", "_timeouts", "_unsent", "after_losses", "call", "easy",
        "ended", "error", "headed", "headers", "host", "status", "version", "wake",
    )  # fmt: skip

    def __init__(
        self, request: HttpRequest, route: Route, version: int, line: str | None, host: str, timeouts: Timeouts,
        call: Clocked, wake: Callable[[], None],
    ) -> None:  # fmt: skip
        """`line` has the addresses of the host that is connected to; see `names`."""
        self.host = host
        self.status = 0
        self.headers: dict[str, str] = {}
        self.version = ""
        """Of HTTP, such as "2", once the head is there."""
        self.headed = False
        self.ended = False
        self.error: FluentError | None = None
        self.call = call
        self.wake = wake
        self._timeouts = timeouts
        self._pieces: deque[bytes] = deque()
        self._size = 0
        self._paused = False
        self._head = Head()
        self._lost = False
        self.after_losses = 0
        """How many requests before this one were lost by kept connections, one after the other."""
        self._unsent = memoryview(request.body) if len(request.body) > SENT_AT_ONCE else None
        self.easy: Easy = pycurl.Curl()
        easy = self.easy
        configure(easy, request, route, version, line)
        easy.setopt(pycurl.HEADERFUNCTION, self._on_header)
        easy.setopt(pycurl.WRITEFUNCTION, self._on_body)
        easy.setopt(pycurl.PREREQFUNCTION, self._on_connected)
        easy.setopt(pycurl.SOCKOPTFUNCTION, self._on_socket)
        if self._unsent is not None:
            whole = self._unsent
            easy.setopt(pycurl.READFUNCTION, self._on_send)
            easy.setopt(pycurl.SEEKFUNCTION, lambda offset, origin: self._on_rewind(whole, offset, origin))
        call.reused = True  # until a connection is opened for it

    @property
    def unread(self) -> bool:
        return bool(self._pieces)

    def take(self) -> bytes:
        """All of the body that has come since the last time. Never called from within libcurl."""
        pieces = self._pieces
        data = pieces.popleft() if len(pieces) == 1 else b"".join(pieces)
        pieces.clear()
        self._size = 0
        if self._paused:
            self._paused = False
            if not self.ended:
                self.easy.pause(pycurl.PAUSE_CONT)
        return data

    def finish(self, code: int, words: str, *, kept: bool) -> None:
        """libcurl is through with it; code 0 is a whole answer. With `kept`, a kept connection may have lost it."""
        call = self.call
        if not code and not self.headed:
            self.error = ConnectionFailed(f"{self.host}: the response broke off in its head")
        elif code and self._lost and kept:
            self.error = lost(self.host)
        elif code:
            verified = int(self.easy.getinfo(pycurl.SSL_VERIFYRESULT))
            unanswered = kept and call.reused and not call.received and call.phase != "connect"
            self.error = failure(code, words, self.host, phase=call.phase, verified=verified, unanswered=unanswered)
        self.end()

    def fail(self, error: FluentError) -> None:
        """End it from outside; what had come can still be read."""
        if not self.ended:
            self.error = error
            self.end()

    def end(self) -> None:
        self.note_version()
        self.ended = True
        self.easy.close()  # which also breaks the circle of this and its callbacks
        self.wake()

    def note_version(self) -> None:
        """Called once the head is there; libcurl cannot be asked from within its callbacks."""
        if not self.ended:
            self.version = version_name(int(self.easy.getinfo(pycurl.INFO_HTTP_VERSION)))

    def _on_socket(self, descriptor: int, purpose: int) -> int:
        if self.call.phase != "connect":
            # A kept connection was lost, and libcurl would send the request again by a new one. Whether that may be is
            # decided where attempts are counted.
            self._lost = self.call.reused and not self.call.received
            return int(pycurl.SOCKOPT_ERROR)
        self.call.reused = False
        sock = socket.socket(fileno=descriptor)
        try:
            keep_alive(sock)
        finally:
            sock.detach()
        return int(pycurl.SOCKOPT_OK)

    def _on_connected(self, *addresses: object) -> int:
        if self._unsent is None:
            self.call.begin("first_byte", self._timeouts.first_byte)
        else:
            self.call.begin("write", self._timeouts.write)
        return int(pycurl.PREREQFUNC_OK)

    def _on_send(self, size: int) -> bytes:
        rest = self._unsent
        if rest is None:
            return b""
        piece, self._unsent = bytes(rest[:size]), rest[size:]
        if not self._unsent and self.call.phase == "write":
            self.call.begin("first_byte", self._timeouts.first_byte)
        return piece

    def _on_rewind(self, whole: memoryview, offset: int, origin: int) -> int:
        self._unsent = whole[offset:]
        return int(pycurl.SEEKFUNC_OK if origin == 0 else pycurl.SEEKFUNC_CANTSEEK)

    def _on_header(self, raw: bytes) -> int | None:
        call = self.call
        if self.headed or call.phase == "connect":  # a trailer, or what a proxy says of the tunnel
            return None
        call.received = True
        if not self._head.feed(raw):
            return _REFUSED
        if self._head.complete:
            self.status, self.headers, self.headed = self._head.status, self._head.headers, True
            self.wake()
        return None

    def _on_body(self, data: bytes) -> int | None:
        if self._size >= MOST_UNREAD:
            self._paused = True
            return int(pycurl.WRITEFUNC_PAUSE)
        self._pieces.append(data)
        self._size += len(data)
        self.wake()
        return None
