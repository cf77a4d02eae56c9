"""`GET /v1/models` of Jina: prices in dollars per token. Calls use the id without its first part, the vendor."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from fluent_ai.registry.facts import ModelFacts, Prices
from fluent_ai.registry.lists._units import day, modalities, per_million

ORIGINS = {
    "id": "id",
    "name": "name",
    "kind": "output_modalities",
    "context_window": "context_length",
    "prices": "pricing",
    "input_modalities": "input_modalities",
    "output_modalities": "output_modalities",
    "vision": "input_modalities",
    "embeddings": "output_modalities",
    "embedding_dimensions": "max_output_length",
    "released": "created",
    "aliases": "id",
}

_VENDOR = "jina-ai/"


class _Pricing(msgspec.Struct):
    prompt: Decimal | None = None
    completion: Decimal | None = None


class _Model(msgspec.Struct):
    id: str
    name: str | None = None
    created: float | None = None
    context_length: int | None = None
    max_output_length: int | None = None
    input_modalities: list[str] | None = None
    output_modalities: list[str] | None = None
    pricing: _Pricing | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).data]


def _facts(model: _Model) -> ModelFacts:
    outputs = model.output_modalities
    embeds = None if outputs is None else "embeddings" in outputs
    short = model.id.removeprefix(_VENDOR)
    return ModelFacts(
        id=short,
        name=model.name or None,
        kind="embedding" if embeds else None,
        context_window=model.context_length or None,
        prices=_prices(model.pricing, bool(embeds)) if model.pricing else None,
        input_modalities=modalities(model.input_modalities),
        output_modalities=modalities(outputs),
        vision=None if model.input_modalities is None else "image" in model.input_modalities,
        embeddings=embeds,
        # The specification defines it as the largest number of output dimensions.
        embedding_dimensions=(model.max_output_length or None) if embeds else None,
        released=day(model.created),
        aliases=None if short == model.id else (model.id,),
    )


def _prices(pricing: _Pricing, embeds: bool) -> Prices | None:
    """Vectors have no price of their own, so the list has 0."""
    output = None if embeds else per_million(pricing.completion)
    prices = Prices(input=per_million(pricing.prompt), output=output)
    return None if prices == Prices() else prices
