"""`GET /v1/models` of Moonshot: as OpenAI's, with the context length, the inputs and the capabilities."""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import ModelFacts
from fluent_ai.registry.lists._units import day

ORIGINS = {
    "id": "id",
    "context_window": "context_length",
    "reasoning": "supports_reasoning",
    "vision": "supports_image_in",
    "released": "created",
}


class _Model(msgspec.Struct):
    id: str
    created: float | None = None
    context_length: int | None = None
    supports_image_in: bool | None = None
    supports_reasoning: bool | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [
        ModelFacts(
            id=model.id,
            context_window=model.context_length or None,
            reasoning=model.supports_reasoning,
            vision=model.supports_image_in,
            released=day(model.created),
        )
        for model in _decode(body).data
    ]
