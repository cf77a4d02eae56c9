"""model-prices' snapshot.json: the prices of models at the labs that make them, and what they were before.

It is the history of models.dev with corrections, and it is held against the labs' own pages every day. A model has
timelines, one for each way of being served; an interval is `{"start": ..., "rates": {...}}`, and lasts until the next.
Text is all that it prices, so what else a model reads or writes leaves its rows out. Holidays, which its peak hours
leave out, are no condition of ours: the peak price stands on them, which is never too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from math import isclose
from typing import Annotated

import msgspec
from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import Clock, ModelFacts, PriceTier

from . import rows
from .rows import SourceModel

URL = "https://raw.githubusercontent.com/wakamex/model-prices/main/src/model_prices/snapshot.json"

ORIGINS = {
    "id": "prices",
    "prices": "rates",
    "prices.tiers": "rates, rates.tiers, schedules",
}

# Theirs -> ours, for the host that our manifest asks by default. Its Volcengine prices are yuan, converted, and its
# Perplexity prices those of another API than chat completions.
_PROVIDERS = {
    "ai21": "ai21", "alibaba": "qianwen", "amazon-bedrock": "bedrock", "anthropic": "anthropic", "cohere": "cohere",
    "deepseek": "deepseek", "google": "gemini", "minimax": "minimax", "mistral": "mistral", "moonshotai": "moonshot",
    "openai": "openai", "stepfun-ai": "stepfun", "xai": "xai", "zai": "zhipuai",
}  # fmt: skip
_SERVICES = {
    ("openai", "fast"): "priority", ("openai", "flex"): "flex", ("openai", "ultrafast"): "ultrafast",
    ("anthropic", "fast"): "fast",
}  # fmt: skip
_SCHEMA = 1
_NOT_TEXT = re.compile(
    r"image|banana|audio|tts|asr|realtime|live|veo|imagen|lyria|transcri|whisper|sora|dall|speech|voice|omni|video|music"
)
_TOKENS = ("input", "output", "cache_read", "cache_write")


_Price = Annotated[float, msgspec.Meta(ge=0, le=1e9)]
_Factor = Annotated[float, msgspec.Meta(gt=0, le=1000)]
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
_Hours = tuple[Clock, Clock]


class _Tier(msgspec.Struct, forbid_unknown_fields=True):
    above: Annotated[int, msgspec.Meta(ge=0, le=10**12)]
    input: _Price | None = None
    output: _Price | None = None
    cache_read: _Price | None = None
    cache_write: _Price | None = None


class _Rates(msgspec.Struct):
    input: _Price
    output: _Price
    cache_read: _Price | None = None
    cache_write: _Price | None = None
    cache_write_1h_multiple: _Factor | None = None
    tiers: list[_Tier] = []


class _Interval(msgspec.Struct):
    start: _Moment | None
    rates: _Rates | None


class _Schedule(msgspec.Struct):
    """Hours of other prices: those of the peak cost more, or those off it less."""

    provider: str
    valid_from: _Moment
    valid_until: _Moment | None = None
    weekdays_only: bool = False
    peak_hours_utc: list[_Hours] = []
    peak_multiplier: _Factor | dict[str, _Factor] | None = None
    off_peak_hours_utc: list[_Hours] = []
    off_peak_multiplier: _Factor | dict[str, _Factor] | None = None

    def factor(self, model: str) -> float | None:
        factor = self.peak_multiplier if self.peak_hours_utc else self.off_peak_multiplier
        return factor.get(model) if isinstance(factor, dict) else factor


class _Schedules(msgspec.Struct):
    schedule: list[_Schedule] = []


class _Snapshot(msgspec.Struct):
    schema: int
    prices: dict[str, dict[str, dict[str, list[_Interval]]]]
    schedules: _Schedules = msgspec.field(default_factory=_Schedules)


_decode = msgspec.json.Decoder(_Snapshot).decode


def parse(body: bytes, on: date) -> list[SourceModel]:
    snapshot = _decode(body)
    if snapshot.schema != _SCHEMA:
        raise ProtocolError(f"model_prices: schema {snapshot.schema}; expected {_SCHEMA}")
    return [
        SourceModel(provider=ours, facts=_facts(theirs, model_id, timelines, snapshot.schedules.schedule, on))
        for theirs, ours in _PROVIDERS.items()
        for model_id, timelines in snapshot.prices.get(theirs, {}).items()
        if not _NOT_TEXT.search(model_id)
    ]


def _facts(
    provider: str, model_id: str, timelines: dict[str, list[_Interval]], schedules: Sequence[_Schedule], on: date
) -> ModelFacts:
    past, now = _changes(timelines.get("standard", []), on)
    if now is None:
        return ModelFacts(id=model_id)
    hours = [each for each in schedules if each.provider == provider and each.factor(model_id)]
    tiers = [
        *(tier for since, until, rates in past for tier in _tiers(rates, since=since, until=until)),
        *(tier for each in hours for tier in _by_hours(each, each.factor(model_id) or 1, past, now)),
        *_announced(timelines.get("standard", []), now, on),
        *_long(now),
    ]
    for mode, timeline in timelines.items():
        served = _changes(timeline, on)[1]
        if served and (service := _SERVICES.get((provider, mode))):
            tiers += _tiers(served, service=service)
    batch = _changes(timelines.get("batch", []), on)[1]
    thinking = _changes(timelines.get("thinking", []), on)[1]
    return ModelFacts(
        id=model_id,
        prices=rows.prices(
            **_tokens(now),
            reasoning=thinking.output if thinking else None,
            batch_input=batch.input if batch else None,
            batch_output=batch.output if batch else None,
            batch_cache_read=batch.cache_read if batch else None,
            tiers=tuple(tiers) or None,
        ),
    )


def _changes(timeline: Sequence[_Interval], on: date) -> tuple[list[tuple[date | None, date, _Rates]], _Rates | None]:
    """The prices of the past with their first day and the day after their last, and the present ones.

    An interval that only knows more prices than the one before it, and differs in none, is no change. The day on which
    prices change belongs to the dearer ones.
    """
    known: list[tuple[date | None, _Rates]] = []
    for interval in timeline:
        start, rates = interval.start, interval.rates
        if rates is None or (start is not None and start.astimezone(UTC).date() > on):
            continue
        if known and _agree(known[-1][1], rates):
            known[-1] = (known[-1][0], rates)
            continue
        first = None
        if known and start is not None:  # two changes on one day keep their order
            first = max(_first_day(start, dearer=_dearer(rates, known[-1][1])), known[-1][0] or date.min)
        known.append((first, rates))
    past = [
        (since, until, rates)
        for (since, rates), (until, _) in pairwise(known)
        if until is not None and (since is None or since < until)
    ]
    return past, known[-1][1] if known else None


def _announced(timeline: Sequence[_Interval], now: _Rates, on: date) -> Iterator[PriceTier]:
    """The prices that begin after that day."""
    found: list[tuple[date, _Rates]] = []
    for interval in timeline:
        start, rates = interval.start, interval.rates
        if rates is not None and start is not None and start.astimezone(UTC).date() > on:
            earliest, before = found[-1] if found else (date.min, now)
            found.append((max(earliest, _first_day(start, dearer=_dearer(rates, before))), rates))
    ends = [*(since for since, _ in found[1:]), None]
    for (since, rates), until in zip(found, ends, strict=False):
        if until is None or since < until:
            yield from _tiers(rates, since=since, until=until)


def _first_day(start: datetime, *, dearer: bool) -> date:
    """The first day of prices that begin in the middle of one."""
    moment = start.astimezone(UTC)
    whole = dearer or moment.time() == time() or moment.date() == date.max
    return moment.date() if whole else moment.date() + timedelta(days=1)


def _agree(old: _Rates, new: _Rates) -> bool:
    """Whether both are one price list, in which prices of caches may have been rounded to cents."""
    caches = [(getattr(old, name), getattr(new, name)) for name in _TOKENS[2:]]
    same = (mine is None or theirs is None or isclose(mine, theirs, rel_tol=0.05) for mine, theirs in caches)
    return (old.input, old.output, old.tiers) == (new.input, new.output, new.tiers) and all(same)


def _dearer(one: _Rates, other: _Rates) -> bool:
    return one.input + one.output >= other.input + other.output


def _by_hours(
    schedule: _Schedule, factor: float, past: Sequence[tuple[date | None, date, _Rates]], now: _Rates
) -> Iterator[PriceTier]:
    """The prices of its hours, for each price that held while it did."""
    first = _first_day(schedule.valid_from, dearer=factor > 1)
    last = None if schedule.valid_until is None else _first_day(schedule.valid_until, dearer=factor < 1)
    weekdays = (1, 2, 3, 4, 5) if schedule.weekdays_only else None
    for since, until, rates in (*past, (past[-1][1] if past else None, None, now)):
        begins, ends = max(since or first, first), min(filter(None, (until, last)), default=None)
        if ends is not None and ends <= begins:
            continue
        tokens = {name: value and round(value * factor, 9) for name, value in _tokens(rates).items()}
        for start, end in schedule.peak_hours_utc or schedule.off_peak_hours_utc:
            yield rows.tier(tokens, utc_start=start, utc_end=end, weekdays=weekdays, since=begins, until=ends)


def _tiers(rates: _Rates, **condition: object) -> Iterator[PriceTier]:
    """All prices under a condition, those of longer prompts too."""
    yield rows.tier(_tokens(rates), **condition)
    yield from _long(rates, **condition)


def _long(rates: _Rates, **condition: object) -> Iterator[PriceTier]:
    for each in sorted(rates.tiers, key=lambda tier: tier.above):
        longer = msgspec.structs.replace(
            rates, **{name: value for name in _TOKENS if (value := getattr(each, name)) is not None}
        )
        yield rows.tier(_tokens(longer), min_input_tokens=each.above + 1, **condition)


def _tokens(rates: _Rates) -> dict[str, float | None]:
    """A price of a cache that lasts an hour is a multiple of the input price, where writing has a price at all."""
    multiple = None if rates.cache_write is None else rates.cache_write_1h_multiple
    hour = None if multiple is None else round(rates.input * multiple, 9)
    return {name: getattr(rates, name) for name in _TOKENS} | {"cache_write_1h": hour}
