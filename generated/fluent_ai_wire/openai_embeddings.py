# Generated from specs/wire/openai_embeddings.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class EmbeddingRow(Struct, gc=False):
    index: int | None = None
    embedding: Any | None = None


class EmbeddingList(Struct, gc=False):
    id: str | None = None
    model: str | None = None
    data: list[EmbeddingRow] | None = None
    usage: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    EmbeddingRow,
    EmbeddingList,
):
    Decoder(_struct)
