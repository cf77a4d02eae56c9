# Generated from specs/providers/hunyuan.toml; do not edit. Run: fluent-ai generate
"""Model ids of Hunyuan. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Hunyuan: equal to its id."""

    __provider__ = "hunyuan"


ModelName: TypeAlias = str
