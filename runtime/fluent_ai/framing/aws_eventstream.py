"""The event stream of AWS (`application/vnd.amazon.eventstream`): binary messages with headers and two checksums.

Source: https://smithy.io/2.0/aws/amazon-eventstream.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import TypeAlias
from uuid import UUID
from zlib import crc32

import msgspec

from fluent_ai.errors import ProtocolError

MAX_MESSAGE_BYTES = 24 * 1024 * 1024
MAX_HEADER_BYTES = 128 * 1024
"""Both limits are from the definition of the format."""

HeaderValue: TypeAlias = bool | int | bytes | str | datetime | UUID

_PRELUDE = Struct(">III")
_CRC = Struct(">I")
_LENGTH = Struct(">H")
_INTEGERS = {2: Struct(">b"), 3: Struct(">h"), 4: Struct(">i"), 5: Struct(">q"), 8: Struct(">q")}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class EventMessage(msgspec.Struct, frozen=True, gc=False):
    """A message with valid checksums. Headers of type timestamp are datetimes in UTC."""

    headers: Mapping[str, HeaderValue]
    payload: bytes


class EventStreamDecoder:
    """Feed bytes as they arrive, cut anywhere. Each message is copied once, however many pieces it arrives in."""

    def __init__(self, max_message_bytes: int = MAX_MESSAGE_BYTES) -> None:
        self._max = max_message_bytes
        self._pending = bytearray()
        self._needed = _PRELUDE.size
        self._headers_of_block: dict[bytes, Mapping[str, HeaderValue]] = {}

    def feed(self, data: bytes) -> Iterator[EventMessage]:
        """The messages that `data` completes. Raises ProtocolError at the first one that is damaged or too long."""
        if self._pending:
            self._pending += data
            if len(self._pending) < self._needed:
                return
            data = bytes(self._pending)
            self._pending.clear()
        at, size = 0, len(data)
        self._needed = _PRELUDE.size
        while size - at >= _PRELUDE.size:
            total, headers_size, prelude_crc = _PRELUDE.unpack_from(data, at)
            if crc32(data[at : at + 8]) != prelude_crc:
                raise ProtocolError("event stream: the checksum of a prelude does not match")
            if not 16 + headers_size <= total <= self._max or headers_size > MAX_HEADER_BYTES:
                raise ProtocolError(
                    f"event stream: a message of {total} bytes with {headers_size} of headers; "
                    f"allowed: {self._max} with {MAX_HEADER_BYTES}"
                )
            end = at + total
            if end > size:
                self._needed = total
                break
            if crc32(data[at : end - 4]) != _CRC.unpack_from(data, end - 4)[0]:
                raise ProtocolError("event stream: the checksum of a message does not match")
            payload_at = at + 12 + headers_size
            yield EventMessage(self._headers(data[at + 12 : payload_at]), data[payload_at : end - 4])
            at = end
        self._pending += data[at:]

    def finish(self) -> tuple[()]:
        """No frames: an incomplete message cannot be read."""
        return ()

    def _headers(self, block: bytes) -> Mapping[str, HeaderValue]:
        """Parsed headers, cached because nearly all messages of a stream share a few header blocks."""
        headers = self._headers_of_block.get(block)
        if headers is None:
            headers = parse_headers(block)
            if len(block) <= 256 and len(self._headers_of_block) < 64:
                self._headers_of_block[block] = headers
        return headers


def parse_headers(block: bytes) -> dict[str, HeaderValue]:
    """Headers by name. Raises ProtocolError for an unknown type, a repeated or empty name, and truncated data."""
    headers: dict[str, HeaderValue] = {}
    at = 0
    while at < len(block):
        name_at = at + 1
        at = name_at + block[at]
        if at == name_at or at >= len(block):
            raise ProtocolError("event stream: a header's name is empty or cut short")
        name = _text(block[name_at:at])
        if name in headers:
            raise ProtocolError("event stream: a header is given twice")
        headers[name], at = _value(block, block[at], at + 1)
    return headers


def _value(block: bytes, kind: int, at: int) -> tuple[HeaderValue, int]:
    """The value of type `kind` at offset `at`, and the offset after it."""
    if kind in (0, 1):
        return kind == 0, at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind].size
        number: int = _INTEGERS[kind].unpack(_slice(block, at, end))[0]
        return (_time(number) if kind == 8 else number), end
    if kind in (6, 7):
        start = at + _LENGTH.size
        end = start + _LENGTH.unpack(_slice(block, at, start))[0]
        value = _slice(block, start, end)
        return (value if kind == 6 else _text(value)), end
    if kind == 9:
        return UUID(bytes=_slice(block, at, at + 16)), at + 16
    raise ProtocolError(f"event stream: a header of the unknown type {kind}")


def _slice(block: bytes, start: int, end: int) -> bytes:
    if end > len(block):
        raise ProtocolError("event stream: a header's value is cut short")
    return block[start:end]


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise ProtocolError("event stream: a header is not UTF-8") from None


def _time(milliseconds: int) -> datetime:
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        raise ProtocolError("event stream: a header holds a time that no calendar has") from None
