# Generated from specs/providers/local.toml and cache/sources and specs/models/local.toml; do not edit. Run: fluent-ai generate
"""Model ids of Local engine. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Local engine: equal to its id."""

    __provider__ = "local"
    SMOLLM2_135M = "smollm2-135m"


ChatModelName: TypeAlias = Literal["smollm2-135m"]
ImageModelName: TypeAlias = str
ModelName: TypeAlias = ChatModelName
