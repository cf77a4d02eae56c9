"""What bears on a price besides tokens: how a request was served, its day and hour, and counters that nobody knows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from catalogs import write_catalog
from fluent_ai.content.reply import Usage
from fluent_ai.registry import Registry
from fluent_ai.registry.billing import bill
from fluent_ai.registry.facts import ModelInfo, Prices, PriceTier
from fluent_ai.registry.price_tiers import conditions
from hypothesis import given
from hypothesis import strategies as st

BASE = Prices(
    input=2.0,
    output=4.0,
    cache_read=0.5,
    image_output=40.0,
    per_web_search=0.01,
    per_audio_minute=0.006,
    batch_input=1.0,
    batch_output=2.0,
    tiers=(
        PriceTier(service="priority", input=4.0, output=8.0, cache_read=1.0),
        PriceTier(service="flex", input=1.0, output=2.0),
        PriceTier(service="fast+us", input=4.4, output=8.8),
        PriceTier(min_input_tokens=1000, input=3.0, output=6.0),
        PriceTier(min_input_tokens=1000, service="priority", input=6.0, output=12.0),
        PriceTier(until=date(2026, 3, 1), input=5.0, output=10.0),
        PriceTier(since=date(2027, 1, 1), input=1.0, output=1.0),
        PriceTier(utc_start="01:00", utc_end="04:00", weekdays=(6, 7), input=0.2, output=0.4),
    ),
)
REGIONAL = Prices(
    input=2.0,
    output=4.0,
    tiers=(
        PriceTier(service="regional", input=2.2, output=4.4),
        PriceTier(service="eu", input=3.0, output=6.0),
        PriceTier(service="priority", input=4.0, output=8.0),
    ),
)
THURSDAY = datetime(2026, 11, 26, 12, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("catalog")
    for provider in ("openai", "anthropic", "gemini", "bedrock", "cohere"):
        rows = [
            ModelInfo(id="m", kind="chat", prices=BASE),
            ModelInfo(id="draws", kind="image", prices=BASE),
            ModelInfo(id="hears", kind="transcription", prices=BASE),
            ModelInfo(id="ranks", kind="rerank", prices=Prices(per_request=0.002)),
            ModelInfo(id="regional", kind="chat", prices=REGIONAL),
            ModelInfo(id="listens", kind="transcription", prices=Prices(input=2.0, output=4.0, audio_input=8.0)),
        ]
        write_catalog(folder, provider, rows)
    return Registry(folder, overlays=())


def spent(read: int = 100, written: int = 10, **raw: Any) -> Usage:
    return Usage(input_tokens=read, output_tokens=written, raw=raw)


@pytest.mark.parametrize(
    ("model", "usage", "dollars"),
    [
        ("openai:m", spent(service_tier="default"), 100 * 2 + 10 * 4),
        ("openai:m", spent(service_tier="priority"), 100 * 4 + 10 * 8),
        ("openai:m", spent(2000, service_tier="priority"), 2000 * 6 + 10 * 12),
        ("openai:m", spent(service_tier="flex"), 100 * 1 + 10 * 2),
        ("openai:m", spent(service_tier="batch"), 100 * 1 + 10 * 2),
        ("gemini:m", spent(trafficType="ON_DEMAND"), 100 * 2 + 10 * 4),
        ("gemini:m", spent(trafficType="ON_DEMAND_PRIORITY"), 100 * 4 + 10 * 8),
        ("bedrock:m", spent(serviceTier={"type": "flex"}), 100 * 1 + 10 * 2),
        ("anthropic:m", spent(speed="fast", inference_geo="us"), 100 * 4.4 + 10 * 8.8),
        ("anthropic:m", spent(speed="standard", inference_geo="not_available"), 100 * 2 + 10 * 4),
        ("openai:m", spent(2000), 2000 * 3 + 10 * 6),
        ("openai:draws", spent(), 100 * 2 + 10 * 40),
        ("openai:draws", spent(output_tokens_details={"text_tokens": 4, "image_tokens": 6}), 100 * 2 + 4 * 4 + 6 * 40),
        ("openai:m", spent(hosted_calls={"web_search_call": 3}), 100 * 2 + 10 * 4 + 30_000),
        ("gemini:m", spent(hosted_calls={"web_search": 3}), 100 * 2 + 10 * 4 + 30_000),
        ("openai:hears", Usage(raw={"type": "duration", "seconds": 90}), 9_000),
        ("openai:listens", spent(input_token_details={"audio_tokens": 60, "text_tokens": 40}), 40 * 2 + 60 * 8 + 40),
        ("cohere:ranks", Usage(raw={"billed_units": {"search_units": 3}}), 6_000),
    ],
)
def test_whatever_changes_a_price_is_counted(models: Registry, model: str, usage: Usage, dollars: float) -> None:
    assert models.cost(usage, model, at=THURSDAY).total == pytest.approx(dollars / 1e6)


@pytest.mark.parametrize(
    ("model", "usage", "reason"),
    [
        ("openai:m", spent(service_tier="scale"), "service_tier is 'scale', whose price is not known"),
        ("openai:m", spent(2000, service_tier="flex"), "the price input of openai:m at service flex is not known"),
        ("anthropic:m", spent(speed="fast"), "the price input of anthropic:m at service fast is not known"),
        ("gemini:m", spent(trafficType="PROVISIONED_THROUGHPUT"), "trafficType is 'PROVISIONED_THROUGHPUT'"),
        ("bedrock:m", spent(latency="optimized"), "latency is 'optimized'"),
        ("openai:m", spent(premium_tokens=7), "the usage holds 7 premium_tokens, which may be billed"),
        ("openai:m", spent(server={"lookups": 2}), "the usage holds 2 server.lookups"),
        ("openai:m", spent(charges=[{"kind": "tool"}]), "the usage holds 1 charges"),
        ("openai:m", spent(hosted_calls={"file_search_call": 1}), "the price per_file_search of openai:m is not known"),
        ("openai:m", spent(hosted_calls={"x_search_call": 2}), "the answer holds 2 of x_search_call, whose price"),
        ("openai:m", spent(num_sources_used=5), "the usage holds 5 num_sources_used"),  # of xAI's live search
        ("gemini:m", spent(promptTokensDetails=[{"modality": "SMELL", "tokenCount": 3}]), "holds SMELL tokens"),
        ("anthropic:m", spent(iterations=[{"type": "advisor_message"}]), "iterations of kind advisor_message"),
        ("anthropic:m", spent(server_tool_use={"code_execution_requests": 1}), "1 server_tool_use.code_execution"),
    ],
)
def test_what_nobody_can_price_makes_the_total_unknown(models: Registry, model: str, usage: Usage, reason: str) -> None:
    found = models.cost(usage, model, at=THURSDAY)
    assert found.total is None
    assert found.reason is not None
    assert reason in found.reason


def test_times_and_zeroes_are_no_counters(models: Registry) -> None:
    usage = spent(queue_time=0.3, total_time=2, tokens_per_second=70, time_to_first_token_ms=20, other=0, flag=True)
    assert models.cost(usage, "openai:m", at=THURSDAY).total == pytest.approx(240 / 1e6)


@pytest.mark.parametrize(
    ("at", "price"),
    [
        (datetime(2026, 2, 28, 23, 59, tzinfo=UTC), 5.0),
        (datetime(2026, 3, 1, tzinfo=UTC), 2.0),
        (THURSDAY, 2.0),
        (datetime(2027, 1, 1, tzinfo=UTC), 1.0),
        (SATURDAY, 0.2),
        (datetime(2026, 11, 27, 2, tzinfo=UTC), 2.0),  # a Friday
        (datetime(2026, 2, 28, 2, tzinfo=UTC), None),  # a Saturday of other prices
    ],
)
def test_a_price_is_that_of_its_day_and_hour(models: Registry, at: datetime, price: float | None) -> None:
    total = models.estimate("openai:m", 100, at=at).total
    assert total == (None if price is None else pytest.approx(100 * price / 1e6))


def test_a_price_of_other_days_is_not_taken_for_what_a_day_does_not_state(models: Registry) -> None:
    cached = Usage(input_tokens=100, output_tokens=0, cached_input_tokens=100)
    assert models.cost(cached, "openai:m", at=THURSDAY).total == pytest.approx(50 / 1e6)
    past = models.cost(cached, "openai:m", at=datetime(2026, 2, 1, tzinfo=UTC))
    assert (past.total, past.missing) == (None, ("cache_read",))


def test_all_iterations_of_a_compacted_answer_are_counted() -> None:
    rounds = [
        {"type": "compaction", "input_tokens": 900, "output_tokens": 50, "cache_read_input_tokens": 7},
        {"type": "message", "input_tokens": 100, "output_tokens": 10, "cache_creation_input_tokens": 5},
    ]
    found = bill(spent(100, 10, iterations=rounds), "anthropic_messages")
    assert (found.units, found.doubts) == (
        {"input": 1000, "output": 60, "cache_read": 7, "cache_write": 5},
        (),
    )


TIERS = st.builds(
    PriceTier,
    input=st.sampled_from([None, 0.5, 3.0]),
    min_input_tokens=st.sampled_from([None, 10, 1000]),
    utc_start=st.just("00:00"),
    utc_end=st.sampled_from(["12:00", "00:00"]),
    since=st.sampled_from([None, date(2026, 1, 1)]),
    service=st.sampled_from([None, "priority"]),
)


@given(st.lists(TIERS, max_size=4), st.sampled_from(["default", "priority", "new"]), st.integers(1, 2000))
def test_a_price_under_an_unknown_condition_is_never_certain(tiers: list[PriceTier], served: str, prompt: int) -> None:
    """A total stands for one tier that has every condition which holds, or for the base where none holds."""
    models = Registry(Path("nowhere"), overlays=())
    models.define("openai:m", prices=Prices(input=2.0, output=0.0, tiers=tuple(tiers)))
    found = models.cost(Usage(prompt, 0, raw={"service_tier": served}), "openai:m", at=THURSDAY)
    if served == "new":
        assert found.total is None
    if found.total is None:
        assert found.reason
        return
    holding = [
        tier
        for tier in tiers
        if prompt >= (tier.min_input_tokens or 0)
        and (tier.service is None or tier.service == served)
        and tier.utc_end == "00:00"
    ]
    stated = [tier for tier in holding if tier.input is not None]
    named = frozenset().union(*map(conditions, stated))
    assert named or served == "default"
    allowed = {tier.input for tier in stated if conditions(tier) >= named} if named else {2.0}
    assert any(found.total == pytest.approx(price * prompt / 1e6) for price in allowed if price is not None)


def test_a_batch_of_longer_prompts_has_no_price_that_nobody_states(models: Registry) -> None:
    assert models.estimate("openai:m", 100, batch=True, at=THURSDAY).total == pytest.approx(100 / 1e6)
    assert models.estimate("openai:m", 2000, batch=True, at=THURSDAY).total is None


def test_free_tiers_are_not_the_cheapest(tmp_path: Path) -> None:
    free = Prices(input=0.0, output=0.0)
    rows = [
        ModelInfo(id="try", kind="chat", prices=free, free_tier=True),
        ModelInfo(id="free", kind="chat", prices=free),
        ModelInfo(id="paid", kind="chat", prices=Prices(input=1.0, output=1.0)),
    ]
    write_catalog(tmp_path, "openai", rows)
    models = Registry(tmp_path, overlays=())
    found = models.cheapest(input_tokens=10, output_tokens=1, provider="openai")
    assert [info.id for info, _ in found] == ["free", "paid"]
    tried = models.cheapest(input_tokens=10, output_tokens=1, provider="openai", free_tier=True)
    assert [info.id for info, _ in tried] == ["try"]


@pytest.mark.parametrize(
    ("facts", "total"),
    [
        ({"context_window": 9, "max_input_tokens": 5, "max_output_tokens": 4}, 9),
        ({"max_input_tokens": 5, "max_output_tokens": 4}, 9),
        ({"max_input_tokens": 5}, None),
        ({}, None),
    ],
)
def test_the_limit_of_prompt_and_answer_together(facts: dict[str, int], total: int | None) -> None:
    assert ModelInfo(id="m", **facts).max_total_tokens == total


def test_members_of_enums_know_their_facts() -> None:
    from fluent_ai_providers.openai import Model

    info = Model.GPT_5_1.info
    assert (info.full_name, info.context_window) == ("openai:gpt-5.1", 400_000)


@pytest.mark.parametrize(
    ("raw", "total"),
    [
        ({}, 6.0),
        ({"served_in": "us-east5"}, 6.6),
        ({"served_in": "eu"}, 9.0),
        ({"service_tier": "priority"}, 12.0),
        ({"service_tier": "priority", "served_in": "us-east5"}, None),  # nobody says what both together cost
    ],
)
def test_a_region_has_its_own_price_or_that_of_all_regions(
    models: Registry, raw: dict[str, Any], total: float | None
) -> None:
    found = models.cost(spent(1_000_000, 1_000_000, **raw), "openai:regional")
    assert found.total == (None if total is None else pytest.approx(total))
    assert found.total is not None or "priority+regional" in (found.reason or "")


def test_a_region_changes_nothing_for_a_model_without_regional_prices(models: Registry) -> None:
    used = spent(100, 10)
    elsewhere = spent(100, 10, served_in="us-east5")
    assert models.cost(elsewhere, "openai:m", at=THURSDAY) == models.cost(used, "openai:m", at=THURSDAY)
