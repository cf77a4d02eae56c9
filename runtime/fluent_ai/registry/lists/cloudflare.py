"""`GET /ai/models/search` of Cloudflare: a task and untyped properties. Calls use the `name`, not the `id`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import msgspec

from fluent_ai.registry.facts import Kind, ModelFacts, Prices
from fluent_ai.registry.lists._units import unit_price

ORIGINS = {
    "id": "name",
    "kind": "task.name",
    "context_window": "properties.context_window",
    "max_input_tokens": "properties.max_input_tokens",
    "prices": "properties.price",
    "tools": "properties.function_calling",
    "reasoning": "properties.reasoning",
    "vision": "properties.vision",
    "embeddings": "task.name",
    "embedding_dimensions": "properties.output_dimensions",
    "released": "created_at",
}

_KINDS: dict[str, Kind] = {
    "Text Generation": "chat",
    "Text Embeddings": "embedding",
    "Text-to-Image": "image",
    "Automatic Speech Recognition": "transcription",
    "Text-to-Speech": "speech",
}


class _Price(msgspec.Struct):
    unit: str
    price: Decimal | None = None
    currency: str | None = None


class _Property(msgspec.Struct):
    property_id: str
    value: str | bool | float | list[_Price] | None = None


class _Task(msgspec.Struct):
    name: str | None = None


class _Model(msgspec.Struct):
    name: str
    task: _Task | None = None
    created_at: datetime | None = None
    properties: list[_Property] | None = None


class _List(msgspec.Struct):
    result: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).result]


def _facts(model: _Model) -> ModelFacts:
    stated = {each.property_id: each.value for each in model.properties or ()}
    task = model.task.name if model.task else None
    kind = None if task is None else _KINDS.get(task, "other")
    return ModelFacts(
        id=model.name,
        kind=kind,
        context_window=_number(stated, "context_window"),
        max_input_tokens=_number(stated, "max_input_tokens"),
        prices=_prices(stated.get("price")),
        tools=_flag(stated, "function_calling"),
        reasoning=_flag(stated, "reasoning"),
        vision=_flag(stated, "vision"),
        embeddings=None if kind is None else kind == "embedding",
        embedding_dimensions=_number(stated, "output_dimensions"),
        released=model.created_at.date() if model.created_at else None,
    )


def _number(stated: Mapping[str, object], name: str) -> int | None:
    value = stated.get(name)
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else None


def _flag(stated: Mapping[str, object], name: str) -> bool | None:
    return {"true": True, "false": False}.get(str(stated.get(name)).lower())


def _prices(rows: object) -> Prices | None:
    by_unit = (
        {row.unit: unit_price(row.price) for row in rows if row.currency == "USD"} if isinstance(rows, list) else {}
    )
    prices = Prices(
        input=by_unit.get("per M input tokens"),
        output=by_unit.get("per M output tokens"),
        cache_read=by_unit.get("per M cached input tokens"),
        per_audio_minute=by_unit.get("per audio minute"),
    )
    return None if prices == Prices() else prices
