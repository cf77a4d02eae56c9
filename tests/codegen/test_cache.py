from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.registry.facts import ModelFacts
from fluent_ai_codegen.files.cache import Cache, Page, decode_cache, encode_cache, read_caches, write_cache
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
CACHE = Cache(
    provider="acme",
    url="https://api.acme.example/models",
    fetched=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    observed=date(2026, 1, 1),
    pages=(Page(url="https://api.acme.example/models", sha256="00", bytes=7, etag='"1"'),),
    models=(ModelFacts(id="a", context_window=8), ModelFacts(id="b")),
)

SIZES = st.integers(1, 2**40) | st.none()
MODELS = st.lists(st.builds(ModelFacts, id=st.text(min_size=1), context_window=SIZES), unique_by=lambda model: model.id)


@given(MODELS)
def test_a_cache_comes_back_as_it_was(models: list[ModelFacts]) -> None:
    ordered = tuple(sorted(models, key=lambda model: model.id))
    cache = Cache(
        provider="acme", url="u", fetched=CACHE.fetched, observed=CACHE.observed, pages=CACHE.pages, models=ordered
    )
    assert decode_cache(encode_cache(cache), "x") == cache


def test_writing_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "acme.json").write_text("old")
    write_cache(tmp_path, CACHE)
    assert read_caches(tmp_path) == {"acme": CACHE}
    assert os.listdir(tmp_path) == ["acme.json"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "acme.json").write_text("old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_cache(tmp_path, CACHE)
    assert os.listdir(tmp_path) == ["acme.json"]
    assert (tmp_path / "acme.json").read_text() == "old"


def test_age_counts_from_the_day_that_the_facts_stand_for() -> None:
    assert CACHE.age(datetime(2026, 1, 11, tzinfo=UTC)) == timedelta(days=10)
    assert CACHE.fresh(datetime(2026, 1, 9, tzinfo=UTC))
    assert not CACHE.fresh(datetime(2026, 1, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'"context_window":8', b'"context_window":"8k"', "got `str` - at `$.models[0].context_window`, got '8k'; run"),
        (b'"context_window":8', b'"context":8', "unknown field `context`"),
        (b'"bytes":7', b'"bytes":true', "at `$.pages[0].bytes`, got True; run `fluent-ai fetch` again"),
        (b'"provider"', b'"vendor"', "unknown field `vendor`"),
        (b"]}", b"]", "cache/x.json: not valid JSON"),
    ],
)
def test_a_damaged_file_names_the_path_and_the_value(old: bytes, new: bytes, message: str) -> None:
    data = encode_cache(CACHE)
    assert old in data
    with pytest.raises(ConfigError) as caught:
        decode_cache(data.replace(old, new), "cache/x.json")
    assert str(caught.value).startswith("cache/x.json: ")
    assert message in str(caught.value)


def test_a_file_is_named_after_its_provider(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_bytes(encode_cache(CACHE))
    with pytest.raises(ConfigError, match=r"cache/other.json: provider = 'acme'; allowed: the file's name, 'other'"):
        read_caches(tmp_path)


def test_the_committed_cache_is_as_fetch_writes_it() -> None:
    caches = read_caches(ROOT / "cache")
    assert caches
    for name, cache in caches.items():
        assert encode_cache(cache) == (ROOT / "cache" / f"{name}.json").read_bytes()
        assert cache.models
        assert all(len(page.sha256) == 64 and "127.0.0.1" not in page.url for page in cache.pages)
