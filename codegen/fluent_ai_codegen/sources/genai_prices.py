"""genai-prices' data.json: prices per million tokens, with tiers and with the days and hours for which they hold.

A model is named by its id and by the `equals` of its rules; rules such as `starts_with` or `contains` are not followed:
they price models that did not exist when they were written. The module of the package holds the same data.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier

from . import rows
from .genai_package import read_module
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
    "prices.per_web_search": "prices.web_searches_kcount",
    "prices.tiers": "prices, price_variants",
}

# Its Zhipu prices are those of the host in China, in yuan, converted.
_PROVIDERS = {
    "anthropic": "anthropic", "aws": "bedrock", "azure": "azure", "cohere": "cohere", "deepseek": "deepseek",
    "google": "gemini", "groq": "groq", "minimax": "minimax", "mistral": "mistral", "moonshotai": "moonshot",
    "openai": "openai", "openrouter": "openrouter", "perplexity": "perplexity", "together": "together",
    "voyageai": "voyageai", "x-ai": "xai", "cerebras": "cerebras", "fireworks": "fireworks", "novita": "novita",
}  # fmt: skip

_TOKENS = {
    "input": "input_mtok", "output": "output_mtok", "cache_read": "cache_read_mtok", "cache_write": "cache_write_mtok",
    "cache_write_1h": "cache_write_1h_mtok", "reasoning": "output_reasoning_mtok",
    "image_input": "input_image_mtok", "image_output": "output_image_mtok",
    "audio_input": "input_audio_mtok", "audio_output": "output_audio_mtok", "audio_cache_read": "cache_audio_read_mtok",
}  # fmt: skip
_BATCH = {"input": "batch_input", "output": "batch_output", "cache_read": "batch_cache_read"}
_SERVICES = {
    ("service_tier", "priority"): "priority", ("service_tier", "flex"): "flex", ("service_tier", "fast"): "fast",
    ("speed", "fast"): "fast",
}  # fmt: skip


class _Match(msgspec.Struct):
    equals: str | None = None
    any: list[_Match] = msgspec.field(name="or", default_factory=list)


class _Constraint(msgspec.Struct, forbid_unknown_fields=True):
    start_date: date | None = None
    start_time: str | None = None
    end_time: str | None = None


class _Conditional(msgspec.Struct):
    prices: dict[str, Any]
    constraint: _Constraint | None = None

    @property
    def when(self) -> _Constraint:
        return self.constraint or _Constraint()


class _Variant(_Conditional):
    """Prices of requests that are served in another way."""

    how: dict[str, str] = msgspec.field(name="when", default_factory=dict)


class _Model(msgspec.Struct):
    id: str
    prices: dict[str, Any] | list[_Conditional]
    name: str | None = None
    context_window: int | None = None
    match: _Match = msgspec.field(default_factory=_Match)
    price_variants: list[_Variant] | None = None


class _Provider(msgspec.Struct):
    id: str
    models: list[_Model] = []


_decode = msgspec.json.Decoder(list[_Provider]).decode


def parse(body: bytes, on: date) -> list[SourceModel]:
    document = body if body.lstrip()[:1] in (b"[", b"{", b"") else msgspec.json.encode(read_module(body))
    return [
        SourceModel(provider=_PROVIDERS[provider.id], facts=facts)
        for provider in _decode(document)
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
    """The prices of that day; those of other days, of some hours and of other services are tiers."""
    listed = [_Conditional(model.prices)] if isinstance(model.prices, dict) else model.prices
    base: Loose = {}
    tiers: list[PriceTier] = []
    for place, each in enumerate(listed):
        when, since = each.when, each.when.start_date
        starts = [other.when.start_date for other in listed[place + 1 :] if other.when.start_date is not None]
        until = min(starts, default=None)  # of those that hold, the last counts
        if since is not None and until is not None and until <= since:
            continue
        if when.start_time and when.end_time:
            clock = {"utc_start": when.start_time[:5], "utc_end": when.end_time[:5]}
            tiers += _tiers(each.prices, model.id, **clock, since=since, until=until, whole=True)
        elif (since is None or since <= on) and (until is None or on < until):
            base = each.prices
        else:
            tiers += _tiers(each.prices, model.id, since=since, until=until, whole=True)
    batch: dict[str, float | None] = {}
    for variant in model.price_variants or ():
        if variant.how == {"processing": "batch"} and _held(variant.when.start_date, on):
            batch = {_BATCH[ours]: price for ours, price in _tokens(variant.prices, model.id).items() if ours in _BATCH}
        elif (service := _service(variant.how)) and _held(variant.when.start_date, on):
            tiers += _tiers({**base, **variant.prices}, model.id, service=service, whole=True)
    return rows.prices(
        **_tokens(base, model.id),
        **batch,
        per_request=rows.price(base, "requests_kcount", model.id, -3),
        per_web_search=rows.price(base, "web_searches_kcount", model.id, -3),
        tiers=(*_tiers(base, model.id), *tiers) or None,
    )


def _held(since: date | None, on: date) -> bool:
    """Whether a variant holds on that day. Nobody says what it cost before it was verified."""
    return since is None or since <= on


def _service(how: dict[str, str]) -> str | None:
    found = [_SERVICES.get(condition) for condition in how.items()]
    return found[0] if len(found) == 1 else None


def _tokens(prices: Loose, source: str) -> dict[str, float | None]:
    """The base prices."""
    return {ours: rows.price({theirs: _base(prices.get(theirs))}, theirs, source) for ours, theirs in _TOKENS.items()}


def _base(value: object) -> object:
    return value.get("base") if isinstance(value, dict) else value


def _tiers(prices: Loose, source: str, *, whole: bool = False, **condition: object) -> Iterator[PriceTier]:
    """The tiers by length of the prompt, under a further `condition`; `whole` also gives the shortest.

    A tier starts above its `start`. A price without tiers holds for any length.
    """
    flat = _tokens(prices, source)
    if whole and any(value is not None for value in flat.values()):
        yield rows.tier(flat, **condition)
    by_start: dict[int, dict[str, float | None]] = {}
    for ours, theirs in _TOKENS.items():
        tiers = rows.mapping(prices.get(theirs)).get("tiers")
        for tier in map(rows.mapping, tiers if isinstance(tiers, list) else ()):
            start = rows.size(tier, "start", source)
            if start is None:
                raise ProtocolError(f"genai_prices: {source}: a tier without a start: {tier!r}")
            by_start.setdefault(start, {})[ours] = rows.price(tier, "price", source)
    for start in sorted(by_start):
        yield rows.tier((flat if whole else {}) | by_start[start], min_input_tokens=start + 1, **condition)
