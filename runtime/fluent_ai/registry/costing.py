"""What a request cost or would cost, in US dollars. A price that nobody states makes the sum unknown, never smaller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import ClassVar

import msgspec

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.reply import Reply, Usage
from fluent_ai.content.results import Result
from fluent_ai.errors import ConfigError
from fluent_ai.providers.table import ProviderTable
from fluent_ai.registry.billing import billed_units, prompt_size
from fluent_ai.registry.facts import ModelInfo, Prices, PriceTier, TokenPrices

_INSTEAD = {"reasoning": "output", "image_input": "input"}
"""What is charged for like something else where it has no price of its own."""
_BATCH = {
    "input": "batch_input",
    "output": "batch_output",
    "cache_read": "batch_cache_read",
    "reasoning": "batch_output",
}
_MOST = 10**15
_ONLY_INPUT = {"embedding", "rerank", "moderation"}


class Cost(JsonStruct, frozen=True, kw_only=True):
    """US dollars of one request.

    `total` is None where it is not known, and `reason` says why; `parts` holds what is known, by the name of the price
    (`input`, `cache_read`...), and `missing` the prices that are not. `estimated` is False where the provider itself
    said the sum (`usage.cost`), which then has no parts; a sum made of list prices knows no discounts.
    """

    currency: ClassVar[str] = "USD"
    """All sums are in US dollars."""
    model: str | None = None
    """The full name of the model."""
    total: float | None = None
    """The sum; None where a price that it needs is unknown."""
    parts: dict[str, float] = msgspec.field(default_factory=dict)
    """What each kind of token or unit cost."""
    estimated: bool = True
    """False where the provider itself states the sum."""
    missing: tuple[str, ...] = ()
    """The prices that are unknown."""
    reason: str | None = None
    """Why there is no total."""

    @property
    def at_least(self) -> float:
        """The sum of the parts that are known."""
        return sum(self.parts.values()) if self.total is None else self.total


def usage_of(spent: Reply | Result | Usage) -> tuple[Usage | None, str | None, str | None]:
    """The usage, and provider and model where the reply names them. ConfigError for anything else."""
    if isinstance(spent, Usage):
        return spent, None, None
    if isinstance(spent, Reply | Result):
        return spent.usage, spent.provider, spent.model
    raise ConfigError(f"reply is of type {type(spent).__name__}; allowed: a Reply, the result of another verb, a Usage")


def cost_of(model: ModelInfo, usage: Usage, *, batch: bool = False, at: datetime | None = None) -> Cost:
    """The sum by the prices of the model, `usage` being counted as its provider does."""
    return price_units(model, billed_units(usage, _protocol(model)), batch=batch, at=at)


def estimate(
    model: ModelInfo, input_tokens: int, output_tokens: int = 0, *, batch: bool = False, at: datetime | None = None
) -> Cost:
    """What so many tokens would cost. ConfigError for a count that is none."""
    check_counts(input_tokens, output_tokens)
    return price_units(model, {"input": input_tokens, "output": output_tokens}, batch=batch, at=at)


def check_counts(input_tokens: object, output_tokens: object) -> None:
    """ConfigError for a count of tokens that is none."""
    for name, count in (("input_tokens", input_tokens), ("output_tokens", output_tokens)):
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= _MOST:
            raise ConfigError(f"{name} is {count!r:.40}; allowed: a whole number from 0 to {_MOST}")


def holds(model: ModelInfo, input_tokens: int, output_tokens: int) -> bool:
    """Whether no limit that is known stands against so many tokens, and it writes tokens at all."""
    if output_tokens and model.kind in _ONLY_INPUT:
        return False
    bounds = (
        (input_tokens + output_tokens, model.context_window),
        (input_tokens, model.max_input_tokens),
        (output_tokens, model.max_output_tokens),
    )
    return all(bound is None or count <= bound for count, bound in bounds)


def price_units(model: ModelInfo, units: Mapping[str, int], *, batch: bool = False, at: datetime | None = None) -> Cost:
    """Units of each price, by the prices of the model at that time; by default now."""
    if at is not None and (not isinstance(at, datetime) or at.tzinfo is None):
        raise ConfigError(f"at is {at!r}; allowed: a datetime with a time zone")
    unknown = [name for name in ("input", "output") if name not in units]
    if model.kind in _ONLY_INPUT and "output" in unknown:
        unknown.remove("output")
    if model.prices is None:
        return Cost(model=model.full_name, missing=("prices",), reason=f"no price of {model.full_name} is known")
    base = model.prices
    tiers = [tier for tier in base.tiers if _holds(tier, prompt_size(units), at or datetime.now(UTC))]
    parts: dict[str, float] = {}
    missing: dict[str, None] = {}
    for name, count in units.items():
        if not count:
            continue
        price = _price(base, tiers, name, batch)
        if price is None:
            missing[_BATCH.get(name, name) if batch else name] = None
        else:
            parts[name] = price * count / (1 if name.startswith("per_") else 1_000_000)
    if base.per_request is not None:
        parts["per_request"] = base.per_request
    reasons = [f"the usage has no {name} tokens" for name in unknown]
    reasons += [f"the price {name} of {model.full_name} is not known" for name in missing]
    total = None if reasons else sum(parts.values())
    return Cost(
        model=model.full_name, total=total, parts=parts, missing=tuple(missing), reason="; ".join(reasons) or None
    )


def _protocol(model: ModelInfo) -> str:
    """That of the route that serves the model; OpenAI's, which most speak, where no manifest is known."""
    try:
        manifest = ProviderTable().get(model.provider)
    except ConfigError:
        return "openai_chat"
    routes = (*manifest.chat, *manifest.embeddings)
    return next((route.protocol for route in routes if fnmatchcase(model.id, route.models)), "openai_chat")


def _price(base: Prices, tiers: list[PriceTier], name: str, batch: bool) -> float | None:
    """Of the tiers that hold, the one of the longest prompt wins; where none states the price, the base does."""
    names = [_BATCH.get(name, name)] if batch else [name, *([_INSTEAD[name]] if name in _INSTEAD else [])]
    longest_first = sorted(tiers, key=lambda tier: -(tier.min_input_tokens or 0))
    sheets: list[TokenPrices] = [*longest_first, base]
    for wanted in names:
        for sheet in sheets:
            price: float | None = getattr(sheet, wanted, None)
            if price is not None:
                return price
    return None


def _holds(tier: PriceTier, prompt: int, at: datetime) -> bool:
    if tier.min_input_tokens is not None and prompt < tier.min_input_tokens:
        return False
    if tier.utc_start is None or tier.utc_end is None:
        return True
    now = at.astimezone(UTC).strftime("%H:%M")
    if tier.utc_start <= tier.utc_end:
        return tier.utc_start <= now < tier.utc_end
    return now >= tier.utc_start or now < tier.utc_end
