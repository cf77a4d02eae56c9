# Generated from specs/providers/hyperbolic.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Hyperbolic. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Hyperbolic: equal to its id."""

    __provider__ = "hyperbolic"
    DEEPSEEK_AI_DEEPSEEK_R1 = "deepseek-ai/DeepSeek-R1"
    DEEPSEEK_AI_DEEPSEEK_R1_0528 = "deepseek-ai/DeepSeek-R1-0528"
    DEEPSEEK_AI_DEEPSEEK_V3 = "deepseek-ai/DeepSeek-V3"
    DEEPSEEK_AI_DEEPSEEK_V3_0324 = "deepseek-ai/DeepSeek-V3-0324"
    META_LLAMA_LLAMA_3_2_3B_INSTRUCT = "meta-llama/Llama-3.2-3B-Instruct"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT = "meta-llama/Llama-3.3-70B-Instruct"
    META_LLAMA_META_LLAMA_3_1_405B_INSTRUCT = "meta-llama/Meta-Llama-3.1-405B-Instruct"
    META_LLAMA_META_LLAMA_3_1_70B_INSTRUCT = "meta-llama/Meta-Llama-3.1-70B-Instruct"
    META_LLAMA_META_LLAMA_3_1_8B_INSTRUCT = "meta-llama/Meta-Llama-3.1-8B-Instruct"
    META_LLAMA_META_LLAMA_3_70B_INSTRUCT = "meta-llama/Meta-Llama-3-70B-Instruct"
    MOONSHOTAI_KIMI_K2_INSTRUCT = "moonshotai/Kimi-K2-Instruct"
    NOUSRESEARCH_HERMES_3_LLAMA_3_1_70B = "NousResearch/Hermes-3-Llama-3.1-70B"
    QWEN_QWEN2_5_72B_INSTRUCT = "Qwen/Qwen2.5-72B-Instruct"
    QWEN_QWEN2_5_CODER_32B_INSTRUCT = "Qwen/Qwen2.5-Coder-32B-Instruct"
    QWEN_QWEN3_235B_A22B = "Qwen/Qwen3-235B-A22B"
    QWEN_QWQ_32B = "Qwen/QwQ-32B"


ChatModelName: TypeAlias = Literal[
    "NousResearch/Hermes-3-Llama-3.1-70B",
    "Qwen/QwQ-32B",
    "Qwen/Qwen2.5-72B-Instruct",
    "Qwen/Qwen2.5-Coder-32B-Instruct",
    "Qwen/Qwen3-235B-A22B",
    "deepseek-ai/DeepSeek-R1",
    "deepseek-ai/DeepSeek-R1-0528",
    "deepseek-ai/DeepSeek-V3",
    "deepseek-ai/DeepSeek-V3-0324",
    "meta-llama/Llama-3.2-3B-Instruct",
    "meta-llama/Llama-3.3-70B-Instruct",
    "meta-llama/Meta-Llama-3-70B-Instruct",
    "meta-llama/Meta-Llama-3.1-405B-Instruct",
    "meta-llama/Meta-Llama-3.1-70B-Instruct",
    "meta-llama/Meta-Llama-3.1-8B-Instruct",
    "moonshotai/Kimi-K2-Instruct",
]
ModelName: TypeAlias = ChatModelName
