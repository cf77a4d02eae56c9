"""Stability's image models on Bedrock."""

from __future__ import annotations

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.protocols.images.bedrock_images import InvokedImages
from fluent_ai.verbs.image import ImageRequest


class BedrockStability(InvokedImages):
    def body(self, request: ImageRequest) -> JsonObject:
        body: JsonObject = {"prompt": request.prompt}
        named = {
            "negative_prompt": request.negative_prompt,
            "seed": request.seed,
            "output_format": request.format,
            "aspect_ratio": request.size,
        }
        body.update((name, value) for name, value in named.items() if value is not None)
        return body
