"""Gemini's text to speech: generateContent with sound as its answer, which is samples without a header."""

from __future__ import annotations

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.shared.gemini_media_parser import GeminiMediaParser
from fluent_ai.verbs.speak import AudioChunk, SpeakRequest


class GeminiSpeech(JsonCodec[SpeakRequest, AudioChunk | Note]):
    def body(self, request: SpeakRequest) -> JsonObject:
        config: JsonObject = {"responseModalities": ["AUDIO"]}
        if request.voice is not None:
            config["speechConfig"] = {"voiceConfig": {"prebuiltVoiceConfig": {"voiceName": request.voice}}}
        return {"contents": [{"role": "user", "parts": [{"text": request.text}]}], "generationConfig": config}

    def new_parser(self, request: SpeakRequest) -> Parser[AudioChunk | Note]:
        return GeminiMediaParser(self.endpoint, AudioChunk)
