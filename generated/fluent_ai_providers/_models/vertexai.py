# Generated from specs/providers/vertexai.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Vertex AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Vertex AI: equal to its id."""

    __provider__ = "vertexai"
    CHIRP = "chirp"
    CHIRP_2 = "chirp_2"
    CHIRP_3 = "chirp_3"
    CLAUDE_3_5_HAIKU = "claude-3-5-haiku"  # retires on 2026-07-05
    CLAUDE_3_5_HAIKU_20241022 = "claude-3-5-haiku@20241022"  # retires on 2026-07-05
    CLAUDE_3_5_SONNET = "claude-3-5-sonnet"  # retires on 2026-02-19
    CLAUDE_3_5_SONNET_20240620 = "claude-3-5-sonnet@20240620"  # retires on 2026-02-19
    CLAUDE_3_5_SONNET_20241022 = "claude-3-5-sonnet@20241022"  # not listed any more on 2026-08-18
    CLAUDE_3_7_SONNET_20250219 = "claude-3-7-sonnet@20250219"  # not listed any more on 2026-08-18
    CLAUDE_3_HAIKU = "claude-3-haiku"  # retires on 2026-08-23
    CLAUDE_3_HAIKU_20240307 = "claude-3-haiku@20240307"  # retires on 2026-08-23
    CLAUDE_3_OPUS = "claude-3-opus"  # nobody lists it any more
    CLAUDE_3_OPUS_20240229 = "claude-3-opus@20240229"  # nobody lists it any more
    CLAUDE_3_SONNET = "claude-3-sonnet"
    CLAUDE_3_SONNET_20240229 = "claude-3-sonnet@20240229"
    CLAUDE_FABLE_5 = "claude-fable-5"  # retires on 2027-06-08
    CLAUDE_FABLE_5_1 = "claude-fable-5-1"  # retires on 2027-03-01
    CLAUDE_FABLE_5_1_DEFAULT = "claude-fable-5-1@default"  # retires on 2027-03-01
    CLAUDE_FABLE_5_DEFAULT = "claude-fable-5@default"  # retires on 2027-06-08
    CLAUDE_HAIKU_4_5 = "claude-haiku-4-5"  # retires on 2026-10-15
    CLAUDE_HAIKU_4_5_20251001 = "claude-haiku-4-5@20251001"  # retires on 2026-10-15
    CLAUDE_HAIKU_5_5 = "claude-haiku-5-5"
    CLAUDE_HAIKU_5_5_DEFAULT = "claude-haiku-5-5@default"
    CLAUDE_OPUS_4_1_20250805 = "claude-opus-4-1@20250805"
    CLAUDE_OPUS_4_20250514 = "claude-opus-4@20250514"
    CLAUDE_OPUS_4_5 = "claude-opus-4-5"  # retires on 2026-11-24
    CLAUDE_OPUS_4_5_20251101 = "claude-opus-4-5@20251101"  # retires on 2026-11-24
    CLAUDE_OPUS_4_6 = "claude-opus-4-6"  # retires on 2027-02-05
    CLAUDE_OPUS_4_6_DEFAULT = "claude-opus-4-6@default"  # retires on 2027-02-05
    CLAUDE_OPUS_4_7 = "claude-opus-4-7"  # retires on 2027-04-16
    CLAUDE_OPUS_4_7_DEFAULT = "claude-opus-4-7@default"  # retires on 2027-04-16
    CLAUDE_OPUS_4_8 = "claude-opus-4-8"  # retires on 2027-05-28
    CLAUDE_OPUS_4_8_DEFAULT = "claude-opus-4-8@default"  # retires on 2027-05-28
    CLAUDE_OPUS_5 = "claude-opus-5"  # retires on 2027-01-24
    CLAUDE_OPUS_5_5 = "claude-opus-5-5"
    CLAUDE_OPUS_5_5_DEFAULT = "claude-opus-5-5@default"
    CLAUDE_OPUS_5_DEFAULT = "claude-opus-5@default"  # retires on 2027-01-24
    CLAUDE_SONNET_4_20250514 = "claude-sonnet-4@20250514"
    CLAUDE_SONNET_4_5 = "claude-sonnet-4-5"  # retires on 2026-09-29
    CLAUDE_SONNET_4_5_20250929 = "claude-sonnet-4-5@20250929"  # retires on 2026-09-29
    CLAUDE_SONNET_4_6 = "claude-sonnet-4-6"
    CLAUDE_SONNET_4_6_DEFAULT = "claude-sonnet-4-6@default"
    CLAUDE_SONNET_5 = "claude-sonnet-5"  # retires on 2026-12-24
    CLAUDE_SONNET_5_5 = "claude-sonnet-5-5"
    CLAUDE_SONNET_5_5_DEFAULT = "claude-sonnet-5-5@default"
    CLAUDE_SONNET_5_DEFAULT = "claude-sonnet-5@default"  # retires on 2026-12-24
    CODESTRAL_2 = "codestral-2"
    CODESTRAL_2405 = "codestral@2405"
    CODESTRAL_2501 = "codestral-2501"
    CODESTRAL_2_001 = "codestral-2@001"
    CODESTRAL_LATEST = "codestral@latest"
    DEEPSEEK_AI_DEEPSEEK_OCR_MAAS = "deepseek-ai/deepseek-ocr-maas"  # retires on 2026-10-21
    DEEPSEEK_AI_DEEPSEEK_R1_0528_MAAS = "deepseek-ai/deepseek-r1-0528-maas"  # retires on 2026-10-21
    DEEPSEEK_AI_DEEPSEEK_V3_1_MAAS = "deepseek-ai/deepseek-v3.1-maas"  # retires on 2026-10-21
    DEEPSEEK_AI_DEEPSEEK_V3_2_MAAS = "deepseek-ai/deepseek-v3.2-maas"  # retires on 2026-10-21
    DEEPSEEK_AI_DEEPSEEK_V4_1_FLASH_MAAS = "deepseek-ai/deepseek-v4.1-flash-maas"
    DEEP_RESEARCH_PRO_PREVIEW_12_2025 = "deep-research-pro-preview-12-2025"
    GEMINI_2_0_FLASH = "gemini-2.0-flash"  # retires on 2026-06-01
    GEMINI_2_0_FLASH_001 = "gemini-2.0-flash-001"
    GEMINI_2_0_FLASH_LITE = "gemini-2.0-flash-lite"  # retires on 2026-06-01
    GEMINI_2_0_FLASH_LITE_001 = "gemini-2.0-flash-lite-001"
    GEMINI_2_5_COMPUTER_USE_PREVIEW_10_2025 = "gemini-2.5-computer-use-preview-10-2025"
    GEMINI_2_5_FLASH = "gemini-2.5-flash"  # retires on 2026-10-20
    GEMINI_2_5_FLASH_IMAGE = "gemini-2.5-flash-image"  # retires on 2027-03-15
    GEMINI_2_5_FLASH_LITE = "gemini-2.5-flash-lite"  # retires on 2026-10-20
    GEMINI_2_5_FLASH_LITE_PREVIEW_06_17 = "gemini-2.5-flash-lite-preview-06-17"  # not listed any more on 2026-08-18
    GEMINI_2_5_FLASH_LITE_PREVIEW_09_2025 = "gemini-2.5-flash-lite-preview-09-2025"
    GEMINI_2_5_FLASH_NATIVE_AUDIO = "gemini-2.5-flash-native-audio"  # retires on 2026-12-13
    GEMINI_2_5_FLASH_PREVIEW_09_2025 = "gemini-2.5-flash-preview-09-2025"
    GEMINI_2_5_FLASH_PREVIEW_TTS = "gemini-2.5-flash-preview-tts"
    GEMINI_2_5_FLASH_TTS = "gemini-2.5-flash-tts"
    GEMINI_2_5_PRO = "gemini-2.5-pro"  # retires on 2026-10-20
    GEMINI_2_5_PRO_PREVIEW_TTS = "gemini-2.5-pro-preview-tts"
    GEMINI_2_5_PRO_TTS = "gemini-2.5-pro-tts"
    GEMINI_3_1_FLASH_IMAGE = "gemini-3.1-flash-image"  # retires on 2027-05-28
    GEMINI_3_1_FLASH_IMAGE_PREVIEW = "gemini-3.1-flash-image-preview"
    GEMINI_3_1_FLASH_LITE = "gemini-3.1-flash-lite"  # retires on 2027-05-07
    GEMINI_3_1_FLASH_LITE_IMAGE = "gemini-3.1-flash-lite-image"
    GEMINI_3_1_FLASH_LITE_PREVIEW = "gemini-3.1-flash-lite-preview"
    GEMINI_3_1_FLASH_TTS_PREVIEW = "gemini-3.1-flash-tts-preview"
    GEMINI_3_1_PRO_PREVIEW = "gemini-3.1-pro-preview"
    GEMINI_3_1_PRO_PREVIEW_CUSTOMTOOLS = "gemini-3.1-pro-preview-customtools"
    GEMINI_3_5_FLASH = "gemini-3.5-flash"  # retires on 2027-05-19
    GEMINI_3_5_FLASH_LITE = "gemini-3.5-flash-lite"  # retires on 2027-07-21
    GEMINI_3_5_LIVE_TRANSLATE_PREVIEW = "gemini-3.5-live-translate-preview"
    GEMINI_3_5_TRANSCRIBE = "gemini-3.5-transcribe"
    GEMINI_3_5_TRANSCRIBE_LIVE = "gemini-3.5-transcribe-live"
    GEMINI_3_5_TRANSCRIBE_LIVE_PREVIEW = "gemini-3.5-transcribe-live-preview"
    GEMINI_3_5_TRANSCRIBE_PREVIEW = "gemini-3.5-transcribe-preview"
    GEMINI_3_6_FLASH = "gemini-3.6-flash"  # retires on 2026-11-19
    GEMINI_3_7_FLASH = "gemini-3.7-flash"  # retires on 2027-01-28
    GEMINI_3_8_FLASH = "gemini-3.8-flash"
    GEMINI_3_8_FLASH_CYBER = "gemini-3.8-flash-cyber"
    GEMINI_3_8_FLASH_LITE_TTS = "gemini-3.8-flash-lite-tts"
    GEMINI_3_8_FLASH_TTS = "gemini-3.8-flash-tts"
    GEMINI_3_8_LIVE = "gemini-3.8-live"
    GEMINI_3_FLASH_PREVIEW = "gemini-3-flash-preview"
    GEMINI_3_PRO_IMAGE = "gemini-3-pro-image"  # retires on 2027-05-28
    GEMINI_3_PRO_IMAGE_PREVIEW = "gemini-3-pro-image-preview"
    GEMINI_3_PRO_PREVIEW = "gemini-3-pro-preview"
    GEMINI_4_ARGON = "gemini-4-argon"
    GEMINI_4_ARGON_CYBER_PERMISSIVE = "gemini-4-argon-cyber-permissive"
    GEMINI_4_HYDROGEN = "gemini-4-hydrogen"
    GEMINI_EMBEDDING_001 = "gemini-embedding-001"  # retires on 2028-05-20
    GEMINI_EMBEDDING_2 = "gemini-embedding-2"
    GEMINI_EMBEDDING_2_PREVIEW = "gemini-embedding-2-preview"
    GEMINI_FLASH_EXPERIMENTAL = "gemini-flash-experimental"
    GEMINI_FLASH_LATEST = "gemini-flash-latest"
    GEMINI_FLASH_LITE_LATEST = "gemini-flash-lite-latest"
    GEMINI_LIVE_2_5_FLASH_NATIVE_AUDIO = "gemini-live-2.5-flash-native-audio"  # retires on 2026-12-13
    GEMINI_LIVE_2_5_FLASH_PREVIEW_NATIVE_AUDIO_09_2025 = "gemini-live-2.5-flash-preview-native-audio-09-2025"
    GEMINI_NANO_BANANA_2_1 = "gemini-nano-banana-2.1"
    GEMINI_OMNI_1_1_FLASH = "gemini-omni-1.1-flash"
    GEMINI_OMNI_1_1_FLASH_PREVIEW = "gemini-omni-1.1-flash-preview"
    GEMINI_OMNI_1_2_FLASH = "gemini-omni-1.2-flash"
    GEMINI_OMNI_FLASH_PREVIEW = "gemini-omni-flash-preview"  # retires on 2026-11-06
    GEMINI_ROBOTICS_ER_1_5_PREVIEW = "gemini-robotics-er-1.5-preview"
    GEMINI_ROBOTICS_ER_2_PREVIEW = "gemini-robotics-er-2-preview"
    GEMMA_4_26B_A4B_IT = "gemma-4-26b-a4b-it"
    GOOGLE_GEMMA_4_26B_A4B_IT_MAAS = "google/gemma-4-26b-a4b-it-maas"
    JAMBA_1_5 = "jamba-1.5"  # retires on 2026-02-27
    JAMBA_1_5_LARGE = "jamba-1.5-large"  # retires on 2026-02-27
    JAMBA_1_5_LARGE_001 = "jamba-1.5-large@001"  # retires on 2026-02-27
    JAMBA_1_5_MINI = "jamba-1.5-mini"  # retires on 2026-02-27
    JAMBA_1_5_MINI_001 = "jamba-1.5-mini@001"  # retires on 2026-02-27
    LYRIA_002 = "lyria-002"
    LYRIA_3_CLIP_PREVIEW = "lyria-3-clip-preview"
    LYRIA_3_PRO_PREVIEW = "lyria-3-pro-preview"
    MEDLM_LARGE = "medlm-large"
    MEDLM_MEDIUM = "medlm-medium"
    META_LLAMA3_405B_INSTRUCT_MAAS = "meta/llama3-405b-instruct-maas"
    META_LLAMA3_70B_INSTRUCT_MAAS = "meta/llama3-70b-instruct-maas"
    META_LLAMA3_8B_INSTRUCT_MAAS = "meta/llama3-8b-instruct-maas"
    META_LLAMA_3_1_405B_INSTRUCT_MAAS = "meta/llama-3.1-405b-instruct-maas"
    META_LLAMA_3_1_70B_INSTRUCT_MAAS = "meta/llama-3.1-70b-instruct-maas"
    META_LLAMA_3_1_8B_INSTRUCT_MAAS = "meta/llama-3.1-8b-instruct-maas"
    META_LLAMA_3_2_90B_VISION_INSTRUCT_MAAS = "meta/llama-3.2-90b-vision-instruct-maas"
    META_LLAMA_3_3_70B_INSTRUCT_MAAS = "meta/llama-3.3-70b-instruct-maas"  # retires on 2026-10-21
    META_LLAMA_4_MAVERICK_17B_128E_INSTRUCT_MAAS = "meta/llama-4-maverick-17b-128e-instruct-maas"
    META_LLAMA_4_MAVERICK_17B_16E_INSTRUCT_MAAS = "meta/llama-4-maverick-17b-16e-instruct-maas"
    META_LLAMA_4_SCOUT_17B_128E_INSTRUCT_MAAS = "meta/llama-4-scout-17b-128e-instruct-maas"
    META_LLAMA_4_SCOUT_17B_16E_INSTRUCT_MAAS = "meta/llama-4-scout-17b-16e-instruct-maas"
    MINIMAXAI_MINIMAX_M2_MAAS = "minimaxai/minimax-m2-maas"  # retires on 2026-10-21
    MISTRALAI_CODESTRAL_2 = "mistralai/codestral-2"
    MISTRALAI_CODESTRAL_2_001 = "mistralai/codestral-2@001"
    MISTRALAI_MISTRAL_MEDIUM_3 = "mistralai/mistral-medium-3"
    MISTRALAI_MISTRAL_MEDIUM_3_001 = "mistralai/mistral-medium-3@001"
    MISTRAL_LARGE_2407 = "mistral-large@2407"
    MISTRAL_LARGE_2411 = "mistral-large-2411"
    MISTRAL_LARGE_2411_001 = "mistral-large@2411-001"
    MISTRAL_LARGE_LATEST = "mistral-large@latest"
    MISTRAL_MEDIUM_3 = "mistral-medium-3"
    MISTRAL_MEDIUM_3_001 = "mistral-medium-3@001"
    MISTRAL_NEMO_2407 = "mistral-nemo@2407"
    MISTRAL_NEMO_LATEST = "mistral-nemo@latest"
    MISTRAL_OCR_2505 = "mistral-ocr-2505"
    MISTRAL_SMALL_2503 = "mistral-small-2503"
    MISTRAL_SMALL_2503_001 = "mistral-small-2503@001"
    MOONSHOTAI_KIMI_K2_THINKING_MAAS = "moonshotai/kimi-k2-thinking-maas"  # retires on 2026-10-21
    MULTIMODALEMBEDDING = "multimodalembedding"
    MULTIMODALEMBEDDING_001 = "multimodalembedding@001"  # retires on 2027-04-01
    OPENAI_GPT_OSS_120B_MAAS = "openai/gpt-oss-120b-maas"
    OPENAI_GPT_OSS_20B_MAAS = "openai/gpt-oss-20b-maas"  # retires on 2026-10-21
    QWEN_QWEN3_235B_A22B_INSTRUCT_2507_MAAS = "qwen/qwen3-235b-a22b-instruct-2507-maas"  # retires on 2026-10-21
    QWEN_QWEN3_CODER_480B_A35B_INSTRUCT_MAAS = "qwen/qwen3-coder-480b-a35b-instruct-maas"  # retires on 2026-10-21
    QWEN_QWEN3_NEXT_80B_A3B_INSTRUCT_MAAS = "qwen/qwen3-next-80b-a3b-instruct-maas"  # retires on 2026-10-21
    QWEN_QWEN3_NEXT_80B_A3B_THINKING_MAAS = "qwen/qwen3-next-80b-a3b-thinking-maas"  # retires on 2026-10-21
    SEMANTIC_RANKER_DEFAULT = "semantic-ranker-default"
    SEMANTIC_RANKER_DEFAULT_002 = "semantic-ranker-default-002"
    SEMANTIC_RANKER_DEFAULT_003 = "semantic-ranker-default-003"
    SEMANTIC_RANKER_DEFAULT_004 = "semantic-ranker-default-004"
    SEMANTIC_RANKER_DEFAULT_LATEST = "semantic-ranker-default@latest"
    SEMANTIC_RANKER_FAST = "semantic-ranker-fast"
    SEMANTIC_RANKER_FAST_004 = "semantic-ranker-fast-004"
    SEMANTIC_RANKER_FAST_LATEST = "semantic-ranker-fast@latest"
    TEXT_EMBEDDING_004 = "text-embedding-004"  # retires on 2027-04-01
    TEXT_EMBEDDING_005 = "text-embedding-005"  # retires on 2027-04-01
    TEXT_EMBEDDING_LARGE_EXP_03_07 = "text-embedding-large-exp-03-07"
    TEXT_EMBEDDING_PREVIEW_0409 = "text-embedding-preview-0409"
    TEXT_MULTILINGUAL_EMBEDDING_002 = "text-multilingual-embedding-002"  # retires on 2027-04-01
    TEXT_UNICORN = "text-unicorn"
    TEXT_UNICORN_001 = "text-unicorn@001"
    VEO_2_0_GENERATE_001 = "veo-2.0-generate-001"  # retires on 2026-06-30
    VEO_3_0_FAST_GENERATE_001 = "veo-3.0-fast-generate-001"  # retires on 2026-06-30
    VEO_3_0_GENERATE_001 = "veo-3.0-generate-001"  # retires on 2026-06-30
    VEO_3_1_FAST_GENERATE_001 = "veo-3.1-fast-generate-001"  # retires on 2026-11-17
    VEO_3_1_FAST_GENERATE_PREVIEW = "veo-3.1-fast-generate-preview"
    VEO_3_1_GENERATE_001 = "veo-3.1-generate-001"  # retires on 2026-11-17
    VEO_3_1_GENERATE_PREVIEW = "veo-3.1-generate-preview"
    VEO_3_1_LITE_GENERATE_001 = "veo-3.1-lite-generate-001"
    VIRTUAL_TRY_ON_001 = "virtual-try-on-001"  # retires on 2027-03-15
    XAI_GROK_4_1_FAST_NON_REASONING = "xai/grok-4.1-fast-non-reasoning"
    XAI_GROK_4_1_FAST_REASONING = "xai/grok-4.1-fast-reasoning"
    XAI_GROK_4_20_NON_REASONING = "xai/grok-4.20-non-reasoning"
    XAI_GROK_4_20_REASONING = "xai/grok-4.20-reasoning"
    XAI_GROK_4_3 = "xai/grok-4.3"
    XAI_GROK_4_6 = "xai/grok-4.6"
    XAI_GROK_4_7 = "xai/grok-4.7"
    ZAI_ORG_GLM_4_7_MAAS = "zai-org/glm-4.7-maas"  # retires on 2026-10-21
    ZAI_ORG_GLM_5_2_MAAS = "zai-org/glm-5.2-maas"
    ZAI_ORG_GLM_5_MAAS = "zai-org/glm-5-maas"  # retires on 2026-10-21


ChatModelName: TypeAlias = Literal[
    "claude-3-5-haiku",
    "claude-3-5-haiku@20241022",
    "claude-3-5-sonnet",
    "claude-3-5-sonnet@20240620",
    "claude-3-haiku",
    "claude-3-haiku@20240307",
    "claude-3-sonnet",
    "claude-3-sonnet@20240229",
    "claude-fable-5",
    "claude-fable-5-1",
    "claude-fable-5-1@default",
    "claude-fable-5@default",
    "claude-haiku-4-5",
    "claude-haiku-4-5@20251001",
    "claude-haiku-5-5",
    "claude-haiku-5-5@default",
    "claude-opus-4-1@20250805",
    "claude-opus-4-5",
    "claude-opus-4-5@20251101",
    "claude-opus-4-6",
    "claude-opus-4-6@default",
    "claude-opus-4-7",
    "claude-opus-4-7@default",
    "claude-opus-4-8",
    "claude-opus-4-8@default",
    "claude-opus-4@20250514",
    "claude-opus-5",
    "claude-opus-5-5",
    "claude-opus-5-5@default",
    "claude-opus-5@default",
    "claude-sonnet-4-5",
    "claude-sonnet-4-5@20250929",
    "claude-sonnet-4-6",
    "claude-sonnet-4-6@default",
    "claude-sonnet-4@20250514",
    "claude-sonnet-5",
    "claude-sonnet-5-5",
    "claude-sonnet-5-5@default",
    "claude-sonnet-5@default",
    "codestral-2",
    "codestral-2501",
    "codestral-2@001",
    "codestral@2405",
    "codestral@latest",
    "deep-research-pro-preview-12-2025",
    "deepseek-ai/deepseek-r1-0528-maas",
    "deepseek-ai/deepseek-v3.1-maas",
    "deepseek-ai/deepseek-v3.2-maas",
    "deepseek-ai/deepseek-v4.1-flash-maas",
    "gemini-2.0-flash",
    "gemini-2.0-flash-001",
    "gemini-2.0-flash-lite",
    "gemini-2.0-flash-lite-001",
    "gemini-2.5-computer-use-preview-10-2025",
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.5-flash-lite-preview-09-2025",
    "gemini-2.5-flash-preview-09-2025",
    "gemini-2.5-pro",
    "gemini-3-flash-preview",
    "gemini-3-pro-preview",
    "gemini-3.1-flash-lite",
    "gemini-3.1-flash-lite-preview",
    "gemini-3.1-pro-preview",
    "gemini-3.1-pro-preview-customtools",
    "gemini-3.5-flash",
    "gemini-3.5-flash-lite",
    "gemini-3.6-flash",
    "gemini-3.7-flash",
    "gemini-3.8-flash",
    "gemini-3.8-flash-cyber",
    "gemini-4-argon",
    "gemini-4-argon-cyber-permissive",
    "gemini-4-hydrogen",
    "gemini-flash-latest",
    "gemini-flash-lite-latest",
    "gemini-omni-1.1-flash",
    "gemini-omni-1.1-flash-preview",
    "gemini-omni-1.2-flash",
    "gemini-omni-flash-preview",
    "gemini-robotics-er-1.5-preview",
    "gemini-robotics-er-2-preview",
    "gemma-4-26b-a4b-it",
    "google/gemma-4-26b-a4b-it-maas",
    "jamba-1.5",
    "jamba-1.5-large",
    "jamba-1.5-large@001",
    "jamba-1.5-mini",
    "jamba-1.5-mini@001",
    "medlm-large",
    "medlm-medium",
    "meta/llama-3.1-405b-instruct-maas",
    "meta/llama-3.1-70b-instruct-maas",
    "meta/llama-3.1-8b-instruct-maas",
    "meta/llama-3.2-90b-vision-instruct-maas",
    "meta/llama-3.3-70b-instruct-maas",
    "meta/llama-4-maverick-17b-128e-instruct-maas",
    "meta/llama-4-maverick-17b-16e-instruct-maas",
    "meta/llama-4-scout-17b-128e-instruct-maas",
    "meta/llama-4-scout-17b-16e-instruct-maas",
    "meta/llama3-405b-instruct-maas",
    "meta/llama3-70b-instruct-maas",
    "meta/llama3-8b-instruct-maas",
    "minimaxai/minimax-m2-maas",
    "mistral-large-2411",
    "mistral-large@2407",
    "mistral-large@2411-001",
    "mistral-large@latest",
    "mistral-medium-3",
    "mistral-medium-3@001",
    "mistral-nemo@2407",
    "mistral-nemo@latest",
    "mistral-small-2503",
    "mistral-small-2503@001",
    "mistralai/codestral-2",
    "mistralai/codestral-2@001",
    "mistralai/mistral-medium-3",
    "mistralai/mistral-medium-3@001",
    "moonshotai/kimi-k2-thinking-maas",
    "openai/gpt-oss-120b-maas",
    "openai/gpt-oss-20b-maas",
    "qwen/qwen3-235b-a22b-instruct-2507-maas",
    "qwen/qwen3-coder-480b-a35b-instruct-maas",
    "qwen/qwen3-next-80b-a3b-instruct-maas",
    "qwen/qwen3-next-80b-a3b-thinking-maas",
    "xai/grok-4.1-fast-non-reasoning",
    "xai/grok-4.1-fast-reasoning",
    "xai/grok-4.20-non-reasoning",
    "xai/grok-4.20-reasoning",
    "xai/grok-4.3",
    "xai/grok-4.6",
    "xai/grok-4.7",
    "zai-org/glm-4.7-maas",
    "zai-org/glm-5-maas",
    "zai-org/glm-5.2-maas",
]
EmbeddingModelName: TypeAlias = Literal[
    "gemini-embedding-001",
    "gemini-embedding-2",
    "gemini-embedding-2-preview",
    "gemini-flash-experimental",
    "multimodalembedding",
    "multimodalembedding@001",
    "text-embedding-004",
    "text-embedding-005",
    "text-embedding-large-exp-03-07",
    "text-embedding-preview-0409",
    "text-multilingual-embedding-002",
]
RerankModelName: TypeAlias = Literal[
    "semantic-ranker-default",
    "semantic-ranker-default-002",
    "semantic-ranker-default-003",
    "semantic-ranker-default-004",
    "semantic-ranker-default@latest",
    "semantic-ranker-fast",
    "semantic-ranker-fast-004",
    "semantic-ranker-fast@latest",
]
TranscriptionModelName: TypeAlias = Literal[
    "chirp_2",
    "chirp_3",
    "gemini-3.5-transcribe",
    "gemini-3.5-transcribe-live",
    "gemini-3.5-transcribe-live-preview",
    "gemini-3.5-transcribe-preview",
]
SpeechModelName: TypeAlias = Literal[
    "chirp",
    "gemini-2.5-flash-preview-tts",
    "gemini-2.5-flash-tts",
    "gemini-2.5-pro-preview-tts",
    "gemini-2.5-pro-tts",
    "gemini-3.1-flash-tts-preview",
    "gemini-3.8-flash-lite-tts",
    "gemini-3.8-flash-tts",
    "lyria-002",
    "lyria-3-clip-preview",
    "lyria-3-pro-preview",
]
ImageModelName: TypeAlias = Literal[
    "gemini-2.5-flash-image",
    "gemini-3-pro-image",
    "gemini-3-pro-image-preview",
    "gemini-3.1-flash-image",
    "gemini-3.1-flash-image-preview",
    "gemini-3.1-flash-lite-image",
    "gemini-nano-banana-2.1",
    "virtual-try-on-001",
]
OtherModelName: TypeAlias = Literal[
    "deepseek-ai/deepseek-ocr-maas",
    "gemini-2.5-flash-native-audio",
    "gemini-3.5-live-translate-preview",
    "gemini-3.8-live",
    "gemini-live-2.5-flash-native-audio",
    "gemini-live-2.5-flash-preview-native-audio-09-2025",
    "mistral-ocr-2505",
    "text-unicorn",
    "text-unicorn@001",
    "veo-2.0-generate-001",
    "veo-3.0-fast-generate-001",
    "veo-3.0-generate-001",
    "veo-3.1-fast-generate-001",
    "veo-3.1-fast-generate-preview",
    "veo-3.1-generate-001",
    "veo-3.1-generate-preview",
    "veo-3.1-lite-generate-001",
]
ModelName: TypeAlias = (
    ChatModelName
    | EmbeddingModelName
    | RerankModelName
    | TranscriptionModelName
    | SpeechModelName
    | ImageModelName
    | OtherModelName
)
