"""Model facts offline, with who said each of them and when. Imported as `fluent_ai.models`.

models.get("openai:gpt-5.1").retires_on
models.find(provider="openrouter", tools=True, min_context=200_000, max_input_price=1.0)
"""

from __future__ import annotations

from fluent_ai.facts import ModelInfo, Prices, PriceTier, RateLimits
from fluent_ai.provenance import Claim, Source
from fluent_ai.registry.lookup import Registry

__all__ = [
    "Claim",
    "ModelInfo",
    "PriceTier",
    "Prices",
    "RateLimits",
    "Registry",
    "Source",
    "default",
    "find",
    "get",
    "list",
    "lookup",
    "near",
]

default = Registry()
"""The registry that the functions of this module ask."""

get = default.get
find = default.find
list = default.list  # noqa: A001  # read as `models.list`
lookup = default.lookup
near = default.near
