"""genai-prices' data.json: prices per million tokens, with tiers and with the days and hours for which they hold.

A model is named by its id and by the `equals` of its rules; rules such as `starts_with` or `contains` are not followed:
they price models that did not exist when they were written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier

from . import rows
from .rows import Loose, SourceModel

URL = "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/data.json"

ORIGINS = {
    "id": "match",
    "name": "name",
    "context_window": "context_window",
    "prices": "prices",
    "prices.input": "prices.input_mtok",
    "prices.output": "prices.output_mtok",
    "prices.cache_read": "prices.cache_read_mtok",
    "prices.cache_write": "prices.cache_write_mtok",
    "prices.audio_input": "prices.input_audio_mtok",
    "prices.audio_output": "prices.output_audio_mtok",
    "prices.audio_cache_read": "prices.cache_audio_read_mtok",
    "prices.per_request": "prices.requests_kcount",
}

# Its Zhipu prices are those of the host in China, in yuan, converted.
_PROVIDERS = {
    "anthropic": "anthropic", "aws": "bedrock", "azure": "azure", "cohere": "cohere", "deepseek": "deepseek",
    "google": "gemini", "groq": "groq", "minimax": "minimax", "mistral": "mistral", "moonshotai": "moonshot",
    "openai": "openai", "openrouter": "openrouter", "perplexity": "perplexity", "together": "together",
    "voyageai": "voyageai", "x-ai": "xai",
}  # fmt: skip

_TOKENS = {
    "input": "input_mtok", "output": "output_mtok", "cache_read": "cache_read_mtok", "cache_write": "cache_write_mtok",
    "audio_input": "input_audio_mtok", "audio_output": "output_audio_mtok", "audio_cache_read": "cache_audio_read_mtok",
}  # fmt: skip


class _Match(msgspec.Struct):
    equals: str | None = None
    any: list[_Match] = msgspec.field(name="or", default_factory=list)


class _Constraint(msgspec.Struct):
    start_date: date | None = None
    start_time: str | None = None
    end_time: str | None = None


class _Conditional(msgspec.Struct):
    prices: dict[str, Any]
    constraint: _Constraint = msgspec.field(default_factory=_Constraint)


class _Model(msgspec.Struct):
    id: str
    prices: dict[str, Any] | list[_Conditional]
    name: str | None = None
    context_window: int | None = None
    match: _Match = msgspec.field(default_factory=_Match)


class _Provider(msgspec.Struct):
    id: str
    models: list[_Model] = []


_decode = msgspec.json.Decoder(list[_Provider]).decode


def parse(body: bytes, on: date) -> list[SourceModel]:
    return [
        SourceModel(provider=_PROVIDERS[provider.id], facts=facts)
        for provider in _decode(body)
        if provider.id in _PROVIDERS
        for model in provider.models
        for facts in _facts(model, on)
    ]


def _facts(model: _Model, on: date) -> Iterator[ModelFacts]:
    prices = _prices(model, on)
    for model_id in sorted({model.id, *_names(model.match)}):
        yield ModelFacts(
            id=model_id, name=model.name or None, context_window=model.context_window or None, prices=prices
        )


def _names(match: _Match) -> Iterator[str]:
    if match.equals:
        yield match.equals
    for each in match.any:
        yield from _names(each)


def _prices(model: _Model, on: date) -> Prices | None:
    """The last prices that apply on that day; those of some hours are tiers."""
    listed = [_Conditional(model.prices)] if isinstance(model.prices, dict) else model.prices
    base: Loose = {}
    hours: list[PriceTier] = []
    for each in listed:
        when = each.constraint
        if when.start_time and when.end_time:
            tokens = _tokens(each.prices, model.id)
            hours.append(rows.tier(tokens, utc_start=when.start_time[:5], utc_end=when.end_time[:5]))
        elif when.start_date is None or when.start_date <= on:
            base = each.prices
    return rows.prices(
        **_tokens(base, model.id),
        per_request=rows.price(base, "requests_kcount", model.id, -3),
        tiers=(*_tiers(base, model.id), *hours) or None,
    )


def _tokens(prices: Loose, source: str) -> dict[str, float | None]:
    """The base prices."""
    return {ours: rows.price({theirs: _base(prices.get(theirs))}, theirs, source) for ours, theirs in _TOKENS.items()}


def _base(value: object) -> object:
    return value.get("base") if isinstance(value, dict) else value


def _tiers(prices: Loose, source: str) -> tuple[PriceTier, ...]:
    by_start: dict[int, dict[str, float | None]] = {}
    for ours, theirs in _TOKENS.items():
        value = prices.get(theirs)
        tiers = rows.mapping(value).get("tiers")
        for tier in map(rows.mapping, tiers if isinstance(tiers, list) else ()):
            start = rows.size(tier, "start", source)
            if start is None:
                raise ProtocolError(f"genai_prices: {source}: a tier without a start: {tier!r}")
            by_start.setdefault(start, {})[ours] = rows.price(tier, "price", source)
    return tuple(rows.tier(by_start[start], min_input_tokens=start) for start in sorted(by_start))
