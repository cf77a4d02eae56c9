"""Model facts offline, with who said each of them and when. Its public face is `fluent_ai.models`.

models.get("openai:gpt-5.1").retires_on
models.find(provider="openrouter", tools=True, min_context=200_000, max_input_price=1.0)
models.cost(reply).total
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.facts import ModelInfo, Prices, PriceTier, RateLimits
from fluent_ai.provenance import Claim, Source
from fluent_ai.registry.lifecycle import ModelRetired, ModelRetiring
from fluent_ai.registry.lookup import Registry

if TYPE_CHECKING:
    from fluent_ai.registry.changes import Change as Change
    from fluent_ai.registry.comparing import Cell as Cell
    from fluent_ai.registry.comparing import Comparison as Comparison
    from fluent_ai.registry.comparing import ComparisonRow as ComparisonRow
    from fluent_ai.registry.costing import Cost as Cost
    from fluent_ai.registry.finding import Filters as Filters
    from fluent_ai.registry.overlays import Facts as Facts

_WHERE = {
    "Cell": "comparing", "Change": "changes", "Comparison": "comparing", "ComparisonRow": "comparing",
    "Cost": "costing", "Facts": "overlays", "Filters": "finding",
}  # fmt: skip

__all__ = [
    "Cell",
    "Change",
    "Claim",
    "Comparison",
    "ComparisonRow",
    "Cost",
    "Facts",
    "Filters",
    "ModelInfo",
    "ModelRetired",
    "ModelRetiring",
    "PriceTier",
    "Prices",
    "RateLimits",
    "Registry",
    "Source",
    "as_of",
    "cheapest",
    "compare",
    "cost",
    "default",
    "define",
    "estimate",
    "find",
    "get",
    "list",
    "lookup",
    "near",
    "overlay",
]

default = Registry()
"""The registry that the functions of this module ask, and clients that are given no other."""

get = default.get
find = default.find
list = default.list  # noqa: A001  # read as `models.list`
lookup = default.lookup
near = default.near
cost = default.cost
estimate = default.estimate
cheapest = default.cheapest
compare = default.compare
define = default.define
overlay = default.overlay
as_of = default.as_of


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_WHERE[name]}", __name__), name)
    globals()[name] = value
    return value
