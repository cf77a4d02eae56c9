"""LiteLLM's model_prices_and_context_window.json: one object, key = model name. Prices are dollars per single token.

Zero stands there for free, for unknown and for "is not billed this way", so a price of zero is no fact. `max_tokens` is
a legacy field and not read. `deprecation_date` is the day of the shutdown: it equals OpenAI's `shutdown_date`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec
from fluent_ai.registry.facts import Kind, Modality, ModelFacts, Prices, PriceTier
from fluent_ai.registry.lists._units import modalities, scaled

from . import rows
from .rows import Loose, SourceModel

URL = "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json"

ORIGINS = {
    "id": "key",
    "kind": "mode",
    "max_input_tokens": "max_input_tokens",
    "max_output_tokens": "max_output_tokens",
    "prices": "*_cost*",
    "prices.input": "input_cost_per_token",
    "prices.output": "output_cost_per_token",
    "prices.cache_read": "cache_read_input_token_cost",
    "prices.cache_write": "cache_creation_input_token_cost",
    "prices.batch_input": "input_cost_per_token_batches",
    "prices.batch_output": "output_cost_per_token_batches",
    "input_modalities": "supported_modalities, supports_pdf_input",
    "output_modalities": "supported_output_modalities",
    "tools": "supports_function_calling",
    "parallel_tools": "supports_parallel_function_calling",
    "structured_output": "supports_response_schema",
    "reasoning": "supports_reasoning",
    "vision": "supports_vision",
    "audio": "supports_audio_input",
    "pdf": "supports_pdf_input",
    "web_search": "supports_web_search",
    "prompt_cache": "supports_prompt_caching",
    "embeddings": "mode",
    "embedding_dimensions": "output_vector_size",
    "streams": "supports_native_streaming",
    "retires_on": "deprecation_date",
}

# Theirs -> ours. All that starts with vertex_ai is Vertex. Tencent's TokenHub is another host than Hunyuan's.
_PROVIDERS = {
    "openai": "openai", "text-completion-openai": "openai", "azure": "azure", "azure_text": "azure",
    "anthropic": "anthropic", "gemini": "gemini", "bedrock": "bedrock", "bedrock_converse": "bedrock",
    "mistral": "mistral", "cohere": "cohere", "cohere_chat": "cohere", "groq": "groq", "openrouter": "openrouter",
    "perplexity": "perplexity", "together_ai": "together", "xai": "xai", "deepseek": "deepseek", "ai21": "ai21",
    "deepinfra": "deepinfra", "dashscope": "qianwen", "cloudflare": "cloudflare", "jina_ai": "jina",
    "voyage": "voyageai", "moonshot": "moonshot", "zai": "zhipuai", "minimax": "minimax",
}  # fmt: skip

_KINDS: dict[str, Kind] = {
    "chat": "chat", "responses": "chat", "completion": "completion", "embedding": "embedding", "rerank": "rerank",
    "moderation": "moderation", "image_generation": "image", "image_edit": "image", "video_generation": "video",
    "audio_transcription": "transcription", "audio_speech": "speech", "realtime": "realtime", "ocr": "ocr",
}  # fmt: skip

_TOKENS = {
    "input": "input_cost_per_token",
    "output": "output_cost_per_token",
    "cache_read": "cache_read_input_token_cost",
    "cache_write": "cache_creation_input_token_cost",
    "cache_write_1h": "cache_creation_input_token_cost_above_1hr",
    "reasoning": "output_cost_per_reasoning_token",
    "image_input": "input_cost_per_image_token",
    "image_output": "output_cost_per_image_token",
    "audio_input": "input_cost_per_audio_token",
    "audio_output": "output_cost_per_audio_token",
    "audio_cache_read": "cache_read_input_audio_token_cost",
    "batch_input": "input_cost_per_token_batches",
    "batch_output": "output_cost_per_token_batches",
    "batch_cache_read": "cache_read_input_token_cost_batches",
}

_ABOVE = re.compile(r"_above_(\d+)k_tokens")
_VARIANT = re.compile(r"^(ft:|(low|medium|high|standard|hd)/|\d+-x-\d+/|max-x-max/)")
"""Fine-tunes that have no model of their own, and single sizes of an image model."""
_REGIONAL = re.compile(r"^(us|us-gov|eu|apac|global|global-standard|[a-z]{2}(-gov)?-[a-z]+-\d|\*|.*commitment)/")
"""One region's price of a model."""
_TOOL = "code_interpreter_cost_per_session"
"""Priced in rows of its own, which are no models."""
_DEAREST_EMBEDDING = 10.0
"""US dollars per million tokens: above it the row holds a price per thousand."""


def parse(body: bytes, on: date) -> list[SourceModel]:
    table = msgspec.json.decode(body, type=dict[str, dict[str, Any]])
    found = []
    for name, row in table.items():
        theirs = str(row.get("litellm_provider"))
        provider = "vertexai" if theirs.startswith("vertex_ai") else _PROVIDERS.get(theirs)
        if provider is None or name == "sample_spec" or (_TOOL in row and "input_cost_per_token" not in row):
            continue
        model_id = _model_id(name, theirs)
        if not _VARIANT.match(model_id) and not _REGIONAL.match(model_id) and str(row.get("mode")) in _KINDS:
            found.append(SourceModel(provider=provider, facts=_facts(model_id, row)))
    return found


def _model_id(name: str, provider: str) -> str:
    """Without the prefix that routes it."""
    for prefix in (provider, "vertex_ai" if provider.startswith("vertex_ai") else "", "bedrock", "azure"):
        if prefix and name.startswith(f"{prefix}/"):
            return name.removeprefix(f"{prefix}/")
    return name


def _facts(model_id: str, row: Loose) -> ModelFacts:
    kind = _KINDS[str(row["mode"])]
    outputs = modalities(rows.texts(row, "supported_output_modalities"))
    if kind == "chat" and outputs == ("audio",):
        kind = "speech"
    talks = kind in ("chat", "completion", "realtime")

    def flag(name: str) -> bool | None:
        return rows.flag(row, name, model_id)

    return ModelFacts(
        id=model_id,
        kind=kind,
        max_input_tokens=rows.size(row, "max_input_tokens", model_id),
        max_output_tokens=rows.size(row, "max_output_tokens", model_id) if talks else None,
        prices=_prices(row, kind, model_id),
        input_modalities=_inputs(row, kind, documents=flag("supports_pdf_input")),
        output_modalities=outputs,
        tools=flag("supports_function_calling"),
        parallel_tools=flag("supports_parallel_function_calling"),
        structured_output=flag("supports_response_schema"),
        reasoning=flag("supports_reasoning"),
        vision=flag("supports_vision"),
        audio=flag("supports_audio_input"),
        pdf=flag("supports_pdf_input"),
        web_search=flag("supports_web_search"),
        prompt_cache=flag("supports_prompt_caching"),
        embeddings=kind == "embedding",
        embedding_dimensions=rows.size(row, "output_vector_size", model_id),
        streams=flag("supports_native_streaming"),
        retires_on=rows.day(row.get("deprecation_date")),
    )


def _inputs(row: Loose, kind: Kind, *, documents: bool | None) -> tuple[Modality, ...] | None:
    """Its list names no documents, which have a flag of their own, and of speech both what goes in and comes out."""
    listed = rows.texts(row, "supported_modalities") if kind != "speech" else None
    return modalities([*listed, "file"] if listed and documents else listed)


def _prices(row: Loose, kind: Kind, source: str) -> Prices | None:
    units = {
        "per_image": rows.price(row, "output_cost_per_image", source) if kind == "image" else None,
        "per_input_image": rows.price(row, "input_cost_per_image", source) if kind in ("chat", "embedding") else None,
        "per_request": rows.price(row, "input_cost_per_query", source) if kind == "rerank" else None,
        "per_page": rows.price(row, "ocr_cost_per_page", source),
        "per_audio_minute": _per_minute(row, source) if kind == "transcription" else None,
        "per_video_second": rows.price(row, "output_cost_per_second", source) if kind == "video" else None,
        "per_million_characters": rows.price(row, "input_cost_per_character", source, 6) if kind == "speech" else None,
        "per_web_search": _web_search(row, source),
    }
    tokens = _tokens(row, "", source)
    if kind == "embedding" and (tokens["input"] or 0) > _DEAREST_EMBEDDING:
        tokens = {}
    stated = tokens | {name: value or None for name, value in units.items()}
    return rows.prices(**stated, tiers=_tiers(row, source) or None)


def _tokens(row: Loose, suffix: str, source: str) -> dict[str, float | None]:
    found = {}
    for ours, theirs in _TOKENS.items():
        # `_batches` stands after the tier: input_cost_per_token_above_200k_tokens_batches
        base, batch, _ = theirs.partition("_batches")
        found[ours] = rows.price(row, f"{base}{suffix}{batch}", source, 6) or None
    return found


def _tiers(row: Loose, source: str) -> tuple[PriceTier, ...]:
    starts = {int(match[1]) for name in row if (match := _ABOVE.search(name))}
    by_start = {start: _tokens(row, f"_above_{start}k_tokens", source) for start in sorted(starts)}
    return tuple(
        rows.tier(tokens, min_input_tokens=start * 1000) for start, tokens in by_start.items() if any(tokens.values())
    )


def _per_minute(row: Loose, source: str) -> float | None:
    seconds = rows.number(row, "input_cost_per_second", source)
    return scaled(None if seconds is None else seconds * 60, 0)


def _web_search(row: Loose, source: str) -> float | None:
    """Of a search with a context of medium size."""
    costs = row.get("search_context_cost_per_query")
    return rows.price(costs, "search_context_size_medium", source) if isinstance(costs, dict) else None
