# Generated from specs/providers/novita.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Novita AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Novita AI: equal to its id."""

    __provider__ = "novita"
    BAAI_BGE_M3 = "baai/bge-m3"
    BAAI_BGE_RERANKER_V2_M3 = "baai/bge-reranker-v2-m3"
    BAICHUAN_BAICHUAN_M2_32B = "baichuan/baichuan-m2-32b"
    BAIDU_COBUDDY = "baidu/cobuddy"
    BAIDU_ERNIE_4_5_21B_A3B = "baidu/ernie-4.5-21B-a3b"
    BAIDU_ERNIE_4_5_21B_A3B_THINKING = "baidu/ernie-4.5-21B-a3b-thinking"
    BAIDU_ERNIE_4_5_300B_A47B_PADDLE = "baidu/ernie-4.5-300b-a47b-paddle"
    BAIDU_ERNIE_4_5_VL_28B_A3B = "baidu/ernie-4.5-vl-28b-a3b"
    BAIDU_ERNIE_4_5_VL_28B_A3B_THINKING = "baidu/ernie-4.5-vl-28b-a3b-thinking"
    BAIDU_ERNIE_4_5_VL_424B_A47B = "baidu/ernie-4.5-vl-424b-a47b"
    DEEPSEEK_DEEPSEEK_OCR = "deepseek/deepseek-ocr"
    DEEPSEEK_DEEPSEEK_OCR_2 = "deepseek/deepseek-ocr-2"
    DEEPSEEK_DEEPSEEK_PROVER_V2_671B = "deepseek/deepseek-prover-v2-671b"
    DEEPSEEK_DEEPSEEK_R1 = "deepseek/deepseek-r1"
    DEEPSEEK_DEEPSEEK_R1_0528 = "deepseek/deepseek-r1-0528"
    DEEPSEEK_DEEPSEEK_R1_0528_QWEN3_8B = "deepseek/deepseek-r1-0528-qwen3-8b"
    DEEPSEEK_DEEPSEEK_R1_COMMUNITY = "deepseek/deepseek-r1/community"
    DEEPSEEK_DEEPSEEK_R1_DISTILL_LLAMA_70B = "deepseek/deepseek-r1-distill-llama-70b"
    DEEPSEEK_DEEPSEEK_R1_DISTILL_QWEN_14B = "deepseek/deepseek-r1-distill-qwen-14b"
    DEEPSEEK_DEEPSEEK_R1_DISTILL_QWEN_32B = "deepseek/deepseek-r1-distill-qwen-32b"
    DEEPSEEK_DEEPSEEK_R1_TURBO = "deepseek/deepseek-r1-turbo"
    DEEPSEEK_DEEPSEEK_V3 = "deepseek/deepseek_v3"
    DEEPSEEK_DEEPSEEK_V3_0324 = "deepseek/deepseek-v3-0324"
    DEEPSEEK_DEEPSEEK_V3_1 = "deepseek/deepseek-v3.1"
    DEEPSEEK_DEEPSEEK_V3_1_TERMINUS = "deepseek/deepseek-v3.1-terminus"
    DEEPSEEK_DEEPSEEK_V3_2 = "deepseek/deepseek-v3.2"
    DEEPSEEK_DEEPSEEK_V3_2_EXP = "deepseek/deepseek-v3.2-exp"
    DEEPSEEK_DEEPSEEK_V3_COMMUNITY = "deepseek/deepseek-v3/community"
    DEEPSEEK_DEEPSEEK_V3_TURBO = "deepseek/deepseek-v3-turbo"
    DEEPSEEK_DEEPSEEK_V4_FLASH = "deepseek/deepseek-v4-flash"
    DEEPSEEK_DEEPSEEK_V4_FLASH_0731 = "deepseek/deepseek-v4-flash-0731"
    DEEPSEEK_DEEPSEEK_V4_FLASH_VISION_EXP = "deepseek/deepseek-v4-flash-vision-exp"
    DEEPSEEK_DEEPSEEK_V4_PRO = "deepseek/deepseek-v4-pro"
    DEEPSEEK_DEEPSEEK_V4_PRO_0813 = "deepseek/deepseek-v4-pro-0813"
    GOOGLE_GEMMA_3_12B_IT = "google/gemma-3-12b-it"
    GOOGLE_GEMMA_3_27B_IT = "google/gemma-3-27b-it"
    GOOGLE_GEMMA_4_26B_A4B_IT = "google/gemma-4-26b-a4b-it"
    GOOGLE_GEMMA_4_31B_IT = "google/gemma-4-31b-it"
    GRYPHE_MYTHOMAX_L2_13B = "gryphe/mythomax-l2-13b"
    INCLUSIONAI_LING_2_6_1T = "inclusionai/ling-2.6-1t"
    INCLUSIONAI_LING_2_6_FLASH = "inclusionai/ling-2.6-flash"
    INCLUSIONAI_LING_3_0_FLASH = "inclusionai/ling-3.0-flash"
    INCLUSIONAI_LING_3_0_FLASH_FAST = "inclusionai/ling-3.0-flash-fast"
    INCLUSIONAI_RING_2_6_1T = "inclusionai/ring-2.6-1t"
    KWAIPILOT_KAT_CODER_PRO = "kwaipilot/kat-coder-pro"
    META_LLAMA_LLAMA_3_1_8B_INSTRUCT = "meta-llama/llama-3.1-8b-instruct"
    META_LLAMA_LLAMA_3_2_1B_INSTRUCT = "meta-llama/llama-3.2-1b-instruct"
    META_LLAMA_LLAMA_3_2_3B_INSTRUCT = "meta-llama/llama-3.2-3b-instruct"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT = "meta-llama/llama-3.3-70b-instruct"
    META_LLAMA_LLAMA_3_70B_INSTRUCT = "meta-llama/llama-3-70b-instruct"
    META_LLAMA_LLAMA_3_8B_INSTRUCT = "meta-llama/llama-3-8b-instruct"
    META_LLAMA_LLAMA_4_MAVERICK_17B_128E_INSTRUCT_FP8 = "meta-llama/llama-4-maverick-17b-128e-instruct-fp8"
    META_LLAMA_LLAMA_4_SCOUT_17B_16E_INSTRUCT = "meta-llama/llama-4-scout-17b-16e-instruct"
    MICROSOFT_WIZARDLM_2_8X22B = "microsoft/wizardlm-2-8x22b"
    MINDAI_MACARON_V1_TALL = "mindai/macaron-v1-tall"
    MINDAI_MACARON_V1_VENTI = "mindai/macaron-v1-venti"
    MINIMAXAI_MINIMAX_M1_80K = "minimaxai/minimax-m1-80k"
    MINIMAX_MINIMAX_M2 = "minimax/minimax-m2"
    MINIMAX_MINIMAX_M2_1 = "minimax/minimax-m2.1"
    MINIMAX_MINIMAX_M2_5 = "minimax/minimax-m2.5"
    MINIMAX_MINIMAX_M2_5_HIGHSPEED = "minimax/minimax-m2.5-highspeed"
    MINIMAX_MINIMAX_M2_7 = "minimax/minimax-m2.7"
    MINIMAX_MINIMAX_M2_7_HIGHSPEED = "minimax/minimax-m2.7-highspeed"
    MINIMAX_MINIMAX_M3 = "minimax/minimax-m3"
    MISTRALAI_MISTRAL_NEMO = "mistralai/mistral-nemo"
    MOONSHOTAI_KIMI_K2_0905 = "moonshotai/kimi-k2-0905"
    MOONSHOTAI_KIMI_K2_5 = "moonshotai/kimi-k2.5"
    MOONSHOTAI_KIMI_K2_6 = "moonshotai/kimi-k2.6"
    MOONSHOTAI_KIMI_K2_7_CODE = "moonshotai/kimi-k2.7-code"
    MOONSHOTAI_KIMI_K2_INSTRUCT = "moonshotai/kimi-k2-instruct"
    MOONSHOTAI_KIMI_K2_THINKING = "moonshotai/kimi-k2-thinking"
    MOONSHOTAI_KIMI_K3 = "moonshotai/kimi-k3"
    NOUSRESEARCH_HERMES_2_PRO_LLAMA_3_8B = "nousresearch/hermes-2-pro-llama-3-8b"
    NVIDIA_NEMOTRON_3_NANO_30B_A3B = "nvidia/nemotron-3-nano-30b-a3b"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_20B = "openai/gpt-oss-20b"
    PADDLEPADDLE_PADDLEOCR_VL = "paddlepaddle/paddleocr-vl"
    QWEN_QWEN2_5_7B_INSTRUCT = "qwen/qwen2.5-7b-instruct"
    QWEN_QWEN2_5_VL_72B_INSTRUCT = "qwen/qwen2.5-vl-72b-instruct"
    QWEN_QWEN3_235B_A22B_FP8 = "qwen/qwen3-235b-a22b-fp8"
    QWEN_QWEN3_235B_A22B_INSTRUCT_2507 = "qwen/qwen3-235b-a22b-instruct-2507"
    QWEN_QWEN3_235B_A22B_THINKING_2507 = "qwen/qwen3-235b-a22b-thinking-2507"
    QWEN_QWEN3_30B_A3B_FP8 = "qwen/qwen3-30b-a3b-fp8"
    QWEN_QWEN3_32B_FP8 = "qwen/qwen3-32b-fp8"
    QWEN_QWEN3_4B_FP8 = "qwen/qwen3-4b-fp8"
    QWEN_QWEN3_5_122B_A10B = "qwen/qwen3.5-122b-a10b"
    QWEN_QWEN3_5_27B = "qwen/qwen3.5-27b"
    QWEN_QWEN3_5_35B_A3B = "qwen/qwen3.5-35b-a3b"
    QWEN_QWEN3_5_397B_A17B = "qwen/qwen3.5-397b-a17b"
    QWEN_QWEN3_6_27B = "qwen/qwen3.6-27b"
    QWEN_QWEN3_6_35B_A3B = "qwen/qwen3.6-35b-a3b"
    QWEN_QWEN3_7_MAX = "qwen/qwen3.7-max"
    QWEN_QWEN3_8B_FP8 = "qwen/qwen3-8b-fp8"
    QWEN_QWEN3_8_MAX = "qwen/qwen3.8-max"
    QWEN_QWEN3_CODER_30B_A3B_INSTRUCT = "qwen/qwen3-coder-30b-a3b-instruct"
    QWEN_QWEN3_CODER_480B_A35B_INSTRUCT = "qwen/qwen3-coder-480b-a35b-instruct"
    QWEN_QWEN3_CODER_NEXT = "qwen/qwen3-coder-next"
    QWEN_QWEN3_EMBEDDING_0_6B = "qwen/qwen3-embedding-0.6b"
    QWEN_QWEN3_EMBEDDING_8B = "qwen/qwen3-embedding-8b"
    QWEN_QWEN3_MAX = "qwen/qwen3-max"
    QWEN_QWEN3_NEXT_80B_A3B_INSTRUCT = "qwen/qwen3-next-80b-a3b-instruct"
    QWEN_QWEN3_NEXT_80B_A3B_THINKING = "qwen/qwen3-next-80b-a3b-thinking"
    QWEN_QWEN3_OMNI_30B_A3B_INSTRUCT = "qwen/qwen3-omni-30b-a3b-instruct"
    QWEN_QWEN3_OMNI_30B_A3B_THINKING = "qwen/qwen3-omni-30b-a3b-thinking"
    QWEN_QWEN3_RERANKER_8B = "qwen/qwen3-reranker-8b"
    QWEN_QWEN3_VL_235B_A22B_INSTRUCT = "qwen/qwen3-vl-235b-a22b-instruct"
    QWEN_QWEN3_VL_235B_A22B_THINKING = "qwen/qwen3-vl-235b-a22b-thinking"
    QWEN_QWEN3_VL_30B_A3B_INSTRUCT = "qwen/qwen3-vl-30b-a3b-instruct"
    QWEN_QWEN3_VL_30B_A3B_THINKING = "qwen/qwen3-vl-30b-a3b-thinking"
    QWEN_QWEN3_VL_8B_INSTRUCT = "qwen/qwen3-vl-8b-instruct"
    QWEN_QWEN_2_5_72B_INSTRUCT = "qwen/qwen-2.5-72b-instruct"
    QWEN_QWEN_MT_PLUS = "qwen/qwen-mt-plus"
    SAO10K_L31_70B_EURYALE_V2_2 = "sao10K/l31-70b-euryale-v2.2"
    SAO10K_L3_70B_EURYALE_V2_1 = "sao10K/l3-70b-euryale-v2.1"
    SAO10K_L3_8B_LUNARIS = "sao10K/l3-8b-lunaris"
    SAO10K_L3_8B_STHENO_V3_2 = "sao10K/L3-8B-stheno-v3.2"
    SKYWORK_R1V4_LITE = "skywork/r1v4-lite"
    STEPFUN_STEP_3_7_FLASH = "stepfun/step-3.7-flash"
    TENCENT_HY3 = "tencent/hy3"
    THUDM_GLM_4_32B_0414 = "thudm/glm-4-32b-0414"
    XIAOMIMIMO_MIMO_V2_5 = "xiaomimimo/mimo-v2.5"
    XIAOMIMIMO_MIMO_V2_5_PRO = "xiaomimimo/mimo-v2.5-pro"
    XIAOMIMIMO_MIMO_V2_FLASH = "xiaomimimo/mimo-v2-flash"
    XIAOMIMIMO_MIMO_V2_PRO = "xiaomimimo/mimo-v2-pro"
    ZAI_ORG_AUTOGLM_PHONE_9B_MULTILINGUAL = "zai-org/autoglm-phone-9b-multilingual"
    ZAI_ORG_GLM_4_5 = "zai-org/glm-4.5"
    ZAI_ORG_GLM_4_5V = "zai-org/glm-4.5v"
    ZAI_ORG_GLM_4_5_AIR = "zai-org/glm-4.5-air"
    ZAI_ORG_GLM_4_6 = "zai-org/glm-4.6"
    ZAI_ORG_GLM_4_6V = "zai-org/glm-4.6v"
    ZAI_ORG_GLM_4_7 = "zai-org/glm-4.7"
    ZAI_ORG_GLM_4_7_FLASH = "zai-org/glm-4.7-flash"
    ZAI_ORG_GLM_4_7_H = "zai-org/glm-4.7-h"
    ZAI_ORG_GLM_5 = "zai-org/glm-5"
    ZAI_ORG_GLM_5V_TURBO = "zai-org/glm-5v-turbo"
    ZAI_ORG_GLM_5_1 = "zai-org/glm-5.1"
    ZAI_ORG_GLM_5_2 = "zai-org/glm-5.2"
    ZAI_ORG_GLM_5_3 = "zai-org/glm-5.3"
    ZAI_ORG_GLM_5_TURBO = "zai-org/glm-5-turbo"


ChatModelName: TypeAlias = Literal[
    "baichuan/baichuan-m2-32b",
    "baidu/cobuddy",
    "baidu/ernie-4.5-21B-a3b",
    "baidu/ernie-4.5-21B-a3b-thinking",
    "baidu/ernie-4.5-300b-a47b-paddle",
    "baidu/ernie-4.5-vl-28b-a3b",
    "baidu/ernie-4.5-vl-28b-a3b-thinking",
    "baidu/ernie-4.5-vl-424b-a47b",
    "deepseek/deepseek-ocr",
    "deepseek/deepseek-ocr-2",
    "deepseek/deepseek-prover-v2-671b",
    "deepseek/deepseek-r1",
    "deepseek/deepseek-r1-0528",
    "deepseek/deepseek-r1-0528-qwen3-8b",
    "deepseek/deepseek-r1-distill-llama-70b",
    "deepseek/deepseek-r1-distill-qwen-14b",
    "deepseek/deepseek-r1-distill-qwen-32b",
    "deepseek/deepseek-r1-turbo",
    "deepseek/deepseek-r1/community",
    "deepseek/deepseek-v3-0324",
    "deepseek/deepseek-v3-turbo",
    "deepseek/deepseek-v3.1",
    "deepseek/deepseek-v3.1-terminus",
    "deepseek/deepseek-v3.2",
    "deepseek/deepseek-v3.2-exp",
    "deepseek/deepseek-v3/community",
    "deepseek/deepseek-v4-flash",
    "deepseek/deepseek-v4-flash-0731",
    "deepseek/deepseek-v4-flash-vision-exp",
    "deepseek/deepseek-v4-pro",
    "deepseek/deepseek-v4-pro-0813",
    "deepseek/deepseek_v3",
    "google/gemma-3-12b-it",
    "google/gemma-3-27b-it",
    "google/gemma-4-26b-a4b-it",
    "google/gemma-4-31b-it",
    "gryphe/mythomax-l2-13b",
    "inclusionai/ling-2.6-1t",
    "inclusionai/ling-2.6-flash",
    "inclusionai/ling-3.0-flash",
    "inclusionai/ling-3.0-flash-fast",
    "inclusionai/ring-2.6-1t",
    "kwaipilot/kat-coder-pro",
    "meta-llama/llama-3-70b-instruct",
    "meta-llama/llama-3-8b-instruct",
    "meta-llama/llama-3.1-8b-instruct",
    "meta-llama/llama-3.2-1b-instruct",
    "meta-llama/llama-3.2-3b-instruct",
    "meta-llama/llama-3.3-70b-instruct",
    "meta-llama/llama-4-maverick-17b-128e-instruct-fp8",
    "meta-llama/llama-4-scout-17b-16e-instruct",
    "microsoft/wizardlm-2-8x22b",
    "mindai/macaron-v1-tall",
    "mindai/macaron-v1-venti",
    "minimax/minimax-m2",
    "minimax/minimax-m2.1",
    "minimax/minimax-m2.5",
    "minimax/minimax-m2.5-highspeed",
    "minimax/minimax-m2.7",
    "minimax/minimax-m2.7-highspeed",
    "minimax/minimax-m3",
    "minimaxai/minimax-m1-80k",
    "mistralai/mistral-nemo",
    "moonshotai/kimi-k2-0905",
    "moonshotai/kimi-k2-instruct",
    "moonshotai/kimi-k2-thinking",
    "moonshotai/kimi-k2.5",
    "moonshotai/kimi-k2.6",
    "moonshotai/kimi-k2.7-code",
    "moonshotai/kimi-k3",
    "nousresearch/hermes-2-pro-llama-3-8b",
    "nvidia/nemotron-3-nano-30b-a3b",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-20b",
    "paddlepaddle/paddleocr-vl",
    "qwen/qwen-2.5-72b-instruct",
    "qwen/qwen-mt-plus",
    "qwen/qwen2.5-7b-instruct",
    "qwen/qwen2.5-vl-72b-instruct",
    "qwen/qwen3-235b-a22b-fp8",
    "qwen/qwen3-235b-a22b-instruct-2507",
    "qwen/qwen3-235b-a22b-thinking-2507",
    "qwen/qwen3-30b-a3b-fp8",
    "qwen/qwen3-32b-fp8",
    "qwen/qwen3-4b-fp8",
    "qwen/qwen3-8b-fp8",
    "qwen/qwen3-coder-30b-a3b-instruct",
    "qwen/qwen3-coder-480b-a35b-instruct",
    "qwen/qwen3-coder-next",
    "qwen/qwen3-max",
    "qwen/qwen3-next-80b-a3b-instruct",
    "qwen/qwen3-next-80b-a3b-thinking",
    "qwen/qwen3-omni-30b-a3b-instruct",
    "qwen/qwen3-omni-30b-a3b-thinking",
    "qwen/qwen3-vl-235b-a22b-instruct",
    "qwen/qwen3-vl-235b-a22b-thinking",
    "qwen/qwen3-vl-30b-a3b-instruct",
    "qwen/qwen3-vl-30b-a3b-thinking",
    "qwen/qwen3-vl-8b-instruct",
    "qwen/qwen3.5-122b-a10b",
    "qwen/qwen3.5-27b",
    "qwen/qwen3.5-35b-a3b",
    "qwen/qwen3.5-397b-a17b",
    "qwen/qwen3.6-27b",
    "qwen/qwen3.6-35b-a3b",
    "qwen/qwen3.7-max",
    "qwen/qwen3.8-max",
    "sao10K/L3-8B-stheno-v3.2",
    "sao10K/l3-70b-euryale-v2.1",
    "sao10K/l3-8b-lunaris",
    "sao10K/l31-70b-euryale-v2.2",
    "skywork/r1v4-lite",
    "stepfun/step-3.7-flash",
    "tencent/hy3",
    "thudm/glm-4-32b-0414",
    "xiaomimimo/mimo-v2-flash",
    "xiaomimimo/mimo-v2-pro",
    "xiaomimimo/mimo-v2.5",
    "xiaomimimo/mimo-v2.5-pro",
    "zai-org/autoglm-phone-9b-multilingual",
    "zai-org/glm-4.5",
    "zai-org/glm-4.5-air",
    "zai-org/glm-4.5v",
    "zai-org/glm-4.6",
    "zai-org/glm-4.6v",
    "zai-org/glm-4.7",
    "zai-org/glm-4.7-flash",
    "zai-org/glm-4.7-h",
    "zai-org/glm-5",
    "zai-org/glm-5-turbo",
    "zai-org/glm-5.1",
    "zai-org/glm-5.2",
    "zai-org/glm-5.3",
    "zai-org/glm-5v-turbo",
]
EmbeddingModelName: TypeAlias = Literal["baai/bge-m3", "qwen/qwen3-embedding-0.6b", "qwen/qwen3-embedding-8b"]
RerankModelName: TypeAlias = Literal["baai/bge-reranker-v2-m3", "qwen/qwen3-reranker-8b"]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | RerankModelName
