"""TLS to a provider inside the TLS to a proxy, which `ssl.SSLSocket` does not offer."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

RECORD: Final = 16 * 1024
"""The largest TLS record, in bytes (RFC 8446, 5.1)."""


class InnerTls:
    """Like a socket. What raises TimeoutError can be repeated, like what an `ssl.SSLSocket` raises it for."""

    def __init__(self, sock: ssl.SSLSocket, context: ssl.SSLContext, host: str | None) -> None:
        self._sock = sock
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)
        self._unsent = b""

    def do_handshake(self) -> None:
        self._do(self._tls.do_handshake)
        self._flush()

    def recv(self, max_bytes: int) -> bytes:
        return self._do(lambda: self._tls.read(max_bytes))

    def send(self, data: memoryview) -> int:
        self._flush()
        sent = self._do(lambda: self._tls.write(data))
        try:
            self._flush()
        except TimeoutError as error:
            if error.errno is not None:
                raise
        return sent  # what is unsent goes out before anything else does

    def selected_alpn_protocol(self) -> str | None:
        return self._tls.selected_alpn_protocol()

    def _do(self, step: Callable[[], T]) -> T:
        while True:
            self._flush()
            try:
                return step()
            except ssl.SSLWantReadError:
                self._flush()
                if data := self._sock.recv(RECORD):
                    self._incoming.write(data)
                else:
                    self._incoming.write_eof()

    def _flush(self) -> None:
        self._unsent += self._outgoing.read()
        while self._unsent:
            self._unsent = self._unsent[self._sock.send(self._unsent) :]
