"""aichat's models.yaml: providers named as ours, but `claude`. Prices are dollars per million tokens.

Its `max_output_tokens` is what it asks for, and no limit of the model; its `max_input_tokens` of an embedding is the
limit of all texts of a request, and that of one text is `max_tokens_per_chunk`; its GitHub ids are those of an older
host. A price of zero stands for free and for free to try, so it is no fact.
"""

from __future__ import annotations

from datetime import date

import msgspec
import yaml
from fluent_ai.errors import ProtocolError
from fluent_ai.registry.facts import Kind, ModelFacts
from fluent_ai.type_info import prepare

from . import rows
from .rows import SourceModel

URL = "https://raw.githubusercontent.com/sigoden/aichat/main/models.yaml"

ORIGINS = {
    "id": "name",
    "kind": "type",
    "context_window": "max_input_tokens",
    "max_input_tokens": "max_tokens_per_chunk",
    "prices": "input_price, output_price",
    "prices.input": "input_price",
    "prices.output": "output_price",
    "tools": "supports_function_calling",
    "vision": "supports_vision",
    "embeddings": "type",
}

_PROVIDERS = {"claude": "anthropic"}
_OURS = {
    "openai", "gemini", "anthropic", "mistral", "ai21", "cohere", "xai", "perplexity", "groq", "vertexai", "bedrock",
    "cloudflare", "ernie", "qianwen", "hunyuan", "moonshot", "deepseek", "zhipuai", "minimax", "openrouter",
    "deepinfra", "jina", "voyageai",
}  # fmt: skip
_KINDS: dict[str, Kind] = {"chat": "chat", "embedding": "embedding", "reranker": "rerank"}


class _Model(msgspec.Struct):
    name: str
    real_name: str | None = None
    """The id to send; then `name` is a way to call it that the provider does not know."""
    type: str = "chat"
    max_input_tokens: int | None = None
    max_tokens_per_chunk: int | None = None
    input_price: float | None = None
    output_price: float | None = None
    supports_function_calling: bool | None = None
    supports_vision: bool | None = None


class _Provider(msgspec.Struct):
    provider: str
    models: list[_Model]


prepare(_Provider)


def parse(body: bytes, on: date) -> list[SourceModel]:
    try:
        providers = msgspec.convert(yaml.safe_load(body), list[_Provider])
    except yaml.YAMLError as error:
        raise ProtocolError(f"aichat: expected YAML, got a broken document: {error}") from None
    except UnicodeEncodeError:  # YAML's escapes can make what is no text
        raise ProtocolError("aichat: expected text, got half a surrogate pair") from None
    found = []
    for each in providers:
        provider = _PROVIDERS.get(each.provider, each.provider)
        for model in each.models:
            if not model.name.isprintable():
                raise ProtocolError(f"aichat: expected a printable name, got {model.name!a}")
        if provider in _OURS:
            found += [
                SourceModel(provider=provider, facts=_facts(model)) for model in each.models if not model.real_name
            ]
    return found


def _facts(model: _Model) -> ModelFacts:
    kind = _KINDS.get(model.type)
    return ModelFacts(
        id=model.name,
        kind=kind,
        context_window=model.max_input_tokens or None if kind == "chat" else None,
        max_input_tokens=model.max_tokens_per_chunk or None if kind == "embedding" else None,
        prices=rows.prices(input=model.input_price or None, output=model.output_price or None),
        tools=model.supports_function_calling,
        vision=model.supports_vision,
        embeddings=kind == "embedding" if kind else None,
    )
