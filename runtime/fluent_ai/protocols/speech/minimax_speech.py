"""MiniMax's text to speech (t2a_v2): hexadecimal in server-sent events, and a status of its own in each."""

from __future__ import annotations

import msgspec
from fluent_ai_wire.sound_events import SoundEvent

from fluent_ai.content.files import SOUND
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.errors import ApiError, ProtocolError
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.speech.sound_events import SoundEvents
from fluent_ai.verbs.speak import AudioChunk, SpeakRequest


class MiniMaxSpeech(JsonCodec[SpeakRequest, AudioChunk | Note]):
    accept = "text/event-stream, application/json"

    def body(self, request: SpeakRequest) -> JsonObject:
        voice: JsonObject = {"voice_id": request.voice}
        if request.speed is not None:
            voice["speed"] = request.speed
        body: JsonObject = {"model": request.model, "text": request.text, "voice_setting": voice}
        if request.format is not None:
            body["audio_setting"] = {"format": request.format}
        if request.format != "wav":  # a header that says the length comes only when all is there
            body |= {"stream": True, "stream_options": {"exclude_aggregated_audio": True}}
        return body

    def new_parser(self, request: SpeakRequest) -> Parser[AudioChunk | Note]:
        return _Parser(self.endpoint, SOUND[request.format or "mp3"])


class _Parser(SoundEvents):
    def sound(self, found: SoundEvent) -> None:
        if found.base_resp is not None and found.base_resp.status_code:
            raise self._failed(found.base_resp.status_code, found.base_resp.status_msg)
        if found.data is None:
            return
        ends = found.data.status == 2
        # The end may hold all of it once more.
        if found.data.audio and not (ends and self.has_sound):
            self.chunk(_from_hex(found.data.audio))
        if ends:
            self.done = True
            if not self.has_sound:
                raise ProtocolError("the answer holds no sound")

    def complete(self) -> bool:
        return self.has_sound and not self.cut

    def _failed(self, code: int, reason: str | None) -> ApiError:
        body = msgspec.json.encode({"message": reason or "", "code": str(code)})
        return self.refused(body)


def _from_hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise ProtocolError("sound: not hexadecimal") from None
