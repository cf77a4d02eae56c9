"""A JSON array that is sent object by object: Gemini's streaming format without `alt=sse`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fluent_ai.errors import ProtocolError
from fluent_ai.framing import MAX_FRAME_BYTES

_BETWEEN = re.compile(rb"[^\s,]")
_IN_OBJECT = re.compile(rb'["{}\[\]]')
_IN_STRING = re.compile(rb'["\\]')


class JSONArrayDecoder:
    """Feed bytes as they arrive, cut anywhere. A frame is an object of the array, returned at its last brace.

    Only brackets and strings are examined, each byte once; whether an object is valid is for its decoder to judge. Data
    after the array is dropped.
    """

    def __init__(self, max_object_bytes: int = MAX_FRAME_BYTES) -> None:
        self._max = max_object_bytes
        self._pieces: list[bytes] = []
        self._size = 0
        self._depth = -1
        """The number of open brackets inside the array; -1 before the array."""
        self._in_string = False
        self._escaped = False
        self._closed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The objects that `data` completes. Raises ProtocolError, after them, for anything but an array of objects."""
        start = place = 0
        while not self._closed and place < len(data):
            if self._escaped:
                self._escaped = False
                place += 1
                continue
            found = self._next().search(data, place)
            if found is None:
                break
            place = found.end()
            if self._depth <= 0:
                start = found.start()
                self._enter(found.group())
            elif self._step(found.group()):
                yield self._take(data[start:place])
        if self._depth > 0:
            self._keep(data[start:])

    def finish(self) -> list[bytes]:
        """No frames. Raises ProtocolError if an object is incomplete."""
        if self._depth > 0:
            raise ProtocolError("JSON array: an object without its end")
        return []

    def _next(self) -> re.Pattern[bytes]:
        if self._depth <= 0:
            return _BETWEEN
        return _IN_STRING if self._in_string else _IN_OBJECT

    def _enter(self, byte: bytes) -> None:
        """Read a byte outside an object: the start of the array or of an object, a comma, or the end."""
        if byte == b"[" and self._depth < 0:
            self._depth = 0
        elif byte == b"{" and self._depth == 0:
            self._depth = 1
        elif byte == b"]" and self._depth == 0:
            self._closed = True
        else:
            raise ProtocolError("JSON array: expected an object")

    def _step(self, byte: bytes) -> bool:
        """Read a byte inside an object; True if it ends the object."""
        if byte == b'"':
            self._in_string = not self._in_string
        elif byte == b"\\":
            self._escaped = True
        elif byte in b"{[":
            self._depth += 1
        else:
            self._depth -= 1
        return self._depth == 0

    def _keep(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > self._max:
            raise ProtocolError(f"JSON array: an object of more than {self._max} bytes")

    def _take(self, last: bytes) -> bytes:
        self._keep(last)
        whole = b"".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        return whole
