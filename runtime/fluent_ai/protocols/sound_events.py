"""Sound inside JSON: what the protocols that send it so share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator

import msgspec
from fluent_ai_wire.sound_events import SoundEvent

from fluent_ai.errors import ProtocolError
from fluent_ai.events import StreamStart
from fluent_ai.framing import MAX_FRAME_BYTES
from fluent_ai.protocols.answer_events import AnswerEvents
from fluent_ai.protocols.decoding import DECODE_ERRORS, undecodable
from fluent_ai.protocols.endpoint import Endpoint
from fluent_ai.results import Note
from fluent_ai.speech import AudioChunk

_decode = msgspec.json.Decoder(SoundEvent).decode


class SoundEvents(AnswerEvents[AudioChunk | Note]):
    """A protocol says what an event holds."""

    def __init__(self, endpoint: Endpoint, media_type: str) -> None:
        super().__init__(endpoint)
        self._media_type = media_type
        self._size = 0
        self._started = False

    @abstractmethod
    def event(self, found: SoundEvent, data: bytes) -> Iterable[AudioChunk | Note]:
        """One event, which came as `data`."""

    def read(self, data: bytes) -> Iterable[AudioChunk | Note]:
        try:
            found = _decode(data)
        except DECODE_ERRORS as error:
            raise undecodable("answer", error) from None
        if found.error is not None:
            raise self.refused(data)
        if not self._started:
            self._started = True
            yield StreamStart(found.trace_id, None, self.provider)
        yield from self.event(found, data)

    def chunk(self, sound: bytes) -> Iterator[AudioChunk]:
        self._size += len(sound)
        if self._size > MAX_FRAME_BYTES:
            raise ProtocolError(f"sound: more than {MAX_FRAME_BYTES} bytes")
        if sound:
            yield AudioChunk(sound, self._media_type)

    @property
    def has_sound(self) -> bool:
        return self._size > 0
