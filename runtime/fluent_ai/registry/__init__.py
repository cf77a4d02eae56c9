"""Model facts, available offline, each with its source and date. The public face is `fluent_ai.models`.

models.get("openai:gpt-5.1").retires_on
models.find(provider="openrouter", tools=True, min_context=200_000, max_input_price=1.0)
models.cost(reply).total
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.lazy_names import lazy_names

if TYPE_CHECKING:
    from fluent_ai.registry.changes import Change as Change
    from fluent_ai.registry.comparing import Cell as Cell
    from fluent_ai.registry.comparing import Comparison as Comparison
    from fluent_ai.registry.comparing import ComparisonRow as ComparisonRow
    from fluent_ai.registry.costing import Cost as Cost
    from fluent_ai.registry.facts import ModelInfo as ModelInfo
    from fluent_ai.registry.facts import Prices as Prices
    from fluent_ai.registry.facts import PriceTier as PriceTier
    from fluent_ai.registry.facts import RateLimits as RateLimits
    from fluent_ai.registry.finding import Filters as Filters
    from fluent_ai.registry.lookup import Registry as Registry
    from fluent_ai.registry.overlays import Facts as Facts
    from fluent_ai.registry.provenance import Attribution as Attribution
    from fluent_ai.registry.provenance import Claim as Claim
    from fluent_ai.registry.retirement import ModelRetired as ModelRetired
    from fluent_ai.registry.retirement import ModelRetiring as ModelRetiring
    from fluent_ai.registry.shared import default as default

_WHERE = {
    "changes": ("Change",),
    "comparing": ("Cell", "Comparison", "ComparisonRow"),
    "costing": ("Cost",),
    "facts": ("ModelInfo", "PriceTier", "Prices", "RateLimits"),
    "finding": ("Filters",),
    "lookup": ("Registry",),
    "overlays": ("Facts",),
    "provenance": ("Attribution", "Claim"),
    "retirement": ("ModelRetired", "ModelRetiring"),
    "shared": ("default",),
}

if not TYPE_CHECKING:
    __all__, __getattr__, __dir__ = lazy_names(__name__, _WHERE)
