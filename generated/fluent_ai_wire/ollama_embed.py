# Generated from specs/wire/ollama_embed.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class EmbedResponse(Struct, gc=False):
    model: str | None = None
    embeddings: list[Any] | None = None
    prompt_eval_count: int | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (EmbedResponse,):
    Decoder(_struct)
