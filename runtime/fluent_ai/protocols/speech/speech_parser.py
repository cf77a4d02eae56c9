"""Sound as it arrives."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from fluent_ai.content.events import StreamStart
from fluent_ai.content.files import sniff
from fluent_ai.content.results import Note
from fluent_ai.framing import MAX_FRAME_BYTES, Framing
from fluent_ai.framing.pieces import Pieces
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS
from fluent_ai.protocols.shared.frame_parser import FrameParser
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.speak import AudioChunk

_MAX_ERROR = 64 * 1024
"""So long is waited for what starts like JSON: servers say with status 200 that they failed, but sound may start so."""
_HEAD = 12
"""So many bytes tell a file's type."""


class SpeechParser(FrameParser[bytes, AudioChunk | Note]):
    """Bytes to chunks, each handed on when it is there. An error in JSON is raised as such."""

    binary: ClassVar[bool] = True

    def __init__(self, endpoint: Endpoint, media_type: str | None, max_bytes: int = MAX_FRAME_BYTES) -> None:
        super().__init__(endpoint.manifest.id, endpoint.secrets)
        self._media_type = media_type
        self._max = max_bytes
        self._head: bytearray | None = bytearray()
        """What came before it was clear what it is."""

    def framing(self, start: int) -> Framing[bytes]:
        return Pieces("sound", self._max)

    def read(self, frame: bytes) -> None:
        head = self._head
        if head is None:
            self._chunk(frame)
            return
        head += frame
        if len(head) >= (_MAX_ERROR if head.lstrip()[:1] == b"{" else _HEAD):
            self._begin(bytes(head))

    def complete(self) -> bool:
        if self._head is None:
            return True
        head = bytes(self._head)
        if _is_object(head):
            raise self.refused(head)
        if head:
            self._begin(head)
        return bool(head)

    def _begin(self, data: bytes) -> None:
        self._head = None
        # A server may make another format than it was asked for; samples without a header look like anything.
        if self._media_type != "audio/pcm":
            self._media_type = sniff(data) or self._media_type
        self.emit(StreamStart(None, None, self.provider, self.requested_model))
        self._chunk(data)

    def _chunk(self, data: bytes) -> None:
        self.emit(AudioChunk(data, self._media_type or "application/octet-stream"))


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(data), dict)
    except DECODE_ERRORS:
        return False
