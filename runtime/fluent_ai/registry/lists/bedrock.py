"""`GET /foundation-models` of Amazon Bedrock: modalities, and what Converse accepts, if stated."""

from __future__ import annotations

from datetime import datetime

import msgspec

from fluent_ai.registry.facts import Kind, ModelFacts
from fluent_ai.registry.lists._units import first_kind, modalities

ORIGINS = {
    "id": "modelId",
    "name": "modelName",
    "kind": "outputModalities",
    "max_output_tokens": "converse.maxTokensMaximum",
    "input_modalities": "inputModalities",
    "output_modalities": "outputModalities",
    "vision": "inputModalities",
    "prompt_cache": "explicitPromptCaching",
    "embeddings": "outputModalities",
    "streams": "responseStreamingSupported",
    "released": "description.releaseDate",
    "deprecated_on": "modelLifecycle.legacyTime",
    "retires_on": "modelLifecycle.endOfLifeTime",
}

_KINDS: dict[str, Kind] = {"SPEECH": "realtime", "EMBEDDING": "embedding", "IMAGE": "image", "VIDEO": "video"}


class _Converse(msgspec.Struct):
    max_tokens: int | None = msgspec.field(name="maxTokensMaximum", default=None)


class _Caching(msgspec.Struct):
    supported: bool | None = msgspec.field(name="isSupported", default=None)


class _Description(msgspec.Struct):
    released: datetime | None = msgspec.field(name="releaseDate", default=None)


class _Lifecycle(msgspec.Struct):
    legacy: datetime | None = msgspec.field(name="legacyTime", default=None)
    end: datetime | None = msgspec.field(name="endOfLifeTime", default=None)


class _Model(msgspec.Struct, rename="camel"):
    model_id: str
    model_name: str | None = None
    input_modalities: list[str] | None = None
    output_modalities: list[str] | None = None
    response_streaming_supported: bool | None = None
    converse: _Converse | None = None
    explicit_prompt_caching: _Caching | None = None
    description: _Description | None = None
    model_lifecycle: _Lifecycle | None = None


class _List(msgspec.Struct):
    models: list[_Model] = msgspec.field(name="modelSummaries")


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).models]


def _facts(model: _Model) -> ModelFacts:
    inputs, outputs, converse = model.input_modalities, model.output_modalities, model.converse
    life = model.model_lifecycle or _Lifecycle()
    # Rerankers output text too, so only Converse identifies a chat model.
    kind = first_kind(_KINDS, outputs or ()) or ("chat" if converse and outputs else None)
    return ModelFacts(
        id=model.model_id,
        name=model.model_name or None,
        kind=kind,
        max_output_tokens=converse.max_tokens if converse else None,
        input_modalities=modalities(name.lower() for name in inputs or ()),
        output_modalities=modalities(name.lower() for name in outputs or ()),
        vision=None if inputs is None else "IMAGE" in inputs,
        prompt_cache=model.explicit_prompt_caching.supported if model.explicit_prompt_caching else None,
        embeddings=None if outputs is None else "EMBEDDING" in outputs,
        streams=model.response_streaming_supported,
        released=model.description.released.date() if model.description and model.description.released else None,
        deprecated_on=life.legacy.date() if life.legacy else None,
        retires_on=life.end.date() if life.end else None,
    )
