# Generated from specs/providers/zhipuai.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Zhipu AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Zhipu AI: equal to its id."""

    __provider__ = "zhipuai"
    EMBEDDING_3 = "embedding-3"
    GLM_4_32B_0414_128K = "glm-4-32b-0414-128k"
    GLM_4_5 = "glm-4.5"
    GLM_4_5V = "glm-4.5v"
    GLM_4_5_AIR = "glm-4.5-air"
    GLM_4_5_AIRX = "glm-4.5-airx"
    GLM_4_5_FLASH = "glm-4.5-flash"
    GLM_4_5_X = "glm-4.5-x"
    GLM_4_6 = "glm-4.6"
    GLM_4_6V = "glm-4.6v"
    GLM_4_6V_FLASH = "glm-4.6v-flash"
    GLM_4_7 = "glm-4.7"
    GLM_4_7_FLASH = "glm-4.7-flash"
    GLM_4_7_FLASHX = "glm-4.7-flashx"
    GLM_5 = "glm-5"
    GLM_5V_TURBO = "glm-5v-turbo"
    GLM_5_1 = "glm-5.1"
    GLM_5_2 = "glm-5.2"
    GLM_5_3 = "glm-5.3"
    GLM_5_3_FLASH = "glm-5.3-flash"
    GLM_5_CODE = "glm-5-code"
    GLM_5_TURBO = "glm-5-turbo"
    RERANK = "rerank"


ChatModelName: TypeAlias = Literal[
    "glm-4-32b-0414-128k",
    "glm-4.5",
    "glm-4.5-air",
    "glm-4.5-airx",
    "glm-4.5-flash",
    "glm-4.5-x",
    "glm-4.5v",
    "glm-4.6",
    "glm-4.6v",
    "glm-4.6v-flash",
    "glm-4.7",
    "glm-4.7-flash",
    "glm-4.7-flashx",
    "glm-5",
    "glm-5-code",
    "glm-5-turbo",
    "glm-5.1",
    "glm-5.2",
    "glm-5.3",
    "glm-5.3-flash",
    "glm-5v-turbo",
]
EmbeddingModelName: TypeAlias = Literal["embedding-3"]
RerankModelName: TypeAlias = Literal["rerank"]
ModerationModelName: TypeAlias = str
TranscriptionModelName: TypeAlias = str
SpeechModelName: TypeAlias = str
ImageModelName: TypeAlias = str
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | RerankModelName
