"""`GET /v1/models` of Mistral: capabilities, aliases, deprecation. `created` is the request's time and is not read."""

from __future__ import annotations

from datetime import datetime

import msgspec

from fluent_ai.registry.facts import Kind, ModelFacts
from fluent_ai.registry.lists._units import first_kind, text_and

ORIGINS = {
    "id": "id",
    "name": "name",
    "kind": "capabilities",
    "context_window": "max_context_length",
    "input_modalities": "capabilities",
    "tools": "capabilities.function_calling",
    "reasoning": "capabilities.reasoning",
    "vision": "capabilities.vision",
    "audio": "capabilities.audio",
    "deprecated_on": "deprecation",
    "successor": "deprecation_replacement_model",
    "aliases": "aliases",
}

# The first capability that a model has decides its kind.
_KINDS: dict[str, Kind] = {
    "ocr": "ocr",
    "audio_transcription": "transcription",
    "audio_transcription_realtime": "transcription",
    "audio_speech": "speech",
    "completion_chat": "chat",
    "moderation": "moderation",
    "completion_fim": "completion",
}


class _Model(msgspec.Struct):
    id: str
    name: str | None = None
    capabilities: dict[str, bool | None] | None = None
    max_context_length: int | None = None
    aliases: list[str] | None = None
    deprecation: datetime | None = None
    deprecation_replacement_model: str | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    return [_facts(model) for model in _decode(body).data]


def _facts(model: _Model) -> ModelFacts:
    can = model.capabilities or {}
    kind = first_kind(_KINDS, {name for name, has in can.items() if has})
    if (
        kind != "chat"
    ):  # the others are about chat: models that transcribe have no `audio`, models that read pages no `vision`
        can = {}
    return ModelFacts(
        id=model.id,
        name=model.name or None,
        kind=kind,
        context_window=model.max_context_length,
        input_modalities=text_and(image=can.get("vision"), audio=can.get("audio")) if kind == "chat" else None,
        tools=can.get("function_calling"),
        reasoning=can.get("reasoning"),
        vision=can.get("vision"),
        audio=can.get("audio"),
        deprecated_on=model.deprecation.date() if model.deprecation else None,
        successor=model.deprecation_replacement_model or None,
        aliases=None if model.aliases is None else tuple(sorted(model.aliases)),
    )
