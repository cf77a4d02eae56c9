"""Messages of the AWS event stream, written by the format's definition and not by our reader."""

from __future__ import annotations

import struct
from zlib import crc32


def message(headers: dict[str, str], payload: bytes) -> bytes:
    """One message whose headers are all text."""
    return raw_message(b"".join(text_header(name, value) for name, value in headers.items()), payload)


def event(kind: str, payload: bytes) -> bytes:
    """An event of that type with a JSON payload."""
    return message({":event-type": kind, ":content-type": "application/json", ":message-type": "event"}, payload)


def text_header(name: str, value: str) -> bytes:
    encoded = value.encode()
    return bytes([len(name)]) + name.encode() + b"\x07" + struct.pack(">H", len(encoded)) + encoded


def raw_message(headers: bytes, payload: bytes) -> bytes:
    prelude = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    body = prelude + struct.pack(">I", crc32(prelude)) + headers + payload
    return body + struct.pack(">I", crc32(body))
