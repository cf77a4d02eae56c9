# Generated from specs/wire/tei_rerank.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from msgspec import Struct


class Rank(Struct, gc=False):
    index: int | None = None
    score: float | None = None
