"""Two editions of one source are one voice: the newer speaks, and the older where it is silent."""

from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts, Prices
from fluent_ai.registry.provenance import Origin
from fluent_ai_codegen.merge.editions import newest
from fluent_ai_codegen.merge.witness import Witness

OLD, NEW = date(2026, 5, 1), date(2026, 8, 18)


def witness(who: str, on: date, *models: ModelFacts) -> Witness:
    return Witness(Origin(who=who, url="https://x", date=on), models, adds_models=True)


def test_the_older_edition_states_only_what_the_newer_does_not() -> None:
    older = witness("a", OLD, ModelFacts(id="acme/M", released=OLD, tools=False, prices=Prices(input=1.0, output=2.0)))
    newer = witness("a", NEW, ModelFacts(id="m", tools=True, prices=Prices(input=3.0)))
    for pair in ([older, newer], [newer, older]):
        found = {each.origin.date: each.models for each in newest("acme", pair, listed=False)}
        assert found == {OLD: (ModelFacts(id="acme/M", released=OLD),), NEW: newer.models}


def test_a_model_that_only_the_older_edition_knows_is_gone_unless_another_source_knows_it() -> None:
    older = witness("a", OLD, ModelFacts(id="kept"), ModelFacts(id="left", tools=True))
    newer = witness("a", NEW, ModelFacts(id="m"))
    other = witness("b", NEW, ModelFacts(id="kept"))
    found = newest("acme", [newer, older, other], listed=False)
    assert found[0].models == (ModelFacts(id="m"), ModelFacts(id="left", unlisted_on=NEW))
    assert found[1:] == [older, other]
    assert newest("acme", [newer, older, other], listed=True) == [newer, older, other]


def test_a_provider_that_the_newer_edition_left_out_says_nothing_of_its_models() -> None:
    older, newer = witness("a", OLD, ModelFacts(id="m")), witness("a", NEW)
    assert newest("acme", [newer, older], listed=False) == [newer, older]


def test_sources_of_different_names_are_left_as_they_are() -> None:
    heard = [witness("a", OLD, ModelFacts(id="m", tools=True)), witness("b", NEW, ModelFacts(id="m", tools=False))]
    assert newest("acme", heard, listed=False) == heard
