"""Images of Workers AI."""

from __future__ import annotations

from fluent_ai.content.files import load_file
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import ConfigError
from fluent_ai.protocols.images.huggingface_images import HuggingFaceImages, picture_fields
from fluent_ai.verbs.image import ImageRequest


class CloudflareImages(HuggingFaceImages):
    accept = "image/*, application/json"

    def body(self, request: ImageRequest) -> JsonObject:
        if len(request.images) > 1:
            raise ConfigError(f"images holds {len(request.images)}; allowed: one")
        media = self.endpoint.route.media
        body: JsonObject = {"prompt": request.prompt, **picture_fields(request, media)}
        for part in request.images:
            body["image_b64"] = load_file(part, media.formats).base64
        return body
