"""Options of diffusion models, by the names that each provider has for them."""

from __future__ import annotations

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.manifest.schema import Media
from fluent_ai.verbs.image import ImageRequest


def diffusion_fields(request: ImageRequest, media: Media) -> JsonObject:
    """The options that were given. Requests that hold others than `media` names are refused when they are built."""
    given = {wire_name: getattr(request, option) for option, wire_name in media.diffusion.items()}
    return {wire_name: value for wire_name, value in given.items() if value is not None}
