"""`GET /v1/models` of Together: a bare array. Prices are in dollars per million tokens; 0 means not set."""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import Kind, ModelFacts, Prices
from fluent_ai.registry.lists._units import day

ORIGINS = {
    "id": "id",
    "name": "display_name",
    "kind": "type",
    "context_window": "context_length",
    "max_output_tokens": "config.max_output_length",
    "prices": "pricing",
    "embeddings": "type",
    "released": "created",
}

_KINDS: dict[str, Kind] = {
    "chat": "chat",
    "language": "completion",
    "code": "completion",
    "embedding": "embedding",
    "rerank": "rerank",
    "moderation": "moderation",
    "image": "image",
    "video": "video",
    "audio": "speech",
    "transcribe": "transcription",
}
_PRICED_BY_TOKEN = ("chat", "completion", "embedding", "rerank", "moderation")


class _Megapixel(msgspec.Struct):
    price_per_megapixel: float | None = None


class _Minute(msgspec.Struct):
    price_per_minute: float | None = None


class _Pricing(msgspec.Struct):
    input: float | None = None
    output: float | None = None
    cached_input: float | None = None
    image_pixel: float | _Megapixel | None = None
    transcribe: float | _Minute | None = None


class _Config(msgspec.Struct):
    max_output_length: int | None = None


class _Model(msgspec.Struct):
    id: str
    display_name: str | None = None
    type: str | None = None
    created: float | None = None
    context_length: int | None = None
    config: _Config | None = None
    pricing: _Pricing | None = None


_decode = msgspec.json.Decoder(list[_Model]).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body)]


def _facts(model: _Model) -> ModelFacts:
    kind = None if model.type is None else _KINDS.get(model.type, "other")
    by_token = kind in _PRICED_BY_TOKEN
    return ModelFacts(
        id=model.id,
        name=model.display_name or None,
        kind=kind,
        context_window=(model.context_length or None) if by_token else None,
        max_output_tokens=model.config.max_output_length if model.config else None,
        prices=_prices(model.pricing, by_token) if model.pricing else None,
        embeddings=None if kind is None else kind == "embedding",
        released=day(model.created),
    )


def _prices(pricing: _Pricing, by_token: bool) -> Prices | None:
    """Token prices of the kinds that have them: the `input` of speech is in dollars per million characters."""
    pixel, minute = pricing.image_pixel, pricing.transcribe
    prices = Prices(
        input=_dollars(pricing.input) if by_token else None,
        output=_dollars(pricing.output) if by_token else None,
        cache_read=_dollars(pricing.cached_input) if by_token else None,
        per_megapixel=pixel.price_per_megapixel if isinstance(pixel, _Megapixel) else None,
        per_audio_minute=minute.price_per_minute if isinstance(minute, _Minute) else None,
    )
    return None if prices == Prices() else prices


def _dollars(price: float | None) -> float | None:
    # The list holds sums such as 0.25999999999999995.
    return round(price, 10) if price else None
