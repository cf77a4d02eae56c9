"""A body that is one JSON document: the response of a server that does not stream."""

from __future__ import annotations

from fluent_ai.errors import ProtocolError
from fluent_ai.framing import MAX_FRAME_BYTES


class WholeBody:
    """The whole body is one frame, returned by `finish`. `feed` raises ProtocolError beyond the size limit."""

    def __init__(self, max_bytes: int = MAX_FRAME_BYTES) -> None:
        self._max = max_bytes
        self._body = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        self._body += data
        if len(self._body) > self._max:
            raise ProtocolError(f"JSON body: more than {self._max} bytes")
        return []

    def finish(self) -> list[bytes]:
        return [bytes(self._body)]
