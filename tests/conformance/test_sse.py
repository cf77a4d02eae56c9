"""Server-sent events by the cases of the parsers that people trust, however they are cut."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
import tracemalloc
from functools import partial
from typing import Any

import pytest
from fluent_ai.errors import ApiError, FluentError, ProtocolError, StreamTruncated
from fluent_ai.framing.sse import Comment, ServerSentEvent, SSEDecoder
from fluent_ai.framing.sse_payloads import SSEPayloads
from fluent_ai.protocols.table import chat_codec
from recordings import REASON, recorded

SUITE = recorded("suites", "sse")
pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)


def cases(name: str) -> list[dict[str, Any]]:
    path = SUITE / name
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return found


def decode(pieces: list[bytes]) -> tuple[list[ServerSentEvent], list[Comment], SSEDecoder]:
    decoder = SSEDecoder()
    frames = [frame for piece in pieces for frame in decoder.feed(piece)] + decoder.finish()
    events = [frame for frame in frames if isinstance(frame, ServerSentEvent)]
    return events, [frame for frame in frames if isinstance(frame, Comment)], decoder


def every_way(pieces: list[bytes]) -> list[list[bytes]]:
    """As given, whole, byte by byte, and in two at every place (at 200 places where the input is long)."""
    data = b"".join(pieces)
    places = range(1, len(data), max(1, len(data) // 200))
    halves = [[data[:cut], data[cut:]] for cut in places]
    return [pieces, [data], [data[i : i + 1] for i in range(len(data))], *halves]


@pytest.mark.parametrize("case", cases("cases.json"), ids=lambda case: case["id"])
def test_events(case: dict[str, Any]) -> None:
    """Where a source lists what its own client does besides, the standard counts (`whatwg_events`)."""
    for pieces in every_way([base64.b64decode(chunk) for chunk in case["chunks_b64"]]):
        events, comments, decoder = decode(pieces)
        wanted = case.get("whatwg_events", case["events"])
        assert [(event.event, event.data.decode("utf-8", "replace")) for event in events] == [
            (row.get("event") or "message", row["data"]) for row in wanted
        ]
        for event, row in zip(events, wanted, strict=True):
            if "id" in row:
                assert event.id == (row["id"] or "")
        if "retry_ms" in case:
            assert decoder.retry_ms == case["retry_ms"]
        if "comments" in case:
            assert [comment.text.decode().removeprefix(" ") for comment in comments] == [
                text.removeprefix(" ") for text in case["comments"]
            ]


@pytest.mark.parametrize("case", cases("cases.json"), ids=lambda case: case["id"])
def test_payloads(case: dict[str, Any]) -> None:
    """What the parsers of protocols take is what a lenient decoder gives."""
    for pieces in every_way([base64.b64decode(chunk) for chunk in case["chunks_b64"]]):
        found: list[bytes | None] = []
        payloads, decoder = SSEPayloads(partial(found.append, None)), SSEDecoder(lenient=True)
        for piece in pieces:
            for payload in payloads.feed(piece):
                found.append(payload)
        found.extend(payloads.finish())
        frames = [frame for piece in pieces for frame in decoder.feed(piece)] + decoder.finish()
        assert found == [
            None if isinstance(frame, Comment) else frame.data
            for frame in frames
            if isinstance(frame, Comment) or frame.data
        ]


def as_comments(chunks: list[str]) -> list[bytes]:
    """The same input with a colon before each line, because it is comments that a decoder gives line by line."""
    pieces: list[bytes] = []
    at_start = True
    after_cr = False
    for chunk in chunks:
        piece = ""
        for char in chunk:
            if at_start and not (after_cr and char == "\n"):
                piece += ":"
            piece += char
            after_cr, at_start = char == "\r", char in "\r\n"
        pieces.append(piece.encode())
    return pieces


@pytest.mark.parametrize("case", cases("line_decoder_cases.json"), ids=lambda case: case["id"])
def test_lines(case: dict[str, Any]) -> None:
    """`flush` False means that the last line, which has no end yet, is not wanted; ours comes at the end of input."""
    rest = re.split("\r\n|\r|\n", "".join(case["chunks"]))[-1]
    wanted = case["lines"] + ([rest] if rest and not case["flush"] else [])
    for pieces in every_way(as_comments(case["chunks"])):
        events, comments, _ = decode(pieces)
        assert events == []
        assert [comment.text.decode() for comment in comments] == wanted


@pytest.mark.parametrize("row", cases("llm_stream_semantics.json"), ids=lambda row: row["wire"][:60])
def test_meaning(row: dict[str, Any]) -> None:
    """Only an exact `[DONE]` is the end, an error in a stream is raised, and neither shows what was sent."""
    protocol = "anthropic_messages" if row["rule"].startswith("anthropic") else "openai_chat"
    parser = chat_codec(protocol).parser("acme")
    # In this protocol a chunk's id is a string, and one without choices is not yet the beginning of a reply.
    wire = re.sub(r'\{"id":(\d)', r'{"choices":[{"delta":{}}],"id":"\1"', row["wire"])
    for byte in wire.encode():
        parser.feed(bytes([byte]))
    if "error" not in row and not row["yields"]:  # the end of nothing is no reply
        assert not parser.done
        with pytest.raises(StreamTruncated):
            parser.finish()
        return
    if "error" not in row:
        assert parser.done
        assert parser.finish() == []
        assert parser.partial.id == "1"
        return
    with pytest.raises(FluentError) as caught:
        parser.finish()
    error = caught.value
    assert isinstance(error, ProtocolError if row["error"] == "parse" else ApiError)
    assert error.__cause__ is error.__context__ is None
    if row["error"] == "parse":
        assert not re.search("DONE|ALICE|sk-|bad-json", f"{error} {error!r}")
    assert parser.feed(b"data: {}\n\n") == []


def test_large_messages() -> None:
    first, second = (base64.b64encode(bytes([fill]) * (5 << 20)) for fill in (1, 2))
    assert decode([b"data: " + first + b"\n\n"])[0] == [ServerSentEvent(first)]
    assert decode([b"data: " + first, second + b"\n\n"])[0] == [ServerSentEvent(first + second)]


def test_a_large_message_of_many_multibyte_lines() -> None:
    line = "наука und Größe, 科学, 🧪 ".encode()
    count = (10 << 20) // len(line)
    (event,) = decode([b"data: " + line + b"\n"] * count + [b"\n"])[0]
    assert hashlib.sha256(event.data).digest() == hashlib.sha256(b"\n".join([line] * count)).digest()


def test_more_than_64_mebibytes_are_an_event() -> None:
    chunk = b"x" * (1 << 20)
    ((event,), _, decoder) = decode([b"data:", *[chunk] * 64, b"x\n\n"])
    assert len(event.data) == (64 << 20) + 1
    assert decoder.finish() == []


def test_line_ends_in_pieces_of_odd_size() -> None:
    value = b"x" * (2 << 20) + "известни\u2028".encode()
    data = b"data: " + value + b"\r\n\r\n"
    assert decode([data[i : i + 4093] for i in range(0, len(data), 4093)])[0] == [ServerSentEvent(value)]
    assert decode([b"data:x\n" * 10_000 + b"\n"])[0] == [ServerSentEvent(b"\n".join([b"x"] * 10_000))]


def test_single_bytes_are_read_in_linear_time_and_nothing_is_kept() -> None:
    """A decoder that looked at what it holds again for each byte would copy 500 GB here, and the suite would hang."""
    decoder = SSEDecoder()
    size = 1 << 20
    tracemalloc.start()
    try:
        assert not any(decoder.feed(byte) for byte in itertools.chain([b"data: "], itertools.repeat(b"x", size)))
        (event,) = decoder.feed(b"\n\n")
        assert isinstance(event, ServerSentEvent)
        assert len(event.data) == size
        del event
        assert tracemalloc.get_traced_memory()[0] < 64 << 10
    finally:
        tracemalloc.stop()


def test_the_cap_ends_the_stream_and_keeps_what_came_before() -> None:
    decoder = SSEDecoder(max_event_bytes=16)
    assert decoder.feed(b"data: hello\n\n") == [ServerSentEvent(b"hello")]
    assert decoder.feed(b"data: hello\n") == []
    with pytest.raises(ProtocolError, match="more than 16 bytes"):
        decoder.feed(b"data: again\n")
