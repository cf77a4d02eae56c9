"""When two sources say the same of a fact."""

from __future__ import annotations

from datetime import date, timedelta
from math import isclose

from fluent_ai.registry.facts import PriceTier, TokenPrices

_PRICE_ROUNDING = 0.005
_SIZES = {"context_window", "max_input_tokens", "max_output_tokens"}
_SETS = {"input_modalities", "output_modalities", "aliases", "regions", "protocols"}
_LABELS = {"name"}
_KILO = (1.0, 1.024, 1.024**2)
"""Of two numbers that are the same in thousands or millions, decimal and binary."""


def comparable(fact: str) -> bool:
    """Whether two sources can contradict each other in it; a name is a label."""
    return fact not in _LABELS


def same(fact: str, one: object, other: object) -> bool:
    """Whether both values say the same, up to rounding. Symmetric."""
    if one == other:
        return True
    if fact in _SIZES and isinstance(one, int) and isinstance(other, int):
        return _same_size(one, other)
    if fact in _SETS and isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    if isinstance(one, date) and isinstance(other, date):
        return _same_day(fact, one, other)
    if fact == "prices.tiers" and isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same_tier, one, other))
    if fact.startswith("prices.") and isinstance(one, int | float) and isinstance(other, int | float):
        return _same_price(one, other)
    return False


def _same_price(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=_PRICE_ROUNDING)


def _same_size(one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return any(isclose(high, low * ratio, rel_tol=0.001) for ratio in _KILO) if low > 0 else False


def _same_day(fact: str, one: date, other: date) -> bool:
    if fact == "knowledge_cutoff":
        return (one.year, one.month) == (other.year, other.month)
    return fact == "released" and abs(one - other) <= timedelta(days=7)


def _same_tier(one: PriceTier, other: PriceTier) -> bool:
    """What both state of it; the hours of a tier must be the same."""
    if (one.utc_start, one.utc_end) != (other.utc_start, other.utc_end):
        return False
    sizes = (one.min_input_tokens, other.min_input_tokens)
    if sizes[0] != sizes[1] and not (sizes[0] and sizes[1] and _same_size(sizes[0], sizes[1])):
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in TokenPrices.__struct_fields__]
    return all(_same_price(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None)
