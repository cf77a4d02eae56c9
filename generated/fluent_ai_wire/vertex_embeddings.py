# Generated from specs/wire/vertex_embeddings.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Statistics(Struct, gc=False):
    token_count: Any | None = None


class PredictedEmbedding(Struct, gc=False):
    values: Any | None = None
    statistics: Statistics | None = None


class Prediction(Struct, gc=False):
    embeddings: PredictedEmbedding | None = None


class PredictResponse(Struct, gc=False):
    predictions: list[Prediction] | None = None
