"""The rows that sources give, and how fields of loose JSON are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import TypeAlias

import msgspec
from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier
from fluent_ai.registry.lists._units import scaled
from fluent_ai.type_info import prepare

Loose: TypeAlias = Mapping[str, object]
"""A row of somebody's hand-edited file, where any field may be absent."""


class SourceModel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a source says of the model that it calls `facts.id` at a provider of ours."""

    provider: str
    facts: ModelFacts


prepare(SourceModel)

_MOST = 1e12


def mapping(value: object) -> Loose:
    """The row that stands inside another; an empty one where there is none."""
    return value if isinstance(value, dict) else {}


def number(row: Loose, field: str, source: str) -> Decimal | None:
    """A number of at least 0; None where there is none. ProtocolError for what is no number."""
    value = row.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProtocolError(f"{source}: {field} = {value!r}; expected a number")
    if not isfinite(value) or value > _MOST:
        raise ProtocolError(f"{source}: {field} = {value!r}; expected a number up to {_MOST:g}")
    return Decimal(repr(value)) if value >= 0 else None


def price(row: Loose, field: str, source: str, power: int = 0) -> float | None:
    """A price times ten to `power`."""
    return scaled(number(row, field, source), power)


def size(row: Loose, field: str, source: str) -> int | None:
    """A number of tokens; 0 says that it is not known."""
    value = number(row, field, source)
    return int(value) or None if value is not None else None


def flag(row: Loose, field: str, source: str) -> bool | None:
    value = row.get(field)
    if value is not None and not isinstance(value, bool):
        raise ProtocolError(f"{source}: {field} = {value!r}; expected true or false")
    return value


def texts(row: Loose, field: str) -> list[str] | None:
    """The texts of a list; None where there is none."""
    value = row.get(field)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else None


def day(value: object) -> date | None:
    """`2025-06-30`, or `2025-06` as its first day; None for what is no date, as a year alone."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(f"{value}-01" if len(value) == 7 else value)
    except ValueError:
        return None


def tier(tokens: dict[str, float | None], **condition: object) -> PriceTier:
    """Prices that hold under a condition of `PriceTier`."""
    return msgspec.convert(
        {name: value for name, value in (tokens | condition).items() if value is not None}, PriceTier
    )


def prices(**values: object) -> Prices | None:
    """Prices, or None when none is known."""
    found = msgspec.convert({name: value for name, value in values.items() if value is not None}, Prices)
    return None if found == Prices() else found
