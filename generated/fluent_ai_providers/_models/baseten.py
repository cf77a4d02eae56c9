# Generated from specs/providers/baseten.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Baseten. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Baseten: equal to its id."""

    __provider__ = "baseten"
    DEEPSEEK_AI_DEEPSEEK_V3_0324 = "deepseek-ai/DeepSeek-V3-0324"  # retires on 2026-10-16
    DEEPSEEK_AI_DEEPSEEK_V3_1 = "deepseek-ai/DeepSeek-V3.1"  # retires on 2026-10-16
    DEEPSEEK_AI_DEEPSEEK_V3_2 = "deepseek-ai/DeepSeek-V3.2"  # not listed any more on 2026-08-18
    DEEPSEEK_AI_DEEPSEEK_V4_1_FLASH = "deepseek-ai/DeepSeek-V4.1-Flash"
    DEEPSEEK_AI_DEEPSEEK_V4_1_FLASH_1017 = "deepseek-ai/DeepSeek-V4.1-Flash-1017"
    DEEPSEEK_AI_DEEPSEEK_V4_1_FLASH_1017_FAST = "deepseek-ai/DeepSeek-V4.1-Flash-1017-Fast"
    DEEPSEEK_AI_DEEPSEEK_V4_1_FLASH_FAST = "deepseek-ai/DeepSeek-V4.1-Flash-Fast"
    DEEPSEEK_AI_DEEPSEEK_V4_FLASH_0731 = "deepseek-ai/DeepSeek-V4-Flash-0731"
    DEEPSEEK_AI_DEEPSEEK_V4_PRO = "deepseek-ai/DeepSeek-V4-Pro"  # retires on 2026-10-16
    DEEPSEEK_AI_DEEPSEEK_V4_PRO_0813 = "deepseek-ai/DeepSeek-V4-Pro-0813"
    META_MODELS_MUSE_SPARK_OPEN = "meta-models/muse-spark-open"
    MINIMAXAI_MINIMAX_M2_5 = "MiniMaxAI/MiniMax-M2.5"  # retires on 2026-10-16
    MOONSHOTAI_KIMI_K2_5 = "moonshotai/Kimi-K2.5"  # retires on 2026-10-16
    MOONSHOTAI_KIMI_K2_6 = "moonshotai/Kimi-K2.6"  # retires on 2026-10-16
    MOONSHOTAI_KIMI_K2_7_CODE = "moonshotai/Kimi-K2.7-Code"  # retires on 2026-10-16
    MOONSHOTAI_KIMI_K2_INSTRUCT_0905 = "moonshotai/Kimi-K2-Instruct-0905"  # retires on 2026-10-16
    MOONSHOTAI_KIMI_K2_THINKING = "moonshotai/Kimi-K2-Thinking"  # retires on 2026-10-16
    MOONSHOTAI_KIMI_K3 = "moonshotai/Kimi-K3"
    MOONSHOTAI_KIMI_K3_1_PRO = "moonshotai/Kimi-K3.1-Pro"
    NVIDIA_NEMOTRON_120B_A12B = "nvidia/Nemotron-120B-A12B"  # retires on 2026-10-16
    NVIDIA_NVIDIA_NEMOTRON_3_5_SUPER_VL_120B_A12B = "nvidia/NVIDIA-Nemotron-3.5-Super-VL-120B-A12B"
    NVIDIA_NVIDIA_NEMOTRON_3_ULTRA_550B_A55B = "nvidia/NVIDIA-Nemotron-3-Ultra-550B-A55B"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    REFLECTION_BEAM_1_0 = "reflection/Beam-1.0"
    THINKINGMACHINES_INKLING = "thinkingmachines/inkling"  # retires on 2026-10-16
    THINKINGMACHINES_INKLING_SMALL = "thinkingmachines/inkling-small"  # retires on 2026-10-16
    ZAI_ORG_GLM_4_6 = "zai-org/GLM-4.6"  # retires on 2026-10-16
    ZAI_ORG_GLM_4_7 = "zai-org/GLM-4.7"  # retires on 2026-10-16
    ZAI_ORG_GLM_5 = "zai-org/GLM-5"  # retires on 2026-10-16
    ZAI_ORG_GLM_5_1 = "zai-org/GLM-5.1"
    ZAI_ORG_GLM_5_2 = "zai-org/GLM-5.2"
    ZAI_ORG_GLM_5_2_FAST = "zai-org/GLM-5.2-Fast"
    ZAI_ORG_GLM_5_3 = "zai-org/GLM-5.3"
    ZAI_ORG_GLM_5_3_FAST = "zai-org/GLM-5.3-Fast"
    ZAI_ORG_GLM_5_3_FLASH = "zai-org/GLM-5.3-Flash"


ChatModelName: TypeAlias = Literal[
    "MiniMaxAI/MiniMax-M2.5",
    "deepseek-ai/DeepSeek-V3-0324",
    "deepseek-ai/DeepSeek-V3.1",
    "deepseek-ai/DeepSeek-V4-Flash-0731",
    "deepseek-ai/DeepSeek-V4-Pro",
    "deepseek-ai/DeepSeek-V4-Pro-0813",
    "deepseek-ai/DeepSeek-V4.1-Flash",
    "deepseek-ai/DeepSeek-V4.1-Flash-1017",
    "deepseek-ai/DeepSeek-V4.1-Flash-1017-Fast",
    "deepseek-ai/DeepSeek-V4.1-Flash-Fast",
    "meta-models/muse-spark-open",
    "moonshotai/Kimi-K2-Instruct-0905",
    "moonshotai/Kimi-K2-Thinking",
    "moonshotai/Kimi-K2.5",
    "moonshotai/Kimi-K2.6",
    "moonshotai/Kimi-K2.7-Code",
    "moonshotai/Kimi-K3",
    "moonshotai/Kimi-K3.1-Pro",
    "nvidia/NVIDIA-Nemotron-3-Ultra-550B-A55B",
    "nvidia/NVIDIA-Nemotron-3.5-Super-VL-120B-A12B",
    "nvidia/Nemotron-120B-A12B",
    "openai/gpt-oss-120b",
    "reflection/Beam-1.0",
    "thinkingmachines/inkling",
    "thinkingmachines/inkling-small",
    "zai-org/GLM-4.6",
    "zai-org/GLM-4.7",
    "zai-org/GLM-5",
    "zai-org/GLM-5.1",
    "zai-org/GLM-5.2",
    "zai-org/GLM-5.2-Fast",
    "zai-org/GLM-5.3",
    "zai-org/GLM-5.3-Fast",
    "zai-org/GLM-5.3-Flash",
]
ModelName: TypeAlias = ChatModelName
