"""Two editions of one source: the newer speaks, and the older only where it is silent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import msgspec
from fluent_ai.registry.facts import ModelFacts

from fluent_ai_codegen.merge.identity import key
from fluent_ai_codegen.merge.witness import Witness


def newest(provider: str, witnesses: Sequence[Witness], *, listed: bool) -> list[Witness]:
    """The witnesses, each source with one voice.

    Of a model that the newer edition knows, the older states only facts that the newer does not; prices are one fact.
    Where the provider's own list is not recorded (`listed`), a model that only the older edition knows is gone on the
    day of the newer, unless another source knows it, or the newer knows no model of the provider at all.
    """
    found = list(witnesses)
    for place, older in enumerate(witnesses):
        later = [number for number, each in enumerate(witnesses) if _follows(each, older)]
        if not later:
            continue
        newer = found[later[0]]
        by_key = {key(model.id, provider): model for model in newer.models}
        found[place] = replace(
            older, models=tuple(_silent(model, by_key.get(key(model.id, provider))) for model in older.models)
        )
        if not listed and older.adds_models and newer.models:
            others = [each for each in witnesses if each.adds_models and each.origin.who != older.origin.who]
            known = {*by_key, *(key(model.id, provider) for each in others for model in each.models)}
            found[later[0]] = replace(newer, models=(*newer.models, *_gone(provider, older, newer, known)))
    return found


def _follows(one: Witness, other: Witness) -> bool:
    return one.origin.who == other.origin.who and one.origin.date > other.origin.date


def _silent(model: ModelFacts, newer: ModelFacts | None) -> ModelFacts:
    if newer is None:
        return model
    stated = {name for name in ModelFacts.__struct_fields__ if name != "id" and getattr(newer, name) is not None}
    return msgspec.structs.replace(model, **dict.fromkeys(stated))


def _gone(provider: str, older: Witness, newer: Witness, known: Collection[str]) -> list[ModelFacts]:
    return [
        ModelFacts(id=model.id, unlisted_on=newer.origin.date)
        for model in older.models
        if key(model.id, provider) not in known
    ]
