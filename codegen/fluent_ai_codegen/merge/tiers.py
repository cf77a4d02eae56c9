"""Which source states the prices under each kind of condition."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from fluent_ai.registry.facts import PriceTier
from fluent_ai.registry.price_tiers import conditions

from fluent_ai_codegen.merge.agreement import same

_PAST = "over"
"""Among the conditions of a kind: its days are over."""


class JoinedTiers(NamedTuple):
    """`sources` state some of the tiers or agree, the best first; `others` state other tiers."""

    tiers: tuple[PriceTier, ...]
    sources: list[int]
    others: list[tuple[int, tuple[PriceTier, ...]]]


def join_tiers(stated: Sequence[tuple[int, tuple[PriceTier, ...]]], fitting: Collection[int]) -> JoinedTiers:
    """The tiers of each kind, such as those of a service or of longer prompts, from the first source that has any.

    `stated` are source and tiers, the most credible first. Prices of days that are over do not age, so they all come
    from the source with the best rank, which need not be `fitting`: that its present prices differ is a dispute of
    these, and one of its tiers only where none of them is taken. Past prices that this source lacks contradict nothing.
    """
    historian = min((source for source, tiers in stated if any(map(_over, tiers))), default=None)
    taken: dict[frozenset[str], tuple[int, tuple[PriceTier, ...]]] = {}
    for source, tiers in stated:
        for kind, group in _kinds(tiers).items():
            if source == historian if _PAST in kind else source in fitting and kind not in taken:
                taken[kind] = (source, group)
    used = {source for source, _ in taken.values()}
    others: list[tuple[int, tuple[PriceTier, ...]]] = []
    agreeing: list[int] = []
    for source, tiers in stated:
        kinds = _kinds(tiers)
        differs = any(not same("prices.tiers", taken[kind][1], kinds[kind]) for kind in kinds if kind in taken)
        refused = source not in used and any(kind not in taken and _PAST not in kind for kind in kinds)
        if differs or refused:
            others.append((source, tiers))
        else:
            agreeing.append(source)
    sources = list(dict.fromkeys([*(source for source, _ in taken.values()), *agreeing]))
    return JoinedTiers(tuple(tier for _, group in taken.values() for tier in group), sources, others)


def _kinds(tiers: Sequence[PriceTier]) -> dict[frozenset[str], tuple[PriceTier, ...]]:
    """Tiers by what they depend on; those of the past are kinds of their own."""
    found: dict[frozenset[str], tuple[PriceTier, ...]] = {}
    for tier in tiers:
        kind = conditions(tier) | {_PAST} if _over(tier) else conditions(tier)
        found[kind] = (*found.get(kind, ()), tier)
    return found


def _over(tier: PriceTier) -> bool:
    return tier.until is not None
