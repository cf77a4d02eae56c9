"""Rows to frames, by the definitions of the framings and not by our readers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import eventstream

from written_streams.script import Frames, Row


def to_json(row: Row, *, ascii: bool = False) -> bytes:
    return json.dumps(row, ensure_ascii=ascii, separators=(",", ":")).encode()


def sse(*, line_end: bytes = b"\n", named: bool = False, ascii: bool = False, space: bytes = b" ") -> Frames:
    """Server-sent events; bytes among the rows are data as it is, or a comment where they begin with a colon."""

    def frame(row: Row) -> bytes:
        if isinstance(row, bytes):
            return (row if row.startswith(b":") else b"data:" + space + row) + line_end * 2
        name = b"event: " + row["type"].encode() + line_end if named else b""
        return name + b"data:" + space + to_json(row, ascii=ascii) + line_end * 2

    return each(frame)


def lines(rows: Iterable[Row]) -> list[bytes]:
    return [to_json(row) + b"\n" for row in rows]


def array(rows: Iterable[Row]) -> list[bytes]:
    """A JSON array that grows, indented as Google writes it."""
    found = [json.dumps(row, ensure_ascii=False, indent=2).encode() for row in rows]
    return [(b",\r\n" if place else b"[") + row for place, row in enumerate(found)] + [b"]"]


def document(rows: Iterable[Row]) -> list[bytes]:
    (row,) = rows
    return [json.dumps(row, ensure_ascii=False, indent=1).encode()]


def aws(rows: Iterable[Row]) -> list[bytes]:
    """Each row is an object with one key, the type of the event; bytes are a message as it is."""
    return [row if isinstance(row, bytes) else _event(*next(iter(row.items()))) for row in rows]


def _event(kind: str, payload: Row) -> bytes:
    return eventstream.event(kind, to_json(payload))


def each(frame: Callable[[Row], bytes]) -> Frames:
    return lambda rows: [frame(row) for row in rows]
