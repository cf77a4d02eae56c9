"""Sound as it arrives."""

from __future__ import annotations

import msgspec

from fluent_ai.errors import FluentError, ProtocolError, StreamTruncated, untraced
from fluent_ai.events import StreamStart
from fluent_ai.files import sniff
from fluent_ai.framing import MAX_FRAME_BYTES
from fluent_ai.protocols.api_errors import api_error
from fluent_ai.protocols.decoding import DECODE_ERRORS
from fluent_ai.protocols.endpoint import Endpoint
from fluent_ai.results import Note
from fluent_ai.speech import AudioChunk

_MAX_ERROR = 64 * 1024
"""So long is waited for what starts like JSON: servers say with status 200 that they failed, but sound may start so."""
_HEAD = 12
"""So many bytes tell a file's type."""


class SpeechParser:
    """Bytes to chunks, each handed on when it is there. An error in JSON is raised as such."""

    def __init__(self, endpoint: Endpoint, media_type: str | None, max_bytes: int = MAX_FRAME_BYTES) -> None:
        self.error: FluentError | None = None
        self.done = False
        self._endpoint = endpoint
        self._media_type = media_type
        self._max = max_bytes
        self._size = 0
        self._head: bytearray | None = bytearray()

    def feed(self, data: bytes) -> list[AudioChunk | Note]:
        if self.error is not None or not data:
            return []
        self._size += len(data)
        if self._size > self._max:
            self.error = ProtocolError(f"sound: more than {self._max} bytes")
            return []
        if self._head is None:
            return [AudioChunk(data, self._media_type or "application/octet-stream")]
        self._head += data
        if len(self._head) < (_MAX_ERROR if self._head.lstrip()[:1] == b"{" else _HEAD):
            return []
        return self._begin()

    def finish(self) -> list[AudioChunk | Note]:
        provider = self._endpoint.manifest.id
        if self.error is None and self._head is not None:
            if not self._head:
                self.error = StreamTruncated("the answer is empty")
            elif _is_object(bytes(self._head)):
                self.error = api_error(provider, None, {}, bytes(self._head), self._endpoint.secrets)
        if self.error is not None:
            self.error.provider = provider
            raise untraced(self.error)
        return [] if self._head is None else self._begin()

    def _begin(self) -> list[AudioChunk | Note]:
        data, self._head = bytes(self._head or b""), None
        # A server may make another format than it was asked for; samples without a header look like anything.
        if self._media_type != "audio/pcm":
            self._media_type = sniff(data) or self._media_type
        start = StreamStart(provider=self._endpoint.manifest.id)
        return [start, AudioChunk(data, self._media_type or "application/octet-stream")]


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(data), dict)
    except DECODE_ERRORS:
        return False
