# Generated from specs/providers/siliconflow.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of SiliconFlow. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of SiliconFlow: equal to its id."""

    __provider__ = "siliconflow"
    BAIDU_ERNIE_4_5_300B_A47B = "baidu/ERNIE-4.5-300B-A47B"
    BYTEDANCE_SEED_SEED_OSS_36B_INSTRUCT = "ByteDance-Seed/Seed-OSS-36B-Instruct"
    DEEPSEEK_AI_DEEPSEEK_R1 = "deepseek-ai/DeepSeek-R1"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_14B = (
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B"  # not listed any more on 2026-08-18
    )
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_32B = (
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B"  # not listed any more on 2026-08-18
    )
    DEEPSEEK_AI_DEEPSEEK_V3 = "deepseek-ai/DeepSeek-V3"
    DEEPSEEK_AI_DEEPSEEK_V3_1 = "deepseek-ai/DeepSeek-V3.1"
    DEEPSEEK_AI_DEEPSEEK_V3_1_TERMINUS = "deepseek-ai/DeepSeek-V3.1-Terminus"
    DEEPSEEK_AI_DEEPSEEK_V3_2 = "deepseek-ai/DeepSeek-V3.2"
    DEEPSEEK_AI_DEEPSEEK_V3_2_EXP = "deepseek-ai/DeepSeek-V3.2-Exp"
    DEEPSEEK_AI_DEEPSEEK_V4_FLASH = "deepseek-ai/DeepSeek-V4-Flash"
    DEEPSEEK_AI_DEEPSEEK_V4_PRO = "deepseek-ai/DeepSeek-V4-Pro"
    DEEPSEEK_AI_DEEPSEEK_VL2 = "deepseek-ai/deepseek-vl2"  # not listed any more on 2026-08-18
    GOOGLE_GEMMA_4_26B_A4B_IT = "google/gemma-4-26B-A4B-it"
    GOOGLE_GEMMA_4_31B_IT = "google/gemma-4-31B-it"
    INCLUSIONAI_LING_FLASH_2_0 = "inclusionAI/Ling-flash-2.0"
    INCLUSIONAI_LING_MINI_2_0 = "inclusionAI/Ling-mini-2.0"  # not listed any more on 2026-08-18
    INCLUSIONAI_RING_FLASH_2_0 = "inclusionAI/Ring-flash-2.0"  # not listed any more on 2026-08-18
    META_LLAMA_META_LLAMA_3_1_8B_INSTRUCT = "meta-llama/Meta-Llama-3.1-8B-Instruct"  # not listed any more on 2026-08-18
    MINIMAXAI_MINIMAX_M2_1 = "MiniMaxAI/MiniMax-M2.1"  # not listed any more on 2026-08-18
    MINIMAXAI_MINIMAX_M2_5 = "MiniMaxAI/MiniMax-M2.5"
    MOONSHOTAI_KIMI_K2_5 = "moonshotai/Kimi-K2.5"
    MOONSHOTAI_KIMI_K2_6 = "moonshotai/Kimi-K2.6"
    MOONSHOTAI_KIMI_K2_INSTRUCT = "moonshotai/Kimi-K2-Instruct"  # not listed any more on 2026-08-18
    MOONSHOTAI_KIMI_K2_INSTRUCT_0905 = "moonshotai/Kimi-K2-Instruct-0905"  # not listed any more on 2026-08-18
    MOONSHOTAI_KIMI_K2_THINKING = "moonshotai/Kimi-K2-Thinking"  # not listed any more on 2026-08-18
    NEX_AGI_DEEPSEEK_V3_1_NEX_N1 = "nex-agi/DeepSeek-V3.1-Nex-N1"  # not listed any more on 2026-08-18
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_20B = "openai/gpt-oss-20b"
    QWEN_QWEN2_5_14B_INSTRUCT = "Qwen/Qwen2.5-14B-Instruct"  # not listed any more on 2026-08-18
    QWEN_QWEN2_5_32B_INSTRUCT = "Qwen/Qwen2.5-32B-Instruct"  # not listed any more on 2026-08-18
    QWEN_QWEN2_5_72B_INSTRUCT = "Qwen/Qwen2.5-72B-Instruct"
    QWEN_QWEN2_5_72B_INSTRUCT_128K = "Qwen/Qwen2.5-72B-Instruct-128K"  # not listed any more on 2026-08-18
    QWEN_QWEN2_5_7B_INSTRUCT = "Qwen/Qwen2.5-7B-Instruct"
    QWEN_QWEN2_5_CODER_32B_INSTRUCT = "Qwen/Qwen2.5-Coder-32B-Instruct"  # not listed any more on 2026-08-18
    QWEN_QWEN2_5_VL_32B_INSTRUCT = "Qwen/Qwen2.5-VL-32B-Instruct"  # not listed any more on 2026-08-18
    QWEN_QWEN2_5_VL_72B_INSTRUCT = "Qwen/Qwen2.5-VL-72B-Instruct"  # not listed any more on 2026-08-18
    QWEN_QWEN2_5_VL_7B_INSTRUCT = "Qwen/Qwen2.5-VL-7B-Instruct"  # not listed any more on 2026-08-18
    QWEN_QWEN3_14B = "Qwen/Qwen3-14B"
    QWEN_QWEN3_235B_A22B = "Qwen/Qwen3-235B-A22B"  # not listed any more on 2026-08-18
    QWEN_QWEN3_235B_A22B_INSTRUCT_2507 = "Qwen/Qwen3-235B-A22B-Instruct-2507"  # not listed any more on 2026-08-18
    QWEN_QWEN3_235B_A22B_THINKING_2507 = "Qwen/Qwen3-235B-A22B-Thinking-2507"
    QWEN_QWEN3_30B_A3B_INSTRUCT_2507 = "Qwen/Qwen3-30B-A3B-Instruct-2507"
    QWEN_QWEN3_30B_A3B_THINKING_2507 = "Qwen/Qwen3-30B-A3B-Thinking-2507"  # not listed any more on 2026-08-18
    QWEN_QWEN3_32B = "Qwen/Qwen3-32B"
    QWEN_QWEN3_5_122B_A10B = "Qwen/Qwen3.5-122B-A10B"
    QWEN_QWEN3_5_27B = "Qwen/Qwen3.5-27B"
    QWEN_QWEN3_5_35B_A3B = "Qwen/Qwen3.5-35B-A3B"
    QWEN_QWEN3_5_397B_A17B = "Qwen/Qwen3.5-397B-A17B"
    QWEN_QWEN3_5_9B = "Qwen/Qwen3.5-9B"
    QWEN_QWEN3_6_27B = "Qwen/Qwen3.6-27B"
    QWEN_QWEN3_6_35B_A3B = "Qwen/Qwen3.6-35B-A3B"
    QWEN_QWEN3_8B = "Qwen/Qwen3-8B"
    QWEN_QWEN3_CODER_30B_A3B_INSTRUCT = "Qwen/Qwen3-Coder-30B-A3B-Instruct"
    QWEN_QWEN3_CODER_480B_A35B_INSTRUCT = "Qwen/Qwen3-Coder-480B-A35B-Instruct"
    QWEN_QWEN3_NEXT_80B_A3B_INSTRUCT = "Qwen/Qwen3-Next-80B-A3B-Instruct"  # not listed any more on 2026-08-18
    QWEN_QWEN3_NEXT_80B_A3B_THINKING = "Qwen/Qwen3-Next-80B-A3B-Thinking"  # not listed any more on 2026-08-18
    QWEN_QWEN3_OMNI_30B_A3B_CAPTIONER = "Qwen/Qwen3-Omni-30B-A3B-Captioner"  # not listed any more on 2026-08-18
    QWEN_QWEN3_OMNI_30B_A3B_INSTRUCT = "Qwen/Qwen3-Omni-30B-A3B-Instruct"  # not listed any more on 2026-08-18
    QWEN_QWEN3_OMNI_30B_A3B_THINKING = "Qwen/Qwen3-Omni-30B-A3B-Thinking"  # not listed any more on 2026-08-18
    QWEN_QWEN3_VL_235B_A22B_INSTRUCT = "Qwen/Qwen3-VL-235B-A22B-Instruct"
    QWEN_QWEN3_VL_235B_A22B_THINKING = "Qwen/Qwen3-VL-235B-A22B-Thinking"
    QWEN_QWEN3_VL_30B_A3B_INSTRUCT = "Qwen/Qwen3-VL-30B-A3B-Instruct"
    QWEN_QWEN3_VL_30B_A3B_THINKING = "Qwen/Qwen3-VL-30B-A3B-Thinking"
    QWEN_QWEN3_VL_32B_INSTRUCT = "Qwen/Qwen3-VL-32B-Instruct"
    QWEN_QWEN3_VL_32B_THINKING = "Qwen/Qwen3-VL-32B-Thinking"
    QWEN_QWEN3_VL_8B_INSTRUCT = "Qwen/Qwen3-VL-8B-Instruct"
    QWEN_QWEN3_VL_8B_THINKING = "Qwen/Qwen3-VL-8B-Thinking"  # not listed any more on 2026-08-18
    QWEN_QWQ_32B = "Qwen/QwQ-32B"  # not listed any more on 2026-08-18
    STEPFUN_AI_STEP_3_5_FLASH = "stepfun-ai/Step-3.5-Flash"
    TENCENT_HUNYUAN_A13B_INSTRUCT = "tencent/Hunyuan-A13B-Instruct"
    TENCENT_HUNYUAN_MT_7B = "tencent/Hunyuan-MT-7B"  # not listed any more on 2026-08-18
    TENCENT_HY3_PREVIEW = "tencent/Hy3-preview"
    THUDM_GLM_4_32B_0414 = "THUDM/GLM-4-32B-0414"  # not listed any more on 2026-08-18
    THUDM_GLM_4_9B_0414 = "THUDM/GLM-4-9B-0414"  # not listed any more on 2026-08-18
    THUDM_GLM_Z1_32B_0414 = "THUDM/GLM-Z1-32B-0414"  # not listed any more on 2026-08-18
    THUDM_GLM_Z1_9B_0414 = "THUDM/GLM-Z1-9B-0414"  # not listed any more on 2026-08-18
    ZAI_ORG_GLM_4_5 = "zai-org/GLM-4.5"  # not listed any more on 2026-08-18
    ZAI_ORG_GLM_4_5V = "zai-org/GLM-4.5V"  # not listed any more on 2026-08-18
    ZAI_ORG_GLM_4_5_AIR = "zai-org/GLM-4.5-Air"
    ZAI_ORG_GLM_4_6 = "zai-org/GLM-4.6"  # not listed any more on 2026-08-18
    ZAI_ORG_GLM_4_6V = "zai-org/GLM-4.6V"  # not listed any more on 2026-08-18
    ZAI_ORG_GLM_4_7 = "zai-org/GLM-4.7"  # not listed any more on 2026-08-18
    ZAI_ORG_GLM_5 = "zai-org/GLM-5"
    ZAI_ORG_GLM_5V_TURBO = "zai-org/GLM-5V-Turbo"
    ZAI_ORG_GLM_5_1 = "zai-org/GLM-5.1"
    ZAI_ORG_GLM_5_2 = "zai-org/GLM-5.2"


ChatModelName: TypeAlias = Literal[
    "ByteDance-Seed/Seed-OSS-36B-Instruct",
    "MiniMaxAI/MiniMax-M2.5",
    "Qwen/Qwen2.5-72B-Instruct",
    "Qwen/Qwen2.5-7B-Instruct",
    "Qwen/Qwen3-14B",
    "Qwen/Qwen3-235B-A22B-Thinking-2507",
    "Qwen/Qwen3-30B-A3B-Instruct-2507",
    "Qwen/Qwen3-32B",
    "Qwen/Qwen3-8B",
    "Qwen/Qwen3-Coder-30B-A3B-Instruct",
    "Qwen/Qwen3-Coder-480B-A35B-Instruct",
    "Qwen/Qwen3-VL-235B-A22B-Instruct",
    "Qwen/Qwen3-VL-235B-A22B-Thinking",
    "Qwen/Qwen3-VL-30B-A3B-Instruct",
    "Qwen/Qwen3-VL-30B-A3B-Thinking",
    "Qwen/Qwen3-VL-32B-Instruct",
    "Qwen/Qwen3-VL-32B-Thinking",
    "Qwen/Qwen3-VL-8B-Instruct",
    "Qwen/Qwen3.5-122B-A10B",
    "Qwen/Qwen3.5-27B",
    "Qwen/Qwen3.5-35B-A3B",
    "Qwen/Qwen3.5-397B-A17B",
    "Qwen/Qwen3.5-9B",
    "Qwen/Qwen3.6-27B",
    "Qwen/Qwen3.6-35B-A3B",
    "baidu/ERNIE-4.5-300B-A47B",
    "deepseek-ai/DeepSeek-R1",
    "deepseek-ai/DeepSeek-V3",
    "deepseek-ai/DeepSeek-V3.1",
    "deepseek-ai/DeepSeek-V3.1-Terminus",
    "deepseek-ai/DeepSeek-V3.2",
    "deepseek-ai/DeepSeek-V3.2-Exp",
    "deepseek-ai/DeepSeek-V4-Flash",
    "deepseek-ai/DeepSeek-V4-Pro",
    "google/gemma-4-26B-A4B-it",
    "google/gemma-4-31B-it",
    "inclusionAI/Ling-flash-2.0",
    "moonshotai/Kimi-K2.5",
    "moonshotai/Kimi-K2.6",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-20b",
    "stepfun-ai/Step-3.5-Flash",
    "tencent/Hunyuan-A13B-Instruct",
    "tencent/Hy3-preview",
    "zai-org/GLM-4.5-Air",
    "zai-org/GLM-5",
    "zai-org/GLM-5.1",
    "zai-org/GLM-5.2",
    "zai-org/GLM-5V-Turbo",
]
EmbeddingModelName: TypeAlias = str
RerankModelName: TypeAlias = str
ModelName: TypeAlias = ChatModelName
