"""A server of HTTP/2 over TLS that says frames as a test tells it to (RFC 9113)."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import trustme

DATA, HEADERS, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, CONTINUATION = 0, 1, 3, 4, 5, 6, 7, 9
END_STREAM, ACK, END_HEADERS = 1, 1, 4
NO_ERROR, INTERNAL_ERROR, REFUSED_STREAM = 0, 2, 7
OK: Final = b"\x88"
""":status 200 from the static table (RFC 7541, A)."""
_PREFACE: Final = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def frame(kind: int, flags: int = 0, stream: int = 0, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body))[1:] + struct.pack(">BBI", kind, flags, stream) + body


def answer(stream: int, body: bytes) -> bytes:
    """A whole one, of status 200."""
    return frame(HEADERS, END_HEADERS, stream, OK) + frame(DATA, END_STREAM, stream, body)


def reset(stream: int, code: int) -> bytes:
    return frame(RST_STREAM, 0, stream, struct.pack(">I", code))


def goaway(last: int, code: int = NO_ERROR) -> bytes:
    return frame(GOAWAY, 0, 0, struct.pack(">II", last, code))


Says = Callable[[int, int], "Iterator[bytes | None]"]
"""What is said to a request, by the number of its connection and of its stream; None closes the connection."""


class Http2Server:
    """`requests` holds the numbers of connection and stream of each, from 1 on. Its certificate is for localhost."""

    def __init__(self, says: Says, folder: Path) -> None:
        authority = trustme.CA()
        self.authority = folder / "http2-ca.pem"
        authority.cert_pem.write_to_path(self.authority)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(self._tls)
        self._tls.set_alpn_protocols(["h2"])
        self._says = says
        self.requests: list[tuple[int, int]] = []
        self.sent = 0
        """Bytes that were written in answers."""
        self.left = threading.Event()
        """Set when a client has left in the middle of an answer."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        number = 0
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                number += 1
                threading.Thread(target=self._serve, args=(connection, number), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with suppress(OSError, EOFError), self._tls.wrap_socket(connection, server_side=True) as secured:
            _exactly(secured, len(_PREFACE))
            secured.sendall(frame(SETTINGS))
            while True:
                head = _exactly(secured, 9)
                kind, flags, stream = struct.unpack(">BBI", head[3:])
                _exactly(secured, int.from_bytes(head[:3], "big"))
                if kind == SETTINGS and not flags & ACK:
                    secured.sendall(frame(SETTINGS, ACK))
                elif kind == HEADERS:
                    self.requests.append((number, stream))
                    if not self._answer(secured, number, stream):
                        return

    def _answer(self, connection: Any, number: int, stream: int) -> bool:
        try:
            for piece in self._says(number, stream):
                if piece is None:
                    return False
                connection.sendall(piece)
                self.sent += len(piece)
        except OSError:
            self.left.set()
            raise
        return True


def _exactly(connection: Any, size: int) -> bytes:
    data = b""
    while len(data) < size:
        if not (piece := connection.recv(size - len(data))):
            raise EOFError
        data += piece
    return data
