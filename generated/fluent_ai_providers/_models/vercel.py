# Generated from specs/providers/vercel.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Vercel AI Gateway. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Vercel AI Gateway: equal to its id."""

    __provider__ = "vercel"
    ALIBABA_QWEN3_235B_A22B_THINKING = "alibaba/qwen3-235b-a22b-thinking"
    ALIBABA_QWEN3_5_FLASH = "alibaba/qwen3.5-flash"
    ALIBABA_QWEN3_5_PLUS = "alibaba/qwen3.5-plus"
    ALIBABA_QWEN3_6_27B = "alibaba/qwen3.6-27b"
    ALIBABA_QWEN3_6_PLUS = "alibaba/qwen3.6-plus"
    ALIBABA_QWEN3_7_FLASH = "alibaba/qwen3.7-flash"
    ALIBABA_QWEN3_7_MAX = "alibaba/qwen3.7-max"
    ALIBABA_QWEN3_7_PLUS = "alibaba/qwen3.7-plus"
    ALIBABA_QWEN3_8_27B = "alibaba/qwen3.8-27b"
    ALIBABA_QWEN3_8_2_4T_A95B = "alibaba/qwen3.8-2.4t-a95b"
    ALIBABA_QWEN3_8_MAX = "alibaba/qwen3.8-max"
    ALIBABA_QWEN3_CODER = "alibaba/qwen3-coder"
    ALIBABA_QWEN3_CODER_30B_A3B = "alibaba/qwen3-coder-30b-a3b"
    ALIBABA_QWEN3_CODER_NEXT = "alibaba/qwen3-coder-next"
    ALIBABA_QWEN3_CODER_PLUS = "alibaba/qwen3-coder-plus"
    ALIBABA_QWEN3_EMBEDDING_0_6B = "alibaba/qwen3-embedding-0.6b"
    ALIBABA_QWEN3_EMBEDDING_4B = "alibaba/qwen3-embedding-4b"
    ALIBABA_QWEN3_EMBEDDING_8B = "alibaba/qwen3-embedding-8b"
    ALIBABA_QWEN3_MAX = "alibaba/qwen3-max"
    ALIBABA_QWEN3_MAX_PREVIEW = "alibaba/qwen3-max-preview"
    ALIBABA_QWEN3_MAX_THINKING = "alibaba/qwen3-max-thinking"
    ALIBABA_QWEN3_NEXT_80B_A3B_INSTRUCT = "alibaba/qwen3-next-80b-a3b-instruct"
    ALIBABA_QWEN3_NEXT_80B_A3B_THINKING = "alibaba/qwen3-next-80b-a3b-thinking"
    ALIBABA_QWEN3_VL_235B_A22B_INSTRUCT = "alibaba/qwen3-vl-235b-a22b-instruct"
    ALIBABA_QWEN3_VL_INSTRUCT = "alibaba/qwen3-vl-instruct"
    ALIBABA_QWEN3_VL_THINKING = "alibaba/qwen3-vl-thinking"
    ALIBABA_QWEN_3_14B = "alibaba/qwen-3-14b"
    ALIBABA_QWEN_3_235B = "alibaba/qwen-3-235b"
    ALIBABA_QWEN_3_30B = "alibaba/qwen-3-30b"
    ALIBABA_QWEN_3_32B = "alibaba/qwen-3-32b"
    ALIBABA_QWEN_3_6_MAX_PREVIEW = "alibaba/qwen-3.6-max-preview"
    ALIBABA_WAN_V2_5_T2V_PREVIEW = "alibaba/wan-v2.5-t2v-preview"
    ALIBABA_WAN_V2_6_I2V = "alibaba/wan-v2.6-i2v"
    ALIBABA_WAN_V2_6_I2V_FLASH = "alibaba/wan-v2.6-i2v-flash"
    ALIBABA_WAN_V2_6_R2V = "alibaba/wan-v2.6-r2v"
    ALIBABA_WAN_V2_6_R2V_FLASH = "alibaba/wan-v2.6-r2v-flash"
    ALIBABA_WAN_V2_6_T2V = "alibaba/wan-v2.6-t2v"
    ALIBABA_WAN_V2_7_R2V = "alibaba/wan-v2.7-r2v"
    ALIBABA_WAN_V2_7_T2V = "alibaba/wan-v2.7-t2v"
    AMAZON_NOVA_2_LITE = "amazon/nova-2-lite"
    AMAZON_NOVA_LITE = "amazon/nova-lite"
    AMAZON_NOVA_MICRO = "amazon/nova-micro"
    AMAZON_NOVA_PRO = "amazon/nova-pro"
    AMAZON_TITAN_EMBED_TEXT_V2 = "amazon/titan-embed-text-v2"
    ANTHROPIC_CLAUDE_3_5_HAIKU = "anthropic/claude-3.5-haiku"
    ANTHROPIC_CLAUDE_3_5_SONNET = "anthropic/claude-3.5-sonnet"
    ANTHROPIC_CLAUDE_3_5_SONNET_20240620 = "anthropic/claude-3.5-sonnet-20240620"  # not listed any more on 2026-08-18
    ANTHROPIC_CLAUDE_3_5_SONNET_20241022 = "anthropic/claude-3-5-sonnet-20241022"
    ANTHROPIC_CLAUDE_3_7_SONNET = "anthropic/claude-3.7-sonnet"
    ANTHROPIC_CLAUDE_3_HAIKU = "anthropic/claude-3-haiku"
    ANTHROPIC_CLAUDE_3_OPUS = "anthropic/claude-3-opus"
    ANTHROPIC_CLAUDE_4_OPUS = "anthropic/claude-4-opus"
    ANTHROPIC_CLAUDE_4_SONNET = "anthropic/claude-4-sonnet"
    ANTHROPIC_CLAUDE_FABLE_5 = "anthropic/claude-fable-5"
    ANTHROPIC_CLAUDE_HAIKU_4_5 = "anthropic/claude-haiku-4.5"
    ANTHROPIC_CLAUDE_OPUS_4 = "anthropic/claude-opus-4"
    ANTHROPIC_CLAUDE_OPUS_4_1 = "anthropic/claude-opus-4.1"
    ANTHROPIC_CLAUDE_OPUS_4_5 = "anthropic/claude-opus-4.5"
    ANTHROPIC_CLAUDE_OPUS_4_6 = "anthropic/claude-opus-4.6"
    ANTHROPIC_CLAUDE_OPUS_4_7 = "anthropic/claude-opus-4.7"
    ANTHROPIC_CLAUDE_OPUS_4_8 = "anthropic/claude-opus-4.8"
    ANTHROPIC_CLAUDE_OPUS_4_8_FAST = "anthropic/claude-opus-4.8-fast"
    ANTHROPIC_CLAUDE_OPUS_5 = "anthropic/claude-opus-5"
    ANTHROPIC_CLAUDE_OPUS_5_FAST = "anthropic/claude-opus-5-fast"
    ANTHROPIC_CLAUDE_SONNET_4 = "anthropic/claude-sonnet-4"
    ANTHROPIC_CLAUDE_SONNET_4_5 = "anthropic/claude-sonnet-4.5"
    ANTHROPIC_CLAUDE_SONNET_4_6 = "anthropic/claude-sonnet-4.6"
    ANTHROPIC_CLAUDE_SONNET_5 = "anthropic/claude-sonnet-5"
    ARCEE_AI_TRINITY_LARGE_PREVIEW = "arcee-ai/trinity-large-preview"  # not listed any more on 2026-08-18
    ARCEE_AI_TRINITY_LARGE_THINKING = "arcee-ai/trinity-large-thinking"
    ARCEE_AI_TRINITY_MINI = "arcee-ai/trinity-mini"
    BFL_FLUX_2_FLEX = "bfl/flux-2-flex"
    BFL_FLUX_2_KLEIN_4B = "bfl/flux-2-klein-4b"
    BFL_FLUX_2_KLEIN_9B = "bfl/flux-2-klein-9b"
    BFL_FLUX_2_MAX = "bfl/flux-2-max"
    BFL_FLUX_2_PRO = "bfl/flux-2-pro"
    BFL_FLUX_3_VIDEO = "bfl/flux-3-video"
    BFL_FLUX_KONTEXT_MAX = "bfl/flux-kontext-max"
    BFL_FLUX_KONTEXT_PRO = "bfl/flux-kontext-pro"
    BFL_FLUX_PRO_1_0_FILL = "bfl/flux-pro-1.0-fill"
    BFL_FLUX_PRO_1_1 = "bfl/flux-pro-1.1"
    BFL_FLUX_PRO_1_1_ULTRA = "bfl/flux-pro-1.1-ultra"
    BYTEDANCE_SEEDANCE_2_0 = "bytedance/seedance-2.0"
    BYTEDANCE_SEEDANCE_2_0_FAST = "bytedance/seedance-2.0-fast"
    BYTEDANCE_SEEDANCE_2_5 = "bytedance/seedance-2.5"
    BYTEDANCE_SEEDANCE_V1_0_PRO = "bytedance/seedance-v1.0-pro"
    BYTEDANCE_SEEDANCE_V1_0_PRO_FAST = "bytedance/seedance-v1.0-pro-fast"
    BYTEDANCE_SEEDANCE_V1_5_PRO = "bytedance/seedance-v1.5-pro"
    BYTEDANCE_SEEDREAM_4_0 = "bytedance/seedream-4.0"
    BYTEDANCE_SEEDREAM_4_5 = "bytedance/seedream-4.5"
    BYTEDANCE_SEEDREAM_5_0_LITE = "bytedance/seedream-5.0-lite"
    BYTEDANCE_SEEDREAM_5_0_PRO = "bytedance/seedream-5.0-pro"
    BYTEDANCE_SEED_1_6 = "bytedance/seed-1.6"
    BYTEDANCE_SEED_1_8 = "bytedance/seed-1.8"
    COHERE_COMMAND_A = "cohere/command-a"
    COHERE_COMMAND_R = "cohere/command-r"
    COHERE_COMMAND_R_PLUS = "cohere/command-r-plus"
    COHERE_EMBED_V4_0 = "cohere/embed-v4.0"
    COHERE_RERANK_V3_5 = "cohere/rerank-v3.5"
    COHERE_RERANK_V4_FAST = "cohere/rerank-v4-fast"
    COHERE_RERANK_V4_PRO = "cohere/rerank-v4-pro"
    DEEPSEEK_DEEPSEEK_R1 = "deepseek/deepseek-r1"
    DEEPSEEK_DEEPSEEK_R1_DISTILL_LLAMA_70B = "deepseek/deepseek-r1-distill-llama-70b"
    DEEPSEEK_DEEPSEEK_V3 = "deepseek/deepseek-v3"
    DEEPSEEK_DEEPSEEK_V3_1 = "deepseek/deepseek-v3.1"
    DEEPSEEK_DEEPSEEK_V3_1_TERMINUS = "deepseek/deepseek-v3.1-terminus"
    DEEPSEEK_DEEPSEEK_V3_2 = "deepseek/deepseek-v3.2"
    DEEPSEEK_DEEPSEEK_V3_2_EXP = "deepseek/deepseek-v3.2-exp"  # not listed any more on 2026-08-18
    DEEPSEEK_DEEPSEEK_V3_2_THINKING = "deepseek/deepseek-v3.2-thinking"
    DEEPSEEK_DEEPSEEK_V4_FLASH = "deepseek/deepseek-v4-flash"
    DEEPSEEK_DEEPSEEK_V4_FLASH_0731 = "deepseek/deepseek-v4-flash-0731"
    DEEPSEEK_DEEPSEEK_V4_PRO = "deepseek/deepseek-v4-pro"
    DEEPSEEK_DEEPSEEK_V4_PRO_0813 = "deepseek/deepseek-v4-pro-0813"
    FISH_AUDIO_S1 = "fish-audio/s1"
    FISH_AUDIO_S2_1_PRO = "fish-audio/s2.1-pro"
    FISH_AUDIO_S2_PRO = "fish-audio/s2-pro"
    FISH_AUDIO_TRANSCRIBE_1 = "fish-audio/transcribe-1"
    GOOGLE_GEMINI_2_0_FLASH = "google/gemini-2.0-flash"  # not listed any more on 2026-08-18
    GOOGLE_GEMINI_2_0_FLASH_LITE = "google/gemini-2.0-flash-lite"  # not listed any more on 2026-08-18
    GOOGLE_GEMINI_2_5_FLASH = "google/gemini-2.5-flash"
    GOOGLE_GEMINI_2_5_FLASH_IMAGE = "google/gemini-2.5-flash-image"
    GOOGLE_GEMINI_2_5_FLASH_IMAGE_PREVIEW = "google/gemini-2.5-flash-image-preview"  # not listed any more on 2026-08-18
    GOOGLE_GEMINI_2_5_FLASH_LITE = "google/gemini-2.5-flash-lite"
    GOOGLE_GEMINI_2_5_FLASH_LITE_PREVIEW_09_2025 = (
        "google/gemini-2.5-flash-lite-preview-09-2025"  # not listed any more on 2026-08-18
    )
    GOOGLE_GEMINI_2_5_FLASH_PREVIEW_09_2025 = (
        "google/gemini-2.5-flash-preview-09-2025"  # not listed any more on 2026-08-18
    )
    GOOGLE_GEMINI_2_5_PRO = "google/gemini-2.5-pro"
    GOOGLE_GEMINI_3_1_FLASH_IMAGE = "google/gemini-3.1-flash-image"
    GOOGLE_GEMINI_3_1_FLASH_IMAGE_PREVIEW = "google/gemini-3.1-flash-image-preview"
    GOOGLE_GEMINI_3_1_FLASH_LITE = "google/gemini-3.1-flash-lite"
    GOOGLE_GEMINI_3_1_FLASH_LITE_IMAGE = "google/gemini-3.1-flash-lite-image"
    GOOGLE_GEMINI_3_1_FLASH_LITE_PREVIEW = "google/gemini-3.1-flash-lite-preview"  # not listed any more on 2026-08-18
    GOOGLE_GEMINI_3_1_PRO_PREVIEW = "google/gemini-3.1-pro-preview"
    GOOGLE_GEMINI_3_5_FLASH = "google/gemini-3.5-flash"
    GOOGLE_GEMINI_3_5_FLASH_LITE = "google/gemini-3.5-flash-lite"
    GOOGLE_GEMINI_3_6_FLASH = "google/gemini-3.6-flash"
    GOOGLE_GEMINI_3_7_FLASH = "google/gemini-3.7-flash"
    GOOGLE_GEMINI_3_FLASH = "google/gemini-3-flash"
    GOOGLE_GEMINI_3_PRO_IMAGE = "google/gemini-3-pro-image"
    GOOGLE_GEMINI_3_PRO_PREVIEW = "google/gemini-3-pro-preview"  # not listed any more on 2026-08-18
    GOOGLE_GEMINI_EMBEDDING_001 = "google/gemini-embedding-001"
    GOOGLE_GEMINI_EMBEDDING_2 = "google/gemini-embedding-2"
    GOOGLE_GEMINI_OMNI_FLASH_PREVIEW = "google/gemini-omni-flash-preview"
    GOOGLE_GEMMA_2_9B = "google/gemma-2-9b"
    GOOGLE_GEMMA_4_26B_A4B_IT = "google/gemma-4-26b-a4b-it"
    GOOGLE_GEMMA_4_31B_IT = "google/gemma-4-31b-it"
    GOOGLE_IMAGEN_4_0_FAST_GENERATE_001 = "google/imagen-4.0-fast-generate-001"
    GOOGLE_IMAGEN_4_0_GENERATE_001 = "google/imagen-4.0-generate-001"
    GOOGLE_IMAGEN_4_0_ULTRA_GENERATE_001 = "google/imagen-4.0-ultra-generate-001"
    GOOGLE_TEXT_EMBEDDING_005 = "google/text-embedding-005"
    GOOGLE_TEXT_MULTILINGUAL_EMBEDDING_002 = "google/text-multilingual-embedding-002"
    GOOGLE_VEO_3_0_FAST_GENERATE_001 = "google/veo-3.0-fast-generate-001"
    GOOGLE_VEO_3_0_GENERATE_001 = "google/veo-3.0-generate-001"
    GOOGLE_VEO_3_1_FAST_GENERATE_001 = "google/veo-3.1-fast-generate-001"
    GOOGLE_VEO_3_1_GENERATE_001 = "google/veo-3.1-generate-001"
    GOOGLE_VEO_3_1_LITE_GENERATE_001 = "google/veo-3.1-lite-generate-001"
    INCEPTION_MERCURY_2 = "inception/mercury-2"
    INCEPTION_MERCURY_CODER_SMALL = "inception/mercury-coder-small"
    INCEPTION_MERCURY_EDIT_2 = "inception/mercury-edit-2"  # not listed any more on 2026-08-18
    INCLUSIONAI_LING_3_0_FLASH = "inclusionai/ling-3.0-flash"
    INTERFAZE_INTERFAZE_BETA = "interfaze/interfaze-beta"
    KLINGAI_KLING_V2_5_TURBO_I2V = "klingai/kling-v2.5-turbo-i2v"
    KLINGAI_KLING_V2_5_TURBO_T2V = "klingai/kling-v2.5-turbo-t2v"
    KLINGAI_KLING_V2_6_I2V = "klingai/kling-v2.6-i2v"
    KLINGAI_KLING_V2_6_MOTION_CONTROL = "klingai/kling-v2.6-motion-control"
    KLINGAI_KLING_V2_6_T2V = "klingai/kling-v2.6-t2v"
    KLINGAI_KLING_V3_0_I2V = "klingai/kling-v3.0-i2v"
    KLINGAI_KLING_V3_0_MOTION_CONTROL = "klingai/kling-v3.0-motion-control"
    KLINGAI_KLING_V3_0_T2V = "klingai/kling-v3.0-t2v"
    KWAIPILOT_KAT_CODER_AIR_V2_5 = "kwaipilot/kat-coder-air-v2.5"
    KWAIPILOT_KAT_CODER_PRO_V1 = "kwaipilot/kat-coder-pro-v1"
    KWAIPILOT_KAT_CODER_PRO_V2 = "kwaipilot/kat-coder-pro-v2"
    KWAIPILOT_KAT_CODER_PRO_V2_5 = "kwaipilot/kat-coder-pro-v2.5"
    MEITUAN_LONGCAT_FLASH_CHAT = "meituan/longcat-flash-chat"  # not listed any more on 2026-08-18
    MEITUAN_LONGCAT_FLASH_THINKING = "meituan/longcat-flash-thinking"  # not listed any more on 2026-08-18
    MEITUAN_LONGCAT_FLASH_THINKING_2601 = "meituan/longcat-flash-thinking-2601"  # not listed any more on 2026-08-18
    META_LLAMA_3_1_70B = "meta/llama-3.1-70b"
    META_LLAMA_3_1_8B = "meta/llama-3.1-8b"
    META_LLAMA_3_2_11B = "meta/llama-3.2-11b"
    META_LLAMA_3_2_1B = "meta/llama-3.2-1b"
    META_LLAMA_3_2_3B = "meta/llama-3.2-3b"
    META_LLAMA_3_2_90B = "meta/llama-3.2-90b"
    META_LLAMA_3_3_70B = "meta/llama-3.3-70b"
    META_LLAMA_3_70B = "meta/llama-3-70b"
    META_LLAMA_3_8B = "meta/llama-3-8b"
    META_LLAMA_4_MAVERICK = "meta/llama-4-maverick"
    META_LLAMA_4_SCOUT = "meta/llama-4-scout"
    META_MUSE_GLIMMER_30B = "meta/muse-glimmer-30b"
    META_MUSE_SPARK_1_1 = "meta/muse-spark-1.1"
    META_MUSE_SPARK_1_2 = "meta/muse-spark-1.2"
    META_MUSE_SPARK_1_2_CONTRIBUTOR = "meta/muse-spark-1.2-contributor"
    MINIMAX_MINIMAX_H3 = "minimax/minimax-h3"
    MINIMAX_MINIMAX_M2 = "minimax/minimax-m2"
    MINIMAX_MINIMAX_M2_1 = "minimax/minimax-m2.1"
    MINIMAX_MINIMAX_M2_1_LIGHTNING = "minimax/minimax-m2.1-lightning"
    MINIMAX_MINIMAX_M2_5 = "minimax/minimax-m2.5"
    MINIMAX_MINIMAX_M2_5_HIGHSPEED = "minimax/minimax-m2.5-highspeed"
    MINIMAX_MINIMAX_M2_7 = "minimax/minimax-m2.7"
    MINIMAX_MINIMAX_M2_7_HIGHSPEED = "minimax/minimax-m2.7-highspeed"
    MINIMAX_MINIMAX_M3 = "minimax/minimax-m3"
    MISTRAL_CODESTRAL = "mistral/codestral"
    MISTRAL_CODESTRAL_EMBED = "mistral/codestral-embed"
    MISTRAL_DEVSTRAL_2 = "mistral/devstral-2"
    MISTRAL_DEVSTRAL_SMALL = "mistral/devstral-small"
    MISTRAL_DEVSTRAL_SMALL_2 = "mistral/devstral-small-2"
    MISTRAL_MAGISTRAL_MEDIUM = "mistral/magistral-medium"
    MISTRAL_MAGISTRAL_SMALL = "mistral/magistral-small"
    MISTRAL_MINISTRAL_14B = "mistral/ministral-14b"
    MISTRAL_MINISTRAL_3B = "mistral/ministral-3b"
    MISTRAL_MINISTRAL_8B = "mistral/ministral-8b"
    MISTRAL_MISTRAL_EMBED = "mistral/mistral-embed"
    MISTRAL_MISTRAL_LARGE = "mistral/mistral-large"
    MISTRAL_MISTRAL_LARGE_3 = "mistral/mistral-large-3"
    MISTRAL_MISTRAL_MEDIUM = "mistral/mistral-medium"
    MISTRAL_MISTRAL_MEDIUM_3_5 = "mistral/mistral-medium-3.5"
    MISTRAL_MISTRAL_NEMO = "mistral/mistral-nemo"
    MISTRAL_MISTRAL_SABA_24B = "mistral/mistral-saba-24b"
    MISTRAL_MISTRAL_SMALL = "mistral/mistral-small"
    MISTRAL_MIXTRAL_8X22B_INSTRUCT = "mistral/mixtral-8x22b-instruct"
    MISTRAL_PIXTRAL_12B = "mistral/pixtral-12b"
    MISTRAL_PIXTRAL_LARGE = "mistral/pixtral-large"
    MOONSHOTAI_KIMI_K2 = "moonshotai/kimi-k2"
    MOONSHOTAI_KIMI_K2_0905 = "moonshotai/kimi-k2-0905"  # not listed any more on 2026-08-18
    MOONSHOTAI_KIMI_K2_5 = "moonshotai/kimi-k2.5"
    MOONSHOTAI_KIMI_K2_6 = "moonshotai/kimi-k2.6"
    MOONSHOTAI_KIMI_K2_7_CODE = "moonshotai/kimi-k2.7-code"
    MOONSHOTAI_KIMI_K2_7_CODE_HIGHSPEED = "moonshotai/kimi-k2.7-code-highspeed"
    MOONSHOTAI_KIMI_K2_THINKING = "moonshotai/kimi-k2-thinking"
    MOONSHOTAI_KIMI_K2_THINKING_TURBO = "moonshotai/kimi-k2-thinking-turbo"  # not listed any more on 2026-08-18
    MOONSHOTAI_KIMI_K2_TURBO = "moonshotai/kimi-k2-turbo"  # not listed any more on 2026-08-18
    MOONSHOTAI_KIMI_K3 = "moonshotai/kimi-k3"
    MOONSHOTAI_KIMI_K3_FAST = "moonshotai/kimi-k3-fast"
    MORPH_MORPH_V3_FAST = "morph/morph-v3-fast"
    MORPH_MORPH_V3_LARGE = "morph/morph-v3-large"
    NVIDIA_NEMOTRON_3_5_LIGHTNING = "nvidia/nemotron-3.5-lightning"
    NVIDIA_NEMOTRON_3_NANO_30B_A3B = "nvidia/nemotron-3-nano-30b-a3b"
    NVIDIA_NEMOTRON_3_SUPER_120B_A12B = "nvidia/nemotron-3-super-120b-a12b"
    NVIDIA_NEMOTRON_3_ULTRA_550B_A55B = "nvidia/nemotron-3-ultra-550b-a55b"
    NVIDIA_NEMOTRON_NANO_12B_V2_VL = "nvidia/nemotron-nano-12b-v2-vl"
    NVIDIA_NEMOTRON_NANO_9B_V2 = "nvidia/nemotron-nano-9b-v2"
    OPENAI_CODEX_MINI = "openai/codex-mini"  # not listed any more on 2026-08-18
    OPENAI_GPT_3_5_TURBO = "openai/gpt-3.5-turbo"
    OPENAI_GPT_3_5_TURBO_INSTRUCT = "openai/gpt-3.5-turbo-instruct"
    OPENAI_GPT_4O = "openai/gpt-4o"
    OPENAI_GPT_4O_FAST = "openai/gpt-4o-fast"
    OPENAI_GPT_4O_MINI = "openai/gpt-4o-mini"
    OPENAI_GPT_4O_MINI_FAST = "openai/gpt-4o-mini-fast"
    OPENAI_GPT_4O_MINI_SEARCH_PREVIEW = "openai/gpt-4o-mini-search-preview"
    OPENAI_GPT_4O_MINI_TRANSCRIBE = "openai/gpt-4o-mini-transcribe"
    OPENAI_GPT_4O_TRANSCRIBE = "openai/gpt-4o-transcribe"
    OPENAI_GPT_4_1 = "openai/gpt-4.1"
    OPENAI_GPT_4_1_FAST = "openai/gpt-4.1-fast"
    OPENAI_GPT_4_1_MINI = "openai/gpt-4.1-mini"
    OPENAI_GPT_4_1_MINI_FAST = "openai/gpt-4.1-mini-fast"
    OPENAI_GPT_4_1_NANO = "openai/gpt-4.1-nano"
    OPENAI_GPT_4_1_NANO_FAST = "openai/gpt-4.1-nano-fast"
    OPENAI_GPT_4_TURBO = "openai/gpt-4-turbo"
    OPENAI_GPT_5 = "openai/gpt-5"
    OPENAI_GPT_5_1_CODEX = "openai/gpt-5.1-codex"
    OPENAI_GPT_5_1_CODEX_MAX = "openai/gpt-5.1-codex-max"
    OPENAI_GPT_5_1_CODEX_MINI = "openai/gpt-5.1-codex-mini"
    OPENAI_GPT_5_1_INSTANT = "openai/gpt-5.1-instant"  # not listed any more on 2026-08-18
    OPENAI_GPT_5_1_THINKING = "openai/gpt-5.1-thinking"
    OPENAI_GPT_5_1_THINKING_FAST = "openai/gpt-5.1-thinking-fast"
    OPENAI_GPT_5_2 = "openai/gpt-5.2"
    OPENAI_GPT_5_2_CHAT = "openai/gpt-5.2-chat"  # not listed any more on 2026-08-18
    OPENAI_GPT_5_2_CODEX = "openai/gpt-5.2-codex"
    OPENAI_GPT_5_2_FAST = "openai/gpt-5.2-fast"
    OPENAI_GPT_5_2_PRO = "openai/gpt-5.2-pro"
    OPENAI_GPT_5_3_CHAT = "openai/gpt-5.3-chat"  # not listed any more on 2026-08-18
    OPENAI_GPT_5_3_CODEX = "openai/gpt-5.3-codex"
    OPENAI_GPT_5_3_CODEX_FAST = "openai/gpt-5.3-codex-fast"
    OPENAI_GPT_5_4 = "openai/gpt-5.4"
    OPENAI_GPT_5_4_FAST = "openai/gpt-5.4-fast"
    OPENAI_GPT_5_4_MINI = "openai/gpt-5.4-mini"
    OPENAI_GPT_5_4_MINI_FAST = "openai/gpt-5.4-mini-fast"
    OPENAI_GPT_5_4_NANO = "openai/gpt-5.4-nano"
    OPENAI_GPT_5_4_PRO = "openai/gpt-5.4-pro"
    OPENAI_GPT_5_5 = "openai/gpt-5.5"
    OPENAI_GPT_5_5_FAST = "openai/gpt-5.5-fast"
    OPENAI_GPT_5_5_PRO = "openai/gpt-5.5-pro"
    OPENAI_GPT_5_6_LUNA = "openai/gpt-5.6-luna"
    OPENAI_GPT_5_6_LUNA_FAST = "openai/gpt-5.6-luna-fast"
    OPENAI_GPT_5_6_SOL = "openai/gpt-5.6-sol"
    OPENAI_GPT_5_6_SOL_FAST = "openai/gpt-5.6-sol-fast"
    OPENAI_GPT_5_6_TERRA = "openai/gpt-5.6-terra"
    OPENAI_GPT_5_6_TERRA_FAST = "openai/gpt-5.6-terra-fast"
    OPENAI_GPT_5_CHAT = "openai/gpt-5-chat"  # not listed any more on 2026-08-18
    OPENAI_GPT_5_CODEX = "openai/gpt-5-codex"
    OPENAI_GPT_5_FAST = "openai/gpt-5-fast"
    OPENAI_GPT_5_MINI = "openai/gpt-5-mini"
    OPENAI_GPT_5_MINI_FAST = "openai/gpt-5-mini-fast"
    OPENAI_GPT_5_NANO = "openai/gpt-5-nano"
    OPENAI_GPT_5_PRO = "openai/gpt-5-pro"
    OPENAI_GPT_IMAGE_1 = "openai/gpt-image-1"
    OPENAI_GPT_IMAGE_1_5 = "openai/gpt-image-1.5"
    OPENAI_GPT_IMAGE_1_MINI = "openai/gpt-image-1-mini"
    OPENAI_GPT_IMAGE_2 = "openai/gpt-image-2"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_20B = "openai/gpt-oss-20b"
    OPENAI_GPT_OSS_SAFEGUARD_20B = "openai/gpt-oss-safeguard-20b"
    OPENAI_GPT_REALTIME_1_5 = "openai/gpt-realtime-1.5"
    OPENAI_GPT_REALTIME_2 = "openai/gpt-realtime-2"
    OPENAI_GPT_REALTIME_2_1 = "openai/gpt-realtime-2.1"
    OPENAI_GPT_REALTIME_MINI = "openai/gpt-realtime-mini"
    OPENAI_GPT_REALTIME_WHISPER = "openai/gpt-realtime-whisper"
    OPENAI_O1 = "openai/o1"
    OPENAI_O3 = "openai/o3"
    OPENAI_O3_DEEP_RESEARCH = "openai/o3-deep-research"
    OPENAI_O3_FAST = "openai/o3-fast"
    OPENAI_O3_MINI = "openai/o3-mini"
    OPENAI_O3_PRO = "openai/o3-pro"
    OPENAI_O4_MINI = "openai/o4-mini"
    OPENAI_O4_MINI_FAST = "openai/o4-mini-fast"
    OPENAI_TEXT_EMBEDDING_3_LARGE = "openai/text-embedding-3-large"
    OPENAI_TEXT_EMBEDDING_3_SMALL = "openai/text-embedding-3-small"
    OPENAI_TEXT_EMBEDDING_ADA_002 = "openai/text-embedding-ada-002"
    OPENAI_TTS_1 = "openai/tts-1"
    OPENAI_TTS_1_HD = "openai/tts-1-hd"
    OPENAI_WHISPER_1 = "openai/whisper-1"
    PERPLEXITY_PPLX_EMBED_V1_0_6B = "perplexity/pplx-embed-v1-0.6b"
    PERPLEXITY_PPLX_EMBED_V1_4B = "perplexity/pplx-embed-v1-4b"
    PERPLEXITY_SONAR = "perplexity/sonar"
    PERPLEXITY_SONAR_PRO = "perplexity/sonar-pro"
    PERPLEXITY_SONAR_REASONING = "perplexity/sonar-reasoning"
    PERPLEXITY_SONAR_REASONING_PRO = "perplexity/sonar-reasoning-pro"
    POOLSIDE_LAGUNA_S_2_1 = "poolside/laguna-s-2.1"
    POOLSIDE_LAGUNA_S_2_1_FREE = "poolside/laguna-s-2.1-free"
    PRIME_INTELLECT_INTELLECT_3 = "prime-intellect/intellect-3"  # not listed any more on 2026-08-18
    PRODIA_FLUX_FAST_SCHNELL = "prodia/flux-fast-schnell"
    QUIVERAI_ARROW_1_1 = "quiverai/arrow-1.1"
    RECRAFT_RECRAFT_V2 = "recraft/recraft-v2"
    RECRAFT_RECRAFT_V3 = "recraft/recraft-v3"
    RECRAFT_RECRAFT_V4 = "recraft/recraft-v4"
    RECRAFT_RECRAFT_V4_1 = "recraft/recraft-v4.1"
    RECRAFT_RECRAFT_V4_1_PRO = "recraft/recraft-v4.1-pro"
    RECRAFT_RECRAFT_V4_1_UTILITY = "recraft/recraft-v4.1-utility"
    RECRAFT_RECRAFT_V4_1_UTILITY_PRO = "recraft/recraft-v4.1-utility-pro"
    RECRAFT_RECRAFT_V4_PRO = "recraft/recraft-v4-pro"
    SAKANA_FUGU_ULTRA = "sakana/fugu-ultra"
    SAKANA_NAMAZU = "sakana/namazu"
    STEPFUN_STEP_3_5_FLASH = "stepfun/step-3.5-flash"
    STEPFUN_STEP_3_7_FLASH = "stepfun/step-3.7-flash"
    TENCENT_HY3 = "tencent/hy3"
    THINKINGMACHINES_INKLING = "thinkingmachines/inkling"
    THINKINGMACHINES_INKLING_SMALL = "thinkingmachines/inkling-small"
    VERCEL_V0_1_0_MD = "vercel/v0-1.0-md"
    VERCEL_V0_1_5_MD = "vercel/v0-1.5-md"
    VOYAGE_RERANK_2_5 = "voyage/rerank-2.5"
    VOYAGE_RERANK_2_5_LITE = "voyage/rerank-2.5-lite"
    VOYAGE_VOYAGE_3_5 = "voyage/voyage-3.5"
    VOYAGE_VOYAGE_3_5_LITE = "voyage/voyage-3.5-lite"
    VOYAGE_VOYAGE_3_LARGE = "voyage/voyage-3-large"
    VOYAGE_VOYAGE_4 = "voyage/voyage-4"
    VOYAGE_VOYAGE_4_LARGE = "voyage/voyage-4-large"
    VOYAGE_VOYAGE_4_LITE = "voyage/voyage-4-lite"
    VOYAGE_VOYAGE_CODE_2 = "voyage/voyage-code-2"
    VOYAGE_VOYAGE_CODE_3 = "voyage/voyage-code-3"
    VOYAGE_VOYAGE_FINANCE_2 = "voyage/voyage-finance-2"
    VOYAGE_VOYAGE_LAW_2 = "voyage/voyage-law-2"
    XAI_GROK_2 = "xai/grok-2"
    XAI_GROK_2_VISION = "xai/grok-2-vision"
    XAI_GROK_3 = "xai/grok-3"
    XAI_GROK_3_FAST = "xai/grok-3-fast"
    XAI_GROK_3_MINI = "xai/grok-3-mini"
    XAI_GROK_3_MINI_FAST = "xai/grok-3-mini-fast"
    XAI_GROK_4 = "xai/grok-4"
    XAI_GROK_4_1_FAST_NON_REASONING = "xai/grok-4.1-fast-non-reasoning"
    XAI_GROK_4_1_FAST_REASONING = "xai/grok-4.1-fast-reasoning"
    XAI_GROK_4_20_MULTI_AGENT = "xai/grok-4.20-multi-agent"
    XAI_GROK_4_20_MULTI_AGENT_BETA = "xai/grok-4.20-multi-agent-beta"
    XAI_GROK_4_20_NON_REASONING = "xai/grok-4.20-non-reasoning"
    XAI_GROK_4_20_NON_REASONING_BETA = "xai/grok-4.20-non-reasoning-beta"
    XAI_GROK_4_20_REASONING = "xai/grok-4.20-reasoning"
    XAI_GROK_4_20_REASONING_BETA = "xai/grok-4.20-reasoning-beta"
    XAI_GROK_4_3 = "xai/grok-4.3"
    XAI_GROK_4_5 = "xai/grok-4.5"
    XAI_GROK_4_6 = "xai/grok-4.6"
    XAI_GROK_4_FAST_REASONING = "xai/grok-4-fast-reasoning"  # not listed any more on 2026-08-18
    XAI_GROK_BUILD_0_1 = "xai/grok-build-0.1"
    XAI_GROK_IMAGINE_IMAGE = "xai/grok-imagine-image"
    XAI_GROK_IMAGINE_IMAGE_2_0 = "xai/grok-imagine-image-2.0"
    XAI_GROK_IMAGINE_IMAGE_PRO = "xai/grok-imagine-image-pro"  # not listed any more on 2026-08-18
    XAI_GROK_IMAGINE_VIDEO = "xai/grok-imagine-video"
    XAI_GROK_IMAGINE_VIDEO_1_5 = "xai/grok-imagine-video-1.5"
    XAI_GROK_IMAGINE_VIDEO_1_5_PREVIEW = "xai/grok-imagine-video-1.5-preview"
    XAI_GROK_STT = "xai/grok-stt"
    XAI_GROK_TTS = "xai/grok-tts"
    XAI_GROK_VOICE_THINK_FAST_1_0 = "xai/grok-voice-think-fast-1.0"
    XAI_GROK_VOICE_THINK_FAST_2_0 = "xai/grok-voice-think-fast-2.0"
    XIAOMI_MIMO_V2_5 = "xiaomi/mimo-v2.5"
    XIAOMI_MIMO_V2_5_PRO = "xiaomi/mimo-v2.5-pro"
    XIAOMI_MIMO_V2_FLASH = "xiaomi/mimo-v2-flash"  # not listed any more on 2026-08-18
    XIAOMI_MIMO_V2_PRO = "xiaomi/mimo-v2-pro"  # not listed any more on 2026-08-18
    ZAI_GLM_4_5 = "zai/glm-4.5"
    ZAI_GLM_4_5V = "zai/glm-4.5v"
    ZAI_GLM_4_5_AIR = "zai/glm-4.5-air"
    ZAI_GLM_4_6 = "zai/glm-4.6"
    ZAI_GLM_4_6V = "zai/glm-4.6v"
    ZAI_GLM_4_6V_FLASH = "zai/glm-4.6v-flash"
    ZAI_GLM_4_7 = "zai/glm-4.7"
    ZAI_GLM_4_7_FLASH = "zai/glm-4.7-flash"
    ZAI_GLM_4_7_FLASHX = "zai/glm-4.7-flashx"
    ZAI_GLM_5 = "zai/glm-5"
    ZAI_GLM_5V_TURBO = "zai/glm-5v-turbo"
    ZAI_GLM_5_1 = "zai/glm-5.1"
    ZAI_GLM_5_2 = "zai/glm-5.2"
    ZAI_GLM_5_2_FAST = "zai/glm-5.2-fast"
    ZAI_GLM_5_TURBO = "zai/glm-5-turbo"


ChatModelName: TypeAlias = Literal[
    "alibaba/qwen-3-14b",
    "alibaba/qwen-3-235b",
    "alibaba/qwen-3-30b",
    "alibaba/qwen-3-32b",
    "alibaba/qwen-3.6-max-preview",
    "alibaba/qwen3-235b-a22b-thinking",
    "alibaba/qwen3-coder",
    "alibaba/qwen3-coder-30b-a3b",
    "alibaba/qwen3-coder-next",
    "alibaba/qwen3-coder-plus",
    "alibaba/qwen3-max",
    "alibaba/qwen3-max-preview",
    "alibaba/qwen3-max-thinking",
    "alibaba/qwen3-next-80b-a3b-instruct",
    "alibaba/qwen3-next-80b-a3b-thinking",
    "alibaba/qwen3-vl-instruct",
    "alibaba/qwen3-vl-thinking",
    "alibaba/qwen3.5-flash",
    "alibaba/qwen3.5-plus",
    "alibaba/qwen3.6-27b",
    "alibaba/qwen3.6-plus",
    "alibaba/qwen3.7-flash",
    "alibaba/qwen3.7-max",
    "alibaba/qwen3.7-plus",
    "alibaba/qwen3.8-2.4t-a95b",
    "alibaba/qwen3.8-27b",
    "alibaba/qwen3.8-max",
    "amazon/nova-lite",
    "amazon/nova-micro",
    "amazon/nova-pro",
    "anthropic/claude-3-5-sonnet-20241022",
    "anthropic/claude-3-haiku",
    "anthropic/claude-3-opus",
    "anthropic/claude-3.5-haiku",
    "anthropic/claude-3.5-sonnet",
    "anthropic/claude-3.7-sonnet",
    "anthropic/claude-4-opus",
    "anthropic/claude-4-sonnet",
    "anthropic/claude-fable-5",
    "anthropic/claude-haiku-4.5",
    "anthropic/claude-opus-4",
    "anthropic/claude-opus-4.1",
    "anthropic/claude-opus-4.5",
    "anthropic/claude-opus-4.6",
    "anthropic/claude-opus-4.7",
    "anthropic/claude-opus-4.8",
    "anthropic/claude-opus-4.8-fast",
    "anthropic/claude-opus-5",
    "anthropic/claude-opus-5-fast",
    "anthropic/claude-sonnet-4",
    "anthropic/claude-sonnet-4.5",
    "anthropic/claude-sonnet-4.6",
    "anthropic/claude-sonnet-5",
    "arcee-ai/trinity-large-thinking",
    "bytedance/seed-1.6",
    "bytedance/seed-1.8",
    "cohere/command-a",
    "cohere/command-r",
    "cohere/command-r-plus",
    "deepseek/deepseek-r1",
    "deepseek/deepseek-r1-distill-llama-70b",
    "deepseek/deepseek-v3",
    "deepseek/deepseek-v3.1",
    "deepseek/deepseek-v3.1-terminus",
    "deepseek/deepseek-v3.2-thinking",
    "deepseek/deepseek-v4-flash",
    "deepseek/deepseek-v4-flash-0731",
    "deepseek/deepseek-v4-pro",
    "deepseek/deepseek-v4-pro-0813",
    "google/gemini-2.5-flash",
    "google/gemini-2.5-flash-lite",
    "google/gemini-2.5-pro",
    "google/gemini-3-flash",
    "google/gemini-3.1-flash-lite",
    "google/gemini-3.1-pro-preview",
    "google/gemini-3.5-flash",
    "google/gemini-3.5-flash-lite",
    "google/gemini-3.6-flash",
    "google/gemini-3.7-flash",
    "google/gemma-2-9b",
    "google/gemma-4-26b-a4b-it",
    "google/gemma-4-31b-it",
    "inception/mercury-2",
    "inception/mercury-coder-small",
    "inclusionai/ling-3.0-flash",
    "kwaipilot/kat-coder-air-v2.5",
    "kwaipilot/kat-coder-pro-v2",
    "kwaipilot/kat-coder-pro-v2.5",
    "meta/llama-3-70b",
    "meta/llama-3-8b",
    "meta/llama-3.1-70b",
    "meta/llama-3.1-8b",
    "meta/llama-3.2-11b",
    "meta/llama-3.2-1b",
    "meta/llama-3.2-3b",
    "meta/llama-3.2-90b",
    "meta/llama-3.3-70b",
    "meta/llama-4-maverick",
    "meta/llama-4-scout",
    "meta/muse-glimmer-30b",
    "meta/muse-spark-1.1",
    "meta/muse-spark-1.2",
    "meta/muse-spark-1.2-contributor",
    "minimax/minimax-m2",
    "minimax/minimax-m2.1",
    "minimax/minimax-m2.1-lightning",
    "minimax/minimax-m2.5",
    "minimax/minimax-m2.5-highspeed",
    "minimax/minimax-m2.7",
    "minimax/minimax-m2.7-highspeed",
    "minimax/minimax-m3",
    "mistral/codestral",
    "mistral/devstral-2",
    "mistral/devstral-small",
    "mistral/devstral-small-2",
    "mistral/magistral-medium",
    "mistral/magistral-small",
    "mistral/ministral-3b",
    "mistral/ministral-8b",
    "mistral/mistral-large",
    "mistral/mistral-medium",
    "mistral/mistral-medium-3.5",
    "mistral/mistral-nemo",
    "mistral/mistral-saba-24b",
    "mistral/mistral-small",
    "mistral/mixtral-8x22b-instruct",
    "mistral/pixtral-12b",
    "mistral/pixtral-large",
    "moonshotai/kimi-k2",
    "moonshotai/kimi-k2-thinking",
    "moonshotai/kimi-k2.5",
    "moonshotai/kimi-k2.6",
    "moonshotai/kimi-k2.7-code",
    "moonshotai/kimi-k2.7-code-highspeed",
    "moonshotai/kimi-k3",
    "moonshotai/kimi-k3-fast",
    "morph/morph-v3-fast",
    "morph/morph-v3-large",
    "nvidia/nemotron-3-ultra-550b-a55b",
    "nvidia/nemotron-3.5-lightning",
    "nvidia/nemotron-nano-12b-v2-vl",
    "nvidia/nemotron-nano-9b-v2",
    "openai/gpt-3.5-turbo",
    "openai/gpt-3.5-turbo-instruct",
    "openai/gpt-4-turbo",
    "openai/gpt-4.1",
    "openai/gpt-4.1-fast",
    "openai/gpt-4.1-mini",
    "openai/gpt-4.1-mini-fast",
    "openai/gpt-4.1-nano",
    "openai/gpt-4.1-nano-fast",
    "openai/gpt-4o",
    "openai/gpt-4o-fast",
    "openai/gpt-4o-mini",
    "openai/gpt-4o-mini-fast",
    "openai/gpt-5",
    "openai/gpt-5-codex",
    "openai/gpt-5-fast",
    "openai/gpt-5-mini",
    "openai/gpt-5-mini-fast",
    "openai/gpt-5-nano",
    "openai/gpt-5-pro",
    "openai/gpt-5.1-codex",
    "openai/gpt-5.1-codex-max",
    "openai/gpt-5.1-codex-mini",
    "openai/gpt-5.1-thinking",
    "openai/gpt-5.1-thinking-fast",
    "openai/gpt-5.2",
    "openai/gpt-5.2-codex",
    "openai/gpt-5.2-fast",
    "openai/gpt-5.2-pro",
    "openai/gpt-5.3-codex",
    "openai/gpt-5.3-codex-fast",
    "openai/gpt-5.4",
    "openai/gpt-5.4-fast",
    "openai/gpt-5.4-mini",
    "openai/gpt-5.4-mini-fast",
    "openai/gpt-5.4-nano",
    "openai/gpt-5.4-pro",
    "openai/gpt-5.5",
    "openai/gpt-5.5-fast",
    "openai/gpt-5.5-pro",
    "openai/gpt-5.6-luna",
    "openai/gpt-5.6-luna-fast",
    "openai/gpt-5.6-sol",
    "openai/gpt-5.6-sol-fast",
    "openai/gpt-5.6-terra",
    "openai/gpt-5.6-terra-fast",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-20b",
    "openai/gpt-oss-safeguard-20b",
    "openai/o1",
    "openai/o3",
    "openai/o3-deep-research",
    "openai/o3-fast",
    "openai/o3-mini",
    "openai/o3-pro",
    "openai/o4-mini",
    "openai/o4-mini-fast",
    "perplexity/sonar",
    "perplexity/sonar-pro",
    "perplexity/sonar-reasoning",
    "perplexity/sonar-reasoning-pro",
    "poolside/laguna-s-2.1",
    "poolside/laguna-s-2.1-free",
    "sakana/fugu-ultra",
    "sakana/namazu",
    "stepfun/step-3.5-flash",
    "stepfun/step-3.7-flash",
    "tencent/hy3",
    "thinkingmachines/inkling",
    "thinkingmachines/inkling-small",
    "vercel/v0-1.0-md",
    "vercel/v0-1.5-md",
    "xai/grok-2",
    "xai/grok-2-vision",
    "xai/grok-3",
    "xai/grok-3-fast",
    "xai/grok-3-mini",
    "xai/grok-3-mini-fast",
    "xai/grok-4",
    "xai/grok-4.1-fast-non-reasoning",
    "xai/grok-4.1-fast-reasoning",
    "xai/grok-4.20-multi-agent",
    "xai/grok-4.20-multi-agent-beta",
    "xai/grok-4.20-non-reasoning",
    "xai/grok-4.20-non-reasoning-beta",
    "xai/grok-4.20-reasoning",
    "xai/grok-4.20-reasoning-beta",
    "xai/grok-4.3",
    "xai/grok-4.5",
    "xai/grok-4.6",
    "xai/grok-build-0.1",
    "xiaomi/mimo-v2.5",
    "xiaomi/mimo-v2.5-pro",
    "zai/glm-4.5",
    "zai/glm-4.5-air",
    "zai/glm-4.5v",
    "zai/glm-4.6",
    "zai/glm-4.6v",
    "zai/glm-4.6v-flash",
    "zai/glm-4.7",
    "zai/glm-4.7-flash",
    "zai/glm-4.7-flashx",
    "zai/glm-5",
    "zai/glm-5-turbo",
    "zai/glm-5.1",
    "zai/glm-5.2",
    "zai/glm-5.2-fast",
    "zai/glm-5v-turbo",
]
EmbeddingModelName: TypeAlias = Literal[
    "amazon/titan-embed-text-v2",
    "cohere/embed-v4.0",
    "google/gemini-embedding-001",
    "google/gemini-embedding-2",
    "google/text-embedding-005",
    "google/text-multilingual-embedding-002",
    "mistral/codestral-embed",
    "mistral/mistral-embed",
    "openai/text-embedding-3-large",
    "openai/text-embedding-3-small",
    "openai/text-embedding-ada-002",
]
ImageModelName: TypeAlias = Literal[
    "bfl/flux-2-flex",
    "bfl/flux-2-klein-4b",
    "bfl/flux-2-klein-9b",
    "bfl/flux-2-max",
    "bfl/flux-2-pro",
    "bfl/flux-kontext-max",
    "bfl/flux-kontext-pro",
    "bfl/flux-pro-1.0-fill",
    "bfl/flux-pro-1.1",
    "bfl/flux-pro-1.1-ultra",
    "bytedance/seedream-4.0",
    "bytedance/seedream-4.5",
    "bytedance/seedream-5.0-lite",
    "bytedance/seedream-5.0-pro",
    "google/imagen-4.0-fast-generate-001",
    "google/imagen-4.0-generate-001",
    "google/imagen-4.0-ultra-generate-001",
    "openai/gpt-image-1",
    "openai/gpt-image-1-mini",
    "openai/gpt-image-1.5",
    "openai/gpt-image-2",
    "prodia/flux-fast-schnell",
    "quiverai/arrow-1.1",
    "recraft/recraft-v2",
    "recraft/recraft-v3",
    "recraft/recraft-v4",
    "recraft/recraft-v4-pro",
    "recraft/recraft-v4.1",
    "recraft/recraft-v4.1-pro",
    "recraft/recraft-v4.1-utility",
    "recraft/recraft-v4.1-utility-pro",
    "xai/grok-imagine-image-2.0",
]
OtherModelName: TypeAlias = Literal[
    "alibaba/qwen3-embedding-0.6b",
    "alibaba/qwen3-embedding-4b",
    "alibaba/qwen3-embedding-8b",
    "alibaba/qwen3-vl-235b-a22b-instruct",
    "alibaba/wan-v2.5-t2v-preview",
    "alibaba/wan-v2.6-i2v",
    "alibaba/wan-v2.6-i2v-flash",
    "alibaba/wan-v2.6-r2v",
    "alibaba/wan-v2.6-r2v-flash",
    "alibaba/wan-v2.6-t2v",
    "alibaba/wan-v2.7-r2v",
    "alibaba/wan-v2.7-t2v",
    "amazon/nova-2-lite",
    "arcee-ai/trinity-mini",
    "bfl/flux-3-video",
    "bytedance/seedance-2.0",
    "bytedance/seedance-2.0-fast",
    "bytedance/seedance-2.5",
    "bytedance/seedance-v1.0-pro",
    "bytedance/seedance-v1.0-pro-fast",
    "bytedance/seedance-v1.5-pro",
    "cohere/rerank-v3.5",
    "cohere/rerank-v4-fast",
    "cohere/rerank-v4-pro",
    "deepseek/deepseek-v3.2",
    "fish-audio/s1",
    "fish-audio/s2-pro",
    "fish-audio/s2.1-pro",
    "fish-audio/transcribe-1",
    "google/gemini-2.5-flash-image",
    "google/gemini-3-pro-image",
    "google/gemini-3.1-flash-image",
    "google/gemini-3.1-flash-image-preview",
    "google/gemini-3.1-flash-lite-image",
    "google/gemini-omni-flash-preview",
    "google/veo-3.0-fast-generate-001",
    "google/veo-3.0-generate-001",
    "google/veo-3.1-fast-generate-001",
    "google/veo-3.1-generate-001",
    "google/veo-3.1-lite-generate-001",
    "interfaze/interfaze-beta",
    "klingai/kling-v2.5-turbo-i2v",
    "klingai/kling-v2.5-turbo-t2v",
    "klingai/kling-v2.6-i2v",
    "klingai/kling-v2.6-motion-control",
    "klingai/kling-v2.6-t2v",
    "klingai/kling-v3.0-i2v",
    "klingai/kling-v3.0-motion-control",
    "klingai/kling-v3.0-t2v",
    "kwaipilot/kat-coder-pro-v1",
    "minimax/minimax-h3",
    "mistral/ministral-14b",
    "mistral/mistral-large-3",
    "nvidia/nemotron-3-nano-30b-a3b",
    "nvidia/nemotron-3-super-120b-a12b",
    "openai/gpt-4o-mini-search-preview",
    "openai/gpt-4o-mini-transcribe",
    "openai/gpt-4o-transcribe",
    "openai/gpt-realtime-1.5",
    "openai/gpt-realtime-2",
    "openai/gpt-realtime-2.1",
    "openai/gpt-realtime-mini",
    "openai/gpt-realtime-whisper",
    "openai/tts-1",
    "openai/tts-1-hd",
    "openai/whisper-1",
    "perplexity/pplx-embed-v1-0.6b",
    "perplexity/pplx-embed-v1-4b",
    "voyage/rerank-2.5",
    "voyage/rerank-2.5-lite",
    "voyage/voyage-3-large",
    "voyage/voyage-3.5",
    "voyage/voyage-3.5-lite",
    "voyage/voyage-4",
    "voyage/voyage-4-large",
    "voyage/voyage-4-lite",
    "voyage/voyage-code-2",
    "voyage/voyage-code-3",
    "voyage/voyage-finance-2",
    "voyage/voyage-law-2",
    "xai/grok-imagine-image",
    "xai/grok-imagine-video",
    "xai/grok-imagine-video-1.5",
    "xai/grok-imagine-video-1.5-preview",
    "xai/grok-stt",
    "xai/grok-tts",
    "xai/grok-voice-think-fast-1.0",
    "xai/grok-voice-think-fast-2.0",
]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | ImageModelName | OtherModelName
