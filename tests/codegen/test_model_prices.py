"""model-prices' timelines, and models.dev as a package ships it, read from small documents in their shapes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise

import pytest
from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier
from fluent_ai_codegen.sources import read
from hypothesis import given
from hypothesis import strategies as st
from source_rows import BY_NAME, TODAY, rows

Rates = Mapping[str, object]


def interval(start: str | None, input_price: float, output: float, **more: object) -> dict[str, object]:
    return {"start": start, "rates": {"input": input_price, "output": output, "source": "https://x", **more}}


def read_one(
    provider: str, timelines: Mapping[str, object], *schedules: Mapping[str, object], model: str = "m"
) -> ModelFacts:
    document = {"schema": 1, "prices": {provider: {model: timelines}}, "schedules": {"schedule": schedules}}
    (found,) = rows("model_prices", document).values()
    assert isinstance(found, ModelFacts)
    return found


def test_the_last_interval_that_has_begun_is_the_price() -> None:
    timeline = [
        interval(None, 3, 15),
        interval("2026-02-01T00:00:00Z", 3, 15, cache_read=0.13),  # knows more, and changes nothing
        interval("2026-03-01T00:00:00Z", 3, 15, cache_read=0.125),  # nor does what was rounded
        interval("2026-06-01T00:00:00Z", 2, 10, cache_read=0.2),
        interval("2027-01-01T00:00:00Z", 1, 5),  # announced
    ]
    assert read_one("openai", {"standard": timeline}).prices == Prices(
        input=2.0,
        output=10.0,
        cache_read=0.2,
        tiers=(
            PriceTier(input=3.0, output=15.0, cache_read=0.125, until=date(2026, 6, 1)),
            PriceTier(input=1.0, output=5.0, since=date(2027, 1, 1)),
        ),
    )


@pytest.mark.parametrize(("before", "after", "day"), [(1, 2, date(2026, 6, 1)), (2, 1, date(2026, 6, 2))])
def test_the_day_of_a_change_has_the_dearer_price(before: float, after: float, day: date) -> None:
    timeline = [interval(None, before, before), interval("2026-06-01T16:00:00Z", after, after)]
    prices = read_one("openai", {"standard": timeline}).prices
    assert prices
    assert [tier.until for tier in prices.tiers] == [day]


def test_services_batches_and_long_prompts() -> None:
    tiers = [{"above": 272_000, "input": 8, "output": 30}]
    found = read_one(
        "openai",
        {
            "standard": [interval(None, 4, 20, cache_write=5, cache_write_1h_multiple=2, tiers=tiers)],
            "batch": [{"start": None, "rates": None}, interval("2024-04-15T00:00:00Z", 2, 10, cache_read=0.2)],
            "fast": [interval(None, 8, 40)],
            "unheard_of": [interval(None, 9, 9)],
        },
    )
    assert found.prices == Prices(
        input=4.0,
        output=20.0,
        cache_write=5.0,
        cache_write_1h=8.0,
        batch_input=2.0,
        batch_output=10.0,
        batch_cache_read=0.2,
        tiers=(
            PriceTier(min_input_tokens=272_001, input=8.0, output=30.0, cache_write=5.0, cache_write_1h=16.0),
            PriceTier(service="priority", input=8.0, output=40.0),
        ),
    )


def test_an_answer_that_was_thought_about_has_a_price_of_its_own() -> None:
    found = read_one("alibaba", {"standard": [interval(None, 0.4, 1.2)], "thinking": [interval(None, 0.4, 4)]})
    assert found.prices == Prices(input=0.4, output=1.2, reasoning=4.0)


def test_peak_hours_hold_for_the_prices_of_their_days() -> None:
    timeline = [interval(None, 1, 2), interval("2026-09-01T00:00:00Z", 2, 4)]
    hours = {
        "provider": "deepseek",
        "valid_from": "2026-08-16T16:00:00Z",
        "peak_hours_utc": [["01:00", "04:00"]],
        "peak_multiplier": 2.0,
        "weekdays_only": True,
    }
    prices = read_one("deepseek", {"standard": timeline}, hours, {**hours, "provider": "alibaba"}).prices
    assert prices
    clock = {"utc_start": "01:00", "utc_end": "04:00", "weekdays": (1, 2, 3, 4, 5)}
    assert prices.tiers == (
        PriceTier(input=1.0, output=2.0, until=date(2026, 9, 1)),
        PriceTier(input=2.0, output=4.0, since=date(2026, 8, 16), until=date(2026, 9, 1), **clock),  # type: ignore[arg-type]  # of several types
        PriceTier(input=4.0, output=8.0, since=date(2026, 9, 1), **clock),  # type: ignore[arg-type]  # of several types
    )


def test_a_discount_that_is_over_holds_only_for_its_models_and_days() -> None:
    discount = {
        "provider": "deepseek",
        "valid_from": "2025-02-26T16:30:00Z",
        "valid_until": "2025-09-05T16:00:00Z",
        "off_peak_hours_utc": [["16:30", "00:30"]],
        "off_peak_multiplier": {"m": 0.5},
    }
    prices = read_one("deepseek", {"standard": [interval(None, 1, 2)]}, discount).prices
    assert prices
    assert prices.tiers == (
        PriceTier(
            input=0.5,
            output=1.0,
            utc_start="16:30",
            utc_end="00:30",
            since=date(2025, 2, 27),
            until=date(2025, 9, 5),
        ),
    )
    other = read_one("deepseek", {"standard": [interval(None, 1, 2)]}, discount, model="n").prices
    assert other == Prices(input=1.0, output=2.0)


def test_models_of_more_than_text_are_left_out() -> None:
    names = ("gpt-image-2", "qwen3-omni-flash", "gemini-nano-banana-2.1", "gpt-realtime", "text")
    prices = {"openai": {name: {"standard": [interval(None, 1, 2)]} for name in names}}
    assert list(rows("model_prices", {"schema": 1, "prices": prices})) == [("openai", "text")]


@pytest.mark.parametrize(
    "document",
    [
        {"schema": 2, "prices": {}},
        {"schema": 1, "prices": {"openai": {"m": {"standard": [interval(None, -1, 2)]}}}},
        {"schema": 1, "prices": {"openai": {"m": {"standard": [interval(None, 1e300, 2)]}}}},
        {"schema": 1, "prices": {"openai": {"m": {"standard": [interval("2026-06-01T00:00:00", 1, 2)]}}}},
        {"schema": 1, "prices": {"openai": {"m": {"standard": [interval(None, 1, 2, tiers=[{"over": 1}])]}}}},
    ],
)
def test_other_documents_are_refused(document: object) -> None:
    with pytest.raises(ProtocolError, match="model_prices"):
        rows("model_prices", document)


@given(st.lists(st.tuples(st.datetimes(), st.floats(0, 10), st.floats(0, 10)), max_size=5))
def test_no_two_prices_of_the_past_hold_on_one_day(changes: list[tuple[datetime, float, float]]) -> None:
    starts = [f"{moment.isoformat()}Z" for moment in sorted(moment for moment, _, _ in changes)]
    timeline = [interval(None, 1, 1)]
    timeline += [interval(start, price, output) for start, (_, price, output) in zip(starts, changes, strict=True)]
    prices = read_one("openai", {"standard": timeline}).prices
    past = [tier for tier in prices.tiers if tier.until] if prices else []
    for tier, later in pairwise(past):
        assert tier.until is not None
        assert later.since is not None
        assert tier.until <= later.since


BUNDLE = """
CREATE TABLE models (full_id, provider_id, id, name, family, reasoning, tool_call, structured_output, temperature,
    knowledge, limit_context, limit_input, limit_output);
CREATE TABLE model_modalities (model_full_id, direction, position, value);
CREATE TABLE experimental_modes (model_full_id, name, provider_body_json);
CREATE TABLE pricing (model_full_id, experimental_mode_name, min_context, cost_input, cost_output, cost_reasoning,
    cost_cache_read, cost_cache_write, cost_input_audio, cost_output_audio);
INSERT INTO models VALUES ('openai:m', 'openai', 'm', 'M', NULL, 1, 1, NULL, 0, '2025-01', 400000, 300000, 100000);
INSERT INTO model_modalities VALUES ('openai:m', 'input', 0, 'text'), ('openai:m', 'input', 1, 'pdf'),
    ('openai:m', 'output', 0, 'text');
INSERT INTO experimental_modes VALUES ('openai:m', 'fast', '{"service_tier":"priority"}');
INSERT INTO pricing VALUES ('openai:m', NULL, 0, 5, 30, NULL, 0.5, NULL, NULL, NULL),
    ('openai:m', NULL, 200000, 10, 45, NULL, 1, NULL, NULL, NULL),
    ('openai:m', 'fast', 0, 10, 60, NULL, 1, NULL, NULL, NULL);
"""


def bundle(script: str = BUNDLE) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(script)
    data = connection.serialize()
    connection.close()
    return data


def test_models_dev_as_a_package_ships_it() -> None:
    (row,) = read(BY_NAME["models_dev_bundle"], bundle(), TODAY)
    assert (row.provider, row.facts) == (
        "openai",
        ModelFacts(
            id="m",
            name="M",
            kind="chat",
            context_window=400_000,
            max_input_tokens=300_000,
            max_output_tokens=100_000,
            prices=Prices(
                input=5.0,
                output=30.0,
                cache_read=0.5,
                tiers=(
                    PriceTier(min_input_tokens=200_001, input=10.0, output=45.0, cache_read=1.0),
                    PriceTier(service="priority", input=10.0, output=60.0, cache_read=1.0),
                ),
            ),
            input_modalities=("text", "file"),
            output_modalities=("text",),
            tools=True,
            reasoning=True,
            vision=False,
            audio=False,
            pdf=True,
            temperature_fixed=True,
            knowledge_cutoff=date(2025, 1, 1),
        ),
    )


@pytest.mark.parametrize("damaged", [bundle()[:2000], bundle("CREATE TABLE other (x);"), b"SQLite format 3\x00"])
def test_a_damaged_bundle_is_refused(damaged: bytes) -> None:
    with pytest.raises(ProtocolError, match="models_dev"):
        read(BY_NAME["models_dev_bundle"], damaged, TODAY)


def test_a_mode_that_changes_more_than_the_service_is_no_price_of_one() -> None:
    mode = {"cost": {"input": 9}, "provider": {"body": {"service_tier": "priority", "other": 1}}}
    model = {"id": "m", "cost": {"input": 1}, "experimental": {"modes": {"fast": mode}}}
    found = rows("models_dev", {"openai": {"models": {"m": model}}})
    assert found["openai", "m"].prices == Prices(input=1.0)
