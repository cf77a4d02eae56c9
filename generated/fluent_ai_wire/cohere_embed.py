# Generated from specs/wire/cohere_embed.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class EmbedAnswer(Struct, gc=False):
    id: str | None = None
    embeddings: Any | None = None
    meta: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (EmbedAnswer,):
    Decoder(_struct)
