"""`GET /v1/models` of xAI: aliases, and prices as whole numbers of 1e-10 dollars per token."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier
from fluent_ai.registry.lists._units import day, scaled

ORIGINS = {
    "id": "id",
    "kind": "completion_text_token_price",
    "context_window": "context_length",
    "prices": "prompt_text_token_price",
    "released": "created",
    "aliases": "aliases",
}


class _Model(msgspec.Struct):
    id: str
    created: float | None = None
    context_length: int | None = None
    aliases: list[str] | None = None
    prompt_text_token_price: Decimal | None = None
    cached_prompt_text_token_price: Decimal | None = None
    completion_text_token_price: Decimal | None = None
    prompt_image_token_price: Decimal | None = None
    long_context_threshold: int | None = None
    prompt_text_token_price_long_context: Decimal | None = None
    cached_prompt_text_token_price_long_context: Decimal | None = None
    completion_text_token_price_long_context: Decimal | None = None
    image_price: Decimal | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).data]


def _facts(model: _Model) -> ModelFacts:
    chat = model.completion_text_token_price is not None
    return ModelFacts(
        id=model.id,
        kind="chat" if chat else None if model.image_price is None else "image",
        # For image models this is the limit of the prompt.
        context_window=model.context_length if chat else None,
        prices=_prices(model) if chat else None,
        released=day(model.created),
        aliases=None if model.aliases is None else tuple(sorted(model.aliases)),
    )


def _prices(model: _Model) -> Prices:
    tier = PriceTier(
        min_input_tokens=model.long_context_threshold,
        input=_dollars(model.prompt_text_token_price_long_context),
        output=_dollars(model.completion_text_token_price_long_context),
        cache_read=_dollars(model.cached_prompt_text_token_price_long_context),
    )
    return Prices(
        input=_dollars(model.prompt_text_token_price),
        output=_dollars(model.completion_text_token_price),
        cache_read=_dollars(model.cached_prompt_text_token_price),
        image_input=_dollars(model.prompt_image_token_price),
        tiers=(tier,) if model.long_context_threshold else (),
    )


def _dollars(units: Decimal | None) -> float | None:
    """From 1e-10 dollars per token to dollars per million tokens."""
    return scaled(units, -4)
