"""OpenRouter's transcription: OpenAI's fields and answer, with the file inside a JSON body."""

from __future__ import annotations

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.transcription.openai_transcription import OpenAITranscription
from fluent_ai.verbs.transcribe import TranscribeRequest


class OpenRouterTranscription(OpenAITranscription):
    def body(self, request: TranscribeRequest) -> JsonObject:
        body = super().body(request)
        if request.file is not None:
            body["input_audio"] = {"data": request.file.base64, "format": request.file.format}
        return body

    def encode(self, request: TranscribeRequest) -> tuple[bytes, str]:
        return JsonCodec.encode(self, request)
