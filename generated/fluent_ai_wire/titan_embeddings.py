# Generated from specs/wire/titan_embeddings.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class TitanEmbedding(Struct, gc=False):
    embedding: Any | None = None
    inputTextTokenCount: int | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (TitanEmbedding,):
    Decoder(_struct)
