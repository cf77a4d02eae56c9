"""`GET /v1/models` of Cohere: endpoints and features; a context length of 0 means not set."""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import Kind, ModelFacts
from fluent_ai.registry.lists._units import first_kind, text_and

ORIGINS = {
    "id": "name",
    "kind": "endpoints",
    "context_window": "context_length",
    "input_modalities": "features",
    "tools": "features",
    "structured_output": "features",
    "reasoning": "features",
    "vision": "features",
    "embeddings": "endpoints",
}

_KINDS: dict[str, Kind] = {
    "chat": "chat",
    "embed": "embedding",
    "embed_image": "embedding",
    "rerank": "rerank",
    "transcriptions": "transcription",
    "generate": "completion",
}


class _Model(msgspec.Struct):
    name: str
    endpoints: list[str] | None = None
    context_length: float | None = None
    features: list[str] | None = None


class _List(msgspec.Struct):
    models: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).models]


def _facts(model: _Model) -> ModelFacts:
    endpoints = model.endpoints
    kind = first_kind(_KINDS, endpoints or ()) or ("other" if endpoints else None)
    features = model.features if kind == "chat" else None
    return ModelFacts(
        id=model.name,
        kind=kind,
        context_window=int(model.context_length) if model.context_length else None,
        input_modalities=None if features is None else text_and(image="vision" in features),
        tools=None if features is None else "tools" in features,
        structured_output=None if features is None else "json_schema" in features,
        reasoning=None if features is None else "reasoning" in features,
        vision=None if features is None else "vision" in features,
        embeddings=None if kind is None else kind == "embedding",
    )
