# Generated from specs/providers/nebius.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Nebius Token Factory. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Nebius Token Factory: equal to its id."""

    __provider__ = "nebius"
    BAAI_BGE_EN_ICL = "BAAI/bge-en-icl"
    BAAI_BGE_MULTILINGUAL_GEMMA2 = "BAAI/bge-multilingual-gemma2"
    DEEPSEEK_AI_DEEPSEEK_R1 = "deepseek-ai/DeepSeek-R1"
    DEEPSEEK_AI_DEEPSEEK_R1_0528 = "deepseek-ai/DeepSeek-R1-0528"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_LLAMA_70B = "deepseek-ai/DeepSeek-R1-Distill-Llama-70B"
    DEEPSEEK_AI_DEEPSEEK_V3 = "deepseek-ai/DeepSeek-V3"
    DEEPSEEK_AI_DEEPSEEK_V3_0324 = "deepseek-ai/DeepSeek-V3-0324"
    DEEPSEEK_AI_DEEPSEEK_V3_2 = "deepseek-ai/DeepSeek-V3.2"
    DEEPSEEK_AI_DEEPSEEK_V3_2_FAST = "deepseek-ai/DeepSeek-V3.2-fast"
    DEEPSEEK_AI_DEEPSEEK_V4_1_FLASH = "deepseek-ai/DeepSeek-V4.1-Flash"
    DEEPSEEK_AI_DEEPSEEK_V4_1_FLASH_1017 = "deepseek-ai/DeepSeek-V4.1-Flash-1017"
    DEEPSEEK_AI_DEEPSEEK_V4_FLASH = "deepseek-ai/DeepSeek-V4-Flash"
    DEEPSEEK_AI_DEEPSEEK_V4_FLASH_0731 = "deepseek-ai/DeepSeek-V4-Flash-0731"
    DEEPSEEK_AI_DEEPSEEK_V4_PRO = "deepseek-ai/DeepSeek-V4-Pro"
    DEEPSEEK_AI_DEEPSEEK_V4_PRO_0813 = "deepseek-ai/DeepSeek-V4-Pro-0813"
    GOOGLE_GEMMA_2_2B_IT = "google/gemma-2-2b-it"  # not listed any more on 2026-08-18
    GOOGLE_GEMMA_3_27B_IT = "google/gemma-3-27b-it"
    INTFLOAT_E5_MISTRAL_7B_INSTRUCT = "intfloat/e5-mistral-7b-instruct"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT = "meta-llama/Llama-3.3-70B-Instruct"
    META_LLAMA_LLAMA_GUARD_3_8B = "meta-llama/Llama-Guard-3-8B"
    META_LLAMA_META_LLAMA_3_1_405B_INSTRUCT = "meta-llama/Meta-Llama-3.1-405B-Instruct"
    META_LLAMA_META_LLAMA_3_1_70B_INSTRUCT = "meta-llama/Meta-Llama-3.1-70B-Instruct"
    META_LLAMA_META_LLAMA_3_1_8B_INSTRUCT = "meta-llama/Meta-Llama-3.1-8B-Instruct"
    META_MODELS_MUSE_SPARK_OPEN = "meta-models/muse-spark-open"
    MINIMAXAI_MINIMAX_M2_5 = "MiniMaxAI/MiniMax-M2.5"
    MINIMAXAI_MINIMAX_M2_5_FAST = "MiniMaxAI/MiniMax-M2.5-fast"
    MINIMAXAI_MINIMAX_M3 = "MiniMaxAI/MiniMax-M3"
    MINIMAXAI_MINIMAX_M3_1_FLASH = "MiniMaxAI/MiniMax-M3.1-Flash"
    MISTRALAI_MISTRAL_NEMO_INSTRUCT_2407 = "mistralai/Mistral-Nemo-Instruct-2407"
    MOONSHOTAI_KIMI_K2_5 = "moonshotai/Kimi-K2.5"
    MOONSHOTAI_KIMI_K2_5_FAST = "moonshotai/Kimi-K2.5-fast"
    MOONSHOTAI_KIMI_K2_6 = "moonshotai/Kimi-K2.6"
    MOONSHOTAI_KIMI_K2_7_CODE = "moonshotai/Kimi-K2.7-Code"
    MOONSHOTAI_KIMI_K3 = "moonshotai/Kimi-K3"
    MOONSHOTAI_KIMI_K3_1_PRO = "moonshotai/Kimi-K3.1-Pro"
    NOUSRESEARCH_HERMES_3_LLAMA_3_1_405B = "NousResearch/Hermes-3-Llama-3.1-405B"
    NOUSRESEARCH_HERMES_4_405B = "NousResearch/Hermes-4-405B"
    NOUSRESEARCH_HERMES_4_70B = "NousResearch/Hermes-4-70B"
    NVIDIA_COSMOS3_SUPER_REASONER = "nvidia/Cosmos3-Super-Reasoner"
    NVIDIA_LLAMA_3_1_NEMOTRON_ULTRA_253B_V1 = "nvidia/Llama-3_1-Nemotron-Ultra-253B-v1"
    NVIDIA_LLAMA_3_3_NEMOTRON_SUPER_49B_V1 = "nvidia/Llama-3.3-Nemotron-Super-49B-v1"
    NVIDIA_NEMOTRON_3_5_LIGHTNING = "nvidia/Nemotron-3_5-Lightning"
    NVIDIA_NEMOTRON_3_5_SUPER_VL = "nvidia/Nemotron-3.5-Super-VL"
    NVIDIA_NEMOTRON_3_NANO_OMNI = "nvidia/Nemotron-3-Nano-Omni"
    NVIDIA_NEMOTRON_3_SUPER_120B_A12B = "nvidia/nemotron-3-super-120b-a12b"
    NVIDIA_NEMOTRON_3_ULTRA_550B_A55B = "nvidia/Nemotron-3-Ultra-550b-a55b"
    NVIDIA_NVIDIA_NEMOTRON_3_NANO_30B_A3B = "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_120B_FAST = "openai/gpt-oss-120b-fast"
    OPENBMB_MINICPM_V_4_5 = "openbmb/MiniCPM-V-4_5"
    PRIMEINTELLECT_INTELLECT_3 = "PrimeIntellect/INTELLECT-3"
    QWEN_QWEN2_5_32B_INSTRUCT = "Qwen/Qwen2.5-32B-Instruct"
    QWEN_QWEN2_5_72B_INSTRUCT = "Qwen/Qwen2.5-72B-Instruct"
    QWEN_QWEN2_5_CODER_7B = "Qwen/Qwen2.5-Coder-7B"
    QWEN_QWEN2_5_VL_72B_INSTRUCT = "Qwen/Qwen2.5-VL-72B-Instruct"
    QWEN_QWEN2_VL_72B_INSTRUCT = "Qwen/Qwen2-VL-72B-Instruct"
    QWEN_QWEN2_VL_7B_INSTRUCT = "Qwen/Qwen2-VL-7B-Instruct"
    QWEN_QWEN3_14B = "Qwen/Qwen3-14B"
    QWEN_QWEN3_235B_A22B = "Qwen/Qwen3-235B-A22B"
    QWEN_QWEN3_235B_A22B_INSTRUCT_2507 = "Qwen/Qwen3-235B-A22B-Instruct-2507"
    QWEN_QWEN3_235B_A22B_THINKING_2507_FAST = "Qwen/Qwen3-235B-A22B-Thinking-2507-fast"
    QWEN_QWEN3_30B_A3B = "Qwen/Qwen3-30B-A3B"
    QWEN_QWEN3_30B_A3B_INSTRUCT_2507 = "Qwen/Qwen3-30B-A3B-Instruct-2507"
    QWEN_QWEN3_32B = "Qwen/Qwen3-32B"
    QWEN_QWEN3_4B = "Qwen/Qwen3-4B"
    QWEN_QWEN3_5_397B_A17B = "Qwen/Qwen3.5-397B-A17B"
    QWEN_QWEN3_5_397B_A17B_FAST = "Qwen/Qwen3.5-397B-A17B-fast"
    QWEN_QWEN3_8_27B = "Qwen/Qwen3.8-27B"
    QWEN_QWEN3_EMBEDDING_8B = "Qwen/Qwen3-Embedding-8B"
    QWEN_QWEN3_NEXT_80B_A3B_THINKING = "Qwen/Qwen3-Next-80B-A3B-Thinking"
    QWEN_QWEN3_NEXT_80B_A3B_THINKING_FAST = "Qwen/Qwen3-Next-80B-A3B-Thinking-fast"
    QWEN_QWQ_32B = "Qwen/QwQ-32B"
    REFLECTION_BEAM = "reflection/beam"
    ZAI_ORG_GLM_5 = "zai-org/GLM-5"
    ZAI_ORG_GLM_5_1 = "zai-org/GLM-5.1"
    ZAI_ORG_GLM_5_2 = "zai-org/GLM-5.2"
    ZAI_ORG_GLM_5_3 = "zai-org/GLM-5.3"
    ZAI_ORG_GLM_5_3_FLASH = "zai-org/GLM-5.3-Flash"


ChatModelName: TypeAlias = Literal[
    "MiniMaxAI/MiniMax-M2.5",
    "MiniMaxAI/MiniMax-M2.5-fast",
    "MiniMaxAI/MiniMax-M3",
    "MiniMaxAI/MiniMax-M3.1-Flash",
    "NousResearch/Hermes-3-Llama-3.1-405B",
    "NousResearch/Hermes-4-405B",
    "NousResearch/Hermes-4-70B",
    "PrimeIntellect/INTELLECT-3",
    "Qwen/QwQ-32B",
    "Qwen/Qwen2-VL-72B-Instruct",
    "Qwen/Qwen2-VL-7B-Instruct",
    "Qwen/Qwen2.5-32B-Instruct",
    "Qwen/Qwen2.5-72B-Instruct",
    "Qwen/Qwen2.5-Coder-7B",
    "Qwen/Qwen2.5-VL-72B-Instruct",
    "Qwen/Qwen3-14B",
    "Qwen/Qwen3-235B-A22B",
    "Qwen/Qwen3-235B-A22B-Instruct-2507",
    "Qwen/Qwen3-235B-A22B-Thinking-2507-fast",
    "Qwen/Qwen3-30B-A3B",
    "Qwen/Qwen3-30B-A3B-Instruct-2507",
    "Qwen/Qwen3-32B",
    "Qwen/Qwen3-4B",
    "Qwen/Qwen3-Next-80B-A3B-Thinking",
    "Qwen/Qwen3-Next-80B-A3B-Thinking-fast",
    "Qwen/Qwen3.5-397B-A17B",
    "Qwen/Qwen3.5-397B-A17B-fast",
    "Qwen/Qwen3.8-27B",
    "deepseek-ai/DeepSeek-R1",
    "deepseek-ai/DeepSeek-R1-0528",
    "deepseek-ai/DeepSeek-R1-Distill-Llama-70B",
    "deepseek-ai/DeepSeek-V3",
    "deepseek-ai/DeepSeek-V3-0324",
    "deepseek-ai/DeepSeek-V3.2",
    "deepseek-ai/DeepSeek-V3.2-fast",
    "deepseek-ai/DeepSeek-V4-Flash",
    "deepseek-ai/DeepSeek-V4-Flash-0731",
    "deepseek-ai/DeepSeek-V4-Pro",
    "deepseek-ai/DeepSeek-V4-Pro-0813",
    "deepseek-ai/DeepSeek-V4.1-Flash",
    "deepseek-ai/DeepSeek-V4.1-Flash-1017",
    "google/gemma-3-27b-it",
    "meta-llama/Llama-3.3-70B-Instruct",
    "meta-llama/Llama-Guard-3-8B",
    "meta-llama/Meta-Llama-3.1-405B-Instruct",
    "meta-llama/Meta-Llama-3.1-70B-Instruct",
    "meta-llama/Meta-Llama-3.1-8B-Instruct",
    "meta-models/muse-spark-open",
    "mistralai/Mistral-Nemo-Instruct-2407",
    "moonshotai/Kimi-K2.5",
    "moonshotai/Kimi-K2.5-fast",
    "moonshotai/Kimi-K2.6",
    "moonshotai/Kimi-K2.7-Code",
    "moonshotai/Kimi-K3",
    "moonshotai/Kimi-K3.1-Pro",
    "nvidia/Cosmos3-Super-Reasoner",
    "nvidia/Llama-3.3-Nemotron-Super-49B-v1",
    "nvidia/Llama-3_1-Nemotron-Ultra-253B-v1",
    "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B",
    "nvidia/Nemotron-3-Nano-Omni",
    "nvidia/Nemotron-3-Ultra-550b-a55b",
    "nvidia/Nemotron-3.5-Super-VL",
    "nvidia/Nemotron-3_5-Lightning",
    "nvidia/nemotron-3-super-120b-a12b",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-120b-fast",
    "openbmb/MiniCPM-V-4_5",
    "reflection/beam",
    "zai-org/GLM-5",
    "zai-org/GLM-5.1",
    "zai-org/GLM-5.2",
    "zai-org/GLM-5.3",
    "zai-org/GLM-5.3-Flash",
]
EmbeddingModelName: TypeAlias = Literal[
    "BAAI/bge-en-icl", "BAAI/bge-multilingual-gemma2", "Qwen/Qwen3-Embedding-8B", "intfloat/e5-mistral-7b-instruct"
]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName
