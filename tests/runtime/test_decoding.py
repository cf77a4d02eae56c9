"""Packed bodies: whole, in pieces, cut, broken, twice packed, and in encodings that cannot be unpacked here."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from importlib.util import find_spec

import fluent_ai as ai
import pytest
from fluent_ai.http.decoding import PIECE, Decoder, accepted
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, reply
from transports import KINDS, Caller

TEXT = b"It was a bright cold day in April. " * 100


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "GZip": gzip.compress(TEXT[:700]) + gzip.compress(TEXT[700:]) + b"\0" * 9,
    "deflate": zlib.compress(TEXT),
    "deflate, identity": raw_deflate(TEXT),
    "deflate, gzip": gzip.compress(zlib.compress(TEXT)),
    "identity": TEXT,
}


@pytest.fixture(params=KINDS)
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    made = Caller(request.param)
    yield made
    made.close()


@pytest.mark.parametrize("encoding", PACKED)
def test_a_packed_body_is_unpacked(server: Server, caller: Caller, encoding: str) -> None:
    server.say(reply(200, PACKED[encoding], headers={"content-encoding": encoding}))
    assert caller.get(server.url) == (200, TEXT)
    assert server.sent[0].headers["accept-encoding"] == accepted()


@pytest.mark.parametrize("encoding", [name for name in PACKED if name != "identity"])
def test_a_packed_body_that_is_cut_is_truncated(server: Server, caller: Caller, encoding: str) -> None:
    cut = PACKED[encoding].rstrip(b"\0")[:-3]
    server.say(reply(200, cut, headers={"content-encoding": encoding}))
    with pytest.raises(ai.ConnectionFailed, match="broke off|unpacked"):
        caller.get(server.url)


def test_a_packed_body_that_is_broken_says_so(server: Server, caller: Caller) -> None:
    server.say(reply(200, b"this is no gzip", headers={"content-encoding": "gzip"}))
    with pytest.raises(ai.ConnectionFailed, match="the body cannot be unpacked"):
        caller.get(server.url)


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress"])
def test_what_cannot_be_unpacked_here_is_named(server: Server, caller: Caller, encoding: str) -> None:
    if encoding in accepted():
        pytest.skip("a package that unpacks it is installed")
    server.say(reply(200, b"x" * 99, headers={"content-encoding": encoding}))
    with pytest.raises(ai.ProtocolError, match=f"packed as '{encoding}'; understood: gzip, deflate"):
        caller.get(server.url)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_status_survives_what_cannot_be_unpacked(server: Server, caller: Caller, encoding: str) -> None:
    server.say(reply(401, b"x" * 99, headers={"content-encoding": encoding}))
    from scripted_server import manifest_for

    talk = caller.client(manifest_for(server.url))
    with pytest.raises(ai.AuthError):
        talk.collect(talk.stream())
    talk.close()


def test_an_empty_body_needs_no_unpacking(server: Server, caller: Caller) -> None:
    server.say(reply(200, b"", headers={"content-encoding": "gzip"}))
    assert caller.get(server.url) == (200, b"")


@given(st.sampled_from(sorted(PACKED)), st.lists(st.integers(1, 200), max_size=20))
def test_any_cut_of_the_bytes_unpacks_to_the_same(encoding: str, cuts: list[int]) -> None:
    decoder, packed, body = Decoder(encoding, "host"), PACKED[encoding], b""
    for cut in [*cuts, len(packed)]:
        body += b"".join(decoder.feed(packed[:cut]))
        packed = packed[cut:]
    decoder.end()
    assert body == TEXT


def test_a_bomb_comes_in_pieces() -> None:
    pieces = Decoder("gzip", "host").feed(gzip.compress(bytes(50_000_000)))
    assert {len(piece) <= PIECE for piece in pieces} == {True}


def test_zstd_is_unpacked_where_it_can_be() -> None:
    if find_spec("backports") is None or find_spec("backports.zstd") is None:
        pytest.skip("backports.zstd is not installed")
    from backports import zstd

    decoder = Decoder("zstd", "host")
    assert b"".join(decoder.feed(zstd.compress(TEXT))) == TEXT
    decoder.end()
