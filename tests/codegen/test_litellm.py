"""The rows of LiteLLM are read from small documents of our own, in the shape of the real one."""

from __future__ import annotations

from datetime import date

import pytest
from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier, RateLimits
from source_rows import rows


def test_litellm() -> None:
    document = {
        "sample_spec": {"litellm_provider": "openai", "max_input_tokens": "a text", "mode": "chat"},
        "gpt-x": {
            "litellm_provider": "openai",
            "mode": "chat",
            "max_tokens": 1,
            "max_input_tokens": 272_000,
            "max_output_tokens": 128_000,
            "input_cost_per_token": 1.25e-06,
            "output_cost_per_token": 1e-05,
            "input_cost_per_token_batches": 6.25e-07,
            "input_cost_per_token_above_272k_tokens": 2.5e-06,
            "input_cost_per_token_above_272k_tokens_batches": 1.25e-06,
            "input_cost_per_token_priority": 9.0,
            "cache_creation_input_token_cost": 0,
            "search_context_cost_per_query": {"search_context_size_medium": 0.01},
            "supports_vision": True,
            "deprecation_date": "2027-04-01",
        },
        "voyage/vectors": {
            "litellm_provider": "voyage",
            "mode": "embedding",
            "max_input_tokens": 32_000,
            "max_output_tokens": 32_000,
            "input_cost_per_token": 6e-08,
            "output_cost_per_token": 0.0,
            "output_vector_size": 1024,
        },
        "cohere/rank": {"litellm_provider": "cohere", "mode": "rerank", "input_cost_per_query": 0.002},
        "hear": {"litellm_provider": "openai", "mode": "audio_transcription", "input_cost_per_second": 0.0001},
        "speak": {"litellm_provider": "openai", "mode": "audio_speech", "input_cost_per_character": 1.5e-05},
        "vertex_ai/film": {
            "litellm_provider": "vertex_ai-video-models",
            "mode": "video_generation",
            "output_cost_per_second": 0.35,
        },
        "bedrock/us-east-1/m": {"litellm_provider": "bedrock", "mode": "chat"},
        "azure/eu/m": {"litellm_provider": "azure", "mode": "chat"},
        "azure/us-gov/m": {"litellm_provider": "azure", "mode": "chat"},
        "azure/container": {"litellm_provider": "azure", "mode": "chat", "code_interpreter_cost_per_session": 0.03},
        "1024-x-1024/picture": {"litellm_provider": "openai", "mode": "image_generation"},
        "ft:gpt-x": {"litellm_provider": "openai", "mode": "chat"},
        "other/m": {"litellm_provider": "somebody", "mode": "chat"},
        "tool": {"litellm_provider": "openai", "mode": "vector_store"},
    }
    found = rows("litellm", document)
    assert found["openai", "gpt-x"] == ModelFacts(
        id="gpt-x",
        kind="chat",
        max_input_tokens=272_000,
        max_output_tokens=128_000,
        prices=Prices(
            input=1.25,
            output=10.0,
            batch_input=0.625,
            per_web_search=0.01,
            tiers=(
                PriceTier(min_input_tokens=272_001, input=2.5, batch_input=1.25),
                PriceTier(service="priority", input=9_000_000.0),
            ),
        ),
        vision=True,
        embeddings=False,
        retires_on=date(2027, 4, 1),
    )
    conditions = {
        "litellm_provider": "anthropic",
        "mode": "chat",
        "input_cost_per_token": 5e-06,
        "provider_specific_entry": {"us": 1.1, "fast": 2.0},
        "supports_sampling_params": False,
        "successor_model": "next",
        "rpm": 100,
        "supported_regions": ["us"],
    }
    hours = {
        "litellm_provider": "deepseek",
        "mode": "chat",
        "input_cost_per_token": 2e-06,
        "off_peak_pricing": {
            "input_cost_per_token": 1e-06,
            "windows": [
                {"hours_utc": ["00:00-01:00", "10:00-00:00"], "weekdays": [1, 2]},
                {"hours_utc": "00:00-00:00", "weekdays": [6, 7]},
            ],
        },
    }
    ranges = [
        {"range": [0, 256_000.0], "input_cost_per_token": 5e-08},
        {"range": [256_000, 1e6], "input_cost_per_token": 2e-07},
    ]
    more = rows(
        "litellm",
        {
            "claude-x": conditions,
            "claude-latest": {"litellm_provider": "anthropic", "mode": "chat", "alias_of": "claude-x"},
            "deepseek/d": hours,
            "dashscope/q": {"litellm_provider": "dashscope", "mode": "chat", "tiered_pricing": ranges},
            "dashscope/odd": {
                "litellm_provider": "dashscope",
                "mode": "chat",
                "input_cost_per_token": 1e-06,
                "moon_phase_pricing": {},
            },
        },
    )
    assert set(more) == {("anthropic", "claude-x"), ("deepseek", "d"), ("qianwen", "q"), ("qianwen", "odd")}
    assert more["anthropic", "claude-x"] == ModelFacts(
        id="claude-x",
        kind="chat",
        prices=Prices(
            input=5.0,
            tiers=(
                PriceTier(service="fast", input=10.0),
                PriceTier(service="us", input=5.5),
                PriceTier(service="fast+us", input=11.0),
            ),
        ),
        embeddings=False,
        temperature_fixed=True,
        regions=("us",),
        rate_limits=RateLimits(requests_per_minute=100),
        successor="next",
        aliases=("claude-latest",),
    )
    assert more["deepseek", "d"].prices == Prices(
        input=2.0,
        tiers=(
            PriceTier(utc_start="00:00", utc_end="01:00", weekdays=(1, 2), input=1.0),
            PriceTier(utc_start="10:00", utc_end="00:00", weekdays=(1, 2), input=1.0),
            PriceTier(weekdays=(6, 7), input=1.0),
        ),
    )
    assert more["qianwen", "q"].prices == Prices(input=0.05, tiers=(PriceTier(min_input_tokens=256_001, input=0.2),))
    assert more["qianwen", "odd"].prices is None
    vectors = found["voyageai", "vectors"]
    assert (vectors.prices, vectors.max_output_tokens, vectors.embedding_dimensions) == (Prices(input=0.06), None, 1024)
    assert found["cohere", "rank"].prices == Prices(per_request=0.002)
    assert found["openai", "hear"].prices == Prices(per_audio_minute=0.006)
    assert found["openai", "speak"].prices == Prices(per_million_characters=15.0)
    assert found["vertexai", "film"].prices == Prices(per_video_second=0.35)
    assert len(found) == 6


def test_litellms_fields_mean_what_they_do_in_its_rows() -> None:
    both = {"supported_modalities": ["text", "audio"], "supported_output_modalities": ["audio"]}
    document = {
        "reads": {"mode": "chat", "supported_modalities": ["text", "image"], "supports_pdf_input": True},
        "speaks": {"mode": "audio_speech", **both},
        "reads-aloud": {"mode": "chat", **both},
        "per-thousand": {"mode": "embedding", "input_cost_per_token": 0.0001},
    }
    found = rows("litellm", {name: {"litellm_provider": "openai", **row} for name, row in document.items()})
    assert found["openai", "reads"].input_modalities == ("text", "image", "file")
    for name in ("speaks", "reads-aloud"):
        model = found["openai", name]
        assert (model.kind, model.input_modalities, model.output_modalities) == ("speech", None, ("audio",))
    assert found["openai", "per-thousand"].prices is None


def test_prices_of_regions_are_factors_of_the_others() -> None:
    row = {
        "litellm_provider": "openai",
        "mode": "chat",
        "input_cost_per_token": 2e-06,
        "input_cost_per_token_batches": 1e-06,
        "input_cost_per_token_above_200k_tokens": 4e-06,
        "regional_processing_uplift_multiplier_eu": 1.1,
    }
    prices = rows("litellm", {"m": row})["openai", "m"].prices
    assert prices
    assert prices.tiers == (
        PriceTier(min_input_tokens=200_001, input=4.0),
        PriceTier(service="eu", input=2.2),
        PriceTier(service="eu", min_input_tokens=200_001, input=4.4),
    )


@pytest.mark.parametrize(("mode", "price", "known"), [("image_generation", 1.3e-10, None), ("chat", 1.3e-10, 0.00013)])
def test_a_price_for_each_step_of_a_picture_is_none_of_its_tokens(mode: str, price: float, known: float | None) -> None:
    row = {"litellm_provider": "fireworks_ai", "mode": mode, "input_cost_per_token": price}
    prices = rows("litellm", {"m": row})["fireworks", "m"].prices
    assert (prices.input if prices else None) == known


def test_what_is_served_at_another_address_is_no_model_of_foundrys() -> None:
    names = ("azure_ai/claude-x", "azure_ai/doc-intelligence/prebuilt-read", "azure_ai/grok-4")
    table = {name: {"litellm_provider": "azure_ai", "mode": "chat"} for name in names}
    assert list(rows("litellm", table)) == [("azure_foundry", "grok-4")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"input_cost_per_token": "1"}, "m: input_cost_per_token = '1'; expected a number"),
        ({"max_input_tokens": True}, "m: max_input_tokens = True; expected a number"),
        ({"supports_vision": "yes"}, "m: supports_vision = 'yes'; expected true or false"),
    ],
)
def test_a_value_of_another_type_is_refused_with_its_place(row: dict[str, object], message: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        rows("litellm", {"m": {"litellm_provider": "openai", "mode": "chat", **row}})
    assert message in str(caught.value)
