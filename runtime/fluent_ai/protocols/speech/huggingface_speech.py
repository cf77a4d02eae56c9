"""Hugging Face's text-to-speech task: the answer is the sound itself."""

from __future__ import annotations

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.protocols.speech.openai_speech import OpenAISpeech
from fluent_ai.verbs.speak import SpeakRequest


class HuggingFaceSpeech(OpenAISpeech):
    def body(self, request: SpeakRequest) -> JsonObject:
        return {"inputs": request.text}
