# Generated from specs/providers/deepinfra.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of DeepInfra. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of DeepInfra: equal to its id."""

    __provider__ = "deepinfra"
    ALLENAI_OLMOCR_7B_0725_FP8 = "allenai/olmOCR-7B-0725-FP8"
    ANTHROPIC_CLAUDE_3_7_SONNET_LATEST = "anthropic/claude-3-7-sonnet-latest"
    ANTHROPIC_CLAUDE_4_OPUS = "anthropic/claude-4-opus"
    ANTHROPIC_CLAUDE_4_SONNET = "anthropic/claude-4-sonnet"
    ANTHROPIC_CLAUDE_FABLE_5 = "anthropic/claude-fable-5"
    ANTHROPIC_CLAUDE_HAIKU_4_5 = "anthropic/claude-haiku-4-5"
    ANTHROPIC_CLAUDE_OPUS_4_7 = "anthropic/claude-opus-4-7"
    ANTHROPIC_CLAUDE_OPUS_4_8 = "anthropic/claude-opus-4-8"
    ANTHROPIC_CLAUDE_OPUS_5 = "anthropic/claude-opus-5"
    ANTHROPIC_CLAUDE_SONNET_4_6 = "anthropic/claude-sonnet-4-6"
    ANTHROPIC_CLAUDE_SONNET_5 = "anthropic/claude-sonnet-5"
    BAAI_BGE_LARGE_EN_V1_5 = "BAAI/bge-large-en-v1.5"
    BAAI_BGE_M3 = "BAAI/bge-m3"
    BYTEDANCE_SEED_1_8 = "ByteDance/Seed-1.8"
    BYTEDANCE_SEED_2_0_CODE = "ByteDance/Seed-2.0-code"
    BYTEDANCE_SEED_2_0_MINI = "ByteDance/Seed-2.0-mini"
    BYTEDANCE_SEED_2_0_PRO = "ByteDance/Seed-2.0-pro"
    DEEPSEEK_AI_DEEPSEEK_R1 = "deepseek-ai/DeepSeek-R1"
    DEEPSEEK_AI_DEEPSEEK_R1_0528 = "deepseek-ai/DeepSeek-R1-0528"
    DEEPSEEK_AI_DEEPSEEK_R1_0528_TURBO = "deepseek-ai/DeepSeek-R1-0528-Turbo"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_LLAMA_70B = "deepseek-ai/DeepSeek-R1-Distill-Llama-70B"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_32B = "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B"
    DEEPSEEK_AI_DEEPSEEK_R1_TURBO = "deepseek-ai/DeepSeek-R1-Turbo"
    DEEPSEEK_AI_DEEPSEEK_V3 = "deepseek-ai/DeepSeek-V3"
    DEEPSEEK_AI_DEEPSEEK_V3_0324 = "deepseek-ai/DeepSeek-V3-0324"
    DEEPSEEK_AI_DEEPSEEK_V3_1 = "deepseek-ai/DeepSeek-V3.1"
    DEEPSEEK_AI_DEEPSEEK_V3_1_TERMINUS = "deepseek-ai/DeepSeek-V3.1-Terminus"
    DEEPSEEK_AI_DEEPSEEK_V3_2 = "deepseek-ai/DeepSeek-V3.2"
    DEEPSEEK_AI_DEEPSEEK_V4_1_FLASH = "deepseek-ai/DeepSeek-V4.1-Flash"
    DEEPSEEK_AI_DEEPSEEK_V4_1_FLASH_1017 = "deepseek-ai/DeepSeek-V4.1-Flash-1017"
    DEEPSEEK_AI_DEEPSEEK_V4_FLASH = "deepseek-ai/DeepSeek-V4-Flash"
    DEEPSEEK_AI_DEEPSEEK_V4_FLASH_0731 = "deepseek-ai/DeepSeek-V4-Flash-0731"
    DEEPSEEK_AI_DEEPSEEK_V4_PRO = "deepseek-ai/DeepSeek-V4-Pro"
    DEEPSEEK_AI_DEEPSEEK_V4_PRO_0813 = "deepseek-ai/DeepSeek-V4-Pro-0813"
    GOOGLE_GEMINI_2_5_FLASH = "google/gemini-2.5-flash"
    GOOGLE_GEMINI_2_5_PRO = "google/gemini-2.5-pro"
    GOOGLE_GEMINI_3_1_FLASH_LITE = "google/gemini-3.1-flash-lite"
    GOOGLE_GEMINI_3_1_PRO = "google/gemini-3.1-pro"
    GOOGLE_GEMINI_3_5_FLASH = "google/gemini-3.5-flash"
    GOOGLE_GEMINI_3_7_FLASH = "google/gemini-3.7-flash"
    GOOGLE_GEMMA_3_12B_IT = "google/gemma-3-12b-it"
    GOOGLE_GEMMA_3_27B_IT = "google/gemma-3-27b-it"
    GOOGLE_GEMMA_3_4B_IT = "google/gemma-3-4b-it"
    GOOGLE_GEMMA_4_26B_A4B_IT = "google/gemma-4-26B-A4B-it"
    GOOGLE_GEMMA_4_31B_IT = "google/gemma-4-31B-it"
    GOOGLE_GEMMA_4_31B_IT_TURBO = "google/gemma-4-31B-it-turbo"
    GOOGLE_GEMMA_4_31B_IT_ULTRA = "google/gemma-4-31B-it-Ultra"
    GOOGLE_GEMMA_4_E4B_IT = "google/gemma-4-E4B-it"
    GRYPHE_MYTHOMAX_L2_13B = "Gryphe/MythoMax-L2-13b"
    INCLUSIONAI_LING_3_0_FLASH = "inclusionAI/Ling-3.0-flash"
    INTFLOAT_E5_LARGE_V2 = "intfloat/e5-large-v2"
    INTFLOAT_MULTILINGUAL_E5_LARGE = "intfloat/multilingual-e5-large"
    META_LLAMA_LLAMA_3_1_70B_INSTRUCT = "meta-llama/Llama-3.1-70B-Instruct"  # not listed any more on 2026-08-18
    META_LLAMA_LLAMA_3_1_70B_INSTRUCT_TURBO = (
        "meta-llama/Llama-3.1-70B-Instruct-Turbo"  # not listed any more on 2026-08-18
    )
    META_LLAMA_LLAMA_3_1_8B_INSTRUCT = "meta-llama/Llama-3.1-8B-Instruct"  # not listed any more on 2026-08-18
    META_LLAMA_LLAMA_3_1_8B_INSTRUCT_TURBO = (
        "meta-llama/Llama-3.1-8B-Instruct-Turbo"  # not listed any more on 2026-08-18
    )
    META_LLAMA_LLAMA_3_2_11B_VISION_INSTRUCT = "meta-llama/Llama-3.2-11B-Vision-Instruct"
    META_LLAMA_LLAMA_3_2_3B_INSTRUCT = "meta-llama/Llama-3.2-3B-Instruct"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT = "meta-llama/Llama-3.3-70B-Instruct"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT_TURBO = "meta-llama/Llama-3.3-70B-Instruct-Turbo"
    META_LLAMA_LLAMA_4_MAVERICK_17B_128E_INSTRUCT_FP8 = "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8"
    META_LLAMA_LLAMA_4_SCOUT_17B_16E_INSTRUCT = "meta-llama/Llama-4-Scout-17B-16E-Instruct"
    META_LLAMA_LLAMA_GUARD_3_8B = "meta-llama/Llama-Guard-3-8B"
    META_LLAMA_LLAMA_GUARD_4_12B = "meta-llama/Llama-Guard-4-12B"
    META_LLAMA_META_LLAMA_3_1_70B_INSTRUCT = "meta-llama/Meta-Llama-3.1-70B-Instruct"
    META_LLAMA_META_LLAMA_3_1_70B_INSTRUCT_TURBO = "meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo"
    META_LLAMA_META_LLAMA_3_1_8B_INSTRUCT = "meta-llama/Meta-Llama-3.1-8B-Instruct"
    META_LLAMA_META_LLAMA_3_1_8B_INSTRUCT_TURBO = "meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo"
    META_LLAMA_META_LLAMA_3_8B_INSTRUCT = "meta-llama/Meta-Llama-3-8B-Instruct"
    META_MODELS_MUSE_GLIMMER_30B = "meta-models/Muse-Glimmer-30B"
    MICROSOFT_PHI_4 = "microsoft/phi-4"
    MICROSOFT_WIZARDLM_2_8X22B = "microsoft/WizardLM-2-8x22B"
    MINIMAXAI_MINIMAX_M2 = "MiniMaxAI/MiniMax-M2"  # not listed any more on 2026-08-18
    MINIMAXAI_MINIMAX_M2_1 = "MiniMaxAI/MiniMax-M2.1"
    MINIMAXAI_MINIMAX_M2_5 = "MiniMaxAI/MiniMax-M2.5"
    MINIMAXAI_MINIMAX_M2_7 = "MiniMaxAI/MiniMax-M2.7"
    MINIMAXAI_MINIMAX_M2_7_TURBO = "MiniMaxAI/MiniMax-M2.7-Turbo"
    MINIMAXAI_MINIMAX_M3 = "MiniMaxAI/MiniMax-M3"
    MISTRALAI_MISTRAL_NEMO_INSTRUCT_2407 = "mistralai/Mistral-Nemo-Instruct-2407"
    MISTRALAI_MISTRAL_SMALL_24B_INSTRUCT_2501 = "mistralai/Mistral-Small-24B-Instruct-2501"
    MISTRALAI_MISTRAL_SMALL_3_2_24B_INSTRUCT_2506 = "mistralai/Mistral-Small-3.2-24B-Instruct-2506"
    MISTRALAI_MIXTRAL_8X7B_INSTRUCT_V0_1 = "mistralai/Mixtral-8x7B-Instruct-v0.1"
    MOONSHOTAI_KIMI_K2_5 = "moonshotai/Kimi-K2.5"
    MOONSHOTAI_KIMI_K2_6 = "moonshotai/Kimi-K2.6"
    MOONSHOTAI_KIMI_K2_7_CODE = "moonshotai/Kimi-K2.7-Code"
    MOONSHOTAI_KIMI_K2_INSTRUCT = "moonshotai/Kimi-K2-Instruct"
    MOONSHOTAI_KIMI_K2_INSTRUCT_0905 = "moonshotai/Kimi-K2-Instruct-0905"
    MOONSHOTAI_KIMI_K2_THINKING = "moonshotai/Kimi-K2-Thinking"
    MOONSHOTAI_KIMI_K3 = "moonshotai/Kimi-K3"
    NOUSRESEARCH_HERMES_3_LLAMA_3_1_405B = "NousResearch/Hermes-3-Llama-3.1-405B"
    NOUSRESEARCH_HERMES_3_LLAMA_3_1_70B = "NousResearch/Hermes-3-Llama-3.1-70B"
    NVIDIA_LLAMA_3_1_NEMOTRON_70B_INSTRUCT = "nvidia/Llama-3.1-Nemotron-70B-Instruct"
    NVIDIA_LLAMA_3_3_NEMOTRON_SUPER_49B_V1_5 = "nvidia/Llama-3.3-Nemotron-Super-49B-v1.5"
    NVIDIA_NEMOTRON_3_NANO_30B_A3B = "nvidia/Nemotron-3-Nano-30B-A3B"
    NVIDIA_NEMOTRON_3_NANO_OMNI_30B_A3B_REASONING = "nvidia/Nemotron-3-Nano-Omni-30B-A3B-Reasoning"
    NVIDIA_NEMOTRON_CONTENT_SAFETY_3_5 = "nvidia/Nemotron-Content-Safety-3.5"
    NVIDIA_NVIDIA_NEMOTRON_3_5_LIGHTNING = "nvidia/NVIDIA-Nemotron-3.5-Lightning"
    NVIDIA_NVIDIA_NEMOTRON_3_SUPER_120B_A12B = "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B"
    NVIDIA_NVIDIA_NEMOTRON_3_ULTRA_550B_A55B = "nvidia/NVIDIA-Nemotron-3-Ultra-550B-A55B"
    NVIDIA_NVIDIA_NEMOTRON_NANO_9B_V2 = "nvidia/NVIDIA-Nemotron-Nano-9B-v2"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_120B_TURBO = "openai/gpt-oss-120b-Turbo"
    OPENAI_GPT_OSS_120B_ULTRA = "openai/gpt-oss-120b-Ultra"
    OPENAI_GPT_OSS_20B = "openai/gpt-oss-20b"
    QWEN_QWEN2_5_72B_INSTRUCT = "Qwen/Qwen2.5-72B-Instruct"
    QWEN_QWEN2_5_7B_INSTRUCT = "Qwen/Qwen2.5-7B-Instruct"
    QWEN_QWEN2_5_VL_32B_INSTRUCT = "Qwen/Qwen2.5-VL-32B-Instruct"
    QWEN_QWEN3_14B = "Qwen/Qwen3-14B"
    QWEN_QWEN3_235B_A22B = "Qwen/Qwen3-235B-A22B"
    QWEN_QWEN3_235B_A22B_INSTRUCT_2507 = "Qwen/Qwen3-235B-A22B-Instruct-2507"
    QWEN_QWEN3_235B_A22B_THINKING_2507 = "Qwen/Qwen3-235B-A22B-Thinking-2507"
    QWEN_QWEN3_30B_A3B = "Qwen/Qwen3-30B-A3B"
    QWEN_QWEN3_32B = "Qwen/Qwen3-32B"
    QWEN_QWEN3_5_122B_A10B = "Qwen/Qwen3.5-122B-A10B"
    QWEN_QWEN3_5_27B = "Qwen/Qwen3.5-27B"
    QWEN_QWEN3_5_35B_A3B = "Qwen/Qwen3.5-35B-A3B"
    QWEN_QWEN3_5_397B_A17B = "Qwen/Qwen3.5-397B-A17B"
    QWEN_QWEN3_5_9B = "Qwen/Qwen3.5-9B"
    QWEN_QWEN3_6_27B = "Qwen/Qwen3.6-27B"
    QWEN_QWEN3_6_35B_A3B = "Qwen/Qwen3.6-35B-A3B"
    QWEN_QWEN3_7_MAX = "Qwen/Qwen3.7-Max"
    QWEN_QWEN3_8_27B = "Qwen/Qwen3.8-27B"
    QWEN_QWEN3_8_2_4T_A95B = "Qwen/Qwen3.8-2.4T-A95B"
    QWEN_QWEN3_8_MAX = "Qwen/Qwen3.8-Max"
    QWEN_QWEN3_CODER_30B_A3B_INSTRUCT = "Qwen/Qwen3-Coder-30B-A3B-Instruct"
    QWEN_QWEN3_CODER_480B_A35B_INSTRUCT = "Qwen/Qwen3-Coder-480B-A35B-Instruct"
    QWEN_QWEN3_CODER_480B_A35B_INSTRUCT_TURBO = "Qwen/Qwen3-Coder-480B-A35B-Instruct-Turbo"
    QWEN_QWEN3_MAX = "Qwen/Qwen3-Max"
    QWEN_QWEN3_MAX_THINKING = "Qwen/Qwen3-Max-Thinking"
    QWEN_QWEN3_NEXT_80B_A3B_INSTRUCT = "Qwen/Qwen3-Next-80B-A3B-Instruct"
    QWEN_QWEN3_NEXT_80B_A3B_THINKING = "Qwen/Qwen3-Next-80B-A3B-Thinking"
    QWEN_QWEN3_VL_235B_A22B_INSTRUCT = "Qwen/Qwen3-VL-235B-A22B-Instruct"
    QWEN_QWEN3_VL_30B_A3B_INSTRUCT = "Qwen/Qwen3-VL-30B-A3B-Instruct"
    QWEN_QWEN3_VL_8B_INSTRUCT = "Qwen/Qwen3-VL-8B-Instruct"
    QWEN_QWQ_32B = "Qwen/QwQ-32B"
    SAO10K_L3_1_70B_EURYALE_V2_2 = "Sao10K/L3.1-70B-Euryale-v2.2"
    SAO10K_L3_3_70B_EURYALE_V2_3 = "Sao10K/L3.3-70B-Euryale-v2.3"
    SAO10K_L3_8B_LUNARIS_V1_TURBO = "Sao10K/L3-8B-Lunaris-v1-Turbo"
    STEPFUN_AI_STEP_3_7_FLASH = "stepfun-ai/Step-3.7-Flash"
    TENCENT_HY3 = "tencent/Hy3"
    THENLPER_GTE_LARGE = "thenlper/gte-large"
    THINKINGMACHINES_INKLING = "thinkingmachines/Inkling"
    THINKINGMACHINES_INKLING_SMALL = "thinkingmachines/Inkling-Small"
    XIAOMIMIMO_MIMO_V2_5 = "XiaomiMiMo/MiMo-V2.5"
    XIAOMIMIMO_MIMO_V2_5_PRO = "XiaomiMiMo/MiMo-V2.5-Pro"
    XIAOMI_MIMO_V2_5 = "xiaomi/mimo-v2.5"  # not listed any more on 2026-08-18
    XIAOMI_MIMO_V2_5_PRO = "xiaomi/mimo-v2.5-pro"  # not listed any more on 2026-08-18
    ZAI_ORG_GLM_4_5 = "zai-org/GLM-4.5"
    ZAI_ORG_GLM_4_6 = "zai-org/GLM-4.6"
    ZAI_ORG_GLM_4_6V = "zai-org/GLM-4.6V"
    ZAI_ORG_GLM_4_7 = "zai-org/GLM-4.7"
    ZAI_ORG_GLM_4_7_FLASH = "zai-org/GLM-4.7-Flash"
    ZAI_ORG_GLM_5 = "zai-org/GLM-5"
    ZAI_ORG_GLM_5_1 = "zai-org/GLM-5.1"
    ZAI_ORG_GLM_5_2 = "zai-org/GLM-5.2"


ChatModelName: TypeAlias = Literal[
    "ByteDance/Seed-1.8",
    "ByteDance/Seed-2.0-code",
    "ByteDance/Seed-2.0-mini",
    "ByteDance/Seed-2.0-pro",
    "Gryphe/MythoMax-L2-13b",
    "MiniMaxAI/MiniMax-M2.1",
    "MiniMaxAI/MiniMax-M2.5",
    "MiniMaxAI/MiniMax-M2.7",
    "MiniMaxAI/MiniMax-M2.7-Turbo",
    "MiniMaxAI/MiniMax-M3",
    "NousResearch/Hermes-3-Llama-3.1-405B",
    "NousResearch/Hermes-3-Llama-3.1-70B",
    "Qwen/QwQ-32B",
    "Qwen/Qwen2.5-72B-Instruct",
    "Qwen/Qwen2.5-7B-Instruct",
    "Qwen/Qwen2.5-VL-32B-Instruct",
    "Qwen/Qwen3-14B",
    "Qwen/Qwen3-235B-A22B",
    "Qwen/Qwen3-235B-A22B-Instruct-2507",
    "Qwen/Qwen3-235B-A22B-Thinking-2507",
    "Qwen/Qwen3-30B-A3B",
    "Qwen/Qwen3-32B",
    "Qwen/Qwen3-Coder-30B-A3B-Instruct",
    "Qwen/Qwen3-Coder-480B-A35B-Instruct",
    "Qwen/Qwen3-Coder-480B-A35B-Instruct-Turbo",
    "Qwen/Qwen3-Max",
    "Qwen/Qwen3-Max-Thinking",
    "Qwen/Qwen3-Next-80B-A3B-Instruct",
    "Qwen/Qwen3-Next-80B-A3B-Thinking",
    "Qwen/Qwen3-VL-235B-A22B-Instruct",
    "Qwen/Qwen3-VL-30B-A3B-Instruct",
    "Qwen/Qwen3-VL-8B-Instruct",
    "Qwen/Qwen3.5-122B-A10B",
    "Qwen/Qwen3.5-27B",
    "Qwen/Qwen3.5-35B-A3B",
    "Qwen/Qwen3.5-397B-A17B",
    "Qwen/Qwen3.5-9B",
    "Qwen/Qwen3.6-27B",
    "Qwen/Qwen3.6-35B-A3B",
    "Qwen/Qwen3.7-Max",
    "Qwen/Qwen3.8-2.4T-A95B",
    "Qwen/Qwen3.8-27B",
    "Qwen/Qwen3.8-Max",
    "Sao10K/L3-8B-Lunaris-v1-Turbo",
    "Sao10K/L3.1-70B-Euryale-v2.2",
    "Sao10K/L3.3-70B-Euryale-v2.3",
    "XiaomiMiMo/MiMo-V2.5",
    "XiaomiMiMo/MiMo-V2.5-Pro",
    "allenai/olmOCR-7B-0725-FP8",
    "anthropic/claude-3-7-sonnet-latest",
    "anthropic/claude-4-opus",
    "anthropic/claude-4-sonnet",
    "anthropic/claude-fable-5",
    "anthropic/claude-haiku-4-5",
    "anthropic/claude-opus-4-7",
    "anthropic/claude-opus-4-8",
    "anthropic/claude-opus-5",
    "anthropic/claude-sonnet-4-6",
    "anthropic/claude-sonnet-5",
    "deepseek-ai/DeepSeek-R1",
    "deepseek-ai/DeepSeek-R1-0528",
    "deepseek-ai/DeepSeek-R1-0528-Turbo",
    "deepseek-ai/DeepSeek-R1-Distill-Llama-70B",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B",
    "deepseek-ai/DeepSeek-R1-Turbo",
    "deepseek-ai/DeepSeek-V3",
    "deepseek-ai/DeepSeek-V3-0324",
    "deepseek-ai/DeepSeek-V3.1",
    "deepseek-ai/DeepSeek-V3.1-Terminus",
    "deepseek-ai/DeepSeek-V3.2",
    "deepseek-ai/DeepSeek-V4-Flash",
    "deepseek-ai/DeepSeek-V4-Flash-0731",
    "deepseek-ai/DeepSeek-V4-Pro",
    "deepseek-ai/DeepSeek-V4-Pro-0813",
    "deepseek-ai/DeepSeek-V4.1-Flash",
    "deepseek-ai/DeepSeek-V4.1-Flash-1017",
    "google/gemini-2.5-flash",
    "google/gemini-2.5-pro",
    "google/gemini-3.1-flash-lite",
    "google/gemini-3.1-pro",
    "google/gemini-3.5-flash",
    "google/gemini-3.7-flash",
    "google/gemma-3-12b-it",
    "google/gemma-3-27b-it",
    "google/gemma-3-4b-it",
    "google/gemma-4-26B-A4B-it",
    "google/gemma-4-31B-it",
    "google/gemma-4-31B-it-Ultra",
    "google/gemma-4-31B-it-turbo",
    "google/gemma-4-E4B-it",
    "inclusionAI/Ling-3.0-flash",
    "meta-llama/Llama-3.2-11B-Vision-Instruct",
    "meta-llama/Llama-3.2-3B-Instruct",
    "meta-llama/Llama-3.3-70B-Instruct",
    "meta-llama/Llama-3.3-70B-Instruct-Turbo",
    "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8",
    "meta-llama/Llama-4-Scout-17B-16E-Instruct",
    "meta-llama/Llama-Guard-3-8B",
    "meta-llama/Llama-Guard-4-12B",
    "meta-llama/Meta-Llama-3-8B-Instruct",
    "meta-llama/Meta-Llama-3.1-70B-Instruct",
    "meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo",
    "meta-llama/Meta-Llama-3.1-8B-Instruct",
    "meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo",
    "meta-models/Muse-Glimmer-30B",
    "microsoft/WizardLM-2-8x22B",
    "microsoft/phi-4",
    "mistralai/Mistral-Nemo-Instruct-2407",
    "mistralai/Mistral-Small-24B-Instruct-2501",
    "mistralai/Mistral-Small-3.2-24B-Instruct-2506",
    "mistralai/Mixtral-8x7B-Instruct-v0.1",
    "moonshotai/Kimi-K2-Instruct",
    "moonshotai/Kimi-K2-Instruct-0905",
    "moonshotai/Kimi-K2-Thinking",
    "moonshotai/Kimi-K2.5",
    "moonshotai/Kimi-K2.6",
    "moonshotai/Kimi-K2.7-Code",
    "moonshotai/Kimi-K3",
    "nvidia/Llama-3.1-Nemotron-70B-Instruct",
    "nvidia/Llama-3.3-Nemotron-Super-49B-v1.5",
    "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B",
    "nvidia/NVIDIA-Nemotron-3-Ultra-550B-A55B",
    "nvidia/NVIDIA-Nemotron-3.5-Lightning",
    "nvidia/NVIDIA-Nemotron-Nano-9B-v2",
    "nvidia/Nemotron-3-Nano-30B-A3B",
    "nvidia/Nemotron-3-Nano-Omni-30B-A3B-Reasoning",
    "nvidia/Nemotron-Content-Safety-3.5",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-120b-Turbo",
    "openai/gpt-oss-120b-Ultra",
    "openai/gpt-oss-20b",
    "stepfun-ai/Step-3.7-Flash",
    "tencent/Hy3",
    "thinkingmachines/Inkling",
    "thinkingmachines/Inkling-Small",
    "zai-org/GLM-4.5",
    "zai-org/GLM-4.6",
    "zai-org/GLM-4.6V",
    "zai-org/GLM-4.7",
    "zai-org/GLM-4.7-Flash",
    "zai-org/GLM-5",
    "zai-org/GLM-5.1",
    "zai-org/GLM-5.2",
]
EmbeddingModelName: TypeAlias = Literal[
    "BAAI/bge-large-en-v1.5",
    "BAAI/bge-m3",
    "intfloat/e5-large-v2",
    "intfloat/multilingual-e5-large",
    "thenlper/gte-large",
]
TranscriptionModelName: TypeAlias = str
SpeechModelName: TypeAlias = str
ImageModelName: TypeAlias = str
ModelName: TypeAlias = ChatModelName | EmbeddingModelName
