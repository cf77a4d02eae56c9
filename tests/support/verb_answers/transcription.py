"""What servers answer to a request for a transcript, in their own shapes: each says "Hello there"."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import fluent_ai as ai
from fluent_ai.manifest.schema import Route
from scripted_server import Answer, Sent, reply, sse, stream

VERB = "transcribe"
AUDIO = b"RIFF\x24\x00\x00\x00WAVEfmt "
ARGUMENTS = (AUDIO,)
NEEDED = {"language": "en"}
OPTIONS = {"language": "fr", "prompt": "names: Ada", "temperature": 0.5, "timestamps": "segment"}
_EVENTS = sse(
    {"type": "transcript.text.delta", "delta": "Hello "},
    {"type": "transcript.text.delta", "delta": "there"},
    {"type": "transcript.text.done", "text": "Hello there", "usage": {"input_tokens": 9, "output_tokens": 2}},
    done=False,
)
_MISTRAL = sse(
    {"type": "transcription.language", "audio_language": "en"},
    {"type": "transcription.text.delta", "text": "Hello "},
    {"type": "transcription.segment", "text": "Hello there", "start": 0.0, "end": 0.9},
    {"type": "transcription.text.delta", "text": "there"},
    {"type": "transcription.done", "model": "v", "text": "Hello there", "usage": {"prompt_audio_seconds": 1}},
    done=False,
)
ANSWERS: Mapping[str, Answer] = {
    "cloudflare_transcription": reply(
        200,
        {
            "result": {
                "text": "Hello there",
                "word_count": 2,
                "words": [{"word": "Hello", "start": 0, "end": 0.4}, {"word": "there", "start": 0.4, "end": 0.9}],
            },
            "success": True,
            "errors": [],
        },
    ),
    "huggingface_transcription": reply(
        200, {"text": "Hello there", "chunks": [{"text": "Hello there", "timestamp": [0.0, None]}]}
    ),
    "mistral_transcription": stream([*_MISTRAL]),
    "openai_transcription": stream([*_EVENTS]),
    "openrouter_transcription": reply(200, {"text": "Hello there", "usage": {"seconds": 0.9, "cost": 0.0001}}),
}


def check_result(route: Route, result: Any) -> None:
    assert isinstance(result, ai.Transcript)
    assert result.text == "Hello there"


def check_sent(route: Route, model: str, sent: Sequence[Sent]) -> None:
    (request,) = sent
    assert AUDIO in request.body or base64.b64encode(AUDIO) in request.body
    assert (model.encode() in request.body) is ("{" not in route.path)
