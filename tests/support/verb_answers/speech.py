"""What servers answer to a request for speech, in their own shapes: each holds the bytes of `SOUND`."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import fluent_ai as ai
from fluent_ai.manifest.schema import Route
from scripted_server import Answer, Sent, reply, sse, stream

VERB = "speak"
TEXT = "Hello there"
ARGUMENTS = (TEXT,)
NEEDED = {"voice": "nova"}
OPTIONS = {"voice": "alloy", "speed": 1.5, "instructions": "softly"}
SOUND = b"ID3\x04\x00\x00 the bytes of a sound"
_HALVES = (SOUND[:9], SOUND[9:])
_BASE64 = [base64.b64encode(half).decode() for half in _HALVES]
ANSWERS: Mapping[str, Answer] = {
    "gemini_speech": reply(
        200,
        {
            "candidates": [
                {
                    "content": {
                        "parts": [
                            {
                                "inlineData": {
                                    "mimeType": "audio/L16;codec=pcm;rate=24000",
                                    "data": base64.b64encode(SOUND).decode(),
                                }
                            }
                        ]
                    },
                    "finishReason": "STOP",
                }
            ],
            "usageMetadata": {"promptTokenCount": 2, "candidatesTokenCount": 30},
            "modelVersion": "gemini-tts",
        },
    ),
    "huggingface_speech": reply(200, SOUND, headers={"content-type": "audio/flac"}),
    "minimax_speech": stream(
        [
            *sse(
                *({"data": {"audio": half.hex(), "status": 1}, "base_resp": {"status_code": 0}} for half in _HALVES),
                {"data": {"audio": SOUND.hex(), "status": 2}, "base_resp": {"status_code": 0, "status_msg": "success"}},
                done=False,
            )
        ]
    ),
    "mistral_speech": stream(
        [
            *sse(
                *({"type": "speech.audio.delta", "audio_data": half} for half in _BASE64),
                {"type": "speech.audio.done", "usage": {"prompt_tokens": 3, "completion_tokens": 40}},
                done=False,
            )
        ]
    ),
    "openai_speech": stream([*_HALVES]),
}


def check_result(route: Route, result: Any) -> None:
    assert isinstance(result, ai.Speech)
    assert result.data == SOUND
    assert result.media_type is not None
    assert result.media_type.startswith("audio/")


def check_sent(route: Route, model: str, sent: Sequence[Sent]) -> None:
    (request,) = sent
    assert TEXT.encode() in request.body
    assert ("model" in request.json()) is ("{" not in route.path)
