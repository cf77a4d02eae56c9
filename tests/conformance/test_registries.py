"""The real registry files, read as fetch reads them; and what the shipped catalogs hold, with a report."""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from pathlib import Path

import pytest
from fluent_ai.registry.catalog import read_catalogs
from fluent_ai.registry.facts import known_facts
from fluent_ai.registry.report import conflicts
from fluent_ai_codegen.files.cache import read_caches
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
    data = (REGISTRIES / FILES[name]).read_bytes()
    body = gzip.decompress(data) if FILES[name].endswith(".gz") else data
    committed = read_sources(ROOT / "cache" / "sources")[name]
    listing = next(listing for listing in SOURCES if listing.name == name)
    assert committed.sha256 == hashlib.sha256(body).hexdigest()
    assert committed.models == tuple(read(listing, body, committed.observed))


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


def test_what_providers_list_is_all_there_and_nothing_is_added() -> None:
    for provider, cache in read_caches(ROOT / "cache").items():
        assert {model.id for model in CATALOGS[provider]} == {model.id for model in (*cache.models, *cache.gone)}


def test_no_fact_of_a_provider_is_overruled_by_a_source() -> None:
    for provider, cache in read_caches(ROOT / "cache").items():
        merged = {model.id: model for model in CATALOGS[provider]}
        for listed in cache.models:
            found = known_facts(merged[listed.id])
            for fact, value in known_facts(listed).items():
                if fact not in ("prices", "aliases"):
                    assert found[fact] == value or merged[listed.id].sources[fact].reason, (provider, listed.id, fact)


def test_disputes_name_who_says_what() -> None:
    found = [reason for models in CATALOGS.values() for reason in conflicts(models)]
    assert len(found) > 500
    for reason in found:
        assert all(claim.who != reason.source.who and claim.value is not None for claim in reason.source.differ)
