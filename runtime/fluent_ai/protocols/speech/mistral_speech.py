"""Mistral's text to speech: base64 in server-sent events."""

from __future__ import annotations

from fluent_ai_wire.sound_events import SoundEvent

from fluent_ai.content.files import SOUND
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.errors import ProtocolError
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.shared.decoding import from_base64
from fluent_ai.protocols.speech.sound_events import SoundEvents
from fluent_ai.verbs.speak import AudioChunk, SpeakRequest


class MistralSpeech(JsonCodec[SpeakRequest, AudioChunk | Note]):
    accept = "text/event-stream"

    def body(self, request: SpeakRequest) -> JsonObject:
        body: JsonObject = {"model": request.model, "input": request.text, "stream": True}
        if request.voice is not None:
            body["voice_id"] = request.voice
        if request.format is not None:
            body["response_format"] = request.format
        return body

    def new_parser(self, request: SpeakRequest) -> Parser[AudioChunk | Note]:
        return _Parser(self.endpoint, SOUND[request.format or "mp3"])


class _Parser(SoundEvents):
    def sound(self, found: SoundEvent) -> None:
        if found.audio_data:
            self.chunk(from_base64(found.audio_data, "sound"))
        if found.type is None or found.type.endswith(".done"):
            self.done = True
            if not self.has_sound:
                raise ProtocolError("the answer holds no sound")
            self.usage(found.usage)
