# Generated from specs/wire/gemini_embeddings.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class ContentEmbedding(Struct, gc=False):
    values: Any | None = None


class BatchEmbedContentsResponse(Struct, gc=False):
    embeddings: list[ContentEmbedding] | None = None
    usageMetadata: Any | None = None


class EmbedContentResponse(Struct, gc=False):
    embedding: ContentEmbedding | None = None
    usageMetadata: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    ContentEmbedding,
    BatchEmbedContentsResponse,
    EmbedContentResponse,
):
    Decoder(_struct)
