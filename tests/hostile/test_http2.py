"""Servers of HTTP/2 that go away, refuse, or flood, over libcurl."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from pathlib import Path

import fluent_ai as ai
import pytest
from raw_http2 import (
    CONTINUATION,
    DATA,
    END_HEADERS,
    HEADERS,
    INTERNAL_ERROR,
    OK,
    PING,
    PUSH_PROMISE,
    REFUSED_STREAM,
    SETTINGS,
    Http2Server,
    Says,
    answer,
    frame,
    goaway,
    reset,
)
from scripted_server import manifest_for, sse, text_chunks
from transports import BLOCKING_CURL, Caller

pytest.importorskip("pycurl", reason="the extra http3 is not installed")

HELLO = b"".join(sse(*text_chunks("Hello")))
MOST = 64 * 1024 * 1024
"""In bytes; a server that could say so much was not left in time."""


@pytest.fixture(params=[BLOCKING_CURL, "curl"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Asking:
    """Clients of one transport, and the server that they ask."""

    def __init__(self, kind: str, says: Says, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.server = Http2Server(says, folder)
        patch.setenv("SSL_CERT_FILE", str(self.server.authority))
        self.caller = Caller(kind, http=2)

    def ask(self, retries: int = 0) -> str:
        timeout = ai.Timeouts(connect=30, first_byte=30, read=30)
        talk = self.caller.client(manifest_for(self.server.url), retries=retries, timeout=timeout)
        try:
            return str(talk.collect(talk.stream()).text)
        finally:
            talk.close()

    def close(self) -> None:
        self.caller.close()
        self.server.close()


def test_a_stream_that_had_not_begun_when_the_server_went_away_is_sent_again(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def says(connection: int, stream: int) -> Iterator[bytes | None]:
        if (connection, stream) == (1, 3):
            yield from (goaway(1), None)
        yield answer(stream, HELLO)

    asking = Asking(kind, says, tmp_path, monkeypatch)
    if kind == BLOCKING_CURL:  # which has one transport for each client, so it needs one that stays
        talk = asking.caller.client(manifest_for(asking.server.url))
        assert [talk.collect(talk.stream()).text for _ in range(2)] == ["Hello"] * 2
        talk.close()
    else:
        assert [asking.ask() for _ in range(2)] == ["Hello"] * 2
    assert asking.server.requests == [(1, 1), (1, 3), (2, 1)]
    asking.close()


def test_a_refused_stream_is_sent_again(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def says(connection: int, stream: int) -> Iterator[bytes | None]:
        yield reset(stream, REFUSED_STREAM) if (connection, stream) == (1, 3) else answer(stream, HELLO)

    asking = Asking(kind, says, tmp_path, monkeypatch)
    talk = asking.caller.client(manifest_for(asking.server.url))
    assert [talk.collect(talk.stream()).text for _ in range(3)] == ["Hello"] * 3
    assert len(asking.server.requests) == 4
    talk.close()
    asking.close()


@pytest.mark.parametrize("code", [INTERNAL_ERROR, REFUSED_STREAM])
def test_a_server_that_resets_every_stream_is_not_asked_without_end(
    kind: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = itertools.count()

    def says(connection: int, stream: int) -> Iterator[bytes | None]:
        yield reset(stream, code) if next(begun) else answer(stream, HELLO)

    asking = Asking(kind, says, tmp_path, monkeypatch)
    talk = asking.caller.client(manifest_for(asking.server.url), retries=1)
    assert talk.collect(talk.stream()).text == "Hello"
    with pytest.raises(ai.ConnectionFailed):
        talk.collect(talk.stream())
    assert len(asking.server.requests) <= 6
    talk.close()
    asking.close()


def test_a_reset_in_the_body_keeps_what_came(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    half = b"".join(sse(*text_chunks("Hel", finish=None), done=False))

    def says(connection: int, stream: int) -> Iterator[bytes | None]:
        yield frame(HEADERS, END_HEADERS, stream, OK) + frame(DATA, 0, stream, half) + reset(stream, INTERNAL_ERROR)

    asking = Asking(kind, says, tmp_path, monkeypatch)
    with pytest.raises(ai.StreamInterrupted) as caught:
        asking.ask()
    assert caught.value.partial is not None
    assert caught.value.partial.text == "Hel"
    asking.close()


def literal(name: bytes, value: bytes) -> bytes:
    """A header that is in no table (RFC 7541, 6.2.2)."""
    return b"\x00" + bytes([len(name)]) + name + b"\x7f" + _rest(len(value) - 127) + value


def _rest(number: int) -> bytes:
    """Of an integer with a prefix (RFC 7541, 5.1)."""
    parts = []
    while number >= 128:
        parts.append(number % 128 + 128)
        number //= 128
    return bytes([*parts, number])


BIG = literal(b"x-big", b"y" * 16_000)
FLOODS = {
    "headers in continuations": (lambda s: frame(HEADERS, 0, s, OK), lambda s: frame(CONTINUATION, 0, s, BIG)),
    "empty continuations": (lambda s: frame(HEADERS, 0, s, OK), lambda s: frame(CONTINUATION, 0, s) * 1000),
    "interim heads": (lambda s: b"", lambda s: frame(HEADERS, END_HEADERS, s, b"\x08\x03103") * 1000),
    "too large a frame": (lambda s: frame(HEADERS, END_HEADERS, s, OK), lambda s: frame(DATA, 0, s, bytes(10**6))),
    "pushes": (
        lambda s: frame(HEADERS, END_HEADERS, s, OK),
        lambda s: frame(PUSH_PROMISE, END_HEADERS, s, struct.pack(">I", 2) + b"\x82\x84\x87") * 100,
    ),
    "a frame of stream 0": (lambda s: b"", lambda s: frame(DATA, 0, 0, b"x")),
}  # fmt: skip
"""What breaks the rules at once or after a while: how it begins, and what is repeated until the client leaves."""


@pytest.mark.parametrize("what", FLOODS)
def test_a_flood_is_left(kind: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begins, goes_on = FLOODS[what]

    def says(connection: int, stream: int) -> Iterator[bytes | None]:
        yield begins(stream)
        while asking.server.sent < MOST:
            yield goes_on(stream)

    asking = Asking(kind, says, tmp_path, monkeypatch)
    with pytest.raises(ai.FluentError) as caught:
        asking.ask()
    assert isinstance(caught.value, ai.ConnectionFailed | ai.StreamInterrupted)
    assert asking.server.sent < MOST
    asking.close()


@pytest.mark.parametrize("said", [frame(PING, 0, 0, bytes(8)), frame(SETTINGS)], ids=["pings", "settings"])
def test_what_must_be_answered_without_end_runs_into_a_deadline(
    kind: str, said: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the connection is left, which depends on how fast the server reads the answers."""

    def says(connection: int, stream: int) -> Iterator[bytes | None]:
        while True:
            yield said * 10

    asking = Asking(kind, says, tmp_path, monkeypatch)
    with pytest.raises((ai.DeadlineExceeded, ai.ConnectionFailed)):
        talk = asking.caller.client(manifest_for(asking.server.url), timeout=ai.Timeouts(first_byte=0.5))
        talk.collect(talk.stream())
    asking.close()
