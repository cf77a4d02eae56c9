"""What servers answer to a request for an image, in their own shapes: each holds the bytes of `PICTURE`."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import fluent_ai as ai
from fluent_ai.manifest.schema import Route
from scripted_server import Answer, Sent, reply

VERB = "image"
PROMPT = "A lighthouse"
ARGUMENTS = (PROMPT,)
PICTURE = b"\x89PNG\r\n\x1a\n the bytes of a picture"
BASE64 = base64.b64encode(PICTURE).decode()
OPTIONS = {
    "n": 2,
    "quality": "high",
    "background": "opaque",
    "format": "png",
    "seed": 7,
    "negative_prompt": "fog",
    "images": [ai.ImagePart(data=PICTURE)],
    "partial_images": 1,
    "steps": 4,
    "guidance": 4.0,
    "time_shift": 3.0,
    "skip_layer_guidance": True,
    "preset": "candle",
}
ANSWERS: Mapping[str, Answer] = {
    "bedrock_images": reply(200, {"images": [BASE64], "error": None}),
    "bedrock_stability": reply(200, {"seeds": [7], "finish_reasons": [None], "images": [BASE64]}),
    "cloudflare_images": reply(200, PICTURE, headers={"content-type": "image/png"}),
    "gemini_images": reply(
        200,
        {
            "candidates": [
                {
                    "content": {
                        "parts": [
                            {"text": "Here it is."},
                            {"inlineData": {"mimeType": "image/png", "data": BASE64}},
                        ]
                    },
                    "finishReason": "STOP",
                }
            ],
            "usageMetadata": {"promptTokenCount": 2, "candidatesTokenCount": 1290},
        },
    ),
    "huggingface_images": reply(200, PICTURE, headers={"content-type": "image/png"}),
    "imagen": reply(200, {"predictions": [{"bytesBase64Encoded": BASE64, "mimeType": "image/png"}]}),
    "openai_images": reply(200, {"created": 1, "data": [{"b64_json": BASE64, "revised_prompt": "A tall lighthouse"}]}),
}


def check_result(route: Route, result: Any) -> None:
    assert isinstance(result, ai.Images)
    (image,) = result
    assert image.data == PICTURE
    assert image.media_type == "image/png"


def check_sent(route: Route, model: str, sent: Sequence[Sent]) -> None:
    (request,) = sent
    assert PROMPT.encode() in request.body
    body = request.json()
    assert all(body[name] == value for name, value in route.body.items())
    assert ("model" in body) is ("{" not in route.path)
