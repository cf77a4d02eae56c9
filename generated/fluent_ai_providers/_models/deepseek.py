# Generated from specs/providers/deepseek.toml and cache/deepseek.json; do not edit. Run: fluent-ai generate
"""Model ids of DeepSeek. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of DeepSeek: equal to its id."""

    __provider__ = "deepseek"
    DEEPSEEK_V4_FLASH = "deepseek-v4-flash"
    DEEPSEEK_V4_PRO = "deepseek-v4-pro"


ChatModelName: TypeAlias = Literal["deepseek-v4-flash", "deepseek-v4-pro"]
ModelName: TypeAlias = ChatModelName
