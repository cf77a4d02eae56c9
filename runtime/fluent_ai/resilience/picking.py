"""In which order the legs of a route are asked, by their numbers."""

from __future__ import annotations

import random
from collections.abc import Sequence

from fluent_ai.resilience.load import Load

_SHARED = random.Random()  # noqa: S311  # not a secret


def by_speed(loads: Sequence[Load], chance: random.Random = _SHARED) -> list[int]:
    """The less loaded of two legs that are drawn at random, then that of two others, and so on; who has failed is last.

    Two choices avoid both the slow legs and the rush of all calls to the one that looks best just now.
    Source: M. Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 1996.

    >>> quick, slow = Load(), Load()
    >>> quick.observe(0.2), slow.observe(2.0)
    (None, None)
    >>> by_speed([slow, quick])
    [1, 0]
    """
    well, resting = _by_health(loads)
    order = []
    while well:
        two = chance.sample(well, 2) if len(well) > 2 else well
        order.append(min(two, key=lambda leg: loads[leg].load))
        well.remove(order[-1])
    return order + resting


def by_weight(loads: Sequence[Load], weights: Sequence[float], chance: random.Random = _SHARED) -> list[int]:
    """Legs drawn by their weights; then those without one, in their order; then those that have failed."""
    well, resting = _by_health(loads)
    order = []
    while drawn := [leg for leg in well if weights[leg] > 0]:
        order += chance.choices(drawn, [weights[leg] for leg in drawn])
        well.remove(order[-1])
    return order + well + resting


def by_price(prices: Sequence[float | None]) -> list[int]:
    """The cheapest leg first; among equal ones, and among those without a known price, which are last, as they stand.

    >>> by_price([None, 0.2, 0.1, None, 0.1])
    [2, 4, 1, 0, 3]
    """
    return sorted(range(len(prices)), key=lambda leg: _price(prices[leg]))


def _price(price: float | None) -> float:
    return float("inf") if price is None else price


def _by_health(loads: Sequence[Load]) -> tuple[list[int], list[int]]:
    """The legs that are well, and the others, of which the one is first that rests the shortest."""
    rests = [each.rest for each in loads]
    well = [leg for leg, rest in enumerate(rests) if rest <= 0]
    return well, sorted((leg for leg, rest in enumerate(rests) if rest > 0), key=lambda leg: rests[leg])
