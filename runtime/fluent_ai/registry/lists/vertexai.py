"""`GET /v1beta1/publishers/{publisher}/models` of Vertex AI: a list for each publisher, with ids and no facts."""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import ModelFacts

ORIGINS = {"id": "name"}


class _Model(msgspec.Struct):
    name: str


class _List(msgspec.Struct):
    models: list[_Model] = msgspec.field(name="publisherModels")


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [ModelFacts(id=model.name.rpartition("/")[2]) for model in _decode(body).models]
