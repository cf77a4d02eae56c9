# Generated from specs/providers/huggingface.toml and cache/huggingface.json; do not edit. Run: fluent-ai generate
"""Model ids of Hugging Face. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Hugging Face: equal to its id."""

    __provider__ = "huggingface"
    AISINGAPORE_GEMMA_SEA_LION_V4_27B_IT = "aisingapore/Gemma-SEA-LION-v4-27B-IT"
    AISINGAPORE_QWEN_SEA_LION_V4_32B_IT = "aisingapore/Qwen-SEA-LION-v4-32B-IT"
    ALLENAI_OLMO_3_1_32B_INSTRUCT = "allenai/Olmo-3.1-32B-Instruct"
    ALLENAI_OLMO_3_1_32B_THINK = "allenai/Olmo-3.1-32B-Think"
    ALLENAI_OLMO_3_7B_INSTRUCT = "allenai/Olmo-3-7B-Instruct"
    ALLENAI_OLMO_3_7B_THINK = "allenai/Olmo-3-7B-Think"
    ALPINDALE_WIZARDLM_2_8X22B = "alpindale/WizardLM-2-8x22B"
    BAICHUAN_INC_BAICHUAN_M2_32B = "baichuan-inc/Baichuan-M2-32B"
    BAIDU_ERNIE_4_5_0_3B_PT = "baidu/ERNIE-4.5-0.3B-PT"
    BAIDU_ERNIE_4_5_21B_A3B_PT = "baidu/ERNIE-4.5-21B-A3B-PT"
    BAIDU_ERNIE_4_5_300B_A47B_BASE_PT = "baidu/ERNIE-4.5-300B-A47B-Base-PT"
    BAIDU_ERNIE_4_5_VL_28B_A3B_PT = "baidu/ERNIE-4.5-VL-28B-A3B-PT"
    BAIDU_ERNIE_4_5_VL_424B_A47B_BASE_PT = "baidu/ERNIE-4.5-VL-424B-A47B-Base-PT"
    COHERELABS_AYA_EXPANSE_32B = "CohereLabs/aya-expanse-32b"
    COHERELABS_AYA_VISION_32B = "CohereLabs/aya-vision-32b"
    COHERELABS_C4AI_COMMAND_A_03_2025 = "CohereLabs/c4ai-command-a-03-2025"
    COHERELABS_C4AI_COMMAND_R7B_12_2024 = "CohereLabs/c4ai-command-r7b-12-2024"
    COHERELABS_C4AI_COMMAND_R7B_ARABIC_02_2025 = "CohereLabs/c4ai-command-r7b-arabic-02-2025"
    COHERELABS_C4AI_COMMAND_R_08_2024 = "CohereLabs/c4ai-command-r-08-2024"
    COHERELABS_COMMAND_A_REASONING_08_2025 = "CohereLabs/command-a-reasoning-08-2025"
    COHERELABS_COMMAND_A_TRANSLATE_08_2025 = "CohereLabs/command-a-translate-08-2025"
    COHERELABS_COMMAND_A_VISION_07_2025 = "CohereLabs/command-a-vision-07-2025"
    DEEPCOGITO_COGITO_671B_V2_1 = "deepcogito/cogito-671b-v2.1"
    DEEPCOGITO_COGITO_671B_V2_1_FP8 = "deepcogito/cogito-671b-v2.1-FP8"
    DEEPCOGITO_COGITO_V2_PREVIEW_LLAMA_405B = "deepcogito/cogito-v2-preview-llama-405B"
    DEEPCOGITO_COGITO_V2_PREVIEW_LLAMA_70B = "deepcogito/cogito-v2-preview-llama-70B"
    DEEPSEEK_AI_DEEPSEEK_PROVER_V2_671B = "deepseek-ai/DeepSeek-Prover-V2-671B"
    DEEPSEEK_AI_DEEPSEEK_R1 = "deepseek-ai/DeepSeek-R1"
    DEEPSEEK_AI_DEEPSEEK_R1_0528 = "deepseek-ai/DeepSeek-R1-0528"
    DEEPSEEK_AI_DEEPSEEK_R1_0528_QWEN3_8B = "deepseek-ai/DeepSeek-R1-0528-Qwen3-8B"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_LLAMA_70B = "deepseek-ai/DeepSeek-R1-Distill-Llama-70B"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_LLAMA_8B = "deepseek-ai/DeepSeek-R1-Distill-Llama-8B"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_14B = "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_1_5B = "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_32B = "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B"
    DEEPSEEK_AI_DEEPSEEK_R1_DISTILL_QWEN_7B = "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"
    DEEPSEEK_AI_DEEPSEEK_V3 = "deepseek-ai/DeepSeek-V3"
    DEEPSEEK_AI_DEEPSEEK_V3_0324 = "deepseek-ai/DeepSeek-V3-0324"
    DEEPSEEK_AI_DEEPSEEK_V3_1 = "deepseek-ai/DeepSeek-V3.1"
    DEEPSEEK_AI_DEEPSEEK_V3_1_TERMINUS = "deepseek-ai/DeepSeek-V3.1-Terminus"
    DEEPSEEK_AI_DEEPSEEK_V3_2 = "deepseek-ai/DeepSeek-V3.2"
    DEEPSEEK_AI_DEEPSEEK_V3_2_EXP = "deepseek-ai/DeepSeek-V3.2-Exp"
    DICTA_IL_DICTALM_3_0_24B_THINKING = "dicta-il/DictaLM-3.0-24B-Thinking"
    ESSENTIALAI_RNJ_1_INSTRUCT = "EssentialAI/rnj-1-instruct"
    GOOGLE_GEMMA_2_2B_IT = "google/gemma-2-2b-it"
    GOOGLE_GEMMA_2_9B_IT = "google/gemma-2-9b-it"
    GOOGLE_GEMMA_3_27B_IT = "google/gemma-3-27b-it"
    HUGGINGFACETB_SMOLLM3_3B = "HuggingFaceTB/SmolLM3-3B"
    KATANEMO_ARCH_ROUTER_1_5B = "katanemo/Arch-Router-1.5B"
    MARIN_COMMUNITY_MARIN_8B_INSTRUCT = "marin-community/marin-8b-instruct"
    META_LLAMA_LLAMA_3_1_8B_INSTRUCT = "meta-llama/Llama-3.1-8B-Instruct"
    META_LLAMA_LLAMA_3_2_1B_INSTRUCT = "meta-llama/Llama-3.2-1B-Instruct"
    META_LLAMA_LLAMA_3_2_3B_INSTRUCT = "meta-llama/Llama-3.2-3B-Instruct"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT = "meta-llama/Llama-3.3-70B-Instruct"
    META_LLAMA_META_LLAMA_3_70B_INSTRUCT = "meta-llama/Meta-Llama-3-70B-Instruct"
    META_LLAMA_META_LLAMA_3_8B_INSTRUCT = "meta-llama/Meta-Llama-3-8B-Instruct"
    MINIMAXAI_MINIMAX_M1_80K = "MiniMaxAI/MiniMax-M1-80k"
    MINIMAXAI_MINIMAX_M2 = "MiniMaxAI/MiniMax-M2"
    MINIMAXAI_MINIMAX_M2_1 = "MiniMaxAI/MiniMax-M2.1"
    MOONSHOTAI_KIMI_K2_INSTRUCT = "moonshotai/Kimi-K2-Instruct"
    MOONSHOTAI_KIMI_K2_INSTRUCT_0905 = "moonshotai/Kimi-K2-Instruct-0905"
    MOONSHOTAI_KIMI_K2_THINKING = "moonshotai/Kimi-K2-Thinking"
    NOUSRESEARCH_HERMES_2_PRO_LLAMA_3_8B = "NousResearch/Hermes-2-Pro-Llama-3-8B"
    NOUSRESEARCH_HERMES_4_405B = "NousResearch/Hermes-4-405B"
    NOUSRESEARCH_HERMES_4_70B = "NousResearch/Hermes-4-70B"
    NVIDIA_LLAMA_3_1_NEMOTRON_ULTRA_253B_V1 = "nvidia/Llama-3_1-Nemotron-Ultra-253B-v1"
    NVIDIA_NVIDIA_NEMOTRON_NANO_12B_V2 = "nvidia/NVIDIA-Nemotron-Nano-12B-v2"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_20B = "openai/gpt-oss-20b"
    OPENAI_GPT_OSS_SAFEGUARD_20B = "openai/gpt-oss-safeguard-20b"
    PRIMEINTELLECT_INTELLECT_3_FP8 = "PrimeIntellect/INTELLECT-3-FP8"
    QWEN_QWEN2_5_72B_INSTRUCT = "Qwen/Qwen2.5-72B-Instruct"
    QWEN_QWEN2_5_7B_INSTRUCT = "Qwen/Qwen2.5-7B-Instruct"
    QWEN_QWEN2_5_CODER_32B_INSTRUCT = "Qwen/Qwen2.5-Coder-32B-Instruct"
    QWEN_QWEN2_5_CODER_3B_INSTRUCT = "Qwen/Qwen2.5-Coder-3B-Instruct"
    QWEN_QWEN2_5_CODER_7B = "Qwen/Qwen2.5-Coder-7B"
    QWEN_QWEN2_5_CODER_7B_INSTRUCT = "Qwen/Qwen2.5-Coder-7B-Instruct"
    QWEN_QWEN2_5_VL_32B_INSTRUCT = "Qwen/Qwen2.5-VL-32B-Instruct"
    QWEN_QWEN2_5_VL_72B_INSTRUCT = "Qwen/Qwen2.5-VL-72B-Instruct"
    QWEN_QWEN3_14B = "Qwen/Qwen3-14B"
    QWEN_QWEN3_235B_A22B = "Qwen/Qwen3-235B-A22B"
    QWEN_QWEN3_235B_A22B_FP8 = "Qwen/Qwen3-235B-A22B-FP8"
    QWEN_QWEN3_235B_A22B_INSTRUCT_2507 = "Qwen/Qwen3-235B-A22B-Instruct-2507"
    QWEN_QWEN3_235B_A22B_THINKING_2507 = "Qwen/Qwen3-235B-A22B-Thinking-2507"
    QWEN_QWEN3_30B_A3B = "Qwen/Qwen3-30B-A3B"
    QWEN_QWEN3_30B_A3B_INSTRUCT_2507 = "Qwen/Qwen3-30B-A3B-Instruct-2507"
    QWEN_QWEN3_30B_A3B_THINKING_2507 = "Qwen/Qwen3-30B-A3B-Thinking-2507"
    QWEN_QWEN3_32B = "Qwen/Qwen3-32B"
    QWEN_QWEN3_4B_INSTRUCT_2507 = "Qwen/Qwen3-4B-Instruct-2507"
    QWEN_QWEN3_4B_THINKING_2507 = "Qwen/Qwen3-4B-Thinking-2507"
    QWEN_QWEN3_8B = "Qwen/Qwen3-8B"
    QWEN_QWEN3_CODER_30B_A3B_INSTRUCT = "Qwen/Qwen3-Coder-30B-A3B-Instruct"
    QWEN_QWEN3_CODER_480B_A35B_INSTRUCT = "Qwen/Qwen3-Coder-480B-A35B-Instruct"
    QWEN_QWEN3_CODER_480B_A35B_INSTRUCT_FP8 = "Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8"
    QWEN_QWEN3_NEXT_80B_A3B_INSTRUCT = "Qwen/Qwen3-Next-80B-A3B-Instruct"
    QWEN_QWEN3_NEXT_80B_A3B_THINKING = "Qwen/Qwen3-Next-80B-A3B-Thinking"
    QWEN_QWEN3_VL_235B_A22B_INSTRUCT = "Qwen/Qwen3-VL-235B-A22B-Instruct"
    QWEN_QWEN3_VL_235B_A22B_THINKING = "Qwen/Qwen3-VL-235B-A22B-Thinking"
    QWEN_QWEN3_VL_30B_A3B_INSTRUCT = "Qwen/Qwen3-VL-30B-A3B-Instruct"
    QWEN_QWEN3_VL_30B_A3B_THINKING = "Qwen/Qwen3-VL-30B-A3B-Thinking"
    QWEN_QWEN3_VL_32B_INSTRUCT = "Qwen/Qwen3-VL-32B-Instruct"
    QWEN_QWEN3_VL_8B_INSTRUCT = "Qwen/Qwen3-VL-8B-Instruct"
    QWEN_QWQ_32B = "Qwen/QwQ-32B"
    SAO10K_L3_70B_EURYALE_V2_1 = "Sao10K/L3-70B-Euryale-v2.1"
    SAO10K_L3_8B_LUNARIS_V1 = "Sao10K/L3-8B-Lunaris-v1"
    SAO10K_L3_8B_STHENO_V3_2 = "Sao10K/L3-8B-Stheno-v3.2"
    SERVICENOW_AI_APRIEL_1_6_15B_THINKER = "ServiceNow-AI/Apriel-1.6-15b-Thinker"
    SWISS_AI_APERTUS_70B_INSTRUCT_2509 = "swiss-ai/Apertus-70B-Instruct-2509"
    SWISS_AI_APERTUS_8B_INSTRUCT_2509 = "swiss-ai/Apertus-8B-Instruct-2509"
    TOKYOTECH_LLM_LLAMA_3_3_SWALLOW_70B_INSTRUCT_V0_4 = "tokyotech-llm/Llama-3.3-Swallow-70B-Instruct-v0.4"
    UTTER_PROJECT_EUROLLM_22B_INSTRUCT_2512 = "utter-project/EuroLLM-22B-Instruct-2512"
    XIAOMIMIMO_MIMO_V2_FLASH = "XiaomiMiMo/MiMo-V2-Flash"
    ZAI_ORG_AUTOGLM_PHONE_9B_MULTILINGUAL = "zai-org/AutoGLM-Phone-9B-Multilingual"
    ZAI_ORG_GLM_4_1V_9B_THINKING = "zai-org/GLM-4.1V-9B-Thinking"
    ZAI_ORG_GLM_4_32B_0414 = "zai-org/GLM-4-32B-0414"
    ZAI_ORG_GLM_4_5 = "zai-org/GLM-4.5"
    ZAI_ORG_GLM_4_5V = "zai-org/GLM-4.5V"
    ZAI_ORG_GLM_4_5V_FP8 = "zai-org/GLM-4.5V-FP8"
    ZAI_ORG_GLM_4_5_AIR = "zai-org/GLM-4.5-Air"
    ZAI_ORG_GLM_4_5_AIR_FP8 = "zai-org/GLM-4.5-Air-FP8"
    ZAI_ORG_GLM_4_6 = "zai-org/GLM-4.6"
    ZAI_ORG_GLM_4_6V = "zai-org/GLM-4.6V"
    ZAI_ORG_GLM_4_6V_FLASH = "zai-org/GLM-4.6V-Flash"
    ZAI_ORG_GLM_4_6V_FP8 = "zai-org/GLM-4.6V-FP8"
    ZAI_ORG_GLM_4_6_FP8 = "zai-org/GLM-4.6-FP8"
    ZAI_ORG_GLM_4_7 = "zai-org/GLM-4.7"
    ZAI_ORG_GLM_4_7_FP8 = "zai-org/GLM-4.7-FP8"


ChatModelName: TypeAlias = Literal[
    "CohereLabs/aya-expanse-32b",
    "CohereLabs/aya-vision-32b",
    "CohereLabs/c4ai-command-a-03-2025",
    "CohereLabs/c4ai-command-r-08-2024",
    "CohereLabs/c4ai-command-r7b-12-2024",
    "CohereLabs/c4ai-command-r7b-arabic-02-2025",
    "CohereLabs/command-a-reasoning-08-2025",
    "CohereLabs/command-a-translate-08-2025",
    "CohereLabs/command-a-vision-07-2025",
    "EssentialAI/rnj-1-instruct",
    "HuggingFaceTB/SmolLM3-3B",
    "MiniMaxAI/MiniMax-M1-80k",
    "MiniMaxAI/MiniMax-M2",
    "MiniMaxAI/MiniMax-M2.1",
    "NousResearch/Hermes-2-Pro-Llama-3-8B",
    "NousResearch/Hermes-4-405B",
    "NousResearch/Hermes-4-70B",
    "PrimeIntellect/INTELLECT-3-FP8",
    "Qwen/QwQ-32B",
    "Qwen/Qwen2.5-72B-Instruct",
    "Qwen/Qwen2.5-7B-Instruct",
    "Qwen/Qwen2.5-Coder-32B-Instruct",
    "Qwen/Qwen2.5-Coder-3B-Instruct",
    "Qwen/Qwen2.5-Coder-7B",
    "Qwen/Qwen2.5-Coder-7B-Instruct",
    "Qwen/Qwen2.5-VL-32B-Instruct",
    "Qwen/Qwen2.5-VL-72B-Instruct",
    "Qwen/Qwen3-14B",
    "Qwen/Qwen3-235B-A22B",
    "Qwen/Qwen3-235B-A22B-FP8",
    "Qwen/Qwen3-235B-A22B-Instruct-2507",
    "Qwen/Qwen3-235B-A22B-Thinking-2507",
    "Qwen/Qwen3-30B-A3B",
    "Qwen/Qwen3-30B-A3B-Instruct-2507",
    "Qwen/Qwen3-30B-A3B-Thinking-2507",
    "Qwen/Qwen3-32B",
    "Qwen/Qwen3-4B-Instruct-2507",
    "Qwen/Qwen3-4B-Thinking-2507",
    "Qwen/Qwen3-8B",
    "Qwen/Qwen3-Coder-30B-A3B-Instruct",
    "Qwen/Qwen3-Coder-480B-A35B-Instruct",
    "Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8",
    "Qwen/Qwen3-Next-80B-A3B-Instruct",
    "Qwen/Qwen3-Next-80B-A3B-Thinking",
    "Qwen/Qwen3-VL-235B-A22B-Instruct",
    "Qwen/Qwen3-VL-235B-A22B-Thinking",
    "Qwen/Qwen3-VL-30B-A3B-Instruct",
    "Qwen/Qwen3-VL-30B-A3B-Thinking",
    "Qwen/Qwen3-VL-32B-Instruct",
    "Qwen/Qwen3-VL-8B-Instruct",
    "Sao10K/L3-70B-Euryale-v2.1",
    "Sao10K/L3-8B-Lunaris-v1",
    "Sao10K/L3-8B-Stheno-v3.2",
    "ServiceNow-AI/Apriel-1.6-15b-Thinker",
    "XiaomiMiMo/MiMo-V2-Flash",
    "aisingapore/Gemma-SEA-LION-v4-27B-IT",
    "aisingapore/Qwen-SEA-LION-v4-32B-IT",
    "allenai/Olmo-3-7B-Instruct",
    "allenai/Olmo-3-7B-Think",
    "allenai/Olmo-3.1-32B-Instruct",
    "allenai/Olmo-3.1-32B-Think",
    "alpindale/WizardLM-2-8x22B",
    "baichuan-inc/Baichuan-M2-32B",
    "baidu/ERNIE-4.5-0.3B-PT",
    "baidu/ERNIE-4.5-21B-A3B-PT",
    "baidu/ERNIE-4.5-300B-A47B-Base-PT",
    "baidu/ERNIE-4.5-VL-28B-A3B-PT",
    "baidu/ERNIE-4.5-VL-424B-A47B-Base-PT",
    "deepcogito/cogito-671b-v2.1",
    "deepcogito/cogito-671b-v2.1-FP8",
    "deepcogito/cogito-v2-preview-llama-405B",
    "deepcogito/cogito-v2-preview-llama-70B",
    "deepseek-ai/DeepSeek-Prover-V2-671B",
    "deepseek-ai/DeepSeek-R1",
    "deepseek-ai/DeepSeek-R1-0528",
    "deepseek-ai/DeepSeek-R1-0528-Qwen3-8B",
    "deepseek-ai/DeepSeek-R1-Distill-Llama-70B",
    "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B",
    "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
    "deepseek-ai/DeepSeek-V3",
    "deepseek-ai/DeepSeek-V3-0324",
    "deepseek-ai/DeepSeek-V3.1",
    "deepseek-ai/DeepSeek-V3.1-Terminus",
    "deepseek-ai/DeepSeek-V3.2",
    "deepseek-ai/DeepSeek-V3.2-Exp",
    "dicta-il/DictaLM-3.0-24B-Thinking",
    "google/gemma-2-2b-it",
    "google/gemma-2-9b-it",
    "google/gemma-3-27b-it",
    "katanemo/Arch-Router-1.5B",
    "marin-community/marin-8b-instruct",
    "meta-llama/Llama-3.1-8B-Instruct",
    "meta-llama/Llama-3.2-1B-Instruct",
    "meta-llama/Llama-3.2-3B-Instruct",
    "meta-llama/Llama-3.3-70B-Instruct",
    "meta-llama/Meta-Llama-3-70B-Instruct",
    "meta-llama/Meta-Llama-3-8B-Instruct",
    "moonshotai/Kimi-K2-Instruct",
    "moonshotai/Kimi-K2-Instruct-0905",
    "moonshotai/Kimi-K2-Thinking",
    "nvidia/Llama-3_1-Nemotron-Ultra-253B-v1",
    "nvidia/NVIDIA-Nemotron-Nano-12B-v2",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-20b",
    "openai/gpt-oss-safeguard-20b",
    "swiss-ai/Apertus-70B-Instruct-2509",
    "swiss-ai/Apertus-8B-Instruct-2509",
    "tokyotech-llm/Llama-3.3-Swallow-70B-Instruct-v0.4",
    "utter-project/EuroLLM-22B-Instruct-2512",
    "zai-org/AutoGLM-Phone-9B-Multilingual",
    "zai-org/GLM-4-32B-0414",
    "zai-org/GLM-4.1V-9B-Thinking",
    "zai-org/GLM-4.5",
    "zai-org/GLM-4.5-Air",
    "zai-org/GLM-4.5-Air-FP8",
    "zai-org/GLM-4.5V",
    "zai-org/GLM-4.5V-FP8",
    "zai-org/GLM-4.6",
    "zai-org/GLM-4.6-FP8",
    "zai-org/GLM-4.6V",
    "zai-org/GLM-4.6V-FP8",
    "zai-org/GLM-4.6V-Flash",
    "zai-org/GLM-4.7",
    "zai-org/GLM-4.7-FP8",
]
EmbeddingModelName: TypeAlias = str
RerankModelName: TypeAlias = str
TranscriptionModelName: TypeAlias = str
SpeechModelName: TypeAlias = str
ImageModelName: TypeAlias = str
ModelName: TypeAlias = ChatModelName
