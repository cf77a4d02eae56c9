# Generated from specs/providers/tgi.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Text Generation Inference. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Text Generation Inference: equal to its id."""

    __provider__ = "tgi"


ChatModelName: TypeAlias = str
ModelName: TypeAlias = str
