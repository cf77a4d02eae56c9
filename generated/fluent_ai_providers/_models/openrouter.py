# Generated from specs/providers/openrouter.toml and cache/openrouter.json; do not edit. Run: fluent-ai generate
"""Model ids of OpenRouter. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of OpenRouter: equal to its id."""

    __provider__ = "openrouter"
    AI21_JAMBA_LARGE_1_7 = "ai21/jamba-large-1.7"
    AION_LABS_AION_2_0 = "aion-labs/aion-2.0"
    AION_LABS_AION_3_0 = "aion-labs/aion-3.0"
    AION_LABS_AION_3_0_MINI = "aion-labs/aion-3.0-mini"
    AION_LABS_AION_RP_LLAMA_3_1_8B = "aion-labs/aion-rp-llama-3.1-8b"
    ALLENAI_OLMO_3_32B_THINK = "allenai/olmo-3-32b-think"
    AMAZON_NOVA_2_LITE_V1 = "amazon/nova-2-lite-v1"
    AMAZON_NOVA_LITE_V1 = "amazon/nova-lite-v1"
    AMAZON_NOVA_MICRO_V1 = "amazon/nova-micro-v1"
    AMAZON_NOVA_PREMIER_V1 = "amazon/nova-premier-v1"
    AMAZON_NOVA_PRO_V1 = "amazon/nova-pro-v1"
    ANTHRACITE_ORG_MAGNUM_V4_72B = "anthracite-org/magnum-v4-72b"
    ANTHROPIC_CLAUDE_3_HAIKU = "anthropic/claude-3-haiku"
    ANTHROPIC_CLAUDE_FABLE_5 = "anthropic/claude-fable-5"
    ANTHROPIC_CLAUDE_FABLE_5_BATCH = "anthropic/claude-fable-5:batch"
    ANTHROPIC_CLAUDE_FABLE_LATEST = "~anthropic/claude-fable-latest"
    ANTHROPIC_CLAUDE_HAIKU_4_5 = "anthropic/claude-haiku-4.5"
    ANTHROPIC_CLAUDE_HAIKU_4_5_BATCH = "anthropic/claude-haiku-4.5:batch"
    ANTHROPIC_CLAUDE_HAIKU_LATEST = "~anthropic/claude-haiku-latest"
    ANTHROPIC_CLAUDE_OPUS_4 = "anthropic/claude-opus-4"
    ANTHROPIC_CLAUDE_OPUS_4_1 = "anthropic/claude-opus-4.1"
    ANTHROPIC_CLAUDE_OPUS_4_1_BATCH = "anthropic/claude-opus-4.1:batch"
    ANTHROPIC_CLAUDE_OPUS_4_5 = "anthropic/claude-opus-4.5"
    ANTHROPIC_CLAUDE_OPUS_4_5_BATCH = "anthropic/claude-opus-4.5:batch"
    ANTHROPIC_CLAUDE_OPUS_4_6 = "anthropic/claude-opus-4.6"
    ANTHROPIC_CLAUDE_OPUS_4_6_BATCH = "anthropic/claude-opus-4.6:batch"
    ANTHROPIC_CLAUDE_OPUS_4_7 = "anthropic/claude-opus-4.7"
    ANTHROPIC_CLAUDE_OPUS_4_7_BATCH = "anthropic/claude-opus-4.7:batch"
    ANTHROPIC_CLAUDE_OPUS_4_7_FAST = "anthropic/claude-opus-4.7-fast"
    ANTHROPIC_CLAUDE_OPUS_4_8 = "anthropic/claude-opus-4.8"
    ANTHROPIC_CLAUDE_OPUS_4_8_BATCH = "anthropic/claude-opus-4.8:batch"
    ANTHROPIC_CLAUDE_OPUS_4_8_FAST = "anthropic/claude-opus-4.8-fast"
    ANTHROPIC_CLAUDE_OPUS_5 = "anthropic/claude-opus-5"
    ANTHROPIC_CLAUDE_OPUS_5_BATCH = "anthropic/claude-opus-5:batch"
    ANTHROPIC_CLAUDE_OPUS_5_FAST = "anthropic/claude-opus-5-fast"
    ANTHROPIC_CLAUDE_OPUS_LATEST = "~anthropic/claude-opus-latest"
    ANTHROPIC_CLAUDE_SONNET_4 = "anthropic/claude-sonnet-4"
    ANTHROPIC_CLAUDE_SONNET_4_5 = "anthropic/claude-sonnet-4.5"
    ANTHROPIC_CLAUDE_SONNET_4_5_BATCH = "anthropic/claude-sonnet-4.5:batch"
    ANTHROPIC_CLAUDE_SONNET_4_6 = "anthropic/claude-sonnet-4.6"
    ANTHROPIC_CLAUDE_SONNET_4_6_BATCH = "anthropic/claude-sonnet-4.6:batch"
    ANTHROPIC_CLAUDE_SONNET_5 = "anthropic/claude-sonnet-5"
    ANTHROPIC_CLAUDE_SONNET_5_BATCH = "anthropic/claude-sonnet-5:batch"
    ANTHROPIC_CLAUDE_SONNET_LATEST = "~anthropic/claude-sonnet-latest"
    ARCEE_AI_TRINITY_LARGE_THINKING = "arcee-ai/trinity-large-thinking"
    ARCEE_AI_VIRTUOSO_LARGE = "arcee-ai/virtuoso-large"
    BAIDU_ERNIE_4_5_VL_424B_A47B = "baidu/ernie-4.5-vl-424b-a47b"
    BYTEDANCE_SEED_SEED_1_6 = "bytedance-seed/seed-1.6"
    BYTEDANCE_SEED_SEED_1_6_FLASH = "bytedance-seed/seed-1.6-flash"
    BYTEDANCE_SEED_SEED_2_0_CODE = "bytedance-seed/seed-2.0-code"
    BYTEDANCE_SEED_SEED_2_0_LITE = "bytedance-seed/seed-2.0-lite"
    BYTEDANCE_SEED_SEED_2_0_MINI = "bytedance-seed/seed-2.0-mini"
    BYTEDANCE_SEED_SEED_2_1_TURBO = "bytedance-seed/seed-2-1-turbo"
    BYTEDANCE_UI_TARS_1_5_7B = "bytedance/ui-tars-1.5-7b"
    COGNITIVECOMPUTATIONS_DOLPHIN_MISTRAL_24B_VENICE_EDITION = (
        "cognitivecomputations/dolphin-mistral-24b-venice-edition"
    )
    COHERE_COMMAND_A = "cohere/command-a"
    COHERE_COMMAND_R7B_12_2024 = "cohere/command-r7b-12-2024"
    COHERE_COMMAND_R_08_2024 = "cohere/command-r-08-2024"
    COHERE_COMMAND_R_PLUS_08_2024 = "cohere/command-r-plus-08-2024"
    COHERE_NORTH_MINI_CODE_FREE = "cohere/north-mini-code:free"
    DEEPCOGITO_COGITO_V2_1_671B = "deepcogito/cogito-v2.1-671b"
    DEEPSEEK_DEEPSEEK_CHAT = "deepseek/deepseek-chat"
    DEEPSEEK_DEEPSEEK_CHAT_V3_0324 = "deepseek/deepseek-chat-v3-0324"
    DEEPSEEK_DEEPSEEK_CHAT_V3_1 = "deepseek/deepseek-chat-v3.1"
    DEEPSEEK_DEEPSEEK_R1 = "deepseek/deepseek-r1"
    DEEPSEEK_DEEPSEEK_R1_0528 = "deepseek/deepseek-r1-0528"
    DEEPSEEK_DEEPSEEK_R1_DISTILL_LLAMA_70B = "deepseek/deepseek-r1-distill-llama-70b"
    DEEPSEEK_DEEPSEEK_V3_1_TERMINUS = "deepseek/deepseek-v3.1-terminus"
    DEEPSEEK_DEEPSEEK_V3_2 = "deepseek/deepseek-v3.2"
    DEEPSEEK_DEEPSEEK_V3_2_EXP = "deepseek/deepseek-v3.2-exp"
    DEEPSEEK_DEEPSEEK_V4_FLASH = "deepseek/deepseek-v4-flash"
    DEEPSEEK_DEEPSEEK_V4_FLASH_0731 = "deepseek/deepseek-v4-flash-0731"
    DEEPSEEK_DEEPSEEK_V4_FLASH_LATEST = "~deepseek/deepseek-v4-flash-latest"
    DEEPSEEK_DEEPSEEK_V4_PRO = "deepseek/deepseek-v4-pro"
    DEEPSEEK_DEEPSEEK_V4_PRO_0813 = "deepseek/deepseek-v4-pro-0813"
    DOTS_STUDIO_DOTS_3_NOTE_PREVIEW_FREE = "dots-studio/dots-3-note-preview:free"
    GOOGLE_GEMINI_2_5_FLASH = "google/gemini-2.5-flash"
    GOOGLE_GEMINI_2_5_FLASH_BATCH = "google/gemini-2.5-flash:batch"
    GOOGLE_GEMINI_2_5_FLASH_IMAGE = "google/gemini-2.5-flash-image"
    GOOGLE_GEMINI_2_5_FLASH_LITE = "google/gemini-2.5-flash-lite"
    GOOGLE_GEMINI_2_5_FLASH_LITE_BATCH = "google/gemini-2.5-flash-lite:batch"
    GOOGLE_GEMINI_2_5_PRO = "google/gemini-2.5-pro"
    GOOGLE_GEMINI_2_5_PRO_BATCH = "google/gemini-2.5-pro:batch"
    GOOGLE_GEMINI_2_5_PRO_PREVIEW = "google/gemini-2.5-pro-preview"
    GOOGLE_GEMINI_2_5_PRO_PREVIEW_05_06 = "google/gemini-2.5-pro-preview-05-06"
    GOOGLE_GEMINI_3_1_FLASH_IMAGE = "google/gemini-3.1-flash-image"
    GOOGLE_GEMINI_3_1_FLASH_IMAGE_PREVIEW = "google/gemini-3.1-flash-image-preview"
    GOOGLE_GEMINI_3_1_FLASH_LITE = "google/gemini-3.1-flash-lite"
    GOOGLE_GEMINI_3_1_FLASH_LITE_BATCH = "google/gemini-3.1-flash-lite:batch"
    GOOGLE_GEMINI_3_1_FLASH_LITE_IMAGE = "google/gemini-3.1-flash-lite-image"
    GOOGLE_GEMINI_3_1_FLASH_LITE_PREVIEW = "google/gemini-3.1-flash-lite-preview"
    GOOGLE_GEMINI_3_1_PRO_PREVIEW = "google/gemini-3.1-pro-preview"
    GOOGLE_GEMINI_3_1_PRO_PREVIEW_BATCH = "google/gemini-3.1-pro-preview:batch"
    GOOGLE_GEMINI_3_1_PRO_PREVIEW_CUSTOMTOOLS = "google/gemini-3.1-pro-preview-customtools"
    GOOGLE_GEMINI_3_5_FLASH = "google/gemini-3.5-flash"
    GOOGLE_GEMINI_3_5_FLASH_BATCH = "google/gemini-3.5-flash:batch"
    GOOGLE_GEMINI_3_5_FLASH_LITE = "google/gemini-3.5-flash-lite"
    GOOGLE_GEMINI_3_5_FLASH_LITE_BATCH = "google/gemini-3.5-flash-lite:batch"
    GOOGLE_GEMINI_3_6_FLASH = "google/gemini-3.6-flash"
    GOOGLE_GEMINI_3_6_FLASH_BATCH = "google/gemini-3.6-flash:batch"
    GOOGLE_GEMINI_3_7_FLASH = "google/gemini-3.7-flash"
    GOOGLE_GEMINI_3_7_FLASH_BATCH = "google/gemini-3.7-flash:batch"
    GOOGLE_GEMINI_3_FLASH_PREVIEW = "google/gemini-3-flash-preview"
    GOOGLE_GEMINI_3_FLASH_PREVIEW_BATCH = "google/gemini-3-flash-preview:batch"
    GOOGLE_GEMINI_3_PRO_IMAGE = "google/gemini-3-pro-image"
    GOOGLE_GEMINI_3_PRO_IMAGE_PREVIEW = "google/gemini-3-pro-image-preview"
    GOOGLE_GEMINI_FLASH_LATEST = "~google/gemini-flash-latest"
    GOOGLE_GEMINI_PRO_LATEST = "~google/gemini-pro-latest"
    GOOGLE_GEMMA_2_27B_IT = "google/gemma-2-27b-it"
    GOOGLE_GEMMA_3N_E4B_IT = "google/gemma-3n-e4b-it"
    GOOGLE_GEMMA_3_12B_IT = "google/gemma-3-12b-it"
    GOOGLE_GEMMA_3_27B_IT = "google/gemma-3-27b-it"
    GOOGLE_GEMMA_3_4B_IT = "google/gemma-3-4b-it"
    GOOGLE_GEMMA_4_26B_A4B_IT = "google/gemma-4-26b-a4b-it"
    GOOGLE_GEMMA_4_26B_A4B_IT_FREE = "google/gemma-4-26b-a4b-it:free"
    GOOGLE_GEMMA_4_31B_IT = "google/gemma-4-31b-it"
    GOOGLE_GEMMA_4_31B_IT_FREE = "google/gemma-4-31b-it:free"
    GOOGLE_LYRIA_3_CLIP_PREVIEW = "google/lyria-3-clip-preview"
    GOOGLE_LYRIA_3_PRO_PREVIEW = "google/lyria-3-pro-preview"
    GRYPHE_MYTHOMAX_L2_13B = "gryphe/mythomax-l2-13b"
    IBM_GRANITE_GRANITE_4_0_H_MICRO = "ibm-granite/granite-4.0-h-micro"
    IBM_GRANITE_GRANITE_4_1_8B = "ibm-granite/granite-4.1-8b"
    INCEPTION_MERCURY_2 = "inception/mercury-2"
    INCLUSIONAI_LING_2_6_1T = "inclusionai/ling-2.6-1t"
    INCLUSIONAI_LING_2_6_FLASH = "inclusionai/ling-2.6-flash"
    INCLUSIONAI_LING_3_0_FLASH = "inclusionai/ling-3.0-flash"
    INCLUSIONAI_RING_2_6_1T = "inclusionai/ring-2.6-1t"
    KWAIPILOT_KAT_CODER_AIR_V2_5 = "kwaipilot/kat-coder-air-v2.5"
    KWAIPILOT_KAT_CODER_PRO_V2 = "kwaipilot/kat-coder-pro-v2"
    KWAIPILOT_KAT_CODER_PRO_V2_5 = "kwaipilot/kat-coder-pro-v2.5"
    LIQUID_LFM_2_5_2_6B_FREE = "liquid/lfm-2.5-2.6b:free"
    MANCER_WEAVER = "mancer/weaver"
    MEITUAN_LONGCAT_2_0 = "meituan/longcat-2.0"
    META_LLAMA_LLAMA_3_1_70B_INSTRUCT = "meta-llama/llama-3.1-70b-instruct"
    META_LLAMA_LLAMA_3_1_8B_INSTRUCT = "meta-llama/llama-3.1-8b-instruct"
    META_LLAMA_LLAMA_3_2_1B_INSTRUCT = "meta-llama/llama-3.2-1b-instruct"
    META_LLAMA_LLAMA_3_2_3B_INSTRUCT = "meta-llama/llama-3.2-3b-instruct"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT = "meta-llama/llama-3.3-70b-instruct"
    META_LLAMA_LLAMA_4_MAVERICK = "meta-llama/llama-4-maverick"
    META_LLAMA_LLAMA_4_SCOUT = "meta-llama/llama-4-scout"
    META_LLAMA_LLAMA_GUARD_4_12B = "meta-llama/llama-guard-4-12b"
    META_MUSE_GLIMMER_30B = "meta/muse-glimmer-30b"
    META_MUSE_SPARK_1_1 = "meta/muse-spark-1.1"
    META_MUSE_SPARK_1_2 = "meta/muse-spark-1.2"
    MICROSOFT_PHI_4 = "microsoft/phi-4"
    MICROSOFT_WIZARDLM_2_8X22B = "microsoft/wizardlm-2-8x22b"
    MINIMAX_MINIMAX_01 = "minimax/minimax-01"
    MINIMAX_MINIMAX_M1 = "minimax/minimax-m1"
    MINIMAX_MINIMAX_M2 = "minimax/minimax-m2"
    MINIMAX_MINIMAX_M2_1 = "minimax/minimax-m2.1"
    MINIMAX_MINIMAX_M2_5 = "minimax/minimax-m2.5"
    MINIMAX_MINIMAX_M2_7 = "minimax/minimax-m2.7"
    MINIMAX_MINIMAX_M2_HER = "minimax/minimax-m2-her"
    MINIMAX_MINIMAX_M3 = "minimax/minimax-m3"
    MINIMAX_MINIMAX_M3_BATCH = "minimax/minimax-m3:batch"
    MISTRALAI_CODESTRAL_2508 = "mistralai/codestral-2508"
    MISTRALAI_MINISTRAL_14B_2512 = "mistralai/ministral-14b-2512"
    MISTRALAI_MINISTRAL_3B_2512 = "mistralai/ministral-3b-2512"
    MISTRALAI_MINISTRAL_8B_2512 = "mistralai/ministral-8b-2512"
    MISTRALAI_MISTRAL_LARGE = "mistralai/mistral-large"
    MISTRALAI_MISTRAL_LARGE_2407 = "mistralai/mistral-large-2407"
    MISTRALAI_MISTRAL_LARGE_2512 = "mistralai/mistral-large-2512"
    MISTRALAI_MISTRAL_MEDIUM_3 = "mistralai/mistral-medium-3"
    MISTRALAI_MISTRAL_MEDIUM_3_1 = "mistralai/mistral-medium-3.1"
    MISTRALAI_MISTRAL_MEDIUM_3_5 = "mistralai/mistral-medium-3-5"
    MISTRALAI_MISTRAL_NEMO = "mistralai/mistral-nemo"
    MISTRALAI_MISTRAL_SABA = "mistralai/mistral-saba"
    MISTRALAI_MISTRAL_SMALL_24B_INSTRUCT_2501 = "mistralai/mistral-small-24b-instruct-2501"
    MISTRALAI_MISTRAL_SMALL_2603 = "mistralai/mistral-small-2603"
    MISTRALAI_MISTRAL_SMALL_3_1_24B_INSTRUCT = "mistralai/mistral-small-3.1-24b-instruct"
    MISTRALAI_MISTRAL_SMALL_3_2_24B_INSTRUCT = "mistralai/mistral-small-3.2-24b-instruct"
    MISTRALAI_MIXTRAL_8X22B_INSTRUCT = "mistralai/mixtral-8x22b-instruct"
    MISTRALAI_VOXTRAL_SMALL_24B_2507 = "mistralai/voxtral-small-24b-2507"
    MOONSHOTAI_KIMI_K2 = "moonshotai/kimi-k2"
    MOONSHOTAI_KIMI_K2_0905 = "moonshotai/kimi-k2-0905"
    MOONSHOTAI_KIMI_K2_5 = "moonshotai/kimi-k2.5"
    MOONSHOTAI_KIMI_K2_6 = "moonshotai/kimi-k2.6"
    MOONSHOTAI_KIMI_K2_7_CODE = "moonshotai/kimi-k2.7-code"
    MOONSHOTAI_KIMI_K2_7_CODE_BATCH = "moonshotai/kimi-k2.7-code:batch"
    MOONSHOTAI_KIMI_K2_THINKING = "moonshotai/kimi-k2-thinking"
    MOONSHOTAI_KIMI_K3 = "moonshotai/kimi-k3"
    MOONSHOTAI_KIMI_LATEST = "~moonshotai/kimi-latest"
    MORPH_MORPH_V3_FAST = "morph/morph-v3-fast"
    MORPH_MORPH_V3_LARGE = "morph/morph-v3-large"
    NEX_AGI_NEX_N2_MINI = "nex-agi/nex-n2-mini"
    NEX_AGI_NEX_N2_PRO = "nex-agi/nex-n2-pro"
    NOUSRESEARCH_HERMES_3_LLAMA_3_1_405B = "nousresearch/hermes-3-llama-3.1-405b"
    NOUSRESEARCH_HERMES_3_LLAMA_3_1_70B = "nousresearch/hermes-3-llama-3.1-70b"
    NOUSRESEARCH_HERMES_4_405B = "nousresearch/hermes-4-405b"
    NOUSRESEARCH_HERMES_4_70B = "nousresearch/hermes-4-70b"
    NVIDIA_NEMOTRON_3_5_CONTENT_SAFETY_FREE = "nvidia/nemotron-3.5-content-safety:free"
    NVIDIA_NEMOTRON_3_5_LIGHTNING = "nvidia/nemotron-3.5-lightning"
    NVIDIA_NEMOTRON_3_5_LIGHTNING_FREE = "nvidia/nemotron-3.5-lightning:free"
    NVIDIA_NEMOTRON_3_NANO_30B_A3B = "nvidia/nemotron-3-nano-30b-a3b"
    NVIDIA_NEMOTRON_3_NANO_30B_A3B_FREE = "nvidia/nemotron-3-nano-30b-a3b:free"
    NVIDIA_NEMOTRON_3_NANO_OMNI_30B_A3B_REASONING_FREE = "nvidia/nemotron-3-nano-omni-30b-a3b-reasoning:free"
    NVIDIA_NEMOTRON_3_SUPER_120B_A12B = "nvidia/nemotron-3-super-120b-a12b"
    NVIDIA_NEMOTRON_3_SUPER_120B_A12B_FREE = "nvidia/nemotron-3-super-120b-a12b:free"
    NVIDIA_NEMOTRON_3_ULTRA_550B_A55B = "nvidia/nemotron-3-ultra-550b-a55b"
    NVIDIA_NEMOTRON_3_ULTRA_550B_A55B_BATCH = "nvidia/nemotron-3-ultra-550b-a55b:batch"
    NVIDIA_NEMOTRON_3_ULTRA_550B_A55B_FREE = "nvidia/nemotron-3-ultra-550b-a55b:free"
    NVIDIA_NEMOTRON_NANO_12B_V2_VL_FREE = "nvidia/nemotron-nano-12b-v2-vl:free"
    NVIDIA_NEMOTRON_NANO_9B_V2_FREE = "nvidia/nemotron-nano-9b-v2:free"
    OPENAI_GPT_3_5_TURBO = "openai/gpt-3.5-turbo"
    OPENAI_GPT_3_5_TURBO_0613 = "openai/gpt-3.5-turbo-0613"
    OPENAI_GPT_3_5_TURBO_16K = "openai/gpt-3.5-turbo-16k"
    OPENAI_GPT_3_5_TURBO_BATCH = "openai/gpt-3.5-turbo:batch"
    OPENAI_GPT_3_5_TURBO_INSTRUCT = "openai/gpt-3.5-turbo-instruct"
    OPENAI_GPT_4 = "openai/gpt-4"
    OPENAI_GPT_4O = "openai/gpt-4o"
    OPENAI_GPT_4O_2024_05_13 = "openai/gpt-4o-2024-05-13"
    OPENAI_GPT_4O_2024_08_06 = "openai/gpt-4o-2024-08-06"
    OPENAI_GPT_4O_2024_11_20 = "openai/gpt-4o-2024-11-20"
    OPENAI_GPT_4O_BATCH = "openai/gpt-4o:batch"
    OPENAI_GPT_4O_MINI = "openai/gpt-4o-mini"
    OPENAI_GPT_4O_MINI_2024_07_18 = "openai/gpt-4o-mini-2024-07-18"
    OPENAI_GPT_4O_MINI_BATCH = "openai/gpt-4o-mini:batch"
    OPENAI_GPT_4_1 = "openai/gpt-4.1"
    OPENAI_GPT_4_1_BATCH = "openai/gpt-4.1:batch"
    OPENAI_GPT_4_1_MINI = "openai/gpt-4.1-mini"
    OPENAI_GPT_4_1_MINI_BATCH = "openai/gpt-4.1-mini:batch"
    OPENAI_GPT_4_1_NANO = "openai/gpt-4.1-nano"
    OPENAI_GPT_4_1_NANO_BATCH = "openai/gpt-4.1-nano:batch"
    OPENAI_GPT_4_TURBO = "openai/gpt-4-turbo"
    OPENAI_GPT_4_TURBO_BATCH = "openai/gpt-4-turbo:batch"
    OPENAI_GPT_4_TURBO_PREVIEW = "openai/gpt-4-turbo-preview"
    OPENAI_GPT_5 = "openai/gpt-5"
    OPENAI_GPT_5_1 = "openai/gpt-5.1"
    OPENAI_GPT_5_1_BATCH = "openai/gpt-5.1:batch"
    OPENAI_GPT_5_1_CODEX = "openai/gpt-5.1-codex"
    OPENAI_GPT_5_1_CODEX_MAX = "openai/gpt-5.1-codex-max"
    OPENAI_GPT_5_1_CODEX_MINI = "openai/gpt-5.1-codex-mini"
    OPENAI_GPT_5_2 = "openai/gpt-5.2"
    OPENAI_GPT_5_2_BATCH = "openai/gpt-5.2:batch"
    OPENAI_GPT_5_2_CHAT = "openai/gpt-5.2-chat"
    OPENAI_GPT_5_2_CODEX = "openai/gpt-5.2-codex"
    OPENAI_GPT_5_2_PRO = "openai/gpt-5.2-pro"
    OPENAI_GPT_5_2_PRO_BATCH = "openai/gpt-5.2-pro:batch"
    OPENAI_GPT_5_3_CODEX = "openai/gpt-5.3-codex"
    OPENAI_GPT_5_4 = "openai/gpt-5.4"
    OPENAI_GPT_5_4_BATCH = "openai/gpt-5.4:batch"
    OPENAI_GPT_5_4_IMAGE_2 = "openai/gpt-5.4-image-2"
    OPENAI_GPT_5_4_MINI = "openai/gpt-5.4-mini"
    OPENAI_GPT_5_4_MINI_BATCH = "openai/gpt-5.4-mini:batch"
    OPENAI_GPT_5_4_NANO = "openai/gpt-5.4-nano"
    OPENAI_GPT_5_4_NANO_BATCH = "openai/gpt-5.4-nano:batch"
    OPENAI_GPT_5_4_PRO = "openai/gpt-5.4-pro"
    OPENAI_GPT_5_4_PRO_BATCH = "openai/gpt-5.4-pro:batch"
    OPENAI_GPT_5_5 = "openai/gpt-5.5"
    OPENAI_GPT_5_5_BATCH = "openai/gpt-5.5:batch"
    OPENAI_GPT_5_5_PRO = "openai/gpt-5.5-pro"
    OPENAI_GPT_5_5_PRO_BATCH = "openai/gpt-5.5-pro:batch"
    OPENAI_GPT_5_6_LUNA = "openai/gpt-5.6-luna"
    OPENAI_GPT_5_6_LUNA_BATCH = "openai/gpt-5.6-luna:batch"
    OPENAI_GPT_5_6_LUNA_PRO = "openai/gpt-5.6-luna-pro"
    OPENAI_GPT_5_6_LUNA_PRO_BATCH = "openai/gpt-5.6-luna-pro:batch"
    OPENAI_GPT_5_6_SOL = "openai/gpt-5.6-sol"
    OPENAI_GPT_5_6_SOL_BATCH = "openai/gpt-5.6-sol:batch"
    OPENAI_GPT_5_6_SOL_PRO = "openai/gpt-5.6-sol-pro"
    OPENAI_GPT_5_6_SOL_PRO_BATCH = "openai/gpt-5.6-sol-pro:batch"
    OPENAI_GPT_5_6_TERRA = "openai/gpt-5.6-terra"
    OPENAI_GPT_5_6_TERRA_BATCH = "openai/gpt-5.6-terra:batch"
    OPENAI_GPT_5_6_TERRA_PRO = "openai/gpt-5.6-terra-pro"
    OPENAI_GPT_5_6_TERRA_PRO_BATCH = "openai/gpt-5.6-terra-pro:batch"
    OPENAI_GPT_5_BATCH = "openai/gpt-5:batch"
    OPENAI_GPT_5_CODEX_BATCH = "openai/gpt-5-codex:batch"
    OPENAI_GPT_5_IMAGE = "openai/gpt-5-image"
    OPENAI_GPT_5_IMAGE_MINI = "openai/gpt-5-image-mini"
    OPENAI_GPT_5_MINI = "openai/gpt-5-mini"
    OPENAI_GPT_5_MINI_BATCH = "openai/gpt-5-mini:batch"
    OPENAI_GPT_5_NANO = "openai/gpt-5-nano"
    OPENAI_GPT_5_NANO_BATCH = "openai/gpt-5-nano:batch"
    OPENAI_GPT_5_PRO = "openai/gpt-5-pro"
    OPENAI_GPT_5_PRO_BATCH = "openai/gpt-5-pro:batch"
    OPENAI_GPT_AUDIO = "openai/gpt-audio"
    OPENAI_GPT_AUDIO_MINI = "openai/gpt-audio-mini"
    OPENAI_GPT_CHAT_LATEST = "openai/gpt-chat-latest"
    OPENAI_GPT_LATEST = "~openai/gpt-latest"
    OPENAI_GPT_MINI_LATEST = "~openai/gpt-mini-latest"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_20B = "openai/gpt-oss-20b"
    OPENAI_GPT_OSS_20B_FREE = "openai/gpt-oss-20b:free"
    OPENAI_GPT_OSS_SAFEGUARD_20B = "openai/gpt-oss-safeguard-20b"
    OPENAI_O1 = "openai/o1"
    OPENAI_O1_BATCH = "openai/o1:batch"
    OPENAI_O1_PRO = "openai/o1-pro"
    OPENAI_O1_PRO_BATCH = "openai/o1-pro:batch"
    OPENAI_O3 = "openai/o3"
    OPENAI_O3_BATCH = "openai/o3:batch"
    OPENAI_O3_MINI = "openai/o3-mini"
    OPENAI_O3_MINI_BATCH = "openai/o3-mini:batch"
    OPENAI_O3_MINI_HIGH = "openai/o3-mini-high"
    OPENAI_O3_MINI_HIGH_BATCH = "openai/o3-mini-high:batch"
    OPENAI_O3_PRO = "openai/o3-pro"
    OPENAI_O3_PRO_BATCH = "openai/o3-pro:batch"
    OPENAI_O4_MINI = "openai/o4-mini"
    OPENAI_O4_MINI_BATCH = "openai/o4-mini:batch"
    OPENAI_O4_MINI_HIGH = "openai/o4-mini-high"
    OPENAI_O4_MINI_HIGH_BATCH = "openai/o4-mini-high:batch"
    OPENROUTER_AUTO = "openrouter/auto"
    OPENROUTER_AUTO_BETA = "openrouter/auto-beta"
    OPENROUTER_BODYBUILDER = "openrouter/bodybuilder"
    OPENROUTER_FREE = "openrouter/free"
    OPENROUTER_FUSION = "openrouter/fusion"
    OPENROUTER_PARETO_CODE = "openrouter/pareto-code"
    PERCEPTRON_PERCEPTRON_MK1 = "perceptron/perceptron-mk1"
    PERPLEXITY_SONAR = "perplexity/sonar"
    PERPLEXITY_SONAR_DEEP_RESEARCH = "perplexity/sonar-deep-research"
    PERPLEXITY_SONAR_PRO = "perplexity/sonar-pro"
    PERPLEXITY_SONAR_PRO_SEARCH = "perplexity/sonar-pro-search"
    PERPLEXITY_SONAR_REASONING_PRO = "perplexity/sonar-reasoning-pro"
    POOLSIDE_LAGUNA_S_2_1 = "poolside/laguna-s-2.1"
    POOLSIDE_LAGUNA_S_2_1_FREE = "poolside/laguna-s-2.1:free"
    POOLSIDE_LAGUNA_XS_2_1 = "poolside/laguna-xs-2.1"
    POOLSIDE_LAGUNA_XS_2_1_FREE = "poolside/laguna-xs-2.1:free"
    QWEN_QWEN2_5_VL_72B_INSTRUCT = "qwen/qwen2.5-vl-72b-instruct"
    QWEN_QWEN3_14B = "qwen/qwen3-14b"
    QWEN_QWEN3_235B_A22B = "qwen/qwen3-235b-a22b"
    QWEN_QWEN3_235B_A22B_2507 = "qwen/qwen3-235b-a22b-2507"
    QWEN_QWEN3_235B_A22B_THINKING_2507 = "qwen/qwen3-235b-a22b-thinking-2507"
    QWEN_QWEN3_30B_A3B = "qwen/qwen3-30b-a3b"
    QWEN_QWEN3_30B_A3B_INSTRUCT_2507 = "qwen/qwen3-30b-a3b-instruct-2507"
    QWEN_QWEN3_30B_A3B_THINKING_2507 = "qwen/qwen3-30b-a3b-thinking-2507"
    QWEN_QWEN3_32B = "qwen/qwen3-32b"
    QWEN_QWEN3_5_122B_A10B = "qwen/qwen3.5-122b-a10b"
    QWEN_QWEN3_5_27B = "qwen/qwen3.5-27b"
    QWEN_QWEN3_5_35B_A3B = "qwen/qwen3.5-35b-a3b"
    QWEN_QWEN3_5_397B_A17B = "qwen/qwen3.5-397b-a17b"
    QWEN_QWEN3_5_9B = "qwen/qwen3.5-9b"
    QWEN_QWEN3_5_FLASH_02_23 = "qwen/qwen3.5-flash-02-23"
    QWEN_QWEN3_5_PLUS_02_15 = "qwen/qwen3.5-plus-02-15"
    QWEN_QWEN3_5_PLUS_20260420 = "qwen/qwen3.5-plus-20260420"
    QWEN_QWEN3_6_27B = "qwen/qwen3.6-27b"
    QWEN_QWEN3_6_35B_A3B = "qwen/qwen3.6-35b-a3b"
    QWEN_QWEN3_6_FLASH = "qwen/qwen3.6-flash"
    QWEN_QWEN3_6_MAX_PREVIEW = "qwen/qwen3.6-max-preview"
    QWEN_QWEN3_6_PLUS = "qwen/qwen3.6-plus"
    QWEN_QWEN3_7_FLASH = "qwen/qwen3.7-flash"
    QWEN_QWEN3_7_MAX = "qwen/qwen3.7-max"
    QWEN_QWEN3_7_PLUS = "qwen/qwen3.7-plus"
    QWEN_QWEN3_8B = "qwen/qwen3-8b"
    QWEN_QWEN3_8_27B = "qwen/qwen3.8-27b"
    QWEN_QWEN3_8_2_4T_A95B = "qwen/qwen3.8-2.4t-a95b"
    QWEN_QWEN3_8_MAX = "qwen/qwen3.8-max"
    QWEN_QWEN3_CODER = "qwen/qwen3-coder"
    QWEN_QWEN3_CODER_30B_A3B_INSTRUCT = "qwen/qwen3-coder-30b-a3b-instruct"
    QWEN_QWEN3_CODER_FLASH = "qwen/qwen3-coder-flash"
    QWEN_QWEN3_CODER_NEXT = "qwen/qwen3-coder-next"
    QWEN_QWEN3_CODER_PLUS = "qwen/qwen3-coder-plus"
    QWEN_QWEN3_MAX = "qwen/qwen3-max"
    QWEN_QWEN3_MAX_THINKING = "qwen/qwen3-max-thinking"
    QWEN_QWEN3_NEXT_80B_A3B_INSTRUCT = "qwen/qwen3-next-80b-a3b-instruct"
    QWEN_QWEN3_NEXT_80B_A3B_THINKING = "qwen/qwen3-next-80b-a3b-thinking"
    QWEN_QWEN3_VL_235B_A22B_INSTRUCT = "qwen/qwen3-vl-235b-a22b-instruct"
    QWEN_QWEN3_VL_235B_A22B_THINKING = "qwen/qwen3-vl-235b-a22b-thinking"
    QWEN_QWEN3_VL_30B_A3B_INSTRUCT = "qwen/qwen3-vl-30b-a3b-instruct"
    QWEN_QWEN3_VL_30B_A3B_THINKING = "qwen/qwen3-vl-30b-a3b-thinking"
    QWEN_QWEN3_VL_32B_INSTRUCT = "qwen/qwen3-vl-32b-instruct"
    QWEN_QWEN3_VL_8B_INSTRUCT = "qwen/qwen3-vl-8b-instruct"
    QWEN_QWEN3_VL_8B_THINKING = "qwen/qwen3-vl-8b-thinking"
    QWEN_QWEN_2_5_72B_INSTRUCT = "qwen/qwen-2.5-72b-instruct"
    QWEN_QWEN_2_5_7B_INSTRUCT = "qwen/qwen-2.5-7b-instruct"
    QWEN_QWEN_2_5_CODER_32B_INSTRUCT = "qwen/qwen-2.5-coder-32b-instruct"
    QWEN_QWEN_PLUS = "qwen/qwen-plus"
    QWEN_QWEN_PLUS_2025_07_28 = "qwen/qwen-plus-2025-07-28"
    QWEN_QWEN_PLUS_2025_07_28_THINKING = "qwen/qwen-plus-2025-07-28:thinking"
    REKAAI_REKA_EDGE = "rekaai/reka-edge"
    REKAAI_REKA_FLASH_3 = "rekaai/reka-flash-3"
    RELACE_RELACE_APPLY_3 = "relace/relace-apply-3"
    RELACE_RELACE_SEARCH = "relace/relace-search"
    SAKANA_FUGU_ULTRA = "sakana/fugu-ultra"
    SAKANA_SAKANA_NAMAZU = "sakana/sakana-namazu"
    SAO10K_L3_1_EURYALE_70B = "sao10k/l3.1-euryale-70b"
    SAO10K_L3_3_EURYALE_70B = "sao10k/l3.3-euryale-70b"
    SAO10K_L3_LUNARIS_8B = "sao10k/l3-lunaris-8b"
    STEPFUN_STEP_3_5_FLASH = "stepfun/step-3.5-flash"
    STEPFUN_STEP_3_7_FLASH = "stepfun/step-3.7-flash"
    TENCENT_HUNYUAN_A13B_INSTRUCT = "tencent/hunyuan-a13b-instruct"
    TENCENT_HY3 = "tencent/hy3"
    TENCENT_HY3_PREVIEW = "tencent/hy3-preview"
    THEDRUMMER_CYDONIA_24B_V4_1 = "thedrummer/cydonia-24b-v4.1"
    THEDRUMMER_ROCINANTE_12B = "thedrummer/rocinante-12b"
    THEDRUMMER_SKYFALL_36B_V2 = "thedrummer/skyfall-36b-v2"
    THEDRUMMER_UNSLOPNEMO_12B = "thedrummer/unslopnemo-12b"
    THINKINGMACHINES_INKLING = "thinkingmachines/inkling"
    THINKINGMACHINES_INKLING_BATCH = "thinkingmachines/inkling:batch"
    THINKINGMACHINES_INKLING_SMALL = "thinkingmachines/inkling-small"
    UNDI95_REMM_SLERP_L2_13B = "undi95/remm-slerp-l2-13b"
    UPSTAGE_SOLAR_PRO4 = "upstage/solar-pro4"
    UPSTAGE_SOLAR_PRO_3 = "upstage/solar-pro-3"
    WRITER_PALMYRA_X5 = "writer/palmyra-x5"
    XIAOMI_MIMO_V2_5 = "xiaomi/mimo-v2.5"
    XIAOMI_MIMO_V2_5_PRO = "xiaomi/mimo-v2.5-pro"
    X_AI_GROK_4_20 = "x-ai/grok-4.20"
    X_AI_GROK_4_20_MULTI_AGENT = "x-ai/grok-4.20-multi-agent"
    X_AI_GROK_4_3 = "x-ai/grok-4.3"
    X_AI_GROK_4_5 = "x-ai/grok-4.5"
    X_AI_GROK_4_6 = "x-ai/grok-4.6"
    X_AI_GROK_BUILD_0_1 = "x-ai/grok-build-0.1"
    X_AI_GROK_LATEST = "~x-ai/grok-latest"
    Z_AI_GLM_4_5 = "z-ai/glm-4.5"  # retires on 2026-12-31
    Z_AI_GLM_4_5V = "z-ai/glm-4.5v"
    Z_AI_GLM_4_5_AIR = "z-ai/glm-4.5-air"
    Z_AI_GLM_4_6 = "z-ai/glm-4.6"
    Z_AI_GLM_4_6V = "z-ai/glm-4.6v"
    Z_AI_GLM_4_7 = "z-ai/glm-4.7"
    Z_AI_GLM_4_7_FLASH = "z-ai/glm-4.7-flash"
    Z_AI_GLM_5 = "z-ai/glm-5"
    Z_AI_GLM_5V_TURBO = "z-ai/glm-5v-turbo"  # retires on 2098-12-31
    Z_AI_GLM_5_1 = "z-ai/glm-5.1"
    Z_AI_GLM_5_2 = "z-ai/glm-5.2"
    Z_AI_GLM_5_2_BATCH = "z-ai/glm-5.2:batch"
    Z_AI_GLM_5_2_FREE = "z-ai/glm-5.2:free"
    Z_AI_GLM_5_TURBO = "z-ai/glm-5-turbo"  # retires on 2098-12-31


ChatModelName: TypeAlias = Literal[
    "ai21/jamba-large-1.7",
    "aion-labs/aion-2.0",
    "aion-labs/aion-3.0",
    "aion-labs/aion-3.0-mini",
    "aion-labs/aion-rp-llama-3.1-8b",
    "allenai/olmo-3-32b-think",
    "amazon/nova-2-lite-v1",
    "amazon/nova-lite-v1",
    "amazon/nova-micro-v1",
    "amazon/nova-premier-v1",
    "amazon/nova-pro-v1",
    "anthracite-org/magnum-v4-72b",
    "anthropic/claude-3-haiku",
    "anthropic/claude-fable-5",
    "anthropic/claude-fable-5:batch",
    "anthropic/claude-haiku-4.5",
    "anthropic/claude-haiku-4.5:batch",
    "anthropic/claude-opus-4",
    "anthropic/claude-opus-4.1",
    "anthropic/claude-opus-4.1:batch",
    "anthropic/claude-opus-4.5",
    "anthropic/claude-opus-4.5:batch",
    "anthropic/claude-opus-4.6",
    "anthropic/claude-opus-4.6:batch",
    "anthropic/claude-opus-4.7",
    "anthropic/claude-opus-4.7-fast",
    "anthropic/claude-opus-4.7:batch",
    "anthropic/claude-opus-4.8",
    "anthropic/claude-opus-4.8-fast",
    "anthropic/claude-opus-4.8:batch",
    "anthropic/claude-opus-5",
    "anthropic/claude-opus-5-fast",
    "anthropic/claude-opus-5:batch",
    "anthropic/claude-sonnet-4",
    "anthropic/claude-sonnet-4.5",
    "anthropic/claude-sonnet-4.5:batch",
    "anthropic/claude-sonnet-4.6",
    "anthropic/claude-sonnet-4.6:batch",
    "anthropic/claude-sonnet-5",
    "anthropic/claude-sonnet-5:batch",
    "arcee-ai/trinity-large-thinking",
    "arcee-ai/virtuoso-large",
    "baidu/ernie-4.5-vl-424b-a47b",
    "bytedance-seed/seed-1.6",
    "bytedance-seed/seed-1.6-flash",
    "bytedance-seed/seed-2-1-turbo",
    "bytedance-seed/seed-2.0-code",
    "bytedance-seed/seed-2.0-lite",
    "bytedance-seed/seed-2.0-mini",
    "bytedance/ui-tars-1.5-7b",
    "cognitivecomputations/dolphin-mistral-24b-venice-edition",
    "cohere/command-a",
    "cohere/command-r-08-2024",
    "cohere/command-r-plus-08-2024",
    "cohere/command-r7b-12-2024",
    "cohere/north-mini-code:free",
    "deepcogito/cogito-v2.1-671b",
    "deepseek/deepseek-chat",
    "deepseek/deepseek-chat-v3-0324",
    "deepseek/deepseek-chat-v3.1",
    "deepseek/deepseek-r1",
    "deepseek/deepseek-r1-0528",
    "deepseek/deepseek-r1-distill-llama-70b",
    "deepseek/deepseek-v3.1-terminus",
    "deepseek/deepseek-v3.2",
    "deepseek/deepseek-v3.2-exp",
    "deepseek/deepseek-v4-flash",
    "deepseek/deepseek-v4-flash-0731",
    "deepseek/deepseek-v4-pro",
    "deepseek/deepseek-v4-pro-0813",
    "dots-studio/dots-3-note-preview:free",
    "google/gemini-2.5-flash",
    "google/gemini-2.5-flash-image",
    "google/gemini-2.5-flash-lite",
    "google/gemini-2.5-flash-lite:batch",
    "google/gemini-2.5-flash:batch",
    "google/gemini-2.5-pro",
    "google/gemini-2.5-pro-preview",
    "google/gemini-2.5-pro-preview-05-06",
    "google/gemini-2.5-pro:batch",
    "google/gemini-3-flash-preview",
    "google/gemini-3-flash-preview:batch",
    "google/gemini-3-pro-image",
    "google/gemini-3-pro-image-preview",
    "google/gemini-3.1-flash-image",
    "google/gemini-3.1-flash-image-preview",
    "google/gemini-3.1-flash-lite",
    "google/gemini-3.1-flash-lite-image",
    "google/gemini-3.1-flash-lite-preview",
    "google/gemini-3.1-flash-lite:batch",
    "google/gemini-3.1-pro-preview",
    "google/gemini-3.1-pro-preview-customtools",
    "google/gemini-3.1-pro-preview:batch",
    "google/gemini-3.5-flash",
    "google/gemini-3.5-flash-lite",
    "google/gemini-3.5-flash-lite:batch",
    "google/gemini-3.5-flash:batch",
    "google/gemini-3.6-flash",
    "google/gemini-3.6-flash:batch",
    "google/gemini-3.7-flash",
    "google/gemini-3.7-flash:batch",
    "google/gemma-2-27b-it",
    "google/gemma-3-12b-it",
    "google/gemma-3-27b-it",
    "google/gemma-3-4b-it",
    "google/gemma-3n-e4b-it",
    "google/gemma-4-26b-a4b-it",
    "google/gemma-4-26b-a4b-it:free",
    "google/gemma-4-31b-it",
    "google/gemma-4-31b-it:free",
    "google/lyria-3-clip-preview",
    "google/lyria-3-pro-preview",
    "gryphe/mythomax-l2-13b",
    "ibm-granite/granite-4.0-h-micro",
    "ibm-granite/granite-4.1-8b",
    "inception/mercury-2",
    "inclusionai/ling-2.6-1t",
    "inclusionai/ling-2.6-flash",
    "inclusionai/ling-3.0-flash",
    "inclusionai/ring-2.6-1t",
    "kwaipilot/kat-coder-air-v2.5",
    "kwaipilot/kat-coder-pro-v2",
    "kwaipilot/kat-coder-pro-v2.5",
    "liquid/lfm-2.5-2.6b:free",
    "mancer/weaver",
    "meituan/longcat-2.0",
    "meta-llama/llama-3.1-70b-instruct",
    "meta-llama/llama-3.1-8b-instruct",
    "meta-llama/llama-3.2-1b-instruct",
    "meta-llama/llama-3.2-3b-instruct",
    "meta-llama/llama-3.3-70b-instruct",
    "meta-llama/llama-4-maverick",
    "meta-llama/llama-4-scout",
    "meta-llama/llama-guard-4-12b",
    "meta/muse-glimmer-30b",
    "meta/muse-spark-1.1",
    "meta/muse-spark-1.2",
    "microsoft/phi-4",
    "microsoft/wizardlm-2-8x22b",
    "minimax/minimax-01",
    "minimax/minimax-m1",
    "minimax/minimax-m2",
    "minimax/minimax-m2-her",
    "minimax/minimax-m2.1",
    "minimax/minimax-m2.5",
    "minimax/minimax-m2.7",
    "minimax/minimax-m3",
    "minimax/minimax-m3:batch",
    "mistralai/codestral-2508",
    "mistralai/ministral-14b-2512",
    "mistralai/ministral-3b-2512",
    "mistralai/ministral-8b-2512",
    "mistralai/mistral-large",
    "mistralai/mistral-large-2407",
    "mistralai/mistral-large-2512",
    "mistralai/mistral-medium-3",
    "mistralai/mistral-medium-3-5",
    "mistralai/mistral-medium-3.1",
    "mistralai/mistral-nemo",
    "mistralai/mistral-saba",
    "mistralai/mistral-small-24b-instruct-2501",
    "mistralai/mistral-small-2603",
    "mistralai/mistral-small-3.1-24b-instruct",
    "mistralai/mistral-small-3.2-24b-instruct",
    "mistralai/mixtral-8x22b-instruct",
    "mistralai/voxtral-small-24b-2507",
    "moonshotai/kimi-k2",
    "moonshotai/kimi-k2-0905",
    "moonshotai/kimi-k2-thinking",
    "moonshotai/kimi-k2.5",
    "moonshotai/kimi-k2.6",
    "moonshotai/kimi-k2.7-code",
    "moonshotai/kimi-k2.7-code:batch",
    "moonshotai/kimi-k3",
    "morph/morph-v3-fast",
    "morph/morph-v3-large",
    "nex-agi/nex-n2-mini",
    "nex-agi/nex-n2-pro",
    "nousresearch/hermes-3-llama-3.1-405b",
    "nousresearch/hermes-3-llama-3.1-70b",
    "nousresearch/hermes-4-405b",
    "nousresearch/hermes-4-70b",
    "nvidia/nemotron-3-nano-30b-a3b",
    "nvidia/nemotron-3-nano-30b-a3b:free",
    "nvidia/nemotron-3-nano-omni-30b-a3b-reasoning:free",
    "nvidia/nemotron-3-super-120b-a12b",
    "nvidia/nemotron-3-super-120b-a12b:free",
    "nvidia/nemotron-3-ultra-550b-a55b",
    "nvidia/nemotron-3-ultra-550b-a55b:batch",
    "nvidia/nemotron-3-ultra-550b-a55b:free",
    "nvidia/nemotron-3.5-content-safety:free",
    "nvidia/nemotron-3.5-lightning",
    "nvidia/nemotron-3.5-lightning:free",
    "nvidia/nemotron-nano-12b-v2-vl:free",
    "nvidia/nemotron-nano-9b-v2:free",
    "openai/gpt-3.5-turbo",
    "openai/gpt-3.5-turbo-0613",
    "openai/gpt-3.5-turbo-16k",
    "openai/gpt-3.5-turbo-instruct",
    "openai/gpt-3.5-turbo:batch",
    "openai/gpt-4",
    "openai/gpt-4-turbo",
    "openai/gpt-4-turbo-preview",
    "openai/gpt-4-turbo:batch",
    "openai/gpt-4.1",
    "openai/gpt-4.1-mini",
    "openai/gpt-4.1-mini:batch",
    "openai/gpt-4.1-nano",
    "openai/gpt-4.1-nano:batch",
    "openai/gpt-4.1:batch",
    "openai/gpt-4o",
    "openai/gpt-4o-2024-05-13",
    "openai/gpt-4o-2024-08-06",
    "openai/gpt-4o-2024-11-20",
    "openai/gpt-4o-mini",
    "openai/gpt-4o-mini-2024-07-18",
    "openai/gpt-4o-mini:batch",
    "openai/gpt-4o:batch",
    "openai/gpt-5",
    "openai/gpt-5-codex:batch",
    "openai/gpt-5-image",
    "openai/gpt-5-image-mini",
    "openai/gpt-5-mini",
    "openai/gpt-5-mini:batch",
    "openai/gpt-5-nano",
    "openai/gpt-5-nano:batch",
    "openai/gpt-5-pro",
    "openai/gpt-5-pro:batch",
    "openai/gpt-5.1",
    "openai/gpt-5.1-codex",
    "openai/gpt-5.1-codex-max",
    "openai/gpt-5.1-codex-mini",
    "openai/gpt-5.1:batch",
    "openai/gpt-5.2",
    "openai/gpt-5.2-chat",
    "openai/gpt-5.2-codex",
    "openai/gpt-5.2-pro",
    "openai/gpt-5.2-pro:batch",
    "openai/gpt-5.2:batch",
    "openai/gpt-5.3-codex",
    "openai/gpt-5.4",
    "openai/gpt-5.4-image-2",
    "openai/gpt-5.4-mini",
    "openai/gpt-5.4-mini:batch",
    "openai/gpt-5.4-nano",
    "openai/gpt-5.4-nano:batch",
    "openai/gpt-5.4-pro",
    "openai/gpt-5.4-pro:batch",
    "openai/gpt-5.4:batch",
    "openai/gpt-5.5",
    "openai/gpt-5.5-pro",
    "openai/gpt-5.5-pro:batch",
    "openai/gpt-5.5:batch",
    "openai/gpt-5.6-luna",
    "openai/gpt-5.6-luna-pro",
    "openai/gpt-5.6-luna-pro:batch",
    "openai/gpt-5.6-luna:batch",
    "openai/gpt-5.6-sol",
    "openai/gpt-5.6-sol-pro",
    "openai/gpt-5.6-sol-pro:batch",
    "openai/gpt-5.6-sol:batch",
    "openai/gpt-5.6-terra",
    "openai/gpt-5.6-terra-pro",
    "openai/gpt-5.6-terra-pro:batch",
    "openai/gpt-5.6-terra:batch",
    "openai/gpt-5:batch",
    "openai/gpt-audio",
    "openai/gpt-audio-mini",
    "openai/gpt-chat-latest",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-20b",
    "openai/gpt-oss-20b:free",
    "openai/gpt-oss-safeguard-20b",
    "openai/o1",
    "openai/o1-pro",
    "openai/o1-pro:batch",
    "openai/o1:batch",
    "openai/o3",
    "openai/o3-mini",
    "openai/o3-mini-high",
    "openai/o3-mini-high:batch",
    "openai/o3-mini:batch",
    "openai/o3-pro",
    "openai/o3-pro:batch",
    "openai/o3:batch",
    "openai/o4-mini",
    "openai/o4-mini-high",
    "openai/o4-mini-high:batch",
    "openai/o4-mini:batch",
    "openrouter/auto",
    "openrouter/auto-beta",
    "openrouter/bodybuilder",
    "openrouter/free",
    "openrouter/fusion",
    "openrouter/pareto-code",
    "perceptron/perceptron-mk1",
    "perplexity/sonar",
    "perplexity/sonar-deep-research",
    "perplexity/sonar-pro",
    "perplexity/sonar-pro-search",
    "perplexity/sonar-reasoning-pro",
    "poolside/laguna-s-2.1",
    "poolside/laguna-s-2.1:free",
    "poolside/laguna-xs-2.1",
    "poolside/laguna-xs-2.1:free",
    "qwen/qwen-2.5-72b-instruct",
    "qwen/qwen-2.5-7b-instruct",
    "qwen/qwen-2.5-coder-32b-instruct",
    "qwen/qwen-plus",
    "qwen/qwen-plus-2025-07-28",
    "qwen/qwen-plus-2025-07-28:thinking",
    "qwen/qwen2.5-vl-72b-instruct",
    "qwen/qwen3-14b",
    "qwen/qwen3-235b-a22b",
    "qwen/qwen3-235b-a22b-2507",
    "qwen/qwen3-235b-a22b-thinking-2507",
    "qwen/qwen3-30b-a3b",
    "qwen/qwen3-30b-a3b-instruct-2507",
    "qwen/qwen3-30b-a3b-thinking-2507",
    "qwen/qwen3-32b",
    "qwen/qwen3-8b",
    "qwen/qwen3-coder",
    "qwen/qwen3-coder-30b-a3b-instruct",
    "qwen/qwen3-coder-flash",
    "qwen/qwen3-coder-next",
    "qwen/qwen3-coder-plus",
    "qwen/qwen3-max",
    "qwen/qwen3-max-thinking",
    "qwen/qwen3-next-80b-a3b-instruct",
    "qwen/qwen3-next-80b-a3b-thinking",
    "qwen/qwen3-vl-235b-a22b-instruct",
    "qwen/qwen3-vl-235b-a22b-thinking",
    "qwen/qwen3-vl-30b-a3b-instruct",
    "qwen/qwen3-vl-30b-a3b-thinking",
    "qwen/qwen3-vl-32b-instruct",
    "qwen/qwen3-vl-8b-instruct",
    "qwen/qwen3-vl-8b-thinking",
    "qwen/qwen3.5-122b-a10b",
    "qwen/qwen3.5-27b",
    "qwen/qwen3.5-35b-a3b",
    "qwen/qwen3.5-397b-a17b",
    "qwen/qwen3.5-9b",
    "qwen/qwen3.5-flash-02-23",
    "qwen/qwen3.5-plus-02-15",
    "qwen/qwen3.5-plus-20260420",
    "qwen/qwen3.6-27b",
    "qwen/qwen3.6-35b-a3b",
    "qwen/qwen3.6-flash",
    "qwen/qwen3.6-max-preview",
    "qwen/qwen3.6-plus",
    "qwen/qwen3.7-flash",
    "qwen/qwen3.7-max",
    "qwen/qwen3.7-plus",
    "qwen/qwen3.8-2.4t-a95b",
    "qwen/qwen3.8-27b",
    "qwen/qwen3.8-max",
    "rekaai/reka-edge",
    "rekaai/reka-flash-3",
    "relace/relace-apply-3",
    "relace/relace-search",
    "sakana/fugu-ultra",
    "sakana/sakana-namazu",
    "sao10k/l3-lunaris-8b",
    "sao10k/l3.1-euryale-70b",
    "sao10k/l3.3-euryale-70b",
    "stepfun/step-3.5-flash",
    "stepfun/step-3.7-flash",
    "tencent/hunyuan-a13b-instruct",
    "tencent/hy3",
    "tencent/hy3-preview",
    "thedrummer/cydonia-24b-v4.1",
    "thedrummer/rocinante-12b",
    "thedrummer/skyfall-36b-v2",
    "thedrummer/unslopnemo-12b",
    "thinkingmachines/inkling",
    "thinkingmachines/inkling-small",
    "thinkingmachines/inkling:batch",
    "undi95/remm-slerp-l2-13b",
    "upstage/solar-pro-3",
    "upstage/solar-pro4",
    "writer/palmyra-x5",
    "x-ai/grok-4.20",
    "x-ai/grok-4.20-multi-agent",
    "x-ai/grok-4.3",
    "x-ai/grok-4.5",
    "x-ai/grok-4.6",
    "x-ai/grok-build-0.1",
    "xiaomi/mimo-v2.5",
    "xiaomi/mimo-v2.5-pro",
    "z-ai/glm-4.5",
    "z-ai/glm-4.5-air",
    "z-ai/glm-4.5v",
    "z-ai/glm-4.6",
    "z-ai/glm-4.6v",
    "z-ai/glm-4.7",
    "z-ai/glm-4.7-flash",
    "z-ai/glm-5",
    "z-ai/glm-5-turbo",
    "z-ai/glm-5.1",
    "z-ai/glm-5.2",
    "z-ai/glm-5.2:batch",
    "z-ai/glm-5.2:free",
    "z-ai/glm-5v-turbo",
    "~anthropic/claude-fable-latest",
    "~anthropic/claude-haiku-latest",
    "~anthropic/claude-opus-latest",
    "~anthropic/claude-sonnet-latest",
    "~deepseek/deepseek-v4-flash-latest",
    "~google/gemini-flash-latest",
    "~google/gemini-pro-latest",
    "~moonshotai/kimi-latest",
    "~openai/gpt-latest",
    "~openai/gpt-mini-latest",
    "~x-ai/grok-latest",
]
EmbeddingModelName: TypeAlias = str
RerankModelName: TypeAlias = str
TranscriptionModelName: TypeAlias = str
SpeechModelName: TypeAlias = str
ImageModelName: TypeAlias = str
ModelName: TypeAlias = ChatModelName
