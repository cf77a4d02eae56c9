"""Mistral's transcription: OpenAI's form, with timestamps also in a stream."""

from __future__ import annotations

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.transcription.openai_transcription import OpenAITranscription
from fluent_ai.protocols.transcription.transcription_parser import TranscriptionParser
from fluent_ai.verbs.transcribe import Segment, TranscribeRequest, TranscriptItem, Word


class MistralTranscription(OpenAITranscription):
    def add_timestamps(self, body: JsonObject, request: TranscribeRequest) -> None:
        if request.timestamps is not None:
            body["timestamp_granularities"] = [request.timestamps]

    def new_parser(self, request: TranscribeRequest) -> Parser[TranscriptItem]:
        # Words, too, come under the name of segments.
        return TranscriptionParser(self.endpoint, Word if request.timestamps == "word" else Segment)
