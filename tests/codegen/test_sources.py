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
from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier, RateLimits
from fluent_ai_codegen.files.cache import decode_file
from fluent_ai_codegen.sources import SOURCES, Listing, openrouter, read
from fluent_ai_codegen.sources.store import SourceCache, encode_source, hear, main, read_sources, write_source
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 1)
BY_NAME: Mapping[str, Listing] = {listing.name: listing for listing in SOURCES}


def rows(name: str, document: object) -> dict[tuple[str, str], ModelFacts]:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return {(row.provider, row.facts.id): row.facts for row in read(BY_NAME[name], body, TODAY)}


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


@pytest.mark.parametrize("name", ["models_dev", "litellm", "genai_prices", "aichat"])
@pytest.mark.parametrize(
    "body", [b"", b"<!doctype html><p>no</p>", b'{"a":', b"\xff\xfe", b"[1]", b'{"a": 1}', b"[]", b"{}"]
)
def test_another_document_is_refused_with_the_name_of_the_source(name: str, body: bytes) -> None:
    with pytest.raises(ProtocolError) as caught:
        read(BY_NAME[name], body, TODAY)
    assert str(caught.value).startswith(name)
    assert "expected" in str(caught.value)


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
    assert {"litellm", "models_dev", "genai_prices", "aichat"} <= set(sources)
    providers = {path.stem for path in (ROOT / "specs" / "providers").glob("*.toml")}
    for name, heard in sources.items():
        assert encode_source(heard) == (folder / f"{name}.json").read_bytes()
        assert {row.provider for row in heard.models} <= providers
        assert len(heard.sha256) == 64
        assert heard.url.startswith(("https://", "pkg:pypi/"))


@pytest.mark.parametrize("name", ["litellm", "models_dev", "genai_prices", "aichat"])
def test_every_fact_has_the_name_that_its_source_gives_it(name: str) -> None:
    heard = read_sources(ROOT / "cache" / "sources")[name]
    stated = {
        fact for row in heard.models for fact in ModelFacts.__struct_fields__ if getattr(row.facts, fact) is not None
    }
    assert stated <= set(BY_NAME[name].origins)
