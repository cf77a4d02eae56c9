"""What sources say of well-known models is in the catalogs, or on record as a dispute."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fluent_ai.registry.facts import ModelFacts, ModelInfo, Prices
from fluent_ai.registry.provenance import Evidence, Origin
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.merge.spot_check import WELL_KNOWN, lost
from fluent_ai_codegen.merge.witness import Witness
from fluent_ai_codegen.regenerate import lost_words

ROOT = Path(__file__).parents[2]


def origin(who: str) -> Origin:
    return Origin(who=who, url="https://w.example", date=date(2026, 1, 1))


def test_forty_models_at_twenty_providers() -> None:
    assert len(WELL_KNOWN) >= 20
    assert sum(map(len, WELL_KNOWN.values())) >= 40


def test_nothing_is_lost_on_the_way_to_the_catalogs() -> None:
    assert [str(each) for each in lost_words(Layout(ROOT))] == []


def test_what_is_neither_taken_nor_disputed_is_found() -> None:
    evidence = Evidence(
        (origin("one"), origin("two")), b'{"id":0,"prices":0,"context_window":0}', b'{"context_window":[[1,9]]}'
    )
    known = ModelInfo(id="sonar", provider="perplexity", context_window=8, prices=Prices(input=1.0), evidence=evidence)
    said = ModelFacts(
        id="sonar", context_window=9, max_input_tokens=99, tools=True, prices=Prices(input=1.001, output=2.0)
    )
    found = list(lost("perplexity", [known], [Witness(origin("two"), (said,))]))
    assert [(each.model, each.fact, each.who, each.says) for each in found] == [
        ("perplexity:sonar", "prices.output", "two", 2.0),
        ("perplexity:sonar", "tools", "two", True),
        ("perplexity:sonar-pro", "id", "the list of well-known models", "sonar-pro"),
    ]
