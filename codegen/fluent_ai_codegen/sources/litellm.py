"""LiteLLM's model_prices_and_context_window.json: one object, key = model name. Prices are dollars per single token.

Zero stands there for free, for unknown and for "is not billed this way", so a price of zero is no fact. `max_tokens` is
a legacy field and not read. `deprecation_date` is the day of the shutdown: it equals OpenAI's `shutdown_date`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from fluent_ai.registry.facts import Kind, Modality, ModelFacts, RateLimits
from fluent_ai.registry.lists._units import modalities

from . import rows
from .litellm_prices import prices
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
    "temperature_fixed": "supports_sampling_params",
    "prefill": "supports_assistant_prefill",
    "regions": "supported_regions",
    "rate_limits": "rpm, tpm",
    "retires_on": "deprecation_date",
    "successor": "successor_model",
    "aliases": "alias_of",
}

# Theirs -> ours. All that starts with vertex_ai is Vertex. Tencent's TokenHub is another host than Hunyuan's.
_PROVIDERS = {
    "openai": "openai", "text-completion-openai": "openai", "azure": "azure", "azure_text": "azure",
    "anthropic": "anthropic", "gemini": "gemini", "bedrock": "bedrock", "bedrock_converse": "bedrock",
    "mistral": "mistral", "cohere": "cohere", "cohere_chat": "cohere", "groq": "groq", "openrouter": "openrouter",
    "perplexity": "perplexity", "together_ai": "together", "xai": "xai", "deepseek": "deepseek", "ai21": "ai21",
    "deepinfra": "deepinfra", "dashscope": "qianwen", "cloudflare": "cloudflare", "jina_ai": "jina",
    "voyage": "voyageai", "moonshot": "moonshot", "zai": "zhipuai", "minimax": "minimax",
    "baseten": "baseten", "cerebras": "cerebras", "databricks": "databricks", "fireworks_ai": "fireworks",
    "fireworks_ai-embedding-models": "fireworks", "friendliai": "friendli", "hyperbolic": "hyperbolic",
    "nebius": "nebius", "novita": "novita", "nvidia_nim": "nvidia", "sambanova": "sambanova", "snowflake": "snowflake",
    "vercel_ai_gateway": "vercel", "volcengine": "volcengine", "azure_ai": "azure_foundry", "watsonx": "watsonx",
}  # fmt: skip

_KINDS: dict[str, Kind] = {
    "chat": "chat", "responses": "chat", "completion": "completion", "embedding": "embedding", "rerank": "rerank",
    "moderation": "moderation", "image_generation": "image", "image_edit": "image", "video_generation": "video",
    "audio_transcription": "transcription", "audio_speech": "speech", "realtime": "realtime", "ocr": "ocr",
}  # fmt: skip

_MARKED = ("mistral", "codestral", "deepseek")
"""Where the turn to go on with needs a mark, and the answer may repeat it: another thing than the fact states."""
_VARIANT = re.compile(r"^(ft:|(low|medium|high|standard|hd)/|\d+-x-\d+/|max-x-max/)")
"""Fine-tunes that have no model of their own, and single sizes of an image model."""
_REGIONAL = re.compile(r"^(us|us-gov|eu|apac|global|global-standard|[a-z]{2}(-gov)?-[a-z]+-\d|\*|.*commitment)/")
"""One region's price of a model."""
_ELSEWHERE = re.compile(r"^azure_ai/(claude|doc-intelligence/)")
"""Served at other addresses of the same vendor."""
_TOOL = "code_interpreter_cost_per_session"
"""Priced in rows of its own, which are no models."""


def parse(body: bytes, on: date) -> list[SourceModel]:
    table = msgspec.json.decode(body, type=dict[str, dict[str, Any]])
    aliases = _aliases(table)
    found = []
    for name, row in table.items():
        theirs = str(row.get("litellm_provider"))
        provider = "vertexai" if theirs.startswith("vertex_ai") else _PROVIDERS.get(theirs)
        if provider is None or name == "sample_spec" or (_TOOL in row and "input_cost_per_token" not in row):
            continue
        if _ELSEWHERE.match(name):
            continue
        model_id = _model_id(name, theirs)
        own = "alias_of" not in row and not _VARIANT.match(model_id) and not _REGIONAL.match(model_id)
        if own and str(row.get("mode")) in _KINDS:
            found.append(SourceModel(provider=provider, facts=_facts(model_id, row, aliases.get(name, ()))))
    return found


def _aliases(table: Mapping[str, Loose]) -> Mapping[str, Sequence[str]]:
    """Key of a model -> the other names that rows of the same provider say it has."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, row in table.items():
        target, provider = str(row.get("alias_of")), str(row.get("litellm_provider"))
        if target in table and _model_id(target, provider) != _model_id(name, provider):
            found[target].append(_model_id(name, provider))
    return found


def _model_id(name: str, provider: str) -> str:
    """Without the prefix that routes it."""
    family = next((each for each in ("vertex_ai", "fireworks_ai") if provider.startswith(each)), "")
    for prefix in (provider, family, "bedrock", "azure"):
        if prefix and name.startswith(f"{prefix}/"):
            return name.removeprefix(f"{prefix}/")
    return name


def _facts(model_id: str, row: Loose, aliases: Sequence[str]) -> ModelFacts:
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
        prices=prices(row, kind, model_id),
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
        prefill=None if row.get("litellm_provider") in _MARKED else flag("supports_assistant_prefill"),
        temperature_fixed=None if (free := flag("supports_sampling_params")) is None else not free,
        regions=tuple(sorted(set(rows.texts(row, "supported_regions") or ()))) or None,
        rate_limits=_rate_limits(row, model_id),
        retires_on=rows.day(row.get("deprecation_date")),
        successor=_successor(row),
        aliases=tuple(sorted(aliases)) or None,
    )


def _inputs(row: Loose, kind: Kind, *, documents: bool | None) -> tuple[Modality, ...] | None:
    """Its list names no documents, which have a flag of their own, and of speech both what goes in and comes out."""
    listed = rows.texts(row, "supported_modalities") if kind != "speech" else None
    return modalities([*listed, "file"] if listed and documents else listed)


def _rate_limits(row: Loose, source: str) -> RateLimits | None:
    found = RateLimits(
        requests_per_minute=rows.size(row, "rpm", source), tokens_per_minute=rows.size(row, "tpm", source)
    )
    return None if found == RateLimits() else found


def _successor(row: Loose) -> str | None:
    named = row.get("successor_model")
    return _model_id(named, str(row.get("litellm_provider"))) if isinstance(named, str) and named else None
