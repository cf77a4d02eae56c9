"""`GET /v1/openai/models` of DeepInfra: sizes under `metadata`, which can be null. Its prices have no unit."""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import ModelFacts
from fluent_ai.registry.lists._units import day

ORIGINS = {
    "id": "id",
    "context_window": "metadata.context_length",
    "max_output_tokens": "metadata.max_tokens",
    "released": "created",
}


class _Metadata(msgspec.Struct):
    context_length: int | None = None
    max_tokens: int | None = None


class _Model(msgspec.Struct):
    id: str
    created: float | None = None
    metadata: _Metadata | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).data]


def _facts(model: _Model) -> ModelFacts:
    metadata = model.metadata or _Metadata()
    return ModelFacts(
        id=model.id,
        context_window=metadata.context_length or None,
        max_output_tokens=metadata.max_tokens or None,
        released=day(model.created),
    )
