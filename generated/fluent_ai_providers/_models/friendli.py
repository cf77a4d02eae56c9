# Generated from specs/providers/friendli.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Friendli. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Friendli: equal to its id."""

    __provider__ = "friendli"
    DEEPSEEK_AI_DEEPSEEK_V3_2 = "deepseek-ai/DeepSeek-V3.2"
    GOOGLE_GEMMA_4_31B_IT = "google/gemma-4-31B-it"
    META_LLAMA_LLAMA_3_1_8B_INSTRUCT = "meta-llama/Llama-3.1-8B-Instruct"  # not listed any more on 2026-08-18
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT = "meta-llama/Llama-3.3-70B-Instruct"  # not listed any more on 2026-08-18
    MINIMAXAI_MINIMAX_M2_5 = "MiniMaxAI/MiniMax-M2.5"
    QWEN_QWEN3_235B_A22B_INSTRUCT_2507 = "Qwen/Qwen3-235B-A22B-Instruct-2507"  # not listed any more on 2026-08-18
    ZAI_ORG_GLM_5 = "zai-org/GLM-5"  # not listed any more on 2026-08-18
    ZAI_ORG_GLM_5_1 = "zai-org/GLM-5.1"
    ZAI_ORG_GLM_5_2 = "zai-org/GLM-5.2"
    ZAI_ORG_GLM_5_3 = "zai-org/GLM-5.3"
    ZAI_ORG_GLM_5_3_FLASH = "zai-org/GLM-5.3-Flash"


ChatModelName: TypeAlias = Literal[
    "MiniMaxAI/MiniMax-M2.5",
    "deepseek-ai/DeepSeek-V3.2",
    "google/gemma-4-31B-it",
    "zai-org/GLM-5.1",
    "zai-org/GLM-5.2",
    "zai-org/GLM-5.3",
    "zai-org/GLM-5.3-Flash",
]
ModelName: TypeAlias = ChatModelName
