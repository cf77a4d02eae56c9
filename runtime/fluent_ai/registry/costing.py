"""The actual or estimated cost of a request in US dollars. An unknown price makes the sum unknown, never smaller."""

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
from fluent_ai.manifest.schema import Capability, Manifest
from fluent_ai.providers.table import KNOWN_PROVIDERS
from fluent_ai.registry.billing import Bill as Bill
from fluent_ai.registry.billing import bill, prompt_size
from fluent_ai.registry.facts import REGIONAL, REGIONS, Kind, ModelInfo, Prices
from fluent_ai.registry.price_tiers import PriceSheet
from fluent_ai.same import kept_for_same

_INSTEAD = {"reasoning": "output", "image_input": "input"}
"""Prices that default to another price if they are unknown."""
_BATCH = {
    "input": "batch_input",
    "output": "batch_output",
    "cache_read": "batch_cache_read",
    "reasoning": "batch_output",
}
_THINKING_IN_WHOLE = {"qianwen"}
"""Providers whose price of reasoning is that of all output of an answer that was reasoned about.

Source: https://www.alibabacloud.com/help/en/model-studio/model-pricing ("Output (thinking mode), CoT + response")
"""
_SERVED_BY: dict[Kind, Capability] = {
    "embedding": "embeddings", "rerank": "rerank", "moderation": "moderation", "image": "images",
    "transcription": "transcription", "speech": "speech",
}  # fmt: skip
"""Kind of a model -> what serves it, other than chat."""
_MOST = 10**15
_ONLY_INPUT = {"embedding", "rerank", "moderation"}


class Cost(JsonStruct, frozen=True, kw_only=True, gc=False):
    """The cost of one request in US dollars.

    `total` is None if it is unknown, and `reason` says why. `parts` holds the known amounts by the name of the price
    (`input`, `cache_read`...), and `missing` the unknown prices. `estimated` is False if the provider itself stated the
    sum (`usage.cost`), which then has no parts; a sum from list prices ignores discounts.
    """

    currency: ClassVar[str] = "USD"
    """Always `USD`."""
    model: str | None = None
    """The full name of the model."""
    total: float | None = None
    """The sum; None if it is unknown."""
    parts: dict[str, float] = msgspec.field(default_factory=dict)
    """The cost of each kind of token or unit."""
    estimated: bool = True
    """False if the provider itself stated the sum."""
    missing: tuple[str, ...] = ()
    """The prices that are unknown."""
    reason: str | None = None
    """Why the total is unknown."""

    @property
    def at_least(self) -> float:
        """The sum of the known parts."""
        return sum(self.parts.values()) if self.total is None else self.total


def usage_of(spent: Reply | Result | Usage) -> tuple[Usage | None, str | None, tuple[str, ...]]:
    """The usage, the provider if the reply names it, and the names of the model: as it answered, as it was asked for.

    Raises ConfigError for other types.
    """
    if isinstance(spent, Usage):
        return spent, None, ()
    if isinstance(spent, Reply | Result):
        return spent.usage, spent.provider, tuple(filter(None, (spent.model, spent.requested_model)))
    raise ConfigError(f"reply is of type {type(spent).__name__}; allowed: a Reply, the result of another verb, a Usage")


def cost_nothing(spent: Reply | Result | Usage) -> bool:
    """True for an answer from a client's cache."""
    return not isinstance(spent, Usage) and spent.from_cache


def stated(usage: Usage) -> float | None:
    """What the provider says that the request cost; None where it says nothing, or no amount of money."""
    cost: object = usage.cost
    if isinstance(cost, bool) or not isinstance(cost, int | float) or not 0 <= cost < _MOST:
        return None
    return float(cost)


def cost_of(model: ModelInfo, usage: Usage, *, batch: bool = False, at: datetime | None = None) -> Cost:
    """The cost by the prices of the model; `usage` is as its provider counts it."""
    check_moment(at)
    return price_bill(model, bill(usage, _protocol(model)), batch=batch, at=at)


def estimate(
    model: ModelInfo, input_tokens: int, output_tokens: int = 0, *, batch: bool = False, at: datetime | None = None
) -> Cost:
    """The cost of that many tokens. Raises ConfigError for a malformed count."""
    check_counts(input_tokens, output_tokens)
    check_moment(at)
    return price_bill(model, Bill({"input": input_tokens, "output": output_tokens}), batch=batch, at=at)


def check_counts(input_tokens: object, output_tokens: object) -> None:
    """Raises ConfigError for a malformed token count."""
    for name, count in (("input_tokens", input_tokens), ("output_tokens", output_tokens)):
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= _MOST:
            raise ConfigError(f"{name} is {count!r:.40}; allowed: a whole number from 0 to {_MOST}")


def check_moment(at: object) -> None:
    """Raises ConfigError for anything but None and a moment that UTC can express."""
    try:
        if at is None or (isinstance(at, datetime) and at.tzinfo is not None and at.astimezone(UTC)):
            return
    except OverflowError:
        pass
    raise ConfigError(f"at is {at!r}; allowed: a datetime with a time zone, from year 1 to 9999 in UTC")


def holds(model: ModelInfo, input_tokens: int, output_tokens: int) -> bool:
    """True if no known limit excludes that many tokens, and the model generates tokens at all."""
    if output_tokens and model.kind in _ONLY_INPUT:
        return False
    if (most := model.context_window) is not None and input_tokens + output_tokens > most:
        return False
    if (most := model.max_input_tokens) is not None and input_tokens > most:
        return False
    return (most := model.max_output_tokens) is None or output_tokens <= most


def price_bill(model: ModelInfo, bill: Bill, *, batch: bool = False, at: datetime | None = None) -> Cost:
    """The cost of what is billed by the model's prices at that time, by default now."""
    full_name, prices = model.full_name, model.prices
    if prices is None:
        return Cost(model=full_name, missing=("prices",), reason=f"no price of {full_name} is known")
    if bill.service == "batch":
        batch, bill = True, bill._replace(service="")
    prompt = prompt_size(bill.units) if prices.tiers else 0
    service = _service(prices, bill) if bill.place else bill.service
    sheet = PriceSheet(prices, prompt, at or datetime.now(UTC), service)
    units = bill.units
    if model.provider in _THINKING_IN_WHOLE and units.get("reasoning"):
        units = {**units, "output": 0, "reasoning": units["reasoning"] + units.get("output", 0)}
    parts: dict[str, float] = {}
    missing: dict[str, None] = {}
    for name, count in units.items():
        if not count:
            continue
        wanted = _names(name, prices, batch)
        price = sheet.price(wanted)
        if price is None:
            missing[wanted[0]] = None
        else:
            parts[name] = price * count / (1 if name.startswith("per_") else 1_000_000)
    if prices.per_request is not None and "per_request" not in bill.units:
        parts["per_request"] = prices.per_request
    untold = _untold(model, bill.units)
    if not (untold or bill.doubts or missing):
        return Cost(model=full_name, total=sum(parts.values()), parts=parts)
    how = f" at service {service}" if service else ""
    reasons = (
        *(f"the usage has no {name} tokens" for name in untold),
        *bill.doubts,
        *(f"the price {name} of {full_name}{how} is not known" for name in missing),
    )
    return Cost(model=full_name, parts=parts, missing=tuple(missing), reason="; ".join(reasons))


def _service(prices: Prices, bill: Bill) -> str:
    """How the request was served, with the region if the model has prices of any; others cost the same everywhere.

    A region's own price comes before that of all regions (`regional`).
    """
    priced = {tier.service for tier in prices.tiers} & {REGIONAL, *REGIONS}
    if not priced:
        return bill.service
    region = REGIONAL if REGIONAL in priced and bill.place not in priced else bill.place
    return "+".join(sorted(filter(None, (*bill.service.split("+"), region))))


def _untold(model: ModelInfo, units: Mapping[str, float]) -> list[str]:
    """The counts that the usage should have but lacks."""
    if "input" in units:
        return [] if "output" in units or model.kind in _ONLY_INPUT else ["output"]
    if "output" in units:
        return ["input"]
    if any(name.startswith("per_") for name in units):
        return []  # billed by another unit alone, such as minutes of audio
    return ["input"] if model.kind in _ONLY_INPUT else ["input", "output"]


def _protocol(model: ModelInfo) -> str:
    """The protocol of the route that serves the model, or `openai_chat` if no manifest is known."""
    manifest = KNOWN_PROVIDERS.named(model.provider)
    return "openai_chat" if manifest is None else _serving(manifest, model.kind or "chat", model.id)


@kept_for_same(1, 1024)
def _serving(manifest: Manifest, kind: Kind, model_id: str) -> str:
    first = _SERVED_BY.get(kind)
    routes = (*(manifest.routes(first) if first else ()), *manifest.chat, *manifest.embeddings)
    return next((route.protocol for route in routes if fnmatchcase(model_id, route.models)), "openai_chat")


def _names(name: str, prices: Prices, batch: bool) -> tuple[str, ...]:
    """The names by which the price of a unit may be known, the best first."""
    own: float | None
    if batch:
        own = getattr(prices, name, None)
        dearer = name == "reasoning" and own is not None and own != prices.output
        return ("batch_reasoning" if dearer else _BATCH.get(name, name),)
    instead = _INSTEAD.get(name)
    if instead is None:
        return (name,)
    own = getattr(prices, name, None)
    return (name,) if own is not None and own != getattr(prices, instead) else (name, instead)
