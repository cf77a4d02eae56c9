"""`GET /v1/models` of Anthropic: limits and capabilities. Its spec calls `max_input_tokens` the context window."""

from __future__ import annotations

from datetime import datetime

import msgspec

from fluent_ai.registry.facts import ModelFacts
from fluent_ai.registry.lists._units import text_and

ORIGINS = {
    "id": "id",
    "name": "display_name",
    "kind": "type",
    "context_window": "max_input_tokens",
    "max_input_tokens": "max_input_tokens",
    "max_output_tokens": "max_tokens",
    "input_modalities": "capabilities",
    "structured_output": "capabilities.structured_outputs",
    "reasoning": "capabilities.thinking",
    "vision": "capabilities.image_input",
    "pdf": "capabilities.pdf_input",
    "released": "created_at",
}


class _Capability(msgspec.Struct, frozen=True):
    supported: bool | None = None


class _Capabilities(msgspec.Struct, frozen=True):
    structured_outputs: _Capability = _Capability()
    thinking: _Capability = _Capability()
    image_input: _Capability = _Capability()
    pdf_input: _Capability = _Capability()


class _Model(msgspec.Struct):
    id: str
    display_name: str | None = None
    created_at: datetime | None = None
    max_input_tokens: int | None = None
    max_tokens: int | None = None
    capabilities: _Capabilities | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).data]


def _facts(model: _Model) -> ModelFacts:
    can = model.capabilities or _Capabilities()
    inputs = text_and(image=can.image_input.supported, file=can.pdf_input.supported)
    return ModelFacts(
        id=model.id,
        name=model.display_name or None,
        kind="chat",
        context_window=model.max_input_tokens,
        max_input_tokens=model.max_input_tokens,
        max_output_tokens=model.max_tokens,
        input_modalities=inputs if model.capabilities else None,
        structured_output=can.structured_outputs.supported,
        reasoning=can.thinking.supported,
        vision=can.image_input.supported,
        pdf=can.pdf_input.supported,
        released=model.created_at.date() if model.created_at else None,
    )
