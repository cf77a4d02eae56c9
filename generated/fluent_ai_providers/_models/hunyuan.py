# Generated from specs/providers/hunyuan.toml and cache/sources and specs/models/hunyuan.toml; do not edit. Run: fluent-ai generate
"""Model ids of Hunyuan. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Hunyuan: equal to its id."""

    __provider__ = "hunyuan"
    HUNYUAN_2_0_INSTRUCT_20251111 = "hunyuan-2.0-instruct-20251111"
    HUNYUAN_2_0_THINKING_20251109 = "hunyuan-2.0-thinking-20251109"
    HUNYUAN_A13B = "hunyuan-a13b"
    HUNYUAN_EMBEDDING = "hunyuan-embedding"
    HUNYUAN_FUNCTIONCALL = "hunyuan-functioncall"
    HUNYUAN_LITE = "hunyuan-lite"
    HUNYUAN_TURBOS_LATEST = "hunyuan-turbos-latest"
    HUNYUAN_TURBO_VISION = "hunyuan-turbo-vision"
    HUNYUAN_VISION = "hunyuan-vision"
    HUNYUAN_VISION_1_5_INSTRUCT = "hunyuan-vision-1.5-instruct"


ChatModelName: TypeAlias = Literal[
    "hunyuan-2.0-instruct-20251111",
    "hunyuan-2.0-thinking-20251109",
    "hunyuan-a13b",
    "hunyuan-functioncall",
    "hunyuan-lite",
    "hunyuan-turbo-vision",
    "hunyuan-turbos-latest",
    "hunyuan-vision",
    "hunyuan-vision-1.5-instruct",
]
EmbeddingModelName: TypeAlias = Literal["hunyuan-embedding"]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName
