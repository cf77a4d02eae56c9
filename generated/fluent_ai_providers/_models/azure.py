# Generated from specs/providers/azure.toml; do not edit. Run: fluent-ai generate
"""Model ids of Azure OpenAI. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Azure OpenAI: equal to its id."""

    __provider__ = "azure"


ModelName: TypeAlias = str
