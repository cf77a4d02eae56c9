# Generated from specs/providers/zhipuai.toml; do not edit. Run: fluent-ai generate
"""Model ids of Zhipu AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Zhipu AI: equal to its id."""

    __provider__ = "zhipuai"


ModelName: TypeAlias = str
