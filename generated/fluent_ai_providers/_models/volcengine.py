# Generated from specs/providers/volcengine.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Volcengine (Doubao). Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Volcengine (Doubao): equal to its id."""

    __provider__ = "volcengine"
    DEEPSEEK_V3_2_251201 = "deepseek-v3-2-251201"
    DOUBAO_EMBEDDING = "doubao-embedding"
    DOUBAO_EMBEDDING_LARGE = "doubao-embedding-large"
    DOUBAO_EMBEDDING_LARGE_TEXT_240915 = "doubao-embedding-large-text-240915"
    DOUBAO_EMBEDDING_LARGE_TEXT_250515 = "doubao-embedding-large-text-250515"
    DOUBAO_EMBEDDING_TEXT_240715 = "doubao-embedding-text-240715"
    DOUBAO_SEEDANCE_2_0_260128 = "doubao-seedance-2-0-260128"
    DOUBAO_SEEDANCE_2_0_FAST_260128 = "doubao-seedance-2-0-fast-260128"
    DOUBAO_SEEDANCE_2_0_MINI_260615 = "doubao-seedance-2-0-mini-260615"
    DOUBAO_SEEDANCE_2_5_260628 = "doubao-seedance-2-5-260628"
    DOUBAO_SEED_2_0_CODE_PREVIEW_260215 = "doubao-seed-2-0-code-preview-260215"
    DOUBAO_SEED_2_0_LITE_260215 = "doubao-seed-2-0-lite-260215"
    DOUBAO_SEED_2_0_MINI_260215 = "doubao-seed-2-0-mini-260215"
    DOUBAO_SEED_2_0_PRO_260215 = "doubao-seed-2-0-pro-260215"
    DOUBAO_SEED_2_1_LITE_260915 = "doubao-seed-2-1-lite-260915"
    DOUBAO_SEED_2_1_PRO_260628 = "doubao-seed-2-1-pro-260628"
    DOUBAO_SEED_2_1_PRO_260915 = "doubao-seed-2-1-pro-260915"
    DOUBAO_SEED_2_1_TURBO_260628 = "doubao-seed-2-1-turbo-260628"
    GLM_4_7_251222 = "glm-4-7-251222"
    KIMI_K2_THINKING_251104 = "kimi-k2-thinking-251104"


ChatModelName: TypeAlias = Literal[
    "deepseek-v3-2-251201",
    "doubao-seed-2-0-code-preview-260215",
    "doubao-seed-2-0-lite-260215",
    "doubao-seed-2-0-mini-260215",
    "doubao-seed-2-0-pro-260215",
    "doubao-seed-2-1-lite-260915",
    "doubao-seed-2-1-pro-260628",
    "doubao-seed-2-1-pro-260915",
    "doubao-seed-2-1-turbo-260628",
    "glm-4-7-251222",
    "kimi-k2-thinking-251104",
]
EmbeddingModelName: TypeAlias = Literal[
    "doubao-embedding",
    "doubao-embedding-large",
    "doubao-embedding-large-text-240915",
    "doubao-embedding-large-text-250515",
    "doubao-embedding-text-240715",
]
OtherModelName: TypeAlias = Literal[
    "doubao-seedance-2-0-260128",
    "doubao-seedance-2-0-fast-260128",
    "doubao-seedance-2-0-mini-260615",
    "doubao-seedance-2-5-260628",
]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | OtherModelName
