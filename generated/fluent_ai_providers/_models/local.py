# Generated from specs/providers/local.toml and cache/sources and specs/models/local.toml; do not edit. Run: fluent-ai generate
"""Model ids of Local engine. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Local engine: equal to its id."""

    __provider__ = "local"
    ALL_MINILM_L6_V2 = "all-minilm-l6-v2"
    GEMMA3_270M = "gemma3-270m"
    SMOLLM2_135M = "smollm2-135m"


ChatModelName: TypeAlias = Literal["gemma3-270m", "smollm2-135m"]
EmbeddingModelName: TypeAlias = Literal["all-minilm-l6-v2"]
RerankModelName: TypeAlias = str
ImageModelName: TypeAlias = str
ModelName: TypeAlias = ChatModelName | EmbeddingModelName
