"""Pictures as pixels and tokens, against the examples that the providers' own pages give."""

from __future__ import annotations

import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.picture_tokens import seen, tokens, within
from fluent_ai.manifest.pictures import Pictures
from hypothesis import given
from hypothesis import strategies as st

PROVIDERS = load_manifests()
RULES = [rule for row in PROVIDERS.values() for rule in row.pictures]
sizes = st.tuples(st.integers(1, 12_000), st.integers(1, 12_000))


def rule_of(provider: str, model: str) -> Pictures:
    rule = PROVIDERS[provider].pictures_for(model)
    assert rule is not None
    return rule


@pytest.mark.parametrize(("provider", "model", "size", "count"), [
    ("openai", "gpt-4o", (1024, 1024), 765),
    ("openai", "gpt-4o", (2048, 4096), 1105),
    ("openai", "gpt-4o-2024-11-20", (128, 64), 255),
    ("openai", "gpt-4o-mini", (128, 64), 8500),
    ("openai", "o3-2025-04-16", (128, 64), 225),
    ("openai", "gpt-5", (1024, 1024), 630),
    ("openai", "gpt-4.1-mini", (1024, 1024), 1659),
    ("openai", "gpt-4.1-mini", (1800, 2400), 2353),  # 1452 patches of 1.62 tokens
    ("anthropic", "claude-sonnet-4-5", (1092, 1092), 1521),
    ("anthropic", "claude-3-5-sonnet-20241022", (784, 1568), 1568),
    ("bedrock", "us.anthropic.claude-sonnet-4-20250514-v1:0", (200, 200), 64),
    ("gemini", "gemini-2.5-flash", (384, 384), 258),
    ("gemini", "gemini-2.5-flash", (960, 540), 6 * 258),
    ("vertexai", "gemini-2.5-pro", (384, 300), 258),
])  # fmt: skip
def test_the_examples_of_the_providers(provider: str, model: str, size: tuple[int, int], count: int) -> None:
    assert tokens(rule_of(provider, model), size) == count


def test_low_detail_costs_the_base_alone() -> None:
    assert tokens(rule_of("openai", "gpt-4o"), (4096, 8192), "low") == 85
    assert tokens(rule_of("openai", "gpt-4o-mini"), (4096, 8192), "low") == 2833


def test_newer_models_see_more() -> None:
    older, newer = rule_of("anthropic", "claude-opus-4-6"), rule_of("anthropic", "claude-opus-4-7")
    assert seen(older, (4000, 3000)) < seen(newer, (4000, 3000))
    unknown = rule_of("anthropic", "claude-opus-9")
    assert seen(unknown, (4000, 3000)) == (4000, 3000)
    assert tokens(unknown, (4000, 3000)) is None
    assert PROVIDERS["openai"].pictures_for("gpt-9") is None


@given(st.sampled_from(RULES), sizes)
def test_what_is_seen_is_no_larger_keeps_its_proportion_and_counts_the_same(
    rule: Pictures, size: tuple[int, int]
) -> None:
    width, height = seen(rule, size)
    assert 1 <= width <= size[0]
    assert 1 <= height <= size[1]
    long, short = max(size), min(size)
    assert min(width, height) == pytest.approx(max(1, short * max(width, height) / long), abs=1.5)
    if rule.edge:
        assert max(width, height) <= rule.edge
    if rule.count == "patches":
        assert tokens(rule, (width, height)) == tokens(rule, size)


@given(st.sampled_from([rule for rule in RULES if rule.count]), sizes, st.integers(1, 5000))
def test_a_budget_of_tokens_is_kept_wherever_it_can_be(rule: Pictures, size: tuple[int, int], most: int) -> None:
    least = tokens(rule, (1, 1))
    count = tokens(rule, within(rule, size, most))
    assert least is not None
    assert count is not None
    assert count <= max(most, least)
