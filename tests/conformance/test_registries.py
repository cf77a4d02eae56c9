"""The real registry files, read as fetch reads them; and what the shipped catalogs hold, with a report."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from fluent_ai.registry.catalog import read_catalogs
from fluent_ai.registry.facts import known_facts
from fluent_ai.registry.report import conflicts
from fluent_ai_codegen.files.cache import read_caches
from fluent_ai_codegen.merge.agreement import same
from fluent_ai_codegen.merge.consistent import date_in
from fluent_ai_codegen.merge.identity import is_profile
from fluent_ai_codegen.sources import SOURCES, read
from fluent_ai_codegen.sources.store import read_sources
from recordings import REASON, recorded

ROOT = Path(__file__).parents[2]
REGISTRIES = recorded("registries")
FILES = {
    "litellm": "litellm-model-prices.json.gz",
    "models_dev": "models-dev.json.gz",
    "genai_prices": "genai-prices.json.gz",
    "aichat": "aichat-models.yaml",
}
CATALOGS = read_catalogs(ROOT / "generated" / "fluent_ai_providers" / "data" / "catalog")
LEAST = {
    "anthropic": 10, "vertexai": 18, "bedrock": 29, "ai21": 2, "cohere": 7, "github": 35, "deepinfra": 25,
    "qianwen": 16, "cloudflare": 7, "jina": 5, "voyageai": 5, "ernie": 6, "hunyuan": 6, "moonshot": 3, "zhipuai": 8,
    "minimax": 2,
}  # fmt: skip


@pytest.mark.skipif(not REGISTRIES.exists(), reason=REASON)
@pytest.mark.parametrize("name", sorted(FILES))
def test_the_committed_facts_are_what_the_real_file_says(name: str) -> None:
    """Facts of a newer file than the recorded one are those of its successor: few models go, and few facts change."""
    data = (REGISTRIES / FILES[name]).read_bytes()
    body = gzip.decompress(data) if FILES[name].endswith(".gz") else data
    committed = read_sources(ROOT / "cache" / "sources")[name]
    listing = next(listing for listing in SOURCES if listing.name == name)
    recorded_models = read(listing, body, committed.observed)
    if committed.sha256 == hashlib.sha256(body).hexdigest():
        assert committed.bytes == len(body)
        assert committed.models == tuple(recorded_models)
        return
    recorded_source, day = recorded_origin(FILES[name])
    assert is_newer(committed.url, committed.observed.isoformat(), recorded_source, day), (
        committed.url,
        recorded_source,
    )
    before = {(row.provider, row.facts.id): row.facts for row in recorded_models}
    after = {(row.provider, row.facts.id): row.facts for row in committed.models}
    kept = before.keys() & after.keys()
    assert len(kept) >= 0.98 * len(before)
    pairs = [(known_facts(before[row]), known_facts(after[row])) for row in kept]
    facts = [(fact, value, known) for old, known in pairs for fact, value in old.items() if fact != "prices"]
    unchanged = [fact for fact, value, known in facts if fact in known and same(fact, value, known[fact])]
    assert len(unchanged) >= 0.9 * len(facts)
    assert all(fact not in ("id", "kind") or known[fact] == value for fact, value, known in facts)


def recorded_origin(file: str) -> tuple[str, str]:
    """Package and version, or repository and commit, of a recorded file; and the day or the month of it."""
    lines = (line.split("\t") for line in (REGISTRIES / "SOURCES.tsv").read_text().splitlines())
    return next((source, day) for name, source, day, *_ in lines if name == file)


def is_newer(url: str, day: str, recorded_source: str, recorded_day: str) -> bool:
    """Whether the committed file is a later version of the package; where the recorded one is none, of a later day."""
    package = re.search(r" ([\d.]+)$", recorded_source)
    if package is None:
        return day > recorded_day
    version, before = (tuple(int(part) for part in text.split(".")) for text in (url.rpartition("@")[2], package[1]))
    return version > before and day[: len(recorded_day)] >= recorded_day


@pytest.mark.parametrize("provider", sorted(LEAST))
def test_a_provider_has_at_least_the_models_that_it_is_known_for(provider: str) -> None:
    assert len(CATALOGS[provider]) >= LEAST[provider]


def test_the_whole_registry_is_large_and_every_fact_has_a_source(capsys: pytest.CaptureFixture[str]) -> None:
    statuses: Counter[str] = Counter()
    for models in CATALOGS.values():
        for model in models:
            for fact in known_facts(model):
                source = model.source(fact)
                assert source is not None, (model.full_name, fact)
                assert source.who
                assert source.url.startswith(("https://", "http://localhost", "pkg:")), source.url
                statuses[source.status] += 1
    filled = {provider: len(models) for provider, models in CATALOGS.items() if models}
    assert len(filled) >= 25
    assert sum(filled.values()) >= 2_000
    assert statuses["agreed"] > statuses["disputed"] > 0
    with capsys.disabled():
        print(f"\n{sum(filled.values())} models of {len(filled)} providers; facts: {dict(sorted(statuses.items()))}")
        print(", ".join(f"{provider} {count}" for provider, count in filled.items()))


def test_what_providers_list_is_all_there_and_what_is_added_says_so() -> None:
    """An id that the list lacks is marked with the day of the list, or is a regional profile of a model."""
    for provider, cache in read_caches(ROOT / "cache").items():
        merged = {model.id: model for model in CATALOGS[provider]}
        listed = {model.id for model in (*cache.models, *cache.gone)}
        assert listed <= merged.keys()
        for model in merged.values():
            marks = {"unlisted_on": model.unlisted_on, "unlisted_until": model.unlisted_until}
            days = {fact: day for fact, day in marks.items() if day is not None}
            if model.id in listed:
                assert not days, model.full_name
            elif days:
                assert list(days.values()) == [cache.observed], model.full_name
                assert model.sources["id"].kind == "source", model.full_name
                assert {model.sources[fact].kind for fact in days} == {"provider"}, model.full_name
            else:
                assert is_profile(model.id), model.full_name
                assert model.id.partition(".")[2] in merged, model.full_name


def test_no_fact_of_a_provider_is_overruled_by_a_source() -> None:
    """A date in the id overrules the list's, which is kept as a dispute; others may add tiers of other conditions."""
    for provider, cache in read_caches(ROOT / "cache").items():
        merged = {model.id: model for model in CATALOGS[provider]}
        for listed in cache.models:
            model = merged[listed.id]
            found = known_facts(model)
            for fact, value in known_facts(listed).items():
                if fact in ("prices", "aliases") or found[fact] == value:
                    continue
                where = (provider, listed.id, fact)
                if fact == "released" and (day := date_in(listed.id)):
                    assert found[fact] == day, where
                    assert model.sources[fact].inferred_from == "id", where
                    disputes = model.evidence.disputed()[fact]
                    assert str(value) in [says for by, says in disputes if model.evidence.origin(by).kind == "provider"]
                elif fact == "prices.tiers":
                    assert set(value) < set(found[fact]), where  # type: ignore[call-overload]
                else:
                    assert model.sources[fact].reason, where


def test_disputes_name_who_says_what() -> None:
    found = [reason for models in CATALOGS.values() for reason in conflicts(models)]
    assert len(found) > 500
    for reason in found:
        assert all(claim.who != reason.source.who and claim.value is not None for claim in reason.source.differ)
