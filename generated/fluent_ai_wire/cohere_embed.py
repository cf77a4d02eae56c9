# Generated from specs/wire/cohere_embed.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct


class EmbedAnswer(Struct, gc=False):
    id: str | None = None
    embeddings: Any | None = None
    meta: Any | None = None
