# Generated from specs/wire/vertex_multimodal.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class Prediction(Struct, gc=False):
    textEmbedding: Any | None = None
    imageEmbedding: Any | None = None


class PredictResponse(Struct, gc=False):
    predictions: list[Prediction] | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    Prediction,
    PredictResponse,
):
    Decoder(_struct)
