# Generated from specs/providers/azure_deployments.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Azure OpenAI deployments. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Azure OpenAI deployments: equal to its id."""

    __provider__ = "azure_deployments"


ChatModelName: TypeAlias = str
EmbeddingModelName: TypeAlias = str
TranscriptionModelName: TypeAlias = str
SpeechModelName: TypeAlias = str
ImageModelName: TypeAlias = str
ModelName: TypeAlias = str
