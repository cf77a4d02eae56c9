# Generated from specs/providers/openai_compatible.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Any OpenAI-compatible server. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Any OpenAI-compatible server: equal to its id."""

    __provider__ = "openai_compatible"


ChatModelName: TypeAlias = str
EmbeddingModelName: TypeAlias = str
ModelName: TypeAlias = str
