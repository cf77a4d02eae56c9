# Generated from specs/providers/vllm.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of vLLM. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of vLLM: equal to its id."""

    __provider__ = "vllm"


ChatModelName: TypeAlias = str
EmbeddingModelName: TypeAlias = str
RerankModelName: TypeAlias = str
TranscriptionModelName: TypeAlias = str
ModelName: TypeAlias = str
