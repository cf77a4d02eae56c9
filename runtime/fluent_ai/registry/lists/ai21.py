"""`GET /studio/v1/models` of AI21: sizes, where 0 means not set. The unit of its prices is not stated."""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import ModelFacts

ORIGINS = {
    "id": "id",
    "name": "name",
    "context_window": "context_length",
    "max_output_tokens": "max_completion_tokens",
}


class _Model(msgspec.Struct):
    id: str
    name: str | None = None
    context_length: int | None = None
    max_completion_tokens: int | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [
        ModelFacts(
            id=model.id,
            name=model.name or None,
            context_window=model.context_length or None,
            max_output_tokens=model.max_completion_tokens or None,
        )
        for model in _decode(body).data
    ]
