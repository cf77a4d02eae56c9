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
    AMAZON_NOVA_2_LITE = "amazon/nova-2-lite"
    AMAZON_NOVA_LITE = "amazon/nova-lite"
    AMAZON_NOVA_MICRO = "amazon/nova-micro"
    AMAZON_NOVA_PRO = "amazon/nova-pro"
    AMAZON_TITAN_EMBED_TEXT_V2 = "amazon/titan-embed-text-v2"
    ANTHROPIC_CLAUDE_3_5_HAIKU = "anthropic/claude-3.5-haiku"
    ANTHROPIC_CLAUDE_3_5_SONNET = "anthropic/claude-3.5-sonnet"
    ANTHROPIC_CLAUDE_3_5_SONNET_20240620 = "anthropic/claude-3.5-sonnet-20240620"
    ANTHROPIC_CLAUDE_3_5_SONNET_20241022 = "anthropic/claude-3-5-sonnet-20241022"
    ANTHROPIC_CLAUDE_3_7_SONNET = "anthropic/claude-3.7-sonnet"
    ANTHROPIC_CLAUDE_3_HAIKU = "anthropic/claude-3-haiku"
    ANTHROPIC_CLAUDE_3_OPUS = "anthropic/claude-3-opus"
    ANTHROPIC_CLAUDE_4_OPUS = "anthropic/claude-4-opus"
    ANTHROPIC_CLAUDE_4_SONNET = "anthropic/claude-4-sonnet"
    ANTHROPIC_CLAUDE_HAIKU_4_5 = "anthropic/claude-haiku-4.5"
    ANTHROPIC_CLAUDE_OPUS_4 = "anthropic/claude-opus-4"
    ANTHROPIC_CLAUDE_OPUS_4_1 = "anthropic/claude-opus-4.1"
    ANTHROPIC_CLAUDE_OPUS_4_5 = "anthropic/claude-opus-4.5"
    ANTHROPIC_CLAUDE_OPUS_4_6 = "anthropic/claude-opus-4.6"
    ANTHROPIC_CLAUDE_OPUS_4_7 = "anthropic/claude-opus-4.7"
    ANTHROPIC_CLAUDE_SONNET_4 = "anthropic/claude-sonnet-4"
    ANTHROPIC_CLAUDE_SONNET_4_5 = "anthropic/claude-sonnet-4.5"
    ANTHROPIC_CLAUDE_SONNET_4_6 = "anthropic/claude-sonnet-4.6"
    ARCEE_AI_TRINITY_LARGE_PREVIEW = "arcee-ai/trinity-large-preview"
    ARCEE_AI_TRINITY_LARGE_THINKING = "arcee-ai/trinity-large-thinking"
    ARCEE_AI_TRINITY_MINI = "arcee-ai/trinity-mini"
    BFL_FLUX_KONTEXT_MAX = "bfl/flux-kontext-max"
    BFL_FLUX_KONTEXT_PRO = "bfl/flux-kontext-pro"
    BFL_FLUX_PRO_1_0_FILL = "bfl/flux-pro-1.0-fill"
    BFL_FLUX_PRO_1_1 = "bfl/flux-pro-1.1"
    BFL_FLUX_PRO_1_1_ULTRA = "bfl/flux-pro-1.1-ultra"
    BYTEDANCE_SEED_1_6 = "bytedance/seed-1.6"
    BYTEDANCE_SEED_1_8 = "bytedance/seed-1.8"
    COHERE_COMMAND_A = "cohere/command-a"
    COHERE_COMMAND_R = "cohere/command-r"
    COHERE_COMMAND_R_PLUS = "cohere/command-r-plus"
    COHERE_EMBED_V4_0 = "cohere/embed-v4.0"
    DEEPSEEK_DEEPSEEK_R1 = "deepseek/deepseek-r1"
    DEEPSEEK_DEEPSEEK_R1_DISTILL_LLAMA_70B = "deepseek/deepseek-r1-distill-llama-70b"
    DEEPSEEK_DEEPSEEK_V3 = "deepseek/deepseek-v3"
    DEEPSEEK_DEEPSEEK_V3_1 = "deepseek/deepseek-v3.1"
    DEEPSEEK_DEEPSEEK_V3_1_TERMINUS = "deepseek/deepseek-v3.1-terminus"
    DEEPSEEK_DEEPSEEK_V3_2 = "deepseek/deepseek-v3.2"
    DEEPSEEK_DEEPSEEK_V3_2_EXP = "deepseek/deepseek-v3.2-exp"
    DEEPSEEK_DEEPSEEK_V3_2_THINKING = "deepseek/deepseek-v3.2-thinking"
    DEEPSEEK_DEEPSEEK_V4_FLASH = "deepseek/deepseek-v4-flash"
    DEEPSEEK_DEEPSEEK_V4_PRO = "deepseek/deepseek-v4-pro"
    GOOGLE_GEMINI_2_0_FLASH = "google/gemini-2.0-flash"
    GOOGLE_GEMINI_2_0_FLASH_LITE = "google/gemini-2.0-flash-lite"
    GOOGLE_GEMINI_2_5_FLASH = "google/gemini-2.5-flash"
    GOOGLE_GEMINI_2_5_FLASH_IMAGE = "google/gemini-2.5-flash-image"
    GOOGLE_GEMINI_2_5_FLASH_IMAGE_PREVIEW = "google/gemini-2.5-flash-image-preview"
    GOOGLE_GEMINI_2_5_FLASH_LITE = "google/gemini-2.5-flash-lite"
    GOOGLE_GEMINI_2_5_FLASH_LITE_PREVIEW_09_2025 = "google/gemini-2.5-flash-lite-preview-09-2025"
    GOOGLE_GEMINI_2_5_FLASH_PREVIEW_09_2025 = "google/gemini-2.5-flash-preview-09-2025"
    GOOGLE_GEMINI_2_5_PRO = "google/gemini-2.5-pro"
    GOOGLE_GEMINI_3_1_FLASH_IMAGE_PREVIEW = "google/gemini-3.1-flash-image-preview"
    GOOGLE_GEMINI_3_1_FLASH_LITE = "google/gemini-3.1-flash-lite"
    GOOGLE_GEMINI_3_1_FLASH_LITE_PREVIEW = "google/gemini-3.1-flash-lite-preview"
    GOOGLE_GEMINI_3_1_PRO_PREVIEW = "google/gemini-3.1-pro-preview"
    GOOGLE_GEMINI_3_FLASH = "google/gemini-3-flash"
    GOOGLE_GEMINI_3_PRO_IMAGE = "google/gemini-3-pro-image"
    GOOGLE_GEMINI_3_PRO_PREVIEW = "google/gemini-3-pro-preview"
    GOOGLE_GEMINI_EMBEDDING_001 = "google/gemini-embedding-001"
    GOOGLE_GEMINI_EMBEDDING_2 = "google/gemini-embedding-2"
    GOOGLE_GEMMA_2_9B = "google/gemma-2-9b"
    GOOGLE_GEMMA_4_26B_A4B_IT = "google/gemma-4-26b-a4b-it"
    GOOGLE_GEMMA_4_31B_IT = "google/gemma-4-31b-it"
    GOOGLE_IMAGEN_4_0_FAST_GENERATE_001 = "google/imagen-4.0-fast-generate-001"
    GOOGLE_IMAGEN_4_0_GENERATE_001 = "google/imagen-4.0-generate-001"
    GOOGLE_IMAGEN_4_0_ULTRA_GENERATE_001 = "google/imagen-4.0-ultra-generate-001"
    GOOGLE_TEXT_EMBEDDING_005 = "google/text-embedding-005"
    GOOGLE_TEXT_MULTILINGUAL_EMBEDDING_002 = "google/text-multilingual-embedding-002"
    INCEPTION_MERCURY_2 = "inception/mercury-2"
    INCEPTION_MERCURY_CODER_SMALL = "inception/mercury-coder-small"
    INCEPTION_MERCURY_EDIT_2 = "inception/mercury-edit-2"
    INTERFAZE_INTERFAZE_BETA = "interfaze/interfaze-beta"
    KWAIPILOT_KAT_CODER_PRO_V1 = "kwaipilot/kat-coder-pro-v1"
    KWAIPILOT_KAT_CODER_PRO_V2 = "kwaipilot/kat-coder-pro-v2"
    MEITUAN_LONGCAT_FLASH_CHAT = "meituan/longcat-flash-chat"
    MEITUAN_LONGCAT_FLASH_THINKING = "meituan/longcat-flash-thinking"
    MEITUAN_LONGCAT_FLASH_THINKING_2601 = "meituan/longcat-flash-thinking-2601"
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
    MINIMAX_MINIMAX_M2 = "minimax/minimax-m2"
    MINIMAX_MINIMAX_M2_1 = "minimax/minimax-m2.1"
    MINIMAX_MINIMAX_M2_1_LIGHTNING = "minimax/minimax-m2.1-lightning"
    MINIMAX_MINIMAX_M2_5 = "minimax/minimax-m2.5"
    MINIMAX_MINIMAX_M2_5_HIGHSPEED = "minimax/minimax-m2.5-highspeed"
    MINIMAX_MINIMAX_M2_7 = "minimax/minimax-m2.7"
    MINIMAX_MINIMAX_M2_7_HIGHSPEED = "minimax/minimax-m2.7-highspeed"
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
    MISTRAL_MISTRAL_NEMO = "mistral/mistral-nemo"
    MISTRAL_MISTRAL_SABA_24B = "mistral/mistral-saba-24b"
    MISTRAL_MISTRAL_SMALL = "mistral/mistral-small"
    MISTRAL_MIXTRAL_8X22B_INSTRUCT = "mistral/mixtral-8x22b-instruct"
    MISTRAL_PIXTRAL_12B = "mistral/pixtral-12b"
    MISTRAL_PIXTRAL_LARGE = "mistral/pixtral-large"
    MOONSHOTAI_KIMI_K2 = "moonshotai/kimi-k2"
    MOONSHOTAI_KIMI_K2_0905 = "moonshotai/kimi-k2-0905"
    MOONSHOTAI_KIMI_K2_5 = "moonshotai/kimi-k2.5"
    MOONSHOTAI_KIMI_K2_6 = "moonshotai/kimi-k2.6"
    MOONSHOTAI_KIMI_K2_THINKING = "moonshotai/kimi-k2-thinking"
    MOONSHOTAI_KIMI_K2_THINKING_TURBO = "moonshotai/kimi-k2-thinking-turbo"
    MOONSHOTAI_KIMI_K2_TURBO = "moonshotai/kimi-k2-turbo"
    MORPH_MORPH_V3_FAST = "morph/morph-v3-fast"
    MORPH_MORPH_V3_LARGE = "morph/morph-v3-large"
    NVIDIA_NEMOTRON_3_NANO_30B_A3B = "nvidia/nemotron-3-nano-30b-a3b"
    NVIDIA_NEMOTRON_3_SUPER_120B_A12B = "nvidia/nemotron-3-super-120b-a12b"
    NVIDIA_NEMOTRON_NANO_12B_V2_VL = "nvidia/nemotron-nano-12b-v2-vl"
    NVIDIA_NEMOTRON_NANO_9B_V2 = "nvidia/nemotron-nano-9b-v2"
    OPENAI_CODEX_MINI = "openai/codex-mini"
    OPENAI_GPT_3_5_TURBO = "openai/gpt-3.5-turbo"
    OPENAI_GPT_3_5_TURBO_INSTRUCT = "openai/gpt-3.5-turbo-instruct"
    OPENAI_GPT_4O = "openai/gpt-4o"
    OPENAI_GPT_4O_MINI = "openai/gpt-4o-mini"
    OPENAI_GPT_4O_MINI_SEARCH_PREVIEW = "openai/gpt-4o-mini-search-preview"
    OPENAI_GPT_4_1 = "openai/gpt-4.1"
    OPENAI_GPT_4_1_MINI = "openai/gpt-4.1-mini"
    OPENAI_GPT_4_1_NANO = "openai/gpt-4.1-nano"
    OPENAI_GPT_4_TURBO = "openai/gpt-4-turbo"
    OPENAI_GPT_5 = "openai/gpt-5"
    OPENAI_GPT_5_1_CODEX = "openai/gpt-5.1-codex"
    OPENAI_GPT_5_1_CODEX_MAX = "openai/gpt-5.1-codex-max"
    OPENAI_GPT_5_1_CODEX_MINI = "openai/gpt-5.1-codex-mini"
    OPENAI_GPT_5_1_INSTANT = "openai/gpt-5.1-instant"
    OPENAI_GPT_5_1_THINKING = "openai/gpt-5.1-thinking"
    OPENAI_GPT_5_2 = "openai/gpt-5.2"
    OPENAI_GPT_5_2_CHAT = "openai/gpt-5.2-chat"
    OPENAI_GPT_5_2_CODEX = "openai/gpt-5.2-codex"
    OPENAI_GPT_5_2_PRO = "openai/gpt-5.2-pro"
    OPENAI_GPT_5_3_CHAT = "openai/gpt-5.3-chat"
    OPENAI_GPT_5_3_CODEX = "openai/gpt-5.3-codex"
    OPENAI_GPT_5_4 = "openai/gpt-5.4"
    OPENAI_GPT_5_4_MINI = "openai/gpt-5.4-mini"
    OPENAI_GPT_5_4_NANO = "openai/gpt-5.4-nano"
    OPENAI_GPT_5_4_PRO = "openai/gpt-5.4-pro"
    OPENAI_GPT_5_5 = "openai/gpt-5.5"
    OPENAI_GPT_5_5_PRO = "openai/gpt-5.5-pro"
    OPENAI_GPT_5_CHAT = "openai/gpt-5-chat"
    OPENAI_GPT_5_CODEX = "openai/gpt-5-codex"
    OPENAI_GPT_5_MINI = "openai/gpt-5-mini"
    OPENAI_GPT_5_NANO = "openai/gpt-5-nano"
    OPENAI_GPT_5_PRO = "openai/gpt-5-pro"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_20B = "openai/gpt-oss-20b"
    OPENAI_GPT_OSS_SAFEGUARD_20B = "openai/gpt-oss-safeguard-20b"
    OPENAI_O1 = "openai/o1"
    OPENAI_O3 = "openai/o3"
    OPENAI_O3_DEEP_RESEARCH = "openai/o3-deep-research"
    OPENAI_O3_MINI = "openai/o3-mini"
    OPENAI_O3_PRO = "openai/o3-pro"
    OPENAI_O4_MINI = "openai/o4-mini"
    OPENAI_TEXT_EMBEDDING_3_LARGE = "openai/text-embedding-3-large"
    OPENAI_TEXT_EMBEDDING_3_SMALL = "openai/text-embedding-3-small"
    OPENAI_TEXT_EMBEDDING_ADA_002 = "openai/text-embedding-ada-002"
    PERPLEXITY_SONAR = "perplexity/sonar"
    PERPLEXITY_SONAR_PRO = "perplexity/sonar-pro"
    PERPLEXITY_SONAR_REASONING = "perplexity/sonar-reasoning"
    PERPLEXITY_SONAR_REASONING_PRO = "perplexity/sonar-reasoning-pro"
    PRIME_INTELLECT_INTELLECT_3 = "prime-intellect/intellect-3"
    RECRAFT_RECRAFT_V2 = "recraft/recraft-v2"
    RECRAFT_RECRAFT_V3 = "recraft/recraft-v3"
    VERCEL_V0_1_0_MD = "vercel/v0-1.0-md"
    VERCEL_V0_1_5_MD = "vercel/v0-1.5-md"
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
    XAI_GROK_4_FAST_REASONING = "xai/grok-4-fast-reasoning"
    XAI_GROK_IMAGINE_IMAGE = "xai/grok-imagine-image"
    XAI_GROK_IMAGINE_IMAGE_PRO = "xai/grok-imagine-image-pro"
    XIAOMI_MIMO_V2_5 = "xiaomi/mimo-v2.5"
    XIAOMI_MIMO_V2_5_PRO = "xiaomi/mimo-v2.5-pro"
    XIAOMI_MIMO_V2_FLASH = "xiaomi/mimo-v2-flash"
    XIAOMI_MIMO_V2_PRO = "xiaomi/mimo-v2-pro"
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
    "amazon/nova-lite",
    "amazon/nova-micro",
    "amazon/nova-pro",
    "anthropic/claude-3-5-sonnet-20241022",
    "anthropic/claude-3-haiku",
    "anthropic/claude-3-opus",
    "anthropic/claude-3.5-haiku",
    "anthropic/claude-3.5-sonnet",
    "anthropic/claude-3.5-sonnet-20240620",
    "anthropic/claude-3.7-sonnet",
    "anthropic/claude-4-opus",
    "anthropic/claude-4-sonnet",
    "anthropic/claude-haiku-4.5",
    "anthropic/claude-opus-4",
    "anthropic/claude-opus-4.1",
    "anthropic/claude-opus-4.5",
    "anthropic/claude-opus-4.6",
    "anthropic/claude-opus-4.7",
    "anthropic/claude-sonnet-4",
    "anthropic/claude-sonnet-4.5",
    "anthropic/claude-sonnet-4.6",
    "arcee-ai/trinity-large-preview",
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
    "deepseek/deepseek-v3.2-exp",
    "deepseek/deepseek-v3.2-thinking",
    "deepseek/deepseek-v4-flash",
    "deepseek/deepseek-v4-pro",
    "google/gemini-2.0-flash",
    "google/gemini-2.0-flash-lite",
    "google/gemini-2.5-flash",
    "google/gemini-2.5-flash-lite",
    "google/gemini-2.5-flash-lite-preview-09-2025",
    "google/gemini-2.5-flash-preview-09-2025",
    "google/gemini-2.5-pro",
    "google/gemini-3-flash",
    "google/gemini-3-pro-preview",
    "google/gemini-3.1-flash-lite",
    "google/gemini-3.1-flash-lite-preview",
    "google/gemini-3.1-pro-preview",
    "google/gemma-2-9b",
    "google/gemma-4-26b-a4b-it",
    "google/gemma-4-31b-it",
    "inception/mercury-2",
    "inception/mercury-coder-small",
    "kwaipilot/kat-coder-pro-v2",
    "meituan/longcat-flash-chat",
    "meituan/longcat-flash-thinking",
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
    "minimax/minimax-m2",
    "minimax/minimax-m2.1",
    "minimax/minimax-m2.1-lightning",
    "minimax/minimax-m2.5",
    "minimax/minimax-m2.5-highspeed",
    "minimax/minimax-m2.7",
    "minimax/minimax-m2.7-highspeed",
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
    "mistral/mistral-nemo",
    "mistral/mistral-saba-24b",
    "mistral/mistral-small",
    "mistral/mixtral-8x22b-instruct",
    "mistral/pixtral-12b",
    "mistral/pixtral-large",
    "moonshotai/kimi-k2",
    "moonshotai/kimi-k2-thinking",
    "moonshotai/kimi-k2-thinking-turbo",
    "moonshotai/kimi-k2-turbo",
    "moonshotai/kimi-k2.5",
    "moonshotai/kimi-k2.6",
    "morph/morph-v3-fast",
    "morph/morph-v3-large",
    "nvidia/nemotron-nano-12b-v2-vl",
    "nvidia/nemotron-nano-9b-v2",
    "openai/codex-mini",
    "openai/gpt-3.5-turbo",
    "openai/gpt-3.5-turbo-instruct",
    "openai/gpt-4-turbo",
    "openai/gpt-4.1",
    "openai/gpt-4.1-mini",
    "openai/gpt-4.1-nano",
    "openai/gpt-4o",
    "openai/gpt-4o-mini",
    "openai/gpt-5",
    "openai/gpt-5-chat",
    "openai/gpt-5-codex",
    "openai/gpt-5-mini",
    "openai/gpt-5-nano",
    "openai/gpt-5-pro",
    "openai/gpt-5.1-codex",
    "openai/gpt-5.1-codex-max",
    "openai/gpt-5.1-codex-mini",
    "openai/gpt-5.1-instant",
    "openai/gpt-5.1-thinking",
    "openai/gpt-5.2",
    "openai/gpt-5.2-chat",
    "openai/gpt-5.2-codex",
    "openai/gpt-5.2-pro",
    "openai/gpt-5.3-chat",
    "openai/gpt-5.3-codex",
    "openai/gpt-5.4",
    "openai/gpt-5.4-mini",
    "openai/gpt-5.4-nano",
    "openai/gpt-5.4-pro",
    "openai/gpt-5.5",
    "openai/gpt-5.5-pro",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-20b",
    "openai/gpt-oss-safeguard-20b",
    "openai/o1",
    "openai/o3",
    "openai/o3-deep-research",
    "openai/o3-mini",
    "openai/o3-pro",
    "openai/o4-mini",
    "perplexity/sonar",
    "perplexity/sonar-pro",
    "perplexity/sonar-reasoning",
    "perplexity/sonar-reasoning-pro",
    "prime-intellect/intellect-3",
    "vercel/v0-1.0-md",
    "vercel/v0-1.5-md",
    "xai/grok-2",
    "xai/grok-2-vision",
    "xai/grok-3",
    "xai/grok-3-fast",
    "xai/grok-3-mini",
    "xai/grok-3-mini-fast",
    "xai/grok-4",
    "xai/grok-4-fast-reasoning",
    "xai/grok-4.1-fast-non-reasoning",
    "xai/grok-4.1-fast-reasoning",
    "xai/grok-4.20-multi-agent",
    "xai/grok-4.20-multi-agent-beta",
    "xai/grok-4.20-non-reasoning",
    "xai/grok-4.20-non-reasoning-beta",
    "xai/grok-4.20-reasoning",
    "xai/grok-4.20-reasoning-beta",
    "xai/grok-4.3",
    "xiaomi/mimo-v2-flash",
    "xiaomi/mimo-v2-pro",
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
    "bfl/flux-kontext-max",
    "bfl/flux-kontext-pro",
    "bfl/flux-pro-1.0-fill",
    "bfl/flux-pro-1.1",
    "bfl/flux-pro-1.1-ultra",
    "google/imagen-4.0-fast-generate-001",
    "google/imagen-4.0-generate-001",
    "google/imagen-4.0-ultra-generate-001",
    "recraft/recraft-v2",
    "recraft/recraft-v3",
]
OtherModelName: TypeAlias = Literal[
    "alibaba/qwen3-embedding-0.6b",
    "alibaba/qwen3-embedding-4b",
    "alibaba/qwen3-embedding-8b",
    "alibaba/qwen3-vl-235b-a22b-instruct",
    "amazon/nova-2-lite",
    "arcee-ai/trinity-mini",
    "deepseek/deepseek-v3.2",
    "google/gemini-2.5-flash-image",
    "google/gemini-2.5-flash-image-preview",
    "google/gemini-3-pro-image",
    "google/gemini-3.1-flash-image-preview",
    "inception/mercury-edit-2",
    "interfaze/interfaze-beta",
    "kwaipilot/kat-coder-pro-v1",
    "meituan/longcat-flash-thinking-2601",
    "mistral/ministral-14b",
    "mistral/mistral-large-3",
    "moonshotai/kimi-k2-0905",
    "nvidia/nemotron-3-nano-30b-a3b",
    "nvidia/nemotron-3-super-120b-a12b",
    "openai/gpt-4o-mini-search-preview",
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
    "xai/grok-imagine-image-pro",
]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | ImageModelName | OtherModelName
