"""`GET /api/v1/models` of OpenRouter: the richest list. Prices are text in dollars per token; -1 means it varies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from fluent_ai.registry.facts import Kind, ModelFacts, Prices, PriceTier
from fluent_ai.registry.lists._units import day, modalities, per_million, unit_price

ORIGINS = {
    "id": "id",
    "name": "name",
    "kind": "architecture.output_modalities",
    "context_window": "context_length",
    "max_output_tokens": "top_provider.max_completion_tokens",
    "prices": "pricing",
    "input_modalities": "architecture.input_modalities",
    "output_modalities": "architecture.output_modalities",
    "tools": "supported_parameters",
    "parallel_tools": "supported_parameters",
    "structured_output": "supported_parameters",
    "reasoning": "supported_parameters",
    "vision": "architecture.input_modalities",
    "audio": "architecture.input_modalities",
    "pdf": "architecture.input_modalities",
    "free_tier": "id",
    "released": "created",
    "knowledge_cutoff": "knowledge_cutoff",
    "retires_on": "expiration_date",
    "aliases": "alias_target.slug",
}


class _Rates(msgspec.Struct):
    prompt: Decimal | None = None
    completion: Decimal | None = None
    input_cache_read: Decimal | None = None
    input_cache_write: Decimal | None = None
    input_cache_write_1h: Decimal | None = None
    internal_reasoning: Decimal | None = None
    image: Decimal | None = None
    image_output: Decimal | None = None
    audio: Decimal | None = None
    audio_output: Decimal | None = None
    input_audio_cache: Decimal | None = None


class _Override(_Rates, forbid_unknown_fields=True):
    """Prices under conditions. One under a condition that is not known here makes all prices of the model unknown."""

    min_prompt_tokens: int | None = None
    utc_start: int | None = None
    utc_end: int | None = None


class _Pricing(_Rates):
    request: Decimal | None = None
    web_search: Decimal | None = None
    overrides: list[msgspec.Raw] | None = None


class _Architecture(msgspec.Struct, frozen=True):
    input_modalities: list[str] | None = None
    output_modalities: list[str] | None = None


class _TopProvider(msgspec.Struct):
    max_completion_tokens: int | None = None


class _AliasTarget(msgspec.Struct):
    slug: str


class _Model(msgspec.Struct):
    id: str
    name: str | None = None
    created: float | None = None
    context_length: int | None = None
    architecture: _Architecture = _Architecture()
    pricing: _Pricing | None = None
    top_provider: _TopProvider | None = None
    supported_parameters: list[str] | None = None
    knowledge_cutoff: date | None = None
    expiration_date: date | None = None
    alias_target: _AliasTarget | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode
_decode_override = msgspec.json.Decoder(_Override).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).data]


def _facts(model: _Model) -> ModelFacts:
    inputs, outputs = model.architecture.input_modalities, model.architecture.output_modalities
    takes = model.supported_parameters
    kind: Kind | None = "chat" if outputs and "text" in outputs else None
    return ModelFacts(
        id=model.id,
        name=model.name or None,
        kind=kind,
        context_window=model.context_length or None,
        max_output_tokens=model.top_provider.max_completion_tokens if model.top_provider else None,
        prices=_prices(model.pricing, by_token=not _billed_otherwise(model)) if model.pricing else None,
        input_modalities=modalities(inputs),
        output_modalities=modalities(outputs),
        tools=None if takes is None else "tools" in takes,
        # Few hosts list this parameter even if they accept it, so its absence means nothing.
        parallel_tools=True if takes and "parallel_tool_calls" in takes else None,
        structured_output=None if takes is None else "structured_outputs" in takes,
        reasoning=None if takes is None else "reasoning" in takes,
        vision=None if inputs is None else "image" in inputs,
        audio=None if inputs is None else "audio" in inputs,
        pdf=None if inputs is None else "file" in inputs,
        free_tier=True if model.id.endswith((":free", "/free")) and _costs_nothing(model.pricing) else None,
        released=day(model.created),
        knowledge_cutoff=model.knowledge_cutoff,
        retires_on=model.expiration_date,
        aliases=(model.alias_target.slug,) if model.alias_target else None,
    )


def _costs_nothing(pricing: _Pricing | None) -> bool:
    return pricing is not None and not pricing.prompt and not pricing.completion


def _billed_otherwise(model: _Model) -> bool:
    """Whether its prices of zero only say that tokens are not what is billed: a song or a video has its own price."""
    writes = model.architecture.output_modalities
    return bool(writes and writes != ["text"]) and _costs_nothing(model.pricing)


def _prices(pricing: _Pricing, *, by_token: bool) -> Prices | None:
    try:
        overrides = [_decode_override(override) for override in pricing.overrides or ()]
    except msgspec.ValidationError:
        return None
    unbilled = {} if by_token else {"input": None, "output": None}
    prices = Prices(
        **(_token_prices(pricing) | unbilled),
        per_request=unit_price(pricing.request),
        per_web_search=unit_price(pricing.web_search),
        tiers=tuple(_tier(override) for override in overrides),
    )
    return None if prices == Prices() else prices


def _tier(override: _Override) -> PriceTier:
    conditions = PriceTier(
        min_input_tokens=override.min_prompt_tokens,
        utc_start=_clock(override.utc_start),
        utc_end=_clock(override.utc_end),
    )
    return msgspec.structs.replace(conditions, **_token_prices(override))


def _token_prices(rates: _Rates) -> dict[str, float | None]:
    return {
        "input": per_million(rates.prompt),
        "output": per_million(rates.completion),
        "cache_read": per_million(rates.input_cache_read),
        "cache_write": per_million(rates.input_cache_write),
        "cache_write_1h": per_million(rates.input_cache_write_1h),
        "reasoning": per_million(rates.internal_reasoning),
        "image_input": per_million(rates.image),
        "image_output": per_million(rates.image_output),
        "audio_input": per_million(rates.audio),
        "audio_output": per_million(rates.audio_output),
        "audio_cache_read": per_million(rates.input_audio_cache),
    }


def _clock(hhmm: int | None) -> str | None:
    """1030 is half past ten; 2400 is midnight."""
    return None if hhmm is None else f"{hhmm // 100 % 24:02}:{hhmm % 100:02}"
