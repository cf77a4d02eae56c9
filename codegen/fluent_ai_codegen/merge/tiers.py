"""Which source states the prices under each kind of condition."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from fluent_ai.registry.facts import PriceTier
from fluent_ai.registry.price_tiers import conditions

from fluent_ai_codegen.merge.agreement import same


class JoinedTiers(NamedTuple):
    """`sources` state some of the tiers or agree, the best first; `others` state other tiers."""

    tiers: tuple[PriceTier, ...]
    sources: list[int]
    others: list[tuple[int, tuple[PriceTier, ...]]]


def join_tiers(stated: Sequence[tuple[int, tuple[PriceTier, ...]]], fitting: Collection[int]) -> JoinedTiers:
    """The tiers of each kind, such as those of a service or of longer prompts, from the first source that has any.

    `stated` are source and tiers, the most credible first. Only prices of days that are over may come from a source
    that is not `fitting`, that is, whose present prices differ: that is a dispute of its prices, and one of its tiers
    only where none of them is taken.
    """
    taken: dict[frozenset[str], tuple[int, tuple[PriceTier, ...]]] = {}
    others, agreeing = [], []
    for source, tiers in stated:
        differs = refused = False
        for kind in dict.fromkeys((conditions(tier), tier.until is not None) for tier in tiers):
            group = tuple(tier for tier in tiers if (conditions(tier), tier.until is not None) == kind)
            named = kind[0] | {"over"} if kind[1] else kind[0]
            if named in taken:
                differs = differs or not same("prices.tiers", taken[named][1], group)
            elif source in fitting or kind[1]:
                taken[named] = (source, group)
            else:
                refused = True
        if differs or (refused and all(source != by for by, _ in taken.values())):
            others.append((source, tiers))
        else:
            agreeing.append(source)
    sources = list(dict.fromkeys([*(source for source, _ in taken.values()), *agreeing]))
    return JoinedTiers(tuple(tier for _, group in taken.values() for tier in group), sources, others)
