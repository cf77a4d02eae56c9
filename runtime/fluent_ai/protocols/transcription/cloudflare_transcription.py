"""Whisper on Workers AI: the file is the body."""

from __future__ import annotations

from fluent_ai.arguments import unsupported
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.transcription.transcription_parser import TranscriptionParser
from fluent_ai.verbs.transcribe import TranscribeRequest, TranscriptItem


class CloudflareTranscription(JsonCodec[TranscribeRequest, TranscriptItem]):
    """Words and their times come unasked."""

    def body(self, request: TranscribeRequest) -> JsonObject:
        if request.timestamps == "segment":
            raise unsupported("timestamps", f"{self.endpoint.manifest.id} for segments")
        return {}

    def encode(self, request: TranscribeRequest) -> tuple[bytes, str]:
        if fields := self.whole_body(request):
            raise ConfigError(f"extra_body holds {', '.join(fields)}; here the file is the whole body")
        return request.file.data if request.file is not None else b"", "application/octet-stream"

    def new_parser(self, request: TranscribeRequest) -> Parser[TranscriptItem]:
        return TranscriptionParser(self.endpoint)
