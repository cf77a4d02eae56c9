"""`GET /v1beta/models` of Gemini: limits, and the methods that a model supports."""

from __future__ import annotations

import msgspec

from fluent_ai.registry.facts import Kind, ModelFacts
from fluent_ai.registry.lists._units import first_kind

ORIGINS = {
    "id": "name",
    "name": "displayName",
    "kind": "supportedGenerationMethods",
    "max_input_tokens": "inputTokenLimit",
    "max_output_tokens": "outputTokenLimit",
    "reasoning": "thinking",
    "prompt_cache": "supportedGenerationMethods",
    "embeddings": "supportedGenerationMethods",
}

# Models of images and speech support generateContent too, but only chat models can cache content.
_KINDS: dict[str, Kind] = {
    "createCachedContent": "chat",
    "embedContent": "embedding",
    "bidiGenerateContent": "realtime",
    "predict": "image",
    "predictLongRunning": "video",
}


class _Model(msgspec.Struct, rename="camel"):
    name: str
    display_name: str | None = None
    input_token_limit: int | None = None
    output_token_limit: int | None = None
    supported_generation_methods: list[str] | None = None
    thinking: bool | None = None


class _List(msgspec.Struct):
    models: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).models]


def _facts(model: _Model) -> ModelFacts:
    methods = model.supported_generation_methods
    kind = first_kind(_KINDS, methods or ())
    if kind is None and methods and "generateContent" not in methods:
        kind = "other"
    embedding = kind == "embedding"
    return ModelFacts(
        id=model.name.removeprefix("models/"),
        name=model.display_name or None,
        kind=kind,
        max_input_tokens=model.input_token_limit,
        # Embedding models are listed with an output limit of 1, which is not a number of tokens.
        max_output_tokens=None if embedding else model.output_token_limit,
        reasoning=model.thinking,
        prompt_cache=None if methods is None else "createCachedContent" in methods,
        embeddings=None if methods is None else embedding,
    )
