"""What the registry's data says of itself: disputes, old sources, what changed, and why a fact is what it is.

Pure functions of models, as `Registry.list` or `read_catalogs` give them; `msgspec.to_builtins` makes JSON of results.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from fluent_ai.arguments import did_you_mean
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import ConfigError
from fluent_ai.registry.changes import Change, changes
from fluent_ai.registry.facts import ModelFacts, ModelInfo, Prices, known_facts
from fluent_ai.registry.provenance import Origin, Source

Topic = Literal["new", "gone", "repriced", "retiring", "changed"]
"""What a change is about; `retiring` is any news of a model's end."""

_END = ("deprecated_on", "retires_on", "successor", "last_listed")


class Reason(JsonStruct, frozen=True, kw_only=True):
    """A fact of a model, its value, and who says so; `source` holds who agrees and who differs."""

    model: str
    fact: str
    value: object
    source: Source


class OldSource(JsonStruct, frozen=True, kw_only=True):
    """A source of a provider's facts that was last heard `days` ago, and of how many models it speaks."""

    provider: str
    who: str
    url: str
    date: date
    days: int
    models: int


def why(model: ModelInfo, fact: str) -> Reason:
    """Why a fact is what it is. `prices` is answered for that of input, or else another; `prices.output` for itself.

    ConfigError with near matches for a fact that does not exist, and for one that is not known of this model.
    """
    parts = [f"prices.{part}" for part in Prices.__struct_fields__]
    allowed = [*ModelFacts.__struct_fields__, *parts]
    if fact not in allowed:
        raise ConfigError(f"fact {fact!r} does not exist.{did_you_mean(fact, allowed)} Allowed: {', '.join(allowed)}")
    value, source = known_facts(model).get(fact), model.source(fact)
    if source is None:
        raise ConfigError(
            f"nobody says what {fact!r} is for {model.full_name}", provider=model.provider, model=model.id
        )
    return Reason(model=model.full_name, fact=fact, value=value, source=source)


def conflicts(models: Iterable[ModelInfo]) -> list[Reason]:
    """All facts in dispute, in the order of the models, then of the facts' names."""
    found = []
    for model in models:
        sources, values = model.evidence.sources(), known_facts(model)
        found += [
            Reason(model=model.full_name, fact=fact, value=values[fact], source=sources[fact])
            for fact in sorted(sources.keys() & values.keys())
            if sources[fact].differ
        ]
    return found


def stale(models: Iterable[ModelInfo], on: date, older_than: timedelta = timedelta(days=7)) -> list[OldSource]:
    """The sources that were last heard more than `older_than` before that day, the oldest first."""
    counts: dict[tuple[str, Origin], int] = {}
    for model in models:
        for origin in model.evidence.table:
            if on - origin.date > older_than:
                counts[model.provider, origin] = counts.get((model.provider, origin), 0) + _speaks(model, origin)
    found = [
        OldSource(
            provider=provider,
            who=origin.who,
            url=origin.url,
            date=origin.date,
            days=(on - origin.date).days,
            models=count,
        )
        for (provider, origin), count in counts.items()
    ]
    return sorted(found, key=lambda each: (each.date, each.provider, each.who, each.url))


def _speaks(model: ModelInfo, origin: Origin) -> bool:
    return model.evidence.table.index(origin) in model.evidence.speakers()


def diff(old: Mapping[str, Sequence[ModelInfo]], new: Mapping[str, Sequence[ModelInfo]]) -> list[Change]:
    """What differs between two states of the catalogs, provider by provider."""
    return [
        change
        for provider in sorted(old.keys() | new.keys())
        for change in changes(old.get(provider, ()), new.get(provider, ()))
    ]


def topic(change: Change) -> Topic:
    """What a change is about, for a summary that people read."""
    if change.kind != "changed" or change.fact is None:
        return change.kind
    if change.fact.startswith("prices."):
        return "repriced"
    return "retiring" if change.fact in _END else "changed"
