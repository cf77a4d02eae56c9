"""Hugging Face's text-to-image task."""

from __future__ import annotations

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.interfaces import Parser
from fluent_ai.manifest.schema import Media
from fluent_ai.protocols.images.diffusion_fields import diffusion_fields
from fluent_ai.protocols.images.image_body_parser import image_body_parser
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.verbs.image import ImageItem, ImageRequest, sides


class HuggingFaceImages(JsonCodec[ImageRequest, ImageItem]):
    accept = "image/*"

    def body(self, request: ImageRequest) -> JsonObject:
        return {"inputs": request.prompt, "parameters": picture_fields(request, self.endpoint.route.media)}

    def new_parser(self, request: ImageRequest) -> Parser[ImageItem]:
        return image_body_parser(self.endpoint)


def picture_fields(request: ImageRequest, media: Media) -> JsonObject:
    """The words that those who run open image models have in common."""
    fields = diffusion_fields(request, media)
    if request.negative_prompt is not None:
        fields["negative_prompt"] = request.negative_prompt
    if request.size is not None:
        fields["width"], fields["height"] = sides(request.size)
    if request.seed is not None:
        fields["seed"] = request.seed
    return fields
