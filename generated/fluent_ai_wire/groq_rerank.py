# Generated from specs/wire/groq_rerank.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class RerankedDocument(Struct, gc=False):
    doc: str | None = None
    score: float | None = None


class RerankingAnswer(Struct, gc=False):
    id: str | None = None
    model: str | None = None
    results: list[RerankedDocument] | None = None
    usage: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    RerankedDocument,
    RerankingAnswer,
):
    Decoder(_struct)
