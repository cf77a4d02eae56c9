"""Sound inside JSON: what the protocols that send it so share."""

from __future__ import annotations

from abc import abstractmethod

import msgspec
from fluent_ai_wire.sound_events import SoundEvent

from fluent_ai.errors import ProtocolError
from fluent_ai.framing import MAX_FRAME_BYTES
from fluent_ai.protocols.shared.decoding import decoded
from fluent_ai.protocols.shared.verb_parser import VerbParser
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.speak import AudioChunk

_decode = msgspec.json.Decoder(SoundEvent).decode


class SoundEvents(VerbParser[AudioChunk]):
    """A protocol says what an event holds."""

    def __init__(self, endpoint: Endpoint, media_type: str) -> None:
        super().__init__(endpoint)
        self._media_type = media_type
        self._size = 0

    @abstractmethod
    def sound(self, found: SoundEvent) -> None:
        """What one event that tells of no failure holds."""

    def event(self, data: bytes) -> None:
        found = decoded(_decode, data, "answer")
        if found.error is not None:
            raise self.refused(data)
        self.start(found.trace_id)
        self.sound(found)

    def chunk(self, sound: bytes) -> None:
        self._size += len(sound)
        if self._size > MAX_FRAME_BYTES:
            raise ProtocolError(f"sound: more than {MAX_FRAME_BYTES} bytes")
        if sound:
            self.emit(AudioChunk(sound, self._media_type))

    @property
    def has_sound(self) -> bool:
        return self._size > 0
