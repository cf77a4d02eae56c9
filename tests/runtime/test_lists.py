"""Each shape of model list on small answers of our own, and what is refused."""

from __future__ import annotations

import importlib
import json
from datetime import date
from typing import get_args

import msgspec
import pytest
from fluent_ai.errors import ProtocolError
from fluent_ai.facts import ModelFacts, Prices, PriceTier
from fluent_ai.lists import origins, parse
from fluent_ai.manifest import ListShape
from hypothesis import given
from hypothesis import strategies as st

SHAPES: tuple[ListShape, ...] = get_args(ListShape)

OPENAI = {
    "object": "list",
    "data": [
        {"id": "new", "object": "model", "created": 1735689600, "owned_by": "x", "shutdown_date": "2027-01-02"},
        {"id": "old", "created": 1704067200, "shutdown_date": None},
        {"id": "bare"},
    ],
}
ANTHROPIC = {
    "data": [
        {
            "type": "model",
            "id": "thinker",
            "display_name": "Thinker",
            "created_at": "2026-01-31T00:00:00Z",
            "max_input_tokens": 200000,
            "max_tokens": 64000,
            "capabilities": {
                "image_input": {"supported": True},
                "pdf_input": {"supported": False},
                "structured_outputs": {"supported": True},
                "thinking": {"supported": True, "types": {"enabled": {"supported": True}}},
            },
        },
        {"type": "model", "id": "bare", "display_name": "", "created_at": "2025-01-01T00:00:00Z"},
    ],
    "has_more": False,
}
GEMINI = {
    "models": [
        {
            "name": "models/flash",
            "displayName": "Flash",
            "inputTokenLimit": 1000,
            "outputTokenLimit": 100,
            "supportedGenerationMethods": ["generateContent", "createCachedContent"],
            "thinking": True,
        },
        {
            "name": "models/vectors",
            "inputTokenLimit": 2048,
            "outputTokenLimit": 1,
            "supportedGenerationMethods": ["embedContent"],
        },
        {"name": "models/odd", "supportedGenerationMethods": ["generateAnswer"]},
        {"name": "bare"},
    ]
}
MISTRAL = {
    "data": [
        {
            "id": "big-latest",
            "name": "big-2512",
            "created": 1786983164,
            "capabilities": {
                "completion_chat": True,
                "function_calling": True,
                "vision": True,
                "reasoning": False,
                "audio": False,
            },
            "max_context_length": 131072,
            "aliases": ["big", "big-2512"],
            "deprecation": "2026-08-31T12:00:00Z",
            "deprecation_replacement_model": "bigger",
        },
        {"id": "scan", "capabilities": {"ocr": True, "function_calling": True, "vision": None}, "aliases": []},
        {"id": "bare"},
    ]
}
GROQ = {
    "data": [
        {
            "id": "lab/chatty",
            "name": "Chatty",
            "created": 1754407957,
            "context_window": 131072,
            "max_completion_tokens": 65536,
            "input_modalities": ["text", "image"],
            "output_modalities": ["text"],
            "pricing": {"prompt": "0.000000075", "completion": "0.0000003", "input_cache_read": "0.0000000375"},
            "supported_features": ["tools", "json_mode"],
        },
        {
            "id": "lab/voice",
            "input_modalities": ["text"],
            "output_modalities": ["speech"],
            "pricing": {"prompt": "0.00004"},
            "public_apps": None,
        },
        {"id": "lab/ear", "input_modalities": ["audio"], "output_modalities": ["transcription"]},
        {"id": "bare"},
    ]
}
OPENROUTER = {
    "data": [
        {
            "id": "lab/chatty:free",
            "name": "Lab: Chatty",
            "created": 1735689600,
            "context_length": 262144,
            "architecture": {"input_modalities": ["text", "file", "hologram"], "output_modalities": ["text"]},
            "pricing": {
                "prompt": "0.00000045",
                "completion": "0.0000032",
                "input_cache_read": "0",
                "web_search": "0.005",
                "overrides": [
                    {"min_prompt_tokens": 128000, "prompt": "0.000001"},
                    {"utc_start": 1030, "utc_end": 100, "completion": "0.000006"},
                ],
            },
            "top_provider": {"context_length": None, "max_completion_tokens": 4096},
            "supported_parameters": ["tools", "reasoning"],
            "knowledge_cutoff": "2025-06-30",
            "expiration_date": "2026-12-31",
        },
        {
            "id": "~lab/latest",
            "pricing": {"prompt": "-1", "completion": "-1"},
            "per_request_limits": None,
            "supported_parameters": ["parallel_tool_calls"],
            "alias_target": {"slug": "lab/chatty"},
        },
        {"id": "bare", "context_length": 0},
    ],
    "links": {"next": None},
}
TOGETHER = [
    {
        "id": "lab/Chatty",
        "display_name": "Chatty",
        "type": "chat",
        "created": 1785049898,
        "context_length": 131072,
        "config": {"max_output_length": 2048},
        "pricing": {"hourly": 0, "input": 1.4, "output": 4.4, "cached_input": 0.25999999999999995, "image": 0},
    },
    {"id": "lab/unpriced", "type": "language", "created": 0, "context_length": 0, "pricing": {"input": 0, "output": 0}},
    {"id": "lab/Paint", "type": "image", "pricing": {"input": 0, "image_pixel": {"price_per_megapixel": 0.04}}},
    {
        "id": "lab/ear",
        "type": "transcribe",
        "context_length": 448,
        "pricing": {"input": 0.27, "transcribe": {"price_per_minute": 0.0015}},
    },
    {"id": "lab/voice", "type": "audio", "pricing": {"input": 65, "transcribe": 0}},
    {"id": "lab/future", "type": "telepathy"},
    {"id": "bare"},
]
OLLAMA = {"models": [{"name": "small:1b", "model": "small:1b", "details": {"family": "small"}}]}

XAI = {
    "data": [
        {
            "id": "talker-2-0309",
            "created": 1773014400,
            "aliases": ["talker-latest", "talker"],
            "context_length": 1000000,
            "prompt_text_token_price": 12500,
            "prompt_image_token_price": 12500,
            "cached_prompt_text_token_price": 2000,
            "completion_text_token_price": 25000,
            "long_context_threshold": 200000,
            "prompt_text_token_price_long_context": 25000,
            "cached_prompt_text_token_price_long_context": 4000,
            "completion_text_token_price_long_context": 50000,
        },
        {"id": "painter", "context_length": 8000, "image_price": 200000000, "aliases": []},
        {"id": "bare"},
    ]
}
COHERE = {
    "models": [
        {
            "name": "talker",
            "endpoints": ["generate", "chat"],
            "context_length": 288000,
            "features": ["tools", "json_schema", "vision"],
            "tokenizer_url": None,
        },
        {"name": "plain", "endpoints": ["chat"], "features": None, "context_length": 8192},
        {"name": "vectors", "endpoints": ["embed_image"], "context_length": 0, "features": None},
        {"name": "future", "endpoints": ["telepathy"]},
        {"name": "bare"},
    ]
}
CLOUDFLARE = {
    "success": True,
    "result": [
        {
            "id": "0000-uuid",
            "name": "@cf/lab/talker",
            "task": {"name": "Text Generation"},
            "created_at": "2025-08-04 10:08:04.219",
            "properties": [
                {"property_id": "context_window", "value": "128000"},
                {"property_id": "function_calling", "value": "true"},
                {"property_id": "reasoning", "value": "true"},
                {"property_id": "vision", "value": "false"},
                {
                    "property_id": "price",
                    "value": [
                        {"unit": "per M input tokens", "price": 0.35, "currency": "USD"},
                        {"unit": "per M output tokens", "price": 0.75, "currency": "USD"},
                        {"unit": "per M cached input tokens", "price": 1, "currency": "EUR"},
                    ],
                },
            ],
        },
        {
            "name": "@cf/lab/vectors",
            "task": {"name": "Text Embeddings"},
            "properties": [
                {"property_id": "max_input_tokens", "value": "512"},
                {"property_id": "output_dimensions", "value": "384"},
                {"property_id": "context_window", "value": "very large"},
                {"property_id": "price", "value": "ask us"},
            ],
        },
        {"name": "@cf/lab/ear", "task": {"name": "Dumb Pipe"}},
        {"name": "bare"},
    ],
    "result_info": {"count": 3, "total_count": 291},
}
HUGGINGFACE = {
    "data": [
        {
            "id": "lab/Chatty",
            "created": 1766209505,
            "architecture": {"input_modalities": ["text", "image"], "output_modalities": ["text"]},
            "providers": [
                {
                    "provider": "north",
                    "status": "live",
                    "context_length": 204800,
                    "pricing": {"input": 0.3, "output": 1.2},
                    "supports_tools": True,
                    "supports_structured_output": False,
                },
                {
                    "provider": "south",
                    "status": "live",
                    "context_length": 204800,
                    "pricing": {"input": 0.3, "output": 1.2},
                    "supports_tools": True,
                    "supports_structured_output": True,
                },
                {"provider": "west", "status": "staging", "context_length": 1, "supports_tools": False},
            ],
        },
        {
            "id": "lab/single",
            "providers": [
                {"provider": "north", "status": "live", "supports_structured_output": True},
                {"provider": "west", "status": "error"},
            ],
        },
        {
            "id": "lab/two-prices",
            "providers": [
                {"provider": "north", "status": "live", "pricing": {"input": 1, "output": 2}},
                {"provider": "south", "status": "live", "pricing": {"input": 1, "output": 3}},
            ],
        },
        {"id": "bare"},
    ]
}
PERPLEXITY = {
    "data": [
        {
            "id": "lab/talker",
            "created": 0,
            "pricing": {"input": 10, "output": 50, "cache_read": 1, "cache_write": 12.5, "unit": "usd_per_1m_tokens"},
        },
        {"id": "lab/other-unit", "pricing": {"input": 10, "unit": "eur_per_1k_tokens"}},
        {"id": "bare"},
    ]
}
GITHUB = [
    {
        "id": "lab/talker",
        "name": "Talker",
        "capabilities": ["streaming", "tool-calling"],
        "limits": {"max_input_tokens": 1048576, "max_output_tokens": 32768},
        "supported_input_modalities": ["text", "image"],
        "supported_output_modalities": ["text"],
    },
    {"id": "lab/vectors", "capabilities": [], "limits": None, "supported_output_modalities": ["embeddings"]},
    {"id": "bare"},
]
MOONSHOT = {
    "data": [
        {
            "id": "thinker",
            "created": 1766209505,
            "context_length": 262144,
            "supports_image_in": True,
            "supports_video_in": False,
            "supports_reasoning": True,
        },
        {"id": "bare", "context_length": 0},
    ]
}
BEDROCK = {
    "enableAccessToAllModelsByDefault": True,
    "modelSummaries": [
        {
            "modelId": "lab.talker-v1:0",
            "modelName": "Talker",
            "inputModalities": ["TEXT", "IMAGE", "SMELL"],
            "outputModalities": ["TEXT"],
            "responseStreamingSupported": True,
            "converse": {"maxTokensMaximum": 64000},
            "explicitPromptCaching": {"isSupported": False},
            "description": {"releaseDate": "2025-10-28T17:00:00Z", "maxContextWindow": "200k"},
        },
        {
            "modelId": "lab.rerank-v1:0",
            "inputModalities": ["TEXT"],
            "outputModalities": ["TEXT"],
            "converse": None,
            "description": None,
            "responseStreamingSupported": None,
        },
        {"modelId": "lab.sound", "outputModalities": ["SPEECH", "TEXT"], "converse": {"maxTokensMaximum": None}},
        {"modelId": "lab.vectors", "outputModalities": ["EMBEDDING"]},
        {"modelId": "bare"},
    ],
}
ANSWERS: dict[ListShape, object] = {
    "openai": OPENAI, "anthropic": ANTHROPIC, "gemini": GEMINI, "mistral": MISTRAL, "groq": GROQ,
    "openrouter": OPENROUTER, "together": TOGETHER, "ollama": OLLAMA, "xai": XAI, "cohere": COHERE,
    "cloudflare": CLOUDFLARE, "huggingface": HUGGINGFACE, "perplexity": PERPLEXITY, "github": GITHUB,
    "moonshot": MOONSHOT, "bedrock": BEDROCK,
}  # fmt: skip


def models(shape: ListShape) -> dict[str, ModelFacts]:
    return {model.id: model for model in parse(shape, json.dumps(ANSWERS[shape]).encode(), "acme")}


def test_openai() -> None:
    found = models("openai")
    assert found["new"] == ModelFacts(id="new", released=date(2025, 1, 1), retires_on=date(2027, 1, 2))
    assert found["old"] == ModelFacts(id="old", released=date(2024, 1, 1))
    assert found["bare"] == ModelFacts(id="bare")


@pytest.mark.parametrize("created", [0, 1735689600])
def test_a_creation_time_that_all_share_or_that_is_zero_says_nothing(created: int) -> None:
    body = json.dumps({"data": [{"id": "a", "created": created}, {"id": "b", "created": created}]}).encode()
    assert parse("openai", body, "acme") == [ModelFacts(id="a"), ModelFacts(id="b")]


def test_anthropic() -> None:
    found = models("anthropic")
    assert found["thinker"] == ModelFacts(
        id="thinker",
        name="Thinker",
        kind="chat",
        context_window=200000,
        max_input_tokens=200000,
        max_output_tokens=64000,
        input_modalities=("text", "image"),
        structured_output=True,
        reasoning=True,
        vision=True,
        pdf=False,
        released=date(2026, 1, 31),
    )
    assert found["bare"] == ModelFacts(id="bare", kind="chat", released=date(2025, 1, 1))


def test_gemini() -> None:
    found = models("gemini")
    assert found["flash"] == ModelFacts(
        id="flash",
        name="Flash",
        kind="chat",
        max_input_tokens=1000,
        max_output_tokens=100,
        reasoning=True,
        prompt_cache=True,
        embeddings=False,
    )
    vectors = ModelFacts(id="vectors", kind="embedding", max_input_tokens=2048, prompt_cache=False, embeddings=True)
    assert found["vectors"] == vectors
    assert found["odd"] == ModelFacts(id="odd", kind="other", prompt_cache=False, embeddings=False)
    assert found["bare"] == ModelFacts(id="bare")


def test_mistral() -> None:
    found = models("mistral")
    assert found["big-latest"] == ModelFacts(
        id="big-latest",
        name="big-2512",
        kind="chat",
        context_window=131072,
        input_modalities=("text", "image"),
        tools=True,
        reasoning=False,
        vision=True,
        audio=False,
        deprecated_on=date(2026, 8, 31),
        successor="bigger",
        aliases=("big", "big-2512"),
    )
    assert found["scan"] == ModelFacts(id="scan", kind="ocr", aliases=())
    assert found["bare"] == ModelFacts(id="bare")


def test_groq() -> None:
    found = models("groq")
    assert found["lab/chatty"] == ModelFacts(
        id="lab/chatty",
        name="Chatty",
        kind="chat",
        context_window=131072,
        max_output_tokens=65536,
        prices=Prices(input=0.075, output=0.3, cache_read=0.0375),
        input_modalities=("text", "image"),
        output_modalities=("text",),
        tools=True,
        structured_output=False,
        reasoning=False,
        vision=True,
        audio=False,
        released=date(2025, 8, 5),
    )
    assert found["lab/voice"].kind == "speech"
    assert found["lab/voice"].prices is None
    assert (found["lab/ear"].kind, found["lab/ear"].audio) == ("transcription", True)
    assert found["bare"] == ModelFacts(id="bare")


def test_openrouter() -> None:
    found = models("openrouter")
    assert found["lab/chatty:free"] == ModelFacts(
        id="lab/chatty:free",
        name="Lab: Chatty",
        kind="chat",
        context_window=262144,
        max_output_tokens=4096,
        prices=Prices(
            input=0.45,
            output=3.2,
            cache_read=0.0,
            per_web_search=0.005,
            tiers=(
                PriceTier(input=1.0, min_input_tokens=128000),
                PriceTier(output=6.0, utc_start="10:30", utc_end="01:00"),
            ),
        ),
        input_modalities=("text", "file"),
        output_modalities=("text",),
        tools=True,
        structured_output=False,
        reasoning=True,
        vision=False,
        audio=False,
        pdf=True,
        released=date(2025, 1, 1),
        knowledge_cutoff=date(2025, 6, 30),
        retires_on=date(2026, 12, 31),
    )
    latest = found["~lab/latest"]
    assert (latest.prices, latest.parallel_tools, latest.aliases) == (None, True, ("lab/chatty",))
    assert found["bare"] == ModelFacts(id="bare")


def test_together() -> None:
    found = models("together")
    assert found["lab/Chatty"] == ModelFacts(
        id="lab/Chatty",
        name="Chatty",
        kind="chat",
        context_window=131072,
        max_output_tokens=2048,
        prices=Prices(input=1.4, output=4.4, cache_read=0.26),
        embeddings=False,
        released=date(2026, 7, 26),
    )
    assert found["lab/unpriced"] == ModelFacts(id="lab/unpriced", kind="completion", embeddings=False)
    assert found["lab/Paint"].prices == Prices(per_megapixel=0.04)
    assert (found["lab/ear"].prices, found["lab/ear"].context_window) == (Prices(per_audio_minute=0.0015), None)
    assert (found["lab/voice"].kind, found["lab/voice"].prices) == ("speech", None)
    assert found["lab/future"].kind == "other"
    assert found["bare"] == ModelFacts(id="bare")


def test_ollama() -> None:
    assert models("ollama") == {"small:1b": ModelFacts(id="small:1b")}


def test_xai() -> None:
    found = models("xai")
    assert found["talker-2-0309"] == ModelFacts(
        id="talker-2-0309",
        kind="chat",
        context_window=1000000,
        prices=Prices(
            input=1.25,
            output=2.5,
            cache_read=0.2,
            image_input=1.25,
            tiers=(PriceTier(min_input_tokens=200000, input=2.5, output=5.0, cache_read=0.4),),
        ),
        released=date(2026, 3, 9),
        aliases=("talker", "talker-latest"),
    )
    assert found["painter"] == ModelFacts(id="painter", kind="image", aliases=())
    assert found["bare"] == ModelFacts(id="bare")


def test_cohere() -> None:
    found = models("cohere")
    assert found["talker"] == ModelFacts(
        id="talker",
        kind="chat",
        context_window=288000,
        input_modalities=("text", "image"),
        tools=True,
        structured_output=True,
        reasoning=False,
        vision=True,
        embeddings=False,
    )
    assert found["plain"] == ModelFacts(id="plain", kind="chat", context_window=8192, embeddings=False)
    assert found["vectors"] == ModelFacts(id="vectors", kind="embedding", embeddings=True)
    assert found["future"] == ModelFacts(id="future", kind="other", embeddings=False)
    assert found["bare"] == ModelFacts(id="bare")


def test_cloudflare() -> None:
    found = models("cloudflare")
    assert found["@cf/lab/talker"] == ModelFacts(
        id="@cf/lab/talker",
        kind="chat",
        context_window=128000,
        prices=Prices(input=0.35, output=0.75),
        tools=True,
        reasoning=True,
        vision=False,
        embeddings=False,
        released=date(2025, 8, 4),
    )
    assert found["@cf/lab/vectors"] == ModelFacts(
        id="@cf/lab/vectors", kind="embedding", max_input_tokens=512, embedding_dimensions=384, embeddings=True
    )
    assert found["@cf/lab/ear"] == ModelFacts(id="@cf/lab/ear", kind="other", embeddings=False)
    assert found["bare"] == ModelFacts(id="bare")


def test_huggingface() -> None:
    found = models("huggingface")
    assert found["lab/Chatty"] == ModelFacts(
        id="lab/Chatty",
        kind="chat",
        context_window=204800,
        prices=Prices(input=0.3, output=1.2),
        input_modalities=("text", "image"),
        output_modalities=("text",),
        tools=True,
        vision=True,
        released=date(2025, 12, 20),
    )
    assert found["lab/single"] == ModelFacts(id="lab/single", structured_output=True)
    assert found["lab/two-prices"] == ModelFacts(id="lab/two-prices")
    assert found["bare"] == ModelFacts(id="bare")


def test_perplexity() -> None:
    found = models("perplexity")
    assert found["lab/talker"] == ModelFacts(
        id="lab/talker", prices=Prices(input=10.0, output=50.0, cache_read=1.0, cache_write=12.5)
    )
    assert found["lab/other-unit"] == ModelFacts(id="lab/other-unit")
    assert found["bare"] == ModelFacts(id="bare")


def test_github() -> None:
    found = models("github")
    assert found["lab/talker"] == ModelFacts(
        id="lab/talker",
        name="Talker",
        kind="chat",
        max_input_tokens=1048576,
        max_output_tokens=32768,
        input_modalities=("text", "image"),
        output_modalities=("text",),
        tools=True,
        vision=True,
        audio=False,
        streams=True,
    )
    assert found["lab/vectors"] == ModelFacts(id="lab/vectors", kind="embedding", tools=False, streams=False)
    assert found["bare"] == ModelFacts(id="bare")


def test_moonshot() -> None:
    found = models("moonshot")
    assert found["thinker"] == ModelFacts(
        id="thinker", context_window=262144, reasoning=True, vision=True, released=date(2025, 12, 20)
    )
    assert found["bare"] == ModelFacts(id="bare")


def test_bedrock() -> None:
    found = models("bedrock")
    assert found["lab.talker-v1:0"] == ModelFacts(
        id="lab.talker-v1:0",
        name="Talker",
        kind="chat",
        max_output_tokens=64000,
        input_modalities=("text", "image"),
        output_modalities=("text",),
        vision=True,
        prompt_cache=False,
        embeddings=False,
        streams=True,
        released=date(2025, 10, 28),
    )
    assert found["lab.rerank-v1:0"].kind is None
    assert found["lab.sound"].kind == "realtime"
    assert (found["lab.vectors"].kind, found["lab.vectors"].embeddings) == ("embedding", True)
    assert found["bare"] == ModelFacts(id="bare")


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_a_module_an_answer_here_and_an_origin_for_every_fact(shape: ListShape) -> None:
    assert importlib.import_module(f"fluent_ai.lists.{shape}").__doc__
    read = {
        fact
        for model in models(shape).values()
        for fact in ModelFacts.__struct_fields__
        if getattr(model, fact) is not None
    }
    assert read == set(origins(shape))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("body", "got"),
    [
        (b"", "an empty body"),
        (b"  <!doctype html><html>", "an HTML page"),
        (b"upstream timed out", "18 bytes that are not JSON"),
        (b'{"data":[{"id":"a"', "broken JSON"),
        (b'{"error":{"message":"no"}}', "another shape"),
        (b"[7]", "another shape"),
        (b"\xff\xfe", "2 bytes that are not JSON"),
    ],
)
def test_what_is_no_list_is_refused_by_name(shape: ListShape, body: bytes, got: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        parse(shape, body, "acme")
    assert str(caught.value).startswith(f"acme: expected a model list of shape {shape!r}, got ")
    assert got in str(caught.value) or (shape in ("together", "github") and body[:1] == b"{")
    assert caught.value.provider == "acme"


@pytest.mark.parametrize("ids", [["a", "b", "a"], [""]])
def test_ids_are_there_and_distinct(ids: list[str]) -> None:
    body = json.dumps({"data": [{"id": name} for name in ids]}).encode()
    with pytest.raises(ProtocolError, match="acme: expected a list of distinct model ids"):
        parse("openai", body, "acme")


@given(st.sampled_from(SHAPES), st.data())
def test_a_list_cut_anywhere_is_an_error_and_never_half_a_list(shape: ListShape, data: st.DataObject) -> None:
    body = json.dumps(ANSWERS[shape]).encode()
    cut = data.draw(st.integers(0, len(body) - 1))
    with pytest.raises(ProtocolError):
        parse(shape, body[:cut], "acme")


def test_deep_nesting_is_an_error() -> None:
    body = b'{"data":[{"id":"a","owned_by":' + b"[" * 100_000 + b"]" * 100_000 + b"}]}"
    with pytest.raises(ProtocolError, match="nested too deeply"):
        parse("openai", body, "acme")


WILD = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({})
PRICE = st.sampled_from(["NaN", "sNaN", "Infinity", "-1", "9e999999", "1e400", "1e-400", "0", "", 7, None]) | WILD


@given(st.sampled_from(["groq", "openrouter"]), PRICE, st.floats() | st.integers() | st.none())
def test_odd_prices_and_times_are_unknown_or_a_protocol_error(shape: ListShape, price: object, created: object) -> None:
    model = {"id": "a", "created": created, "pricing": {"prompt": price}, "output_modalities": ["text"]}
    try:
        (found,) = parse(shape, msgspec.json.encode({"data": [model]}), "acme")
    except ProtocolError:
        return
    assert found.prices is None or found.prices.input is None or 0 <= found.prices.input < float("inf")


HOSTS = ("huggingface", "perplexity", "xai")


@given(st.sampled_from(HOSTS), PRICE)
def test_odd_prices_in_every_other_place_are_unknown_too(shape: ListShape, price: object) -> None:
    pricing = {"input": price, "unit": "usd_per_1m_tokens"}
    model = {"id": "a", "pricing": pricing, "providers": [{"status": "live", "pricing": pricing}]}
    model |= {"prompt_text_token_price": price, "completion_text_token_price": 1}
    try:
        (found,) = parse(shape, msgspec.json.encode({"data": [model]}), "acme")
    except ProtocolError:
        return
    assert found.prices is None or found.prices.input is None or 0 <= found.prices.input < float("inf")


FIELDS = (
    "id",
    "data",
    "models",
    "name",
    "created",
    "pricing",
    "capabilities",
    "type",
    "result",
    "properties",
    "providers",
    "features",
)
JSON = st.recursive(
    WILD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner),
    max_leaves=12,
)


@given(st.sampled_from(SHAPES), JSON)
def test_any_json_is_a_list_or_a_protocol_error(shape: ListShape, value: object) -> None:
    try:
        found = parse(shape, msgspec.json.encode(value), "acme")
    except ProtocolError:
        return
    assert all(isinstance(model, ModelFacts) and model.id for model in found)
