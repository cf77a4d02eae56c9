# Generated from specs/wire/titan_embeddings.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct


class TitanEmbedding(Struct, gc=False):
    embedding: Any | None = None
    inputTextTokenCount: int | None = None
