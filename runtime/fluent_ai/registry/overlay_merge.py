"""Merges facts over a model's: the user's, or those of a refreshed list. Each fact keeps its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from fluent_ai.registry.facts import ModelFacts, ModelInfo, Prices, known_facts
from fluent_ai.registry.provenance import Evidence, Origin, Stated

Flat = dict[str, object]
"""Fact -> value, with each price as a fact of its own, such as `prices.input`."""


def flat(model: ModelFacts) -> Flat:
    """The known facts of a model, without its id."""
    return {fact: value for fact, value in known_facts(model).items() if fact not in ("id", "prices")}


def lay(base: ModelInfo | None, provider: str, model_id: str, facts: Mapping[str, object], origin: Origin) -> ModelInfo:
    """The model with these facts, which take precedence. What other sources state is kept as agreement or dispute.

    Earlier statements of the same source are dropped, and facts that were inferred from these are inferred again.
    """
    base = base or ModelInfo(id=model_id, provider=provider, evidence=Evidence.of(origin, ("id",)))
    table = (*base.evidence.table, origin)
    stated = base.evidence.stated()
    disputes = base.evidence.disputed()
    values = flat(base)
    for fact, value in facts.items():
        # A list's origin names every fact that the list can state, including those it does not state for this model.
        stating = _stating(stated, fact) if fact in values else []
        before = [index for index in stating if base.evidence.origin(index).who != origin.who]
        differ = [
            (index, claim) for index, claim in disputes.pop(fact, []) if base.evidence.origin(index).who != origin.who
        ]
        same = values.get(fact) == value
        if before and not same:
            differ = [(index, msgspec.to_builtins(values[fact])) for index in before] + differ
        stated[fact] = [len(table) - 1, *before] if before and same else len(table) - 1
        if differ:
            disputes[fact] = differ
        values[fact] = value
    for fact, source, value in inferred(values):
        if fact not in values or stated.get(fact) == source:
            values[fact], stated[fact] = value, source
    return ModelInfo(
        **struct_fields(values),
        id=model_id,
        provider=provider,
        evidence=Evidence(table, msgspec.json.encode(stated), msgspec.json.encode(disputes)),
    )


def struct_fields(values: Mapping[str, object]) -> dict[str, Any]:
    """These facts as arguments of ModelFacts."""
    prices: dict[str, Any] = {
        fact.removeprefix("prices."): value for fact, value in values.items() if fact.startswith("prices.")
    }
    plain = {fact: value for fact, value in values.items() if not fact.startswith("prices.")}
    return plain | ({"prices": Prices(**prices)} if prices else {})


def inferred(values: Mapping[str, object]) -> list[tuple[str, str, bool]]:
    """The facts that follow from these: (fact, the fact it follows from, value)."""
    inputs, kind = values.get("input_modalities"), values.get("kind")
    found: list[tuple[str, str, bool]] = []
    if isinstance(inputs, tuple):
        found += [("vision", "input_modalities", "image" in inputs), ("audio", "input_modalities", "audio" in inputs)]
    if kind is not None:
        found.append(("embeddings", "kind", kind == "embedding"))
    if values.get("prices.cache_read"):
        found.append(("prompt_cache", "prices.cache_read", True))
    return found


def _stating(stated: Mapping[str, Stated], fact: str) -> list[int]:
    """The sources that stated the fact explicitly."""
    by = stated.get(fact, stated.get(fact.partition(".")[0]))
    return by if isinstance(by, list) else [by] if isinstance(by, int) else []
