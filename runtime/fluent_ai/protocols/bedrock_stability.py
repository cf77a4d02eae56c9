"""Stability's image models on Bedrock."""

from __future__ import annotations

from fluent_ai.images import ImageRequest
from fluent_ai.json_struct import JsonObject
from fluent_ai.protocols.bedrock_images import InvokedImages


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
