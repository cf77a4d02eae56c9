"""The rows of genai-prices are read from small documents of our own, in the shape of the real one."""

from __future__ import annotations

from datetime import date

import pytest
from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier
from source_rows import rows


def test_genai_prices() -> None:
    models = [
        {
            "id": "m",
            "name": "M",
            "context_window": 64_000,
            "match": {"or": [{"equals": "m-1"}, {"or": [{"equals": "m-2"}]}, {"starts_with": "m-9"}]},
            "prices": [
                {"prices": {"input_mtok": 9}},
                {"constraint": {"start_date": "2026-10-01"}, "prices": {"input_mtok": 1, "requests_kcount": 12}},
                {"constraint": {"start_date": "2027-01-01"}, "prices": {"input_mtok": 5}},
                {"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"}, "prices": {"input_mtok": 0.5}},
            ],
        },
        {"id": "tiered", "prices": {"input_mtok": {"base": 1, "tiers": [{"start": 200_000, "price": 2}]}}},
    ]
    found = rows("genai_prices", [{"id": "x-ai", "models": models}, {"id": "unknown", "models": models}])
    assert set(found) == {("xai", "m"), ("xai", "m-1"), ("xai", "m-2"), ("xai", "tiered")}
    assert found["xai", "m-2"] == ModelFacts(
        id="m-2",
        name="M",
        context_window=64_000,
        prices=Prices(
            input=1.0,
            per_request=0.012,
            tiers=(
                PriceTier(until=date(2026, 10, 1), input=9.0),
                PriceTier(since=date(2027, 1, 1), input=5.0),
                PriceTier(utc_start="00:30", utc_end="16:30", input=0.5),
            ),
        ),
    )
    assert found["xai", "tiered"].prices == Prices(input=1.0, tiers=(PriceTier(min_input_tokens=200_001, input=2.0),))


def test_genai_prices_of_services_and_batches() -> None:
    model = {
        "id": "m",
        "prices": {"input_mtok": {"base": 2, "tiers": [{"start": 1000, "price": 4}]}, "web_searches_kcount": 10},
        "price_variants": [
            {"when": {"service_tier": "default"}, "prices": {}, "constraint": None},
            {"when": {"processing": "batch"}, "prices": {"input_mtok": 1}},
            {
                "when": {"service_tier": "priority"},
                "prices": {"input_mtok": 3},
                "constraint": {"start_date": "2026-10-12"},
            },
            {"when": {"speed": "fast"}, "prices": {"input_mtok": 9}, "constraint": {"start_date": "2027-01-01"}},
            {"when": {"route": "eu"}, "prices": {"input_mtok": 5}},
        ],
    }
    assert rows("genai_prices", [{"id": "openai", "models": [model]}])["openai", "m"].prices == Prices(
        input=2.0,
        batch_input=1.0,
        per_web_search=0.01,
        tiers=(PriceTier(min_input_tokens=1_001, input=4.0), PriceTier(service="priority", input=3.0)),
    )


def test_the_module_of_the_package_is_read_and_not_run() -> None:
    module = """
import datetime
from decimal import Decimal
providers: list[Provider] = [
    Provider(
        id='openai',
        models=[
            ModelInfo(
                id='m',
                match=ClauseOr(or_=[ClauseEquals(equals='m'), ClauseNot(not_=ClauseContains(contains='x'))]),
                prices=[
                    ConditionalPrice(prices=ModelPrice(input_mtok=Decimal('3'))),
                    ConditionalPrice(
                        constraint=StartDateConstraint(start_date=datetime.date(2026, 8, 1)),
                        prices=ModelPrice(
                            input_mtok=TieredPrices(base=Decimal('2'), tiers=[Tier(start=9, price=Decimal('4'))])
                        ),
                    ),
                    ConditionalPrice(
                        constraint=TimeOfDateConstraint(
                            start_time=datetime.time(0, 30, tzinfo=datetime.UTC), end_time=datetime.time(16)
                        ),
                        prices=ModelPrice(input_mtok=Decimal('1')),
                    ),
                ],
            )
        ],
    )
]
"""
    assert rows("genai_prices", module.encode())["openai", "m"].prices == Prices(
        input=2.0,
        tiers=(
            PriceTier(min_input_tokens=10, input=4.0),
            PriceTier(until=date(2026, 8, 1), input=3.0),
            PriceTier(utc_start="00:30", utc_end="16:00", input=1.0),
        ),
    )
    for wrong in (b"providers: list = [open('x')]", b"x = 1", b"providers: list = [(1)", b"providers: list = [1 + 1]"):
        with pytest.raises(ProtocolError, match="genai_prices: expected"):
            rows("genai_prices", wrong)
