# Generated from specs/wire/cohere_rerank.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class RerankResult(Struct, gc=False):
    index: int | None = None
    relevance_score: float | None = None


class RerankAnswer(Struct, gc=False):
    id: str | None = None
    model: str | None = None
    results: list[RerankResult] | None = None
    data: list[RerankResult] | None = None
    usage: Any | None = None
    meta: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    RerankResult,
    RerankAnswer,
):
    Decoder(_struct)
