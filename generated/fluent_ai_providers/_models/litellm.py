# Generated from specs/providers/litellm.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of LiteLLM Proxy. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of LiteLLM Proxy: equal to its id."""

    __provider__ = "litellm"


ChatModelName: TypeAlias = str
EmbeddingModelName: TypeAlias = str
RerankModelName: TypeAlias = str
ModelName: TypeAlias = str
