"""`GET /api/tags` of Ollama: the models that were pulled to that machine."""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import ModelFacts

ORIGINS = {"id": "name"}


class _Model(msgspec.Struct):
    name: str


class _List(msgspec.Struct):
    models: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [ModelFacts(id=model.name) for model in _decode(body).models]
