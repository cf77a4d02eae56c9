"""`GET /catalog/models` of GitHub Models: a bare array with limits, modalities and capabilities."""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import Kind, ModelFacts
from fluent_ai.registry.lists._units import first_kind, modalities

ORIGINS = {
    "id": "id",
    "name": "name",
    "kind": "supported_output_modalities",
    "max_input_tokens": "limits.max_input_tokens",
    "max_output_tokens": "limits.max_output_tokens",
    "input_modalities": "supported_input_modalities",
    "output_modalities": "supported_output_modalities",
    "tools": "capabilities",
    "vision": "supported_input_modalities",
    "audio": "supported_input_modalities",
    "streams": "capabilities",
}

_KINDS: dict[str, Kind] = {"text": "chat", "embeddings": "embedding"}


class _Limits(msgspec.Struct, frozen=True):
    max_input_tokens: int | None = None
    max_output_tokens: int | None = None


class _Model(msgspec.Struct):
    id: str
    name: str | None = None
    capabilities: list[str] | None = None
    limits: _Limits | None = None
    supported_input_modalities: list[str] | None = None
    supported_output_modalities: list[str] | None = None


_decode = msgspec.json.Decoder(list[_Model]).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body)]


def _facts(model: _Model) -> ModelFacts:
    inputs, outputs, can = model.supported_input_modalities, model.supported_output_modalities, model.capabilities
    limits = model.limits or _Limits()
    return ModelFacts(
        id=model.id,
        name=model.name or None,
        kind=first_kind(_KINDS, outputs or ()),
        max_input_tokens=limits.max_input_tokens,
        max_output_tokens=limits.max_output_tokens,
        input_modalities=modalities(inputs),
        output_modalities=modalities(outputs),
        tools=None if can is None else "tool-calling" in can,
        vision=None if inputs is None else "image" in inputs,
        audio=None if inputs is None else "audio" in inputs,
        streams=None if can is None else "streaming" in can,
    )
