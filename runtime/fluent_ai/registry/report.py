"""Reports on the registry's data: disputes, old sources, changes, and why a fact has its value.

These are pure functions of models as `Registry.list` or `read_catalogs` return them; `msgspec.to_builtins` turns their
results into JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from fluent_ai.arguments import did_you_mean
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import ConfigError
from fluent_ai.registry.changes import Change, changes
from fluent_ai.registry.facts import ModelFacts, ModelInfo, Prices, known_facts
from fluent_ai.registry.provenance import Attribution, Origin

Topic = Literal["new", "gone", "repriced", "retiring", "changed"]
"""The topic of a change; `retiring` is any change of a model's end dates."""

_END = ("deprecated_on", "retires_on", "successor", "last_listed")


class Reason(JsonStruct, frozen=True, kw_only=True):
    """A fact of a model, its value and its source; `source` also names who agrees and who disagrees."""

    model: str
    fact: str
    value: object
    source: Attribution


class OldSource(JsonStruct, frozen=True, kw_only=True):
    """A source of a provider's facts that was last read `days` days ago, and how many models it covers."""

    provider: str
    who: str
    url: str
    date: date
    days: int
    models: int


class Known(JsonStruct, frozen=True, kw_only=True):
    """How many models a fact is known for: of one provider, or of all if `provider` is None.

    `models` counts the models themselves. `before` is the same count in an earlier state, if there is one.
    """

    provider: str | None
    fact: str
    known: int
    before: int | None = None


def known(
    new: Mapping[str, Iterable[ModelInfo]],
    old: Mapping[str, Iterable[ModelInfo]] | None = None,
    *,
    by_provider: bool = False,
) -> list[Known]:
    """The number of models that each fact is known for, in the order of the facts, without those that nobody knows.

    `new` and `old` map providers to models, as `read_catalogs` returns them.
    """
    now, before = _counted(new, by_provider), _counted(old or {}, by_provider)
    providers: list[str | None] = [None]
    if by_provider:
        names: set[str] = {*new, *(old or {})}
        providers = [*sorted(names)]
    return [
        Known(
            provider=provider,
            fact=fact,
            known=now.get((provider, fact), 0),
            before=None if old is None else before.get((provider, fact), 0),
        )
        for provider in providers
        for fact in ("models", *_FACTS)
        if (provider, fact) in now or (provider, fact) in before
    ]


def _counted(state: Mapping[str, Iterable[ModelInfo]], by_provider: bool) -> Counter[tuple[str | None, str]]:
    found: Counter[tuple[str | None, str]] = Counter()
    for name, models in state.items():
        provider = name if by_provider else None
        for model in models:
            found[provider, "models"] += 1
            found.update((provider, fact) for fact in known_facts(model) if fact != "id")
    return found


_FACTS = [
    fact
    for name in ModelFacts.__struct_fields__
    for fact in ((name, *(f"prices.{part}" for part in Prices.__struct_fields__)) if name == "prices" else (name,))
]


def why(model: ModelInfo, fact: str) -> Reason:
    """Why a fact has its value. `prices` means the input price, or else another one; `prices.output` means that price.

    Raises ConfigError, with similar names, for a fact that does not exist, and for one that is unknown for this model.
    """
    parts = [f"prices.{part}" for part in Prices.__struct_fields__]
    allowed = [*ModelFacts.__struct_fields__, *parts]
    if fact not in allowed:
        raise ConfigError(f"fact {fact!r} does not exist.{did_you_mean(fact, allowed)} Allowed: {', '.join(allowed)}")
    value, source = known_facts(model).get(fact), model.source(fact)
    if source is None:
        raise ConfigError(f"no source states {fact!r} for {model.full_name}", provider=model.provider, model=model.id)
    return Reason(model=model.full_name, fact=fact, value=value, source=source)


def conflicts(models: Iterable[ModelInfo]) -> list[Reason]:
    """All disputed facts, in the order of the models, then of the facts' names."""
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
    """The sources that were last read more than `older_than` before that day, oldest first."""
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
    return model.evidence.table.index(origin) in model.evidence.stating()


def diff(old: Mapping[str, Sequence[ModelInfo]], new: Mapping[str, Sequence[ModelInfo]]) -> list[Change]:
    """The differences between two states of the catalogs, provider by provider."""
    return [
        change
        for provider in sorted(old.keys() | new.keys())
        for change in changes(old.get(provider, ()), new.get(provider, ()))
    ]


def topic(change: Change) -> Topic:
    """The topic of a change, for summaries."""
    if change.kind != "changed" or change.fact is None:
        return change.kind
    if change.fact.startswith("prices."):
        return "repriced"
    return "retiring" if change.fact in _END else "changed"
