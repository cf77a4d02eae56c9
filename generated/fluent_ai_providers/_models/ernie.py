# Generated from specs/providers/ernie.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Ernie. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Ernie: equal to its id."""

    __provider__ = "ernie"
    BCE_RERANKER_BASE = "bce-reranker-base"
    BGE_LARGE_EN = "bge-large-en"
    BGE_LARGE_ZH = "bge-large-zh"
    ERNIE_4_5_TURBO_128K = "ernie-4.5-turbo-128k"
    ERNIE_4_5_TURBO_VL_32K = "ernie-4.5-turbo-vl-32k"
    ERNIE_5_0_THINKING_PREVIEW = "ernie-5.0-thinking-preview"
    ERNIE_X1_1_PREVIEW = "ernie-x1.1-preview"


ChatModelName: TypeAlias = Literal[
    "ernie-4.5-turbo-128k", "ernie-4.5-turbo-vl-32k", "ernie-5.0-thinking-preview", "ernie-x1.1-preview"
]
EmbeddingModelName: TypeAlias = Literal["bge-large-en", "bge-large-zh"]
RerankModelName: TypeAlias = Literal["bce-reranker-base"]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | RerankModelName
