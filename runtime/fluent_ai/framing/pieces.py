"""A body that is one file and useful before it is complete, such as audio."""

from __future__ import annotations

from fluent_ai.errors import ProtocolError
from fluent_ai.framing import MAX_FRAME_BYTES


class Pieces:
    """Each piece of the body is a frame. `feed` raises ProtocolError if all pieces together exceed the size limit."""

    def __init__(self, what: str, max_bytes: int = MAX_FRAME_BYTES) -> None:
        self._what = what
        self._max = max_bytes
        self._size = 0

    def feed(self, data: bytes) -> tuple[bytes, ...]:
        self._size += len(data)
        if self._size > self._max:
            raise ProtocolError(f"{self._what}: more than {self._max} bytes")
        return (data,)

    def finish(self) -> tuple[bytes, ...]:
        return ()
