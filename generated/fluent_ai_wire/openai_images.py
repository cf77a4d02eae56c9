# Generated from specs/wire/openai_images.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class ImageRow(Struct, gc=False):
    b64_json: str | None = None
    url: str | None = None
    media_type: str | None = None
    revised_prompt: str | None = None


class ImageAnswer(Struct, gc=False):
    type: str | None = None
    id: str | None = None
    model: str | None = None
    data: list[ImageRow] | None = None
    b64_json: str | None = None
    partial_image_index: int | None = None
    output_format: str | None = None
    usage: Any | None = None
    error: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    ImageRow,
    ImageAnswer,
):
    Decoder(_struct)
