"""The shared registry, and its methods as functions."""

from __future__ import annotations

from fluent_ai.registry.lookup import Registry

__all__ = [
    "as_of",
    "cheapest",
    "compare",
    "cost",
    "define",
    "did_you_mean",
    "estimate",
    "find",
    "get",
    "list",
    "lookup",
    "overlay",
]  # fmt: skip

default = Registry()
"""The registry behind these functions, and of clients without a registry of their own."""

get = default.get
find = default.find
list = default.list  # noqa: A001  # read as `models.list`
lookup = default.lookup
did_you_mean = default.did_you_mean
cost = default.cost
estimate = default.estimate
cheapest = default.cheapest
compare = default.compare
define = default.define
overlay = default.overlay
as_of = default.as_of
