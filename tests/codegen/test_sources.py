"""Sources are read from small documents of our own, in the shape of the real ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec
import pytest
from fluent_ai.errors import ConfigError, ProtocolError
from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier
from fluent_ai_codegen.files.cache import decode_file
from fluent_ai_codegen.sources import openrouter, read
from fluent_ai_codegen.sources.store import SourceCache, encode_source, hear, main, read_sources, write_source
from hypothesis import given
from hypothesis import strategies as st
from source_rows import BY_NAME, ROOT, TODAY, rows


def test_models_dev() -> None:
    model = {
        "id": "gemini-x",
        "name": "Gemini X",
        "limit": {"context": 1_048_576, "input": 0, "output": 65_536},
        "cost": {
            "input": 1.25,
            "output": 10,
            "cache_read": 0.125,
            "input_audio": 3,
            "context_over_200k": {"input": 2.5},
            "tiers": [{"input": 2.5, "output": 15, "tier": {"size": 200_000, "type": "context"}}],
        },
        "modalities": {"input": ["text", "image", "pdf"], "output": ["text"]},
        "tool_call": True,
        "reasoning": True,
        "release_date": "2025-03-20",
        "knowledge": "2025-01",
        "open_weights": False,
    }
    free = {"id": "free", "cost": {"input": 0, "output": 0}, "knowledge": "2024"}
    found = rows("models_dev", {"google": {"models": {"gemini-x": model, "free": free}}, "nobody": {"models": {}}})
    assert found["gemini", "gemini-x"] == ModelFacts(
        id="gemini-x",
        name="Gemini X",
        kind="chat",
        context_window=1_048_576,
        max_output_tokens=65_536,
        prices=Prices(
            input=1.25,
            output=10.0,
            cache_read=0.125,
            audio_input=3.0,
            tiers=(PriceTier(min_input_tokens=200_001, input=2.5, output=15.0),),
        ),
        input_modalities=("text", "image", "file"),
        output_modalities=("text",),
        tools=True,
        reasoning=True,
        vision=True,
        audio=False,
        pdf=True,
        released=date(2025, 3, 20),
        knowledge_cutoff=date(2025, 1, 1),
    )
    heard = {"id": "ear", "cost": {"input": 0}, "modalities": {"input": ["audio"], "output": ["text"]}}
    spoken = {"id": "mouth", "cost": {"input": 40}, "modalities": {"input": ["text"], "output": ["audio"]}}
    sounds = rows("models_dev", {"groq": {"models": {"ear": heard, "mouth": spoken}}})
    assert [model.prices for model in sounds.values()] == [None, None]
    assert found["gemini", "free"] == ModelFacts(id="free", prices=Prices(input=0.0, output=0.0))


def test_aichat() -> None:
    text = b"""
- provider: claude
  models:
    - name: claude-x
      max_input_tokens: 200000
      max_output_tokens: 8192
      input_price: 3
      output_price: 15
      supports_vision: true
    - name: claude-x:thinking
      real_name: claude-x
- provider: jina
  models: [{name: rank, type: reranker, input_price: 0}]
- provider: nobody
  models: []
"""
    found = rows("aichat", text)
    assert found == {
        ("anthropic", "claude-x"): ModelFacts(
            id="claude-x",
            kind="chat",
            context_window=200_000,
            prices=Prices(input=3.0, output=15.0),
            vision=True,
            embeddings=False,
        ),
        ("jina", "rank"): ModelFacts(id="rank", kind="rerank", embeddings=False),
    }


def test_openrouter_speaks_for_makers() -> None:
    listed = ["anthropic/claude-x", "anthropic/claude-x:free", "~anthropic/latest", "somebody/m", "openrouter/auto"]
    found = openrouter.rows(ModelFacts(id=name) for name in listed)
    assert [(row.provider, row.facts.id) for row in found] == [("anthropic", "claude-x")]
    served = ModelFacts(id="openai/m", kind="chat", max_output_tokens=1, tools=True, reasoning=False, vision=False)
    assert openrouter.rows([served])[0].facts == ModelFacts(id="m", tools=True, vision=False)


@pytest.mark.parametrize("name", ["model_prices", "models_dev", "litellm", "genai_prices", "aichat"])
@pytest.mark.parametrize(
    "body", [b"", b"<!doctype html><p>no</p>", b'{"a":', b"\xff\xfe", b"[1]", b'{"a": 1}', b"[]", b"{}"]
)
def test_another_document_is_refused_with_the_name_of_the_source(name: str, body: bytes) -> None:
    with pytest.raises(ProtocolError) as caught:
        read(BY_NAME[name], body, TODAY)
    assert str(caught.value).startswith(name)
    assert "expected" in str(caught.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["tiers", "base", "id"]), inner, max_size=2)
    ),
    max_leaves=4,
)
TIERS = [{"start": 1, "price": 2, "input": 2, "tier": {"size": 1, "type": "context"}}]
COST = {"input": 1, "tiers": TIERS, "input_mtok": {"base": 1, "tiers": TIERS}}
PARTS: dict[str, object] = {
    "id": "m", "name": "m", "provider": "openai", "litellm_provider": "openai", "mode": "chat", "cost": COST,
    "prices": COST, "match": {"equals": "n"}, "limit": {"context": 1}, "modalities": {"input": ["text"]},
    "max_input_tokens": 1, "input_cost_per_token": 1, "search_context_cost_per_query": {}, "supports_vision": True,
}  # fmt: skip
SHAPES: dict[str, Callable[[object], object]] = {
    "models_dev": lambda row: {"openai": {"models": {"m": row}}},
    "litellm": lambda row: {"m": row},
    "genai_prices": lambda row: [{"id": "openai", "models": [row]}],
    "aichat": lambda row: [{"provider": "openai", "models": [row]}],
}


@pytest.mark.parametrize("name", sorted(SHAPES))
@given(st.dictionaries(st.sampled_from(sorted(PARTS)), JSON, max_size=3), JSON)
def test_whatever_stands_in_a_row_it_is_read_or_refused(name: str, changed: dict[str, object], inner: object) -> None:
    cost = {"tiers": [inner, {"tier": inner}], "input_mtok": inner}
    for row in (PARTS | changed, PARTS | {"cost": cost, "prices": cost}, inner):
        body = json.dumps(SHAPES[name](row)).encode()
        with suppress(ProtocolError):
            heard = hear(BY_NAME[name], body, TODAY)
            assert decode_file(encode_source(heard), msgspec.json.Decoder(SourceCache).decode, "x") == heard


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (rb'{"name": "\ud800\udc00"}', r"expected a printable name, got '\\ud800\\udc00'"),
        (rb'"\ud800\udc00"', "expected text, got half a surrogate pair"),
    ],
)
def test_what_is_no_text_is_refused(model: bytes, message: str) -> None:
    with pytest.raises(ProtocolError, match=f"aichat: {message}"):
        hear(BY_NAME["aichat"], b'[{"provider": "openai", "models": [' + model + b"]}]", TODAY)


def test_a_source_comes_back_as_it_was_heard(tmp_path: Path) -> None:
    body = json.dumps({"m": {"litellm_provider": "openai", "mode": "chat"}}).encode()
    heard = hear(BY_NAME["litellm"], body, TODAY)
    assert (heard.url, heard.bytes, len(heard.sha256)) == (BY_NAME["litellm"].url, len(body), 64)
    write_source(tmp_path, heard)
    assert read_sources(tmp_path) == {"litellm": heard}
    (tmp_path / "other.json").write_bytes(encode_source(heard))
    with pytest.raises(ConfigError, match=r"cache/sources/other.json: source = 'litellm'; allowed: the file's name"):
        read_sources(tmp_path)


def test_a_document_can_be_read_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "specs" / "providers").mkdir(parents=True)
    (tmp_path / "prices.json").write_text('{"m": {"litellm_provider": "openai", "mode": "chat"}}')
    monkeypatch.chdir(tmp_path)
    main(["litellm", "prices.json", "pkg:pypi/litellm@1", "2026-11-01"])
    heard = read_sources(tmp_path / "cache" / "sources")["litellm"]
    assert (heard.url, heard.observed) == ("pkg:pypi/litellm@1", TODAY)
    with pytest.raises(ConfigError, match="expected NAME FILE URL DAY"):
        main(["nobody", "prices.json", "u", "2026-11-01"])


def test_the_committed_facts_are_as_they_are_written() -> None:
    folder = ROOT / "cache" / "sources"
    sources: Mapping[str, SourceCache] = read_sources(folder)
    assert {"litellm", "model_prices", "models_dev", "models_dev_bundle", "genai_prices", "aichat"} <= set(sources)
    providers = {path.stem for path in (ROOT / "specs" / "providers").glob("*.toml")}
    for name, heard in sources.items():
        assert encode_source(heard) == (folder / f"{name}.json").read_bytes()
        assert {row.provider for row in heard.models} <= providers
        assert len(heard.sha256) == 64
        assert heard.url.startswith(("https://", "pkg:pypi/"))


@pytest.mark.parametrize("name", sorted(read_sources(ROOT / "cache" / "sources")))
def test_every_fact_has_the_name_that_its_source_gives_it(name: str) -> None:
    heard = read_sources(ROOT / "cache" / "sources")[name]
    stated = {
        fact for row in heard.models for fact in ModelFacts.__struct_fields__ if getattr(row.facts, fact) is not None
    }
    assert stated <= set(BY_NAME[name].origins)
