"""Newline-delimited JSON: one document a line (https://github.com/ndjson/ndjson-spec)."""

from __future__ import annotations

from fluent_ai.errors import ProtocolError
from fluent_ai.framing import MAX_FRAME_BYTES

_BLANK = b" \t\r"


class NDJSONDecoder:
    """Feed bytes as they arrive. A frame is a line without surrounding whitespace; blank lines are skipped.

    The last line needs no line end. Bytes are joined only when a line is complete, so time is linear however the input
    is cut.
    """

    def __init__(self, max_line_bytes: int = MAX_FRAME_BYTES) -> None:
        self._max = max_line_bytes
        self._pending: list[bytes] = []
        self._pending_size = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that `data` completes. Raises ProtocolError if a line exceeds the size limit."""
        end = data.rfind(b"\n")
        if end < 0:
            self._pending.append(data)
            self._pending_size += len(data)
            if self._pending_size > self._max:
                raise ProtocolError(f"line of JSON: more than {self._max} bytes")
            return []
        lines = data[:end].split(b"\n")
        if self._pending:
            self._pending.append(lines[0])
            lines[0] = b"".join(self._pending)
            self._pending.clear()
        self._pending_size = len(data) - end - 1
        if self._pending_size:
            self._pending.append(data[end + 1 :])
        return [stripped for line in lines if (stripped := line.strip(_BLANK))]

    def finish(self) -> list[bytes]:
        """The last line, if it had no line end."""
        line = b"".join(self._pending).strip(_BLANK)
        self._pending.clear()
        self._pending_size = 0
        return [line] if line else []
