"""Documents are newer than what they say: a price that another source knows to be over is not believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isclose

from fluent_ai.registry.facts import PriceTier
from fluent_ai.registry.price_tiers import conditions

from fluent_ai_codegen.merge.opinion import Opinion

_ROUNDING = 0.02
"""Of discounts, which some sources state as products and others as they are printed."""

_Pair = tuple[float, float]


def is_over(opinion: Opinion, opinions: Sequence[Opinion]) -> bool:
    """Whether the input and output prices are, by the history of another source, those of days that are over.

    Who knows a history knows when prices changed; who repeats an old price has not heard of it.
    """
    mine = _base(opinion.facts)
    return mine is not None and any(
        each.source != opinion.source
        and (now := _base(each.facts)) is not None
        and not _same(now, mine)
        and any(_same(past, mine) for past in _past(each.facts))
        for each in opinions
    )


def _base(facts: Mapping[str, object]) -> _Pair | None:
    return _pair(facts.get("prices.input"), facts.get("prices.output"))


def _past(facts: Mapping[str, object]) -> list[_Pair]:
    tiers = facts.get("prices.tiers")
    of_days = [
        tier
        for tier in (tiers if isinstance(tiers, tuple) else ())
        if isinstance(tier, PriceTier) and tier.until is not None and conditions(tier) <= {"days", "hours"}
    ]
    return [pair for tier in of_days if (pair := _pair(tier.input, tier.output))]


def _pair(read: object, written: object) -> _Pair | None:
    return (read, written) if isinstance(read, int | float) and isinstance(written, int | float) else None


def _same(one: _Pair, other: _Pair) -> bool:
    return all(isclose(mine, theirs, rel_tol=_ROUNDING) for mine, theirs in zip(one, other, strict=True))
