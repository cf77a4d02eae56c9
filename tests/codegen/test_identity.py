from __future__ import annotations

import pytest
from fluent_ai_codegen.merge.identity import Found, Index, key, undated
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("one", "other", "provider"),
    [
        ("models/gemini-2.5-pro", "Gemini-2-5-Pro", "gemini"),
        ("openai/gpt-4.1", "gpt-4.1", "openai"),
        ("claude-sonnet-4-5@20250929", "claude-sonnet-4-5-20250929", "vertexai"),
        ("Claude Opus 4.5", "claude-opus-4-5", "anthropic"),
    ],
)
def test_ids_of_one_model_have_one_key(one: str, other: str, provider: str) -> None:
    assert key(one, provider) == key(other, provider)


@pytest.mark.parametrize(
    ("one", "other"), [("gpt-4o", "gpt-4o-mini"), ("gpt-4.1", "gpt-41"), ("meta/llama", "llama"), ("grok-3", "grok-4")]
)
def test_likeness_is_not_identity(one: str, other: str) -> None:
    assert key(one, "openai") != key(other, "openai")
    assert Index("openai", [one], {}).find(other) is None


def test_dates_end_an_id() -> None:
    assert undated("claude-x-20250929") == "claude-x"
    assert undated("gpt-4o-2024-08-06") == "gpt-4o"
    assert undated("mistral-2508") is None
    assert undated("20250929") is None


def test_the_most_direct_meaning_is_found() -> None:
    index = Index("acme", ["anvil-2", "rope-20250101"], {"anvil-latest": "anvil-2", "anvil-2": "rope-20250101"})
    assert index.find("anvil-2") == Found("anvil-2", "id")
    assert index.find("anvil-latest") == Found("anvil-2", "alias")
    assert index.find("acme/Anvil.2") == Found("anvil-2", "key")
    assert index.find("rope") == Found("rope-20250101", "snapshot")
    assert index.find("rope-20250102") is None
    assert index.find("other") is None


def test_what_means_two_models_means_none() -> None:
    index = Index("acme", ["medium-3.5", "medium-3-5", "rope-20250101", "rope-20250202"], {})
    assert index.find("medium-3.5") == Found("medium-3.5", "id")
    assert index.find("Medium-3.5") is None
    assert index.find("rope") is None


def test_an_undated_model_hides_its_snapshots() -> None:
    assert Index("acme", ["rope", "rope-20250101"], {}).find("ROPE") == Found("rope", "key")


def test_regional_profiles_are_bedrocks() -> None:
    model = "anthropic.claude-sonnet-4-5-20250929-v1:0"
    index = Index("bedrock", [model], {})
    assert index.find(f"us.{model}") == Found(model, "profile")
    assert index.find(f"global.{model}") == Found(model, "profile")
    assert index.find(f"mars.{model}") is None
    assert Index("acme", [model], {}).find(f"us.{model}") is None


@given(
    st.sets(st.text(alphabet="aA1.-/@ ", min_size=1, max_size=6), max_size=8), st.text(alphabet="aA1.-/@ ", max_size=6)
)
def test_an_id_is_always_itself_and_the_order_of_ids_does_not_matter(ids: set[str], asked: str) -> None:
    index = Index("acme", sorted(ids), {})
    for model_id in ids:
        assert index.find(model_id) == Found(model_id, "id")
    assert index.find(asked) == Index("acme", sorted(ids, reverse=True), {}).find(asked)
    assert key(key(asked, "acme"), "acme") == key(asked, "acme")
