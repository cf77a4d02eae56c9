# Generated from specs/wire/vertex_embeddings.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class Statistics(Struct, gc=False):
    token_count: Any | None = None


class PredictedEmbedding(Struct, gc=False):
    values: Any | None = None
    statistics: Statistics | None = None


class Prediction(Struct, gc=False):
    embeddings: PredictedEmbedding | None = None


class PredictResponse(Struct, gc=False):
    predictions: list[Prediction] | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    Statistics,
    PredictedEmbedding,
    Prediction,
    PredictResponse,
):
    Decoder(_struct)
