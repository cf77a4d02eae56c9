"""Which of a model's prices hold for one request: by the length of its prompt, its time, and how it was served."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from fluent_ai.registry.facts import Prices, PriceTier

_CONDITIONS: dict[str, str] = {
    "min_input_tokens": "length",
    "utc_start": "hours",
    "utc_end": "hours",
    "weekdays": "hours",
    "since": "days",
    "until": "days",
    "service": "service",
}


class PriceSheet:
    """The prices of one request.

    Of two tiers that hold, the one that has all conditions of the other decides. Where neither has, such as a tier of
    some hours and one of longer prompts, nobody has said what a request costs to which both apply. What no tier of the
    request's days and service states is unknown, because the base prices are of other days and at list price.
    """

    __slots__ = ("_base", "_flat", "_needed", "_tiers")

    def __init__(self, prices: Prices, prompt: float, at: datetime, service: str) -> None:
        self._base = prices
        self._tiers = [tier for tier in prices.tiers if _holds(tier, prompt, at, service)] if prices.tiers else []
        self._flat = not self._tiers and not service
        if self._flat:
            return
        dated = any("days" in conditions(tier) for tier in self._tiers)
        self._needed = frozenset(kind for kind, needed in (("service", bool(service)), ("days", dated)) if needed)

    def price(self, names: Sequence[str]) -> float | None:
        """The first of these prices that is stated; None if it is not known."""
        for name in names:
            found: float | None = getattr(self._base, name, None) if self._flat else self._price(name)
            if found is not None:
                return found
        return None

    def _price(self, name: str) -> float | None:
        base: float | None = getattr(self._base, name, None)
        if name.startswith("per_"):
            return base  # tiers are of tokens
        plain = name.removeprefix("batch_")
        if plain != name and any(getattr(tier, plain) and getattr(tier, name) is None for tier in self._tiers):
            return None  # a batch of longer prompts costs more too, nobody says how much
        stating = [tier for tier in self._tiers if getattr(tier, name) is not None]
        named = self._needed.union(*map(conditions, stating))
        if not named:
            return base
        deciding = [tier for tier in stating if conditions(tier) >= named]
        if not deciding:
            return None
        longest = max(tier.min_input_tokens or 0 for tier in deciding)
        prices = {getattr(tier, name) for tier in deciding if (tier.min_input_tokens or 0) == longest}
        found: float = prices.pop()
        return None if prices else found


def conditions(tier: PriceTier) -> frozenset[str]:
    """What a tier depends on: `length`, `hours`, `days`, `service`."""
    return frozenset(kind for field, kind in _CONDITIONS.items() if getattr(tier, field) is not None)


def _holds(tier: PriceTier, prompt: float, at: datetime, service: str) -> bool:
    now = at.astimezone(UTC)
    if tier.min_input_tokens is not None and prompt < tier.min_input_tokens:
        return False
    if tier.service is not None and tier.service != service:
        return False
    if tier.since is not None and now.date() < tier.since:
        return False
    if tier.until is not None and now.date() >= tier.until:
        return False
    if tier.weekdays is not None and now.isoweekday() not in tier.weekdays:
        return False
    if tier.utc_start is None or tier.utc_end is None:
        return True
    clock = now.strftime("%H:%M")
    if tier.utc_start < tier.utc_end:
        return tier.utc_start <= clock < tier.utc_end
    return clock >= tier.utc_start or clock < tier.utc_end
