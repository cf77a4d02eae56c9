"""Hugging Face's automatic-speech-recognition task."""

from __future__ import annotations

from fluent_ai.arguments import unsupported
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.transcription.transcription_parser import TranscriptionParser
from fluent_ai.verbs.transcribe import TranscribeRequest, TranscriptItem


class HuggingFaceTranscription(JsonCodec[TranscribeRequest, TranscriptItem]):
    def body(self, request: TranscribeRequest) -> JsonObject:
        if request.timestamps == "word":
            raise unsupported("timestamps", f"{self.endpoint.manifest.id} for words")
        body: JsonObject = {"inputs": request.file.base64 if request.file is not None else request.url}
        if request.timestamps is not None:
            body["parameters"] = {"return_timestamps": True}
        return body

    def new_parser(self, request: TranscribeRequest) -> Parser[TranscriptItem]:
        return TranscriptionParser(self.endpoint)
