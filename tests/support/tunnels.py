"""Proxies that open a tunnel: CONNECT of HTTP, also over TLS, and SOCKS5 (RFC 1928)."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from typing import Any


class Tunnels:
    """All lead to `port` of this machine, whatever host is asked for; `asked` holds what the clients said first."""

    def __init__(self, port: int, *, socks: bool = False, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[bytes] = []
        self._port = port
        self._socks = socks
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Any) -> None:
        with suppress(OSError):
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection, socket.create_connection(("127.0.0.1", self._port)) as there:
                if self._socks:
                    connection.recv(65536)
                    connection.sendall(b"\x05\x00")
                self.asked.append(connection.recv(65536))
                said = b"\x05\x00\x00\x01" + bytes(6) if self._socks else b"HTTP/1.1 200 Yes\r\nx-proxy: 1\r\n\r\n"
                connection.sendall(said)
                back = threading.Thread(target=_pass_on, args=(there, connection), daemon=True)
                back.start()
                _pass_on(connection, there)
                back.join(30)


def _pass_on(source: Any, target: Any) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
