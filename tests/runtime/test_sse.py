"""Server-sent events by the WHATWG rules, however the bytes are cut."""

from __future__ import annotations

import pytest
from fluent_ai.errors import ProtocolError
from fluent_ai.framing.sse import Comment, Frame, ServerSentEvent, SSEDecoder
from fluent_ai.framing.whole import WholeBody
from hypothesis import given
from hypothesis import strategies as st


def decode(*pieces: bytes, lenient: bool = False) -> list[Frame]:
    decoder = SSEDecoder(lenient=lenient)
    frames = [frame for piece in pieces for frame in decoder.feed(piece)]
    return frames + decoder.finish()


@pytest.mark.parametrize(
    ("data", "frames"),
    [
        (b"data: a\n\n", [ServerSentEvent(b"a")]),
        (b"data:a\n\n", [ServerSentEvent(b"a")]),
        (b"data:  a\n\n", [ServerSentEvent(b" a")]),
        (
            b"data: a\r\n\r\ndata: b\r\rdata: c\n\n",
            [ServerSentEvent(b"a"), ServerSentEvent(b"b"), ServerSentEvent(b"c")],
        ),
        (b"data: a\ndata: b\n\n", [ServerSentEvent(b"a\nb")]),
        (b"data\n\n", [ServerSentEvent(b"")]),
        (b"event: e\ndata: a\n\ndata: b\n\n", [ServerSentEvent(b"a", "e"), ServerSentEvent(b"b")]),
        (b"event: e\n\n", []),
        (b"id: 1\ndata: a\n\ndata: b\n\n", [ServerSentEvent(b"a", id="1"), ServerSentEvent(b"b", id="1")]),
        (b"id: 1\n\n: ping\n\n", [Comment(b" ping")]),
        (b"id: 1\0\ndata: a\n\n", [ServerSentEvent(b"a")]),
        (b"\xef\xbb\xbfdata: a\n\n", [ServerSentEvent(b"a")]),
        (b"data: \xe2\x80\xa8\xc2\x85\x0b\x0c\x1c\n\n", [ServerSentEvent(b"\xe2\x80\xa8\xc2\x85\x0b\x0c\x1c")]),
        (b"unknown: x\ndata: a\n\n", [ServerSentEvent(b"a")]),
        (b"data: a\n", []),
    ],
)
def test_frames(data: bytes, frames: list[Frame]) -> None:
    assert decode(data) == frames
    assert decode(*(data[i : i + 1] for i in range(len(data)))) == frames


def test_an_event_without_its_blank_line_can_be_asked_for() -> None:
    assert decode(b"data: a\n", lenient=True) == [ServerSentEvent(b"a")]
    assert decode(b": c\ndata: a", lenient=False) == [Comment(b" c")]


def test_a_document_between_events_can_be_asked_for() -> None:
    data = b'data: a\n\n{\r\n  "error": 1\r\n}\r\n\r\ndata: b\n\n'
    wanted = [ServerSentEvent(b"a"), ServerSentEvent(b'{\n  "error": 1\n}'), ServerSentEvent(b"b")]
    assert decode(data, lenient=True) == wanted
    assert decode(*(data[i : i + 1] for i in range(len(data))), lenient=True) == wanted
    assert decode(data) == [wanted[0], wanted[2]]


def test_retry_is_kept() -> None:
    decoder = SSEDecoder()
    decoder.feed(b"retry: 250\n\nretry: soon\n\n")
    assert decoder.retry_ms == 250


LINES = st.lists(
    st.sampled_from([b"data: x", b"data:", b"event: e", b"id: 7", b": c", b"", b"\xef\xbb\xbf", b"retry: 1"])
)


@given(LINES, st.sampled_from([b"\n", b"\r\n", b"\r"]), st.lists(st.integers(0, 200), max_size=8))
def test_cuts_do_not_matter(lines: list[bytes], end: bytes, cuts: list[int]) -> None:
    data = end.join(lines) + end
    whole = decode(data)
    places = sorted({cut for cut in cuts if cut < len(data)})
    assert decode(*(data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True))) == whole
    assert decode(*(data[i : i + 1] for i in range(len(data)))) == whole
    assert decode(data.replace(end, b"\n")) == whole


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    decode(data, lenient=True)


def test_an_endless_event_is_refused() -> None:
    decoder = SSEDecoder(max_event_bytes=1000)
    with pytest.raises(ProtocolError, match="more than 1000 bytes"):
        for _ in range(200):
            decoder.feed(b"data: xxxx")
    whole = WholeBody(max_bytes=10)
    with pytest.raises(ProtocolError, match="more than 10 bytes"):
        whole.feed(b"{" * 11)
