"""The event stream of AWS: whatever is written comes back, and what is damaged is refused."""

from __future__ import annotations

import struct
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from eventstream import message, raw_message
from fluent_ai.errors import ProtocolError
from fluent_ai.framing.aws_eventstream import MAX_HEADER_BYTES, EventMessage, EventStreamDecoder
from hypothesis import given
from hypothesis import strategies as st


def decode(*pieces: bytes) -> list[EventMessage]:
    decoder = EventStreamDecoder()
    return [found for piece in pieces for found in decoder.feed(piece)]


@given(
    st.lists(st.tuples(st.dictionaries(st.text("abc:-", min_size=1), st.text(max_size=9), max_size=4),
                       st.binary(max_size=40)), max_size=4),
    st.integers(0, 200),
)  # fmt: skip
def test_messages_come_back_however_they_are_cut(written: list[tuple[dict[str, str], bytes]], cut: int) -> None:
    data = b"".join(message(headers, payload) for headers, payload in written)
    wanted = [EventMessage(headers, payload) for headers, payload in written]
    assert decode(data) == wanted
    assert decode(data[:cut], data[cut:]) == wanted
    assert decode(*(data[i : i + 1] for i in range(len(data)))) == wanted


def test_headers_of_all_types() -> None:
    parts = (
        (0, b""), (1, b""), (2, b"\xff"), (3, b"\xff\xfe"), (4, b"\0\0\1\0"), (5, struct.pack(">q", -5)),
        (6, b"\0\2\0\xff"), (7, b"\0\2\xc3\xa9"), (8, struct.pack(">q", 1500)), (9, bytes(range(16))),
    )  # fmt: skip
    block = b"".join(b"\x01" + bytes([97 + kind, kind]) + value for kind, value in parts)
    (found,) = decode(raw_message(block, b""))
    assert found.headers == {
        "a": True, "b": False, "c": -1, "d": -2, "e": 256, "f": -5, "g": b"\0\xff", "h": "é",
        "i": datetime(1970, 1, 1, 0, 0, 1, 500_000, UTC), "j": UUID(bytes=bytes(range(16))),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (b"\x00\x00", "name is empty"), (b"\x05a", "cut short"), (b"\x01a", "cut short"),
        (b"\x01a\x0a", "unknown type 10"), (b"\x01a\x04\0", "value is cut short"), (b"\x01a\x07\0", "cut short"),
        (b"\x01a\x07\0\x05x", "cut short"), (b"\x01a\x07\0\x01\xff", "not UTF-8"), (b"\x01\xff\x00", "not UTF-8"),
        (b"\x01a\x09\0", "cut short"), (b"\x01a\x00\x01a\x01", "given twice"),
        (b"\x01a\x08\x7f" + b"\xff" * 7, "a time that no calendar has"), (bytes(MAX_HEADER_BYTES + 1), "of headers"),
    ],
)  # fmt: skip
def test_headers_that_cannot_be_read(block: bytes, reason: str) -> None:
    with pytest.raises(ProtocolError, match=f"^event stream: .*{reason}"):
        decode(raw_message(block, b"secret prompt"))


@given(st.integers(0, 59), st.integers(1, 255))
def test_any_damaged_byte_is_noticed(place: int, change: int) -> None:
    data = bytearray(message({"content-type": "application/json"}, b'{"a": 1}') + bytes(12))
    place %= len(data) - 12
    data[place] ^= change
    with pytest.raises(ProtocolError, match="checksum"):
        decode(bytes(data))


def test_a_message_beyond_the_cap_is_refused_before_it_comes() -> None:
    data = message({}, bytes(100))
    decoder = EventStreamDecoder(max_message_bytes=len(data))
    assert len(list(decoder.feed(data))) == 1
    with pytest.raises(ProtocolError, match="a message of 117 bytes"):
        list(decoder.feed(message({}, bytes(101))[:12]))


def test_a_message_without_its_end_says_nothing() -> None:
    decoder = EventStreamDecoder()
    assert list(decoder.feed(message({}, b"x")[:-1])) == []
    assert decoder.finish() == ()


@given(st.binary(max_size=64))
def test_any_bytes_are_messages_or_a_protocol_error(data: bytes) -> None:
    for pieces in ([data], [raw_message(data, b"")]):
        with suppress(ProtocolError):
            decode(*pieces)
