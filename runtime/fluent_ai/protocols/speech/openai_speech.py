"""OpenAI's text to speech, and that of the many who follow it: the answer is the sound itself."""

from __future__ import annotations

from fluent_ai.content.files import SOUND
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.speech.speech_parser import SpeechParser
from fluent_ai.verbs.speak import AudioChunk, SpeakRequest


class OpenAISpeech(JsonCodec[SpeakRequest, AudioChunk | Note]):
    accept = "audio/*, application/octet-stream, application/json"

    def body(self, request: SpeakRequest) -> JsonObject:
        body: JsonObject = {"model": request.model, "input": request.text}
        named = {"voice": "voice", "format": "response_format", "speed": "speed", "instructions": "instructions"}
        for option, name in named.items():
            if (value := getattr(request, option)) is not None:
                body[name] = value
        return body

    def new_parser(self, request: SpeakRequest) -> Parser[AudioChunk | Note]:
        return SpeechParser(self.endpoint, SOUND.get(request.format or ""))
