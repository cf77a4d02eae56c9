"""`GET /v1/models` of Hugging Face's router: each model with the hosts that serve it, and their prices.

The router may choose any host, so a fact on which hosts differ is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

import msgspec

from fluent_ai.registry.facts import ModelFacts, Prices
from fluent_ai.registry.lists._units import day, modalities, unit_price

ORIGINS = {
    "id": "id",
    "kind": "architecture.output_modalities",
    "context_window": "providers.context_length",
    "prices": "providers.pricing",
    "input_modalities": "architecture.input_modalities",
    "output_modalities": "architecture.output_modalities",
    "tools": "providers.supports_tools",
    "structured_output": "providers.supports_structured_output",
    "vision": "architecture.input_modalities",
    "released": "created",
}

_T = TypeVar("_T")


class _Pricing(msgspec.Struct):
    input: Decimal | None = None
    output: Decimal | None = None


class _Host(msgspec.Struct):
    status: str | None = None
    context_length: int | None = None
    pricing: _Pricing | None = None
    supports_tools: bool | None = None
    supports_structured_output: bool | None = None


class _Architecture(msgspec.Struct, frozen=True):
    input_modalities: list[str] | None = None
    output_modalities: list[str] | None = None


class _Model(msgspec.Struct):
    id: str
    created: float | None = None
    architecture: _Architecture = _Architecture()
    providers: list[_Host] | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).data]


def _facts(model: _Model) -> ModelFacts:
    hosts = [host for host in model.providers or () if host.status == "live"]
    inputs, outputs = model.architecture.input_modalities, model.architecture.output_modalities
    return ModelFacts(
        id=model.id,
        kind="chat" if outputs and "text" in outputs else None,
        context_window=_agreed(host.context_length for host in hosts),
        prices=_agreed(_prices(host.pricing) for host in hosts),
        input_modalities=modalities(inputs),
        output_modalities=modalities(outputs),
        tools=_agreed(host.supports_tools for host in hosts),
        structured_output=_agreed(host.supports_structured_output for host in hosts),
        vision=None if inputs is None else "image" in inputs,
        released=day(model.created),
    )


def _prices(pricing: _Pricing | None) -> Prices | None:
    return None if pricing is None else Prices(input=unit_price(pricing.input), output=unit_price(pricing.output))


def _agreed(values: Iterable[_T | None]) -> _T | None:
    """The common value; None if one differs or is missing."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
