"""Images of Gemini's generateContent, made from a text or from other images."""

from __future__ import annotations

import re

from fluent_ai.content.files import load_file
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.shared.gemini_media_parser import GeminiMediaParser
from fluent_ai.verbs.image import GeneratedImage, ImageItem, ImageRequest


class GeminiImages(JsonCodec[ImageRequest, ImageItem]):
    def body(self, request: ImageRequest) -> JsonObject:
        parts: list[JsonObject] = [{"text": request.prompt}]
        for part in request.images:
            file = load_file(part, self.endpoint.route.media.formats)
            parts.append({"inlineData": {"mimeType": file.media_type, "data": file.base64}})
        config: JsonObject = {"responseModalities": ["TEXT", "IMAGE"]}
        if request.size is not None:
            config["imageConfig"] = size_fields(request.size, "imageSize")
        if request.seed is not None:
            config["seed"] = request.seed
        return {"contents": [{"role": "user", "parts": parts}], "generationConfig": config}

    def new_parser(self, request: ImageRequest) -> Parser[ImageItem]:
        parser: GeminiMediaParser[ImageItem] = GeminiMediaParser(self.endpoint, _image)
        return parser


def _image(data: bytes, media_type: str) -> GeneratedImage:
    return GeneratedImage(data=data, media_type=media_type)


def size_fields(size: str, resolution: str) -> JsonObject:
    """A ratio, or a resolution, which goes by that name. Raises ConfigError for neither."""
    if re.fullmatch(r"\d{1,2}:\d{1,2}", size):
        return {"aspectRatio": size}
    if re.fullmatch(r"\d{1,4}K?", size):
        return {resolution: size}
    raise ConfigError(f"size is {size!r}; allowed: a ratio, as 16:9, or a resolution, as 2K")
