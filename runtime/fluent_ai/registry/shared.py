"""The registry that all share, and its methods as functions."""

from __future__ import annotations

from fluent_ai.registry.lookup import Registry

__all__ = [
    "as_of", "cheapest", "compare", "cost", "define", "estimate", "find", "get", "list", "lookup", "near", "overlay",
]  # fmt: skip

default = Registry()
"""The registry that these functions ask, and clients that are given no other."""

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
