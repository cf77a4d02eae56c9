"""What requests cost: each protocol's way of counting, tiers, and prices that nobody states."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from catalogs import write_catalog
from fluent_ai.content.reply import Reply, Usage
from fluent_ai.errors import ConfigError
from fluent_ai.registry import Cost, Registry
from fluent_ai.registry.billing import billed_units, prompt_size
from fluent_ai.registry.facts import ModelInfo, Prices, PriceTier
from fluent_ai.verbs.embed import Embeddings
from hypothesis import given
from hypothesis import strategies as st

FULL = Prices(
    input=1.0,
    output=10.0,
    cache_read=0.1,
    cache_write=1.25,
    cache_write_1h=2.0,
    batch_input=0.5,
    batch_output=5.0,
    per_web_search=0.01,
)
LONG = Prices(
    input=1.0,
    output=2.0,
    cache_read=0.5,
    tiers=(
        PriceTier(min_input_tokens=1_000, input=2.0),
        PriceTier(min_input_tokens=10_000, input=4.0, output=8.0),
        PriceTier(utc_start="22:00", utc_end="06:00", output=1.0),
    ),
)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("catalog")
    for provider in ("openai", "anthropic", "gemini", "bedrock", "cohere", "xai", "qianwen"):
        write_catalog(
            folder,
            provider,
            [
                ModelInfo(id="full", kind="chat", prices=FULL, aliases=("whole",)),
                ModelInfo(id="long", kind="chat", prices=LONG),
                ModelInfo(id="half", kind="chat", prices=Prices(input=1.0)),
                ModelInfo(id="free", kind="chat", prices=Prices(input=0.0, output=0.0)),
                ModelInfo(id="none", kind="chat"),
                ModelInfo(id="vectors", kind="embedding", prices=Prices(input=2.0)),
                ModelInfo(id="call", kind="chat", prices=Prices(input=1.0, output=1.0, per_request=0.5)),
                ModelInfo(id="deep", kind="chat", prices=Prices(input=1.0, output=10.0, reasoning=20.0)),
            ],
        )
    return Registry(folder, overlays=())


def usage(**counts: Any) -> Usage:
    return Usage(**counts)


@pytest.mark.parametrize(
    ("model", "counted", "parts"),
    [
        # Within the input: 900 fresh and 100 from the cache.
        ("openai:full", usage(input_tokens=1000, output_tokens=10, cached_input_tokens=100), (900, 100, 0, 10)),
        ("gemini:full", usage(input_tokens=1000, output_tokens=10, cached_input_tokens=100), (900, 100, 0, 10)),
        # Beside it: 1000 fresh, 100 from the cache and 50 into it.
        (
            "anthropic:full",
            usage(input_tokens=1000, output_tokens=10, cached_input_tokens=100, cache_write_tokens=50),
            (1000, 100, 50, 10),
        ),
        (
            "bedrock:full",
            usage(input_tokens=1000, output_tokens=10, cached_input_tokens=100, cache_write_tokens=50),
            (1000, 100, 50, 10),
        ),
        # More from the cache than there was, as some gateways say: it cannot have been within the prompt.
        ("openai:full", usage(input_tokens=10, output_tokens=0, cached_input_tokens=100), (10, 100, 0, 0)),
        ("openai:full", usage(input_tokens=10, output_tokens=0, cached_input_tokens=10), (0, 10, 0, 0)),
    ],
)
def test_cached_tokens_are_counted_once(
    models: Registry, model: str, counted: Usage, parts: tuple[int, int, int, int]
) -> None:
    fresh, read, written, answered = parts
    found = models.cost(counted, model)
    assert found.total == pytest.approx((fresh * 1.0 + read * 0.1 + written * 1.25 + answered * 10.0) / 1e6)
    assert found.estimated
    assert found.currency == "USD"
    assert sum(found.parts.values()) == found.total == found.at_least


@pytest.mark.parametrize(
    ("model", "counted", "expected"),
    [
        ("openai:full", usage(input_tokens=0, output_tokens=100, reasoning_tokens=40), 100 * 10.0),
        ("openai:deep", usage(input_tokens=0, output_tokens=100, reasoning_tokens=40), 60 * 10.0 + 40 * 20.0),
        ("gemini:full", usage(input_tokens=0, output_tokens=100, reasoning_tokens=40), 140 * 10.0),
        ("anthropic:full", usage(input_tokens=0, output_tokens=100, reasoning_tokens=40), 100 * 10.0),
        (
            "xai:full",
            usage(input_tokens=7, output_tokens=100, reasoning_tokens=400, raw={"total_tokens": 507}),
            7 * 1.0 + 500 * 10.0,
        ),
        ("openai:full", usage(input_tokens=0, output_tokens=10, reasoning_tokens=40), 50 * 10.0),
        ("openai:full", usage(input_tokens=0, output_tokens=40, reasoning_tokens=40), 40 * 10.0),
    ],
)
def test_reasoning_is_counted_once(models: Registry, model: str, counted: Usage, expected: float) -> None:
    assert models.cost(counted, model).total == pytest.approx(expected / 1e6)


@pytest.mark.parametrize(
    ("protocol", "counted", "units"),
    [
        (
            "anthropic_messages",
            usage(
                input_tokens=5,
                output_tokens=1,
                cache_write_tokens=30,
                raw={
                    "cache_creation": {"ephemeral_5m_input_tokens": 10, "ephemeral_1h_input_tokens": 20},
                    "server_tool_use": {"web_search_requests": 2},
                },
            ),
            {"input": 5, "output": 1, "cache_write": 10, "cache_write_1h": 20, "per_web_search": 2},
        ),
        (
            "openai_chat",
            usage(
                input_tokens=50,
                output_tokens=20,
                raw={
                    "prompt_tokens_details": {"audio_tokens": 30},
                    "completion_tokens_details": {"audio_tokens": 15},
                },
            ),
            {"input": 20, "audio_input": 30, "output": 5, "audio_output": 15},
        ),
        (
            "gemini",
            usage(
                input_tokens=100,
                output_tokens=50,
                cached_input_tokens=40,
                raw={
                    "promptTokensDetails": [
                        {"modality": "TEXT", "tokenCount": 30},
                        {"modality": "AUDIO", "tokenCount": 50},
                        {"modality": "IMAGE", "tokenCount": 20},
                        "noise",
                    ],
                    "cacheTokensDetails": [{"modality": "AUDIO", "tokenCount": 40}],
                    "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": 45}],
                    "toolUsePromptTokenCount": 7,
                },
            ),
            {
                "input": 30 + 7,
                "audio_input": 10,
                "audio_cache_read": 40,
                "image_input": 20,
                "output": 5,
                "image_output": 45,
            },
        ),
        (
            "cohere_v2",
            usage(
                input_tokens=906,
                output_tokens=77,
                raw={"billed_units": {"input_tokens": 23, "output_tokens": 41}, "tokens": {"input_tokens": 906}},
            ),
            {"input": 23, "output": 41},
        ),
        ("cohere_v2", usage(input_tokens=906, output_tokens=77, raw={}), {"input": 906, "output": 77}),
        ("openai_chat", usage(input_tokens=3), {"input": 3}),
        ("openai_chat", usage(raw={"prompt_tokens_details": 7, "cache_creation": [1]}), {}),
    ],
)
def test_units_of_each_price(protocol: str, counted: Usage, units: dict[str, int]) -> None:
    assert billed_units(counted, protocol) == units


counts = st.integers(0, 10**7)


@given(
    st.sampled_from(["openai_chat", "openai_responses", "anthropic_messages", "gemini", "bedrock_converse"]),
    counts, counts, counts, counts, counts,
)  # fmt: skip
def test_no_token_is_counted_twice_or_lost(
    protocol: str, read: int, cached: int, written: int, answered: int, thought: int
) -> None:
    """From the true numbers to what each provider would report, and back."""
    beside = protocol in ("anthropic_messages", "bedrock_converse")
    reported = Usage(
        input_tokens=read if beside else read + cached + written,
        output_tokens=answered if protocol == "gemini" else answered + thought,
        reasoning_tokens=thought,
        cached_input_tokens=cached,
        cache_write_tokens=written,
    )
    units = billed_units(reported, protocol)
    assert prompt_size(units) == read + cached + written
    assert units["output"] == answered
    assert units.get("reasoning", 0) == thought


@pytest.mark.parametrize(
    ("prompt", "at", "expected"),
    [
        (999, NOON, 999 * 1.0 + 100 * 2.0),
        (1_000, NOON, 1_000 * 2.0 + 100 * 2.0),
        (10_000, NOON, 10_000 * 4.0 + 100 * 8.0),
        (999, NOON.replace(hour=22), 999 * 1.0 + 100 * 1.0),
        (999, NOON.replace(hour=5, minute=59), 999 * 1.0 + 100 * 1.0),
        (999, NOON.replace(hour=6), 999 * 1.0 + 100 * 2.0),
    ],
)
def test_tiers_of_length_and_of_hours(models: Registry, prompt: int, at: datetime, expected: float) -> None:
    assert models.estimate("openai:long", prompt, 100, at=at).total == pytest.approx(expected / 1e6)


def test_the_whole_prompt_decides_on_the_tier(models: Registry) -> None:
    found = models.cost(usage(input_tokens=1_000, output_tokens=0, cached_input_tokens=600), "openai:long", at=NOON)
    assert found.total == pytest.approx((400 * 2.0 + 600 * 0.5) / 1e6)


def test_a_time_without_a_zone_is_refused(models: Registry) -> None:
    with pytest.raises(ConfigError, match="allowed: a datetime with a time zone"):
        models.estimate("openai:long", 1, at=datetime(2026, 1, 1))


def test_an_unknown_price_makes_an_unknown_sum(models: Registry) -> None:
    found = models.cost(usage(input_tokens=1_000, output_tokens=10), "openai:half")
    assert (found.total, found.missing) == (None, ("output",))
    assert found.parts == {"input": 0.001}
    assert found.at_least == 0.001
    assert found.reason == "the price output of openai:half is not known"
    assert models.cost(usage(input_tokens=1, output_tokens=1), "openai:none").reason == (
        "no price of openai:none is known"
    )
    cached = models.cost(usage(input_tokens=10, output_tokens=1, cached_input_tokens=5), "openai:call")
    assert (cached.total, cached.missing) == (None, ("cache_read",))
    unknown = models.cost(usage(input_tokens=10, output_tokens=1), "openai:nothing")
    assert (unknown.total, unknown.reason) == (None, "openai:nothing is not in the registry")


def test_counts_that_are_not_told_make_an_unknown_sum(models: Registry) -> None:
    assert models.cost(usage(input_tokens=10), "openai:full").reason == "the usage has no output tokens"
    assert models.cost(usage(input_tokens=10), "openai:vectors").total == pytest.approx(20 / 1e6)
    assert models.cost(usage(), "openai:vectors").total is None
    assert models.cost(usage(input_tokens=-5, output_tokens=-3), "openai:full").total is None
    odd = usage(input_tokens=10, output_tokens=0, cached_input_tokens=-5, reasoning_tokens=-5, cache_write_tokens=-1)
    assert models.cost(odd, "openai:full").total == pytest.approx(10 / 1e6)


def test_free_is_zero_and_not_unknown(models: Registry) -> None:
    found = models.cost(usage(input_tokens=10, output_tokens=10), "openai:free")
    assert (found.total, found.missing) == (0.0, ())


def test_a_price_for_each_request_is_added(models: Registry) -> None:
    assert models.estimate("openai:call", 1_000_000, 1_000_000).total == pytest.approx(2.5)


def test_batch_prices(models: Registry) -> None:
    counted = usage(input_tokens=1_000_000, output_tokens=1_000_000, reasoning_tokens=400_000)
    assert models.cost(counted, "openai:full", batch=True).total == pytest.approx(5.5)
    found = models.cost(counted, "openai:deep", batch=True)
    assert found.missing == ("batch_input", "batch_output", "batch_reasoning")


def test_a_price_of_reasoning_may_be_that_of_the_whole_answer(models: Registry) -> None:
    counted = usage(input_tokens=0, output_tokens=1_000_000, reasoning_tokens=400_000)
    assert models.cost(counted, "openai:deep").total == pytest.approx(6 + 8)
    assert models.cost(counted, "qianwen:deep").parts == {"reasoning": 20.0}
    assert models.cost(usage(input_tokens=0, output_tokens=1_000_000), "qianwen:deep").total == 10.0


def test_the_providers_own_sum_wins(models: Registry) -> None:
    found = models.cost(usage(input_tokens=1, output_tokens=1, cost=0.25), "openai:full")
    assert found == Cost(model="openai:full", total=0.25, estimated=False)
    assert models.cost(usage(cost=0.5), "openai:nothing").total == 0.5
    for cost in (float("nan"), float("inf"), -1.0):
        assert models.cost(usage(input_tokens=10, output_tokens=0, cost=cost), "openai:full").estimated


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 1, 1),
        date(2026, 1, 1),
        "now",
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=12))),
    ],
)
def test_a_time_has_a_zone(models: Registry, at: datetime) -> None:
    with pytest.raises(ConfigError, match="allowed: a datetime with a time zone"):
        models.estimate("openai:full", 1, at=at)


@pytest.mark.parametrize("count", [-1, 1.5, True, 10**400])
def test_a_count_is_a_whole_number(models: Registry, count: int) -> None:
    with pytest.raises(ConfigError, match="allowed: a whole number from 0 to"):
        models.estimate("openai:full", count)


def test_replies_name_their_model(models: Registry) -> None:
    spent = usage(input_tokens=1_000_000, output_tokens=0)
    assert models.cost(Reply(provider="openai", model="whole", usage=spent)).total == pytest.approx(1.0)
    assert models.cost(Reply(provider="openai", model="else", usage=spent), "claude:full").model == "anthropic:full"
    for named in (None, "full-2026-01-01"):
        asked = Reply(provider="openai", model=named, requested_model="full", usage=spent)
        assert models.cost(asked).total == pytest.approx(1.0)
    vectors = Embeddings(vectors=(), provider="openai", model="vectors", usage=usage(input_tokens=1_000_000))
    assert models.cost(vectors).total == pytest.approx(2.0)
    assert models.cost(Reply()).reason == "the reply does not state its usage, its provider or its model"
    with pytest.raises(ConfigError, match="model is missing"):
        models.cost(spent)
    with pytest.raises(ConfigError, match="reply is of type str; allowed"):
        models.cost("reply")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="provider 'opnai' is not known"):
        models.cost(spent, "opnai:full")


def test_a_model_of_nobodys_manifest_counts_like_openai(tmp_path: Path) -> None:
    models = Registry(tmp_path, overlays=())
    models.define("nobody:own", prices={"input": 1, "output": 2, "cache_read": 0.5})
    assert models.cost(usage(input_tokens=10, output_tokens=1, cached_input_tokens=4), "nobody:own").total == (
        pytest.approx((6 * 1 + 4 * 0.5 + 2) / 1e6)
    )


@pytest.mark.parametrize(
    ("counted", "total"),
    [
        (usage(input_tokens="5", output_tokens=1), None),
        (usage(input_tokens=5, output_tokens=1, cached_input_tokens="x", reasoning_tokens=[]), 15e-6),
        (usage(input_tokens=5, output_tokens=1, raw=[1]), 15e-6),
        (usage(input_tokens=5, output_tokens=1, raw={"total_tokens": "6"}), 15e-6),
        (usage(input_tokens=4.5, output_tokens=1), 15e-6),
        (usage(input_tokens=5, output_tokens=1, cost="0.5"), 15e-6),
        (usage(input_tokens=5, output_tokens=1, cost=True), 15e-6),
        (usage(input_tokens=5, output_tokens=1, cost=10**400), 15e-6),
        (usage(input_tokens=5, output_tokens=1, cost=float("nan")), 15e-6),
        (usage(input_tokens=float("nan"), output_tokens=1), None),
        (usage(input_tokens=2**64, output_tokens=1), None),
        (usage(input_tokens=-1, output_tokens=1), None),
    ],
)
def test_counts_that_are_none_are_no_error_and_nothing_is_rounded_down(
    models: Registry, counted: Usage, total: float | None
) -> None:
    """A Usage may be made by hand, or come from a log."""
    found = models.cost(counted, "openai:full")
    assert found.total == (None if total is None else pytest.approx(total))
    assert (found.reason is None) == (total is not None)
