"""`GET /v1/models` of Perplexity: prices in dollars per million tokens. `created` is always 0 and is not read."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from fluent_ai.registry.facts import ModelFacts, Prices
from fluent_ai.registry.lists._units import unit_price

ORIGINS = {"id": "id", "prices": "pricing"}


class _Pricing(msgspec.Struct):
    unit: str | None = None
    input: Decimal | None = None
    output: Decimal | None = None
    cache_read: Decimal | None = None
    cache_write: Decimal | None = None


class _Model(msgspec.Struct):
    id: str
    pricing: _Pricing | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [ModelFacts(id=model.id, prices=_prices(model.pricing)) for model in _decode(body).data]


def _prices(pricing: _Pricing | None) -> Prices | None:
    if pricing is None or pricing.unit != "usd_per_1m_tokens":
        return None
    return Prices(
        input=unit_price(pricing.input),
        output=unit_price(pricing.output),
        cache_read=unit_price(pricing.cache_read),
        cache_write=unit_price(pricing.cache_write),
    )
