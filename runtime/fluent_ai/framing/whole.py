"""A body that is one JSON document: the answer of a server that does not stream."""

from __future__ import annotations

from fluent_ai.errors import ProtocolError
from fluent_ai.framing.sse import MAX_EVENT_BYTES, Frame, ServerSentEvent


class WholeBody:
    """Gives the whole body as one frame at its end. `feed` raises ProtocolError beyond the cap."""

    def __init__(self, max_bytes: int = MAX_EVENT_BYTES) -> None:
        self._max = max_bytes
        self._body = bytearray()

    def feed(self, data: bytes) -> list[Frame]:
        self._body += data
        if len(self._body) > self._max:
            raise ProtocolError(f"JSON body: more than {self._max} bytes")
        return []

    def finish(self, *, dispatch_open: bool = False) -> list[Frame]:
        return [ServerSentEvent(bytes(self._body))] if dispatch_open else []
