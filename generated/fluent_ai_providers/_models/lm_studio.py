# Generated from specs/providers/lm_studio.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of LM Studio. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of LM Studio: equal to its id."""

    __provider__ = "lm_studio"


ChatModelName: TypeAlias = str
EmbeddingModelName: TypeAlias = str
ModelName: TypeAlias = str
