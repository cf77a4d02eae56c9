"""OpenAI's audio transcription and translation, and those of the many who follow them."""

from __future__ import annotations

from fluent_ai.arguments import unsupported
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.shared.codec import JsonCodec, other_url
from fluent_ai.protocols.shared.multipart import encode_form, form_fields
from fluent_ai.protocols.transcription.transcription_parser import TranscriptionParser
from fluent_ai.verbs.transcribe import TranscribeRequest, TranscriptItem


class OpenAITranscription(JsonCodec[TranscribeRequest, TranscriptItem]):
    """A form with the file. What has timestamps, or is translated, comes whole."""

    accept = "application/json, text/event-stream"

    def body(self, request: TranscribeRequest) -> JsonObject:
        body: JsonObject = {"model": request.model}
        for name in ("language", "prompt", "temperature"):
            if (value := getattr(request, name)) is not None:
                body[name] = value
        if request.translate:
            self._check_translation(request)
        self.add_timestamps(body, request)
        if self.endpoint.route.media.streams and "response_format" not in body and not request.translate:
            body["stream"] = True
        if request.url is not None:
            body[self.endpoint.route.media.url_field] = request.url
        return body

    def add_timestamps(self, body: JsonObject, request: TranscribeRequest) -> None:
        """Ask for timestamps, if they are wanted."""
        if request.timestamps is not None:
            body["response_format"] = "verbose_json"
            if not request.translate:
                body["timestamp_granularities"] = [request.timestamps]

    def encode(self, request: TranscribeRequest) -> tuple[bytes, str]:
        files = [] if request.file is None else [("file", request.file)]
        return encode_form(form_fields(self.whole_body(request)), files)

    def url(self, request: TranscribeRequest) -> str:
        return other_url(self.endpoint) if request.translate else self.endpoint.url

    def new_parser(self, request: TranscribeRequest) -> Parser[TranscriptItem]:
        return TranscriptionParser(self.endpoint)

    def _check_translation(self, request: TranscribeRequest) -> None:
        provider = self.endpoint.manifest.id
        if not self.endpoint.route.media.other_path:
            raise unsupported("translate", provider)
        if request.language is not None:
            raise unsupported("language", f"{provider} together with translate")
        if request.timestamps == "word":
            raise unsupported("timestamps", f"{provider} for words together with translate")
