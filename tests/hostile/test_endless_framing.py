"""A server that never comes to the answer is left before it has said much, over every transport."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import fluent_ai as ai
import pytest
from fluent_ai.http.messages import HttpRequest
from scripted_server import Server, reply
from transports import KINDS, Caller

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"transfer-encoding: chunked\r\n\r\n"
LAST = CHUNKED + b"5\r\nhello\r\n0\r\n"
MOST = 64 * 1024 * 1024
"""The bytes after which the server gives up."""
ENDLESS = {
    "a status line": (b"HTTP/1.1 200 ", b"O" * 65536),
    "a header": (HEAD + b"x: ", b"a" * 65536),
    "headers": (HEAD, b"x: a\r\n" * 10000),
    "blank lines": (b"", b"\r\n" * 30000),
    "interim responses": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2000),
    "the size of a chunk": (CHUNKED, b"0" * 65536),
    "the extension of a chunk": (CHUNKED + b"5;x=", b"a" * 65536),
    "trailers": (LAST, b"x: a\r\n" * 10000),
    "a trailer": (LAST + b"x: ", b"a" * 65536),
}
SLOWLY = {
    ("blocking httpx2", "interim responses"), ("httpx2", "interim responses"),
    ("blocking curl", "the extension of a chunk"), ("curl", "the extension of a chunk"),
}  # fmt: skip
"""What h11 and libcurl read until the limit for the head, or for the next chunk, has passed."""
MOST_SLOWLY = 64 * MOST
"""What a server may have said by then."""


class Endless:
    """Says a beginning, and then the same until the client leaves."""

    def __init__(self, begin: bytes, then: bytes, most: int) -> None:
        self._begin = begin
        self._most = most
        self._then = then
        self.sent = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def _answer(self) -> None:
        with suppress(OSError), self._listener.accept()[0] as connection:
            connection.recv(65536)
            connection.sendall(self._begin)
            while self.sent < self._most:
                connection.sendall(self._then)
                self.sent += len(self._then)

    def close(self) -> None:
        self._listener.close()
        self._thread.join(30)


@contextmanager
def endless(what: str, most: int) -> Iterator[Endless]:
    server = Endless(*ENDLESS[what], most)
    try:
        yield server
    finally:
        server.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", ENDLESS)
def test_an_answer_that_never_comes_is_left(kind: str, what: str) -> None:
    slowly = (kind, what) in SLOWLY
    caller = Caller(kind)
    most, patience = (MOST_SLOWLY, 0.5) if slowly else (MOST, 60.0)
    with endless(what, most) as server, pytest.raises(ai.DeadlineExceeded if slowly else ai.ConnectionFailed):
        response = caller.send(HttpRequest("POST", server.url, {}), first_byte=patience, read=patience)
        try:
            caller.read(response)
        finally:
            caller.do(response.close())
    assert server.sent < most
    caller.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kept_connection_may_carry_any_number_of_heads(kind: str) -> None:
    server, caller = Server(), Caller(kind)
    try:
        for _ in range(120):
            server.say(reply(204, b""))
            assert caller.get(server.url) == (204, b"")
    finally:
        caller.close()
        server.close()
