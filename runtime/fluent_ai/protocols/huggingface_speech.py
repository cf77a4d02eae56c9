"""Hugging Face's text-to-speech task: the answer is the sound itself."""

from __future__ import annotations

from fluent_ai.protocols.openai_speech import OpenAISpeech
from fluent_ai.speech import SpeakRequest
from fluent_ai.vocabulary import JsonObject


class HuggingFaceSpeech(OpenAISpeech):
    def body(self, request: SpeakRequest) -> JsonObject:
        return {"inputs": request.text}
