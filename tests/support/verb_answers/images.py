"""What servers answer to a request for an image, in their own shapes: each holds the bytes of `PICTURE`."""

from __future__ import annotations

import base64
from typing import Any

from fluent_ai import Images
from fluent_ai.manifest import Route
from scripted_server import Answer, reply

SUBJECT = "A lighthouse"
PICTURE = b"\x89PNG\r\n\x1a\n the bytes of a picture"
BASE64 = base64.b64encode(PICTURE).decode()
ANSWERS: dict[str, Answer] = {
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


def options(route: Route) -> dict[str, Any]:
    return {}


def check(result: Images) -> None:
    (image,) = result
    assert image.data == PICTURE
    assert image.media_type == "image/png"
