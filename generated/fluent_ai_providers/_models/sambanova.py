# Generated from specs/providers/sambanova.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of SambaNova. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of SambaNova: equal to its id."""

    __provider__ = "sambanova"
    DEEPSEEK_R1 = "DeepSeek-R1"
    DEEPSEEK_V3_1 = "DeepSeek-V3.1"
    DEEPSEEK_V3_2 = "DeepSeek-V3.2"
    GEMMA_4_31B_IT = "gemma-4-31B-it"
    GPT_OSS_120B = "gpt-oss-120b"
    LLAMA_4_MAVERICK_17B_128E_INSTRUCT = "Llama-4-Maverick-17B-128E-Instruct"
    META_LLAMA_3_3_70B_INSTRUCT = "Meta-Llama-3.3-70B-Instruct"
    MINIMAX_M2_7 = "MiniMax-M2.7"


ChatModelName: TypeAlias = Literal[
    "DeepSeek-R1",
    "DeepSeek-V3.1",
    "DeepSeek-V3.2",
    "Llama-4-Maverick-17B-128E-Instruct",
    "Meta-Llama-3.3-70B-Instruct",
    "MiniMax-M2.7",
    "gemma-4-31B-it",
    "gpt-oss-120b",
]
EmbeddingModelName: TypeAlias = str
ModelName: TypeAlias = ChatModelName
