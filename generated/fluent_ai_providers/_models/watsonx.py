# Generated from specs/providers/watsonx.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of IBM watsonx.ai. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of IBM watsonx.ai: equal to its id."""

    __provider__ = "watsonx"


ChatModelName: TypeAlias = str
EmbeddingModelName: TypeAlias = str
ModelName: TypeAlias = str
