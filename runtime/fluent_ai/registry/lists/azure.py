"""`GET /openai/v1/models` and `GET /openai/models` of Azure: the base models of a resource, some with retirement."""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import Kind, ModelFacts
from fluent_ai.registry.lists._units import day

ORIGINS = {
    "id": "id",
    "kind": "capabilities",
    "embeddings": "capabilities.embeddings",
    "released": "created",
    "retires_on": "deprecation.inference",
}


class _Capabilities(msgspec.Struct):
    chat_completion: bool | None = None
    completion: bool | None = None
    embeddings: bool | None = None


class _Deprecation(msgspec.Struct):
    inference: float | None = None


class _Model(msgspec.Struct):
    id: str
    created: float | None = None
    created_at: float | None = None
    capabilities: _Capabilities | None = None
    deprecation: _Deprecation | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).data]


def _facts(model: _Model) -> ModelFacts:
    can = model.capabilities or _Capabilities()
    return ModelFacts(
        id=model.id,
        kind=_kind(can),
        embeddings=can.embeddings,
        released=day(model.created or model.created_at),
        retires_on=day(model.deprecation.inference) if model.deprecation else None,
    )


def _kind(can: _Capabilities) -> Kind | None:
    if can.chat_completion:
        return "chat"
    return "embedding" if can.embeddings else "completion" if can.completion else None
