"""`GET /openai/v1/models` of Groq: limits, modalities, features, and prices as text in dollars per token."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from fluent_ai.registry.facts import Kind, ModelFacts, Prices
from fluent_ai.registry.lists._units import day, first_kind, modalities, per_million

ORIGINS = {
    "id": "id",
    "name": "name",
    "kind": "output_modalities",
    "context_window": "context_window",
    "max_output_tokens": "max_completion_tokens",
    "prices": "pricing",
    "input_modalities": "input_modalities",
    "output_modalities": "output_modalities",
    "tools": "supported_features",
    "structured_output": "supported_features",
    "reasoning": "supported_features",
    "vision": "input_modalities",
    "audio": "input_modalities",
    "released": "created",
}

_KINDS: dict[str, Kind] = {"text": "chat", "speech": "speech", "transcription": "transcription"}


class _Pricing(msgspec.Struct):
    prompt: Decimal | None = None
    completion: Decimal | None = None
    input_cache_read: Decimal | None = None


class _Model(msgspec.Struct):
    id: str
    name: str | None = None
    created: float | None = None
    context_window: int | None = None
    max_completion_tokens: int | None = None
    input_modalities: list[str] | None = None
    output_modalities: list[str] | None = None
    supported_features: list[str] | None = None
    pricing: _Pricing | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).data]


def _facts(model: _Model) -> ModelFacts:
    outputs, inputs, features = model.output_modalities, model.input_modalities, model.supported_features
    kind = first_kind(_KINDS, outputs or ())
    return ModelFacts(
        id=model.id,
        name=model.name or None,
        kind=kind,
        context_window=model.context_window,
        max_output_tokens=model.max_completion_tokens,
        prices=_prices(model.pricing) if model.pricing and kind == "chat" else None,
        input_modalities=modalities(inputs),
        output_modalities=modalities(outputs),
        tools=None if features is None else "tools" in features,
        structured_output=None if features is None else "structured_outputs" in features,
        reasoning=None if features is None else "reasoning" in features,
        vision=None if inputs is None else "image" in inputs,
        audio=None if inputs is None else "audio" in inputs,
        released=day(model.created),
    )


def _prices(pricing: _Pricing) -> Prices:
    """Only of text models: speech is priced per character, in the same field."""
    return Prices(
        input=per_million(pricing.prompt),
        output=per_million(pricing.completion),
        cache_read=per_million(pricing.input_cache_read),
    )
