"""Server-sent events by the WHATWG rules, however the bytes are cut."""

from __future__ import annotations

import pytest
from fluent_ai.errors import ProtocolError
from fluent_ai.framing.sse import Comment, Frame, ServerSentEvent, SSEDecoder
from fluent_ai.framing.sse_payloads import SSEPayloads
from fluent_ai.framing.whole import WholeBody
from hypothesis import example, given
from hypothesis import strategies as st


def decode(*pieces: bytes, lenient: bool = False) -> list[Frame]:
    decoder = SSEDecoder(lenient=lenient)
    frames = [frame for piece in pieces for frame in decoder.feed(piece)]
    return frames + decoder.finish()


def payloads(*pieces: bytes) -> list[bytes | None]:
    """What the events hold; None for a comment."""
    found: list[bytes | None] = []
    decoder = SSEPayloads(lambda: found.append(None))
    for piece in pieces:
        for payload in decoder.feed(piece):
            found.append(payload)
    found.extend(decoder.finish())
    return found


def payloads_of(frames: list[Frame]) -> list[bytes | None]:
    return [None if isinstance(f, Comment) else f.data for f in frames if isinstance(f, Comment) or f.data]


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


EVENT = st.sampled_from(
    [
        *(b"data: x", b"event: e\ndata: y", b"data: x\nevent: e", b"data: ", b"data:  ", b"data:z", b"data"),
        *(b"event: e", b"id: 7\ndata: x", b": c", b"data: a\ndata: b", b'{"error": 1}', b"data: x\n{", b"", b"\n"),
        b"data: data: x",
    ]
)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])


@example([(b"\n", b"\n"), (b'{"error": 1}', b"\n")], [], False)
@given(st.lists(st.tuples(EVENT, ENDS), max_size=12), st.lists(st.integers(0, 200), max_size=4), st.booleans())
def test_payloads_are_what_the_events_hold(events: list[tuple[bytes, bytes]], cuts: list[int], ended: bool) -> None:
    each = [(event + b"\n\n").replace(b"\n", end) for event, end in events]
    if each and not ended:
        each[-1] = each[-1][:-1]
    data = b"".join(each)
    places = sorted({cut for cut in cuts if cut < len(data)})
    pieces = [data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True)]
    wanted = payloads_of(decode(*(data[i : i + 1] for i in range(len(data))), lenient=True))
    for way in ([data], each, pieces):
        assert payloads(*way) == wanted
        assert payloads_of(decode(*way, lenient=True)) == wanted


def test_comments_are_told_between_the_payloads() -> None:
    assert payloads(b"data: a\n\n: c\n\ndata: b\n\n") == [b"a", None, b"b"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    assert payloads(data) == payloads_of(decode(data, lenient=True))


def test_an_endless_event_is_refused() -> None:
    decoder = SSEDecoder(max_event_bytes=1000)
    with pytest.raises(ProtocolError, match="more than 1000 bytes"):
        for _ in range(200):
            decoder.feed(b"data: xxxx")
    whole = WholeBody(max_bytes=10)
    with pytest.raises(ProtocolError, match="more than 10 bytes"):
        whole.feed(b"{" * 11)
