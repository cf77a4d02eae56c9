# Generated from specs/providers/azure.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Azure OpenAI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Azure OpenAI: equal to its id."""

    __provider__ = "azure"
    ADA = "ada"  # retires on 2028-02-09
    CHAT_LATEST = "chat-latest"  # retires on 2027-05-18
    CLAUDE_FABLE_5 = "claude-fable-5"
    CLAUDE_HAIKU_4_5 = "claude-haiku-4-5"
    CLAUDE_MYTHOS_5 = "claude-mythos-5"
    CLAUDE_OPUS_4_1 = "claude-opus-4-1"
    CLAUDE_OPUS_4_5 = "claude-opus-4-5"
    CLAUDE_OPUS_4_6 = "claude-opus-4-6"
    CLAUDE_OPUS_4_8 = "claude-opus-4-8"
    CLAUDE_OPUS_5 = "claude-opus-5"
    CLAUDE_SONNET_4_5 = "claude-sonnet-4-5"
    CLAUDE_SONNET_4_6 = "claude-sonnet-4-6"
    CLAUDE_SONNET_5 = "claude-sonnet-5"
    CODESTRAL_2501 = "codestral-2501"
    CODEX_MINI = "codex-mini"  # retires on 2026-11-15
    COHERE_COMMAND_A = "cohere-command-a"
    COHERE_COMMAND_R_08_2024 = "cohere-command-r-08-2024"  # not listed any more on 2026-08-18
    COHERE_COMMAND_R_PLUS_08_2024 = "cohere-command-r-plus-08-2024"  # not listed any more on 2026-08-18
    COHERE_EMBED_V3_ENGLISH = "cohere-embed-v3-english"
    COHERE_EMBED_V3_MULTILINGUAL = "cohere-embed-v3-multilingual"
    COHERE_EMBED_V_4_0 = "cohere-embed-v-4-0"
    COMMAND_R_PLUS = "command-r-plus"  # nobody lists it any more
    COMPUTER_USE_PREVIEW = "computer-use-preview"
    DEEPSEEK_R1 = "deepseek-r1"
    DEEPSEEK_R1_0528 = "deepseek-r1-0528"  # not listed any more on 2026-08-18
    DEEPSEEK_V3_0324 = "deepseek-v3-0324"  # not listed any more on 2026-08-18
    DEEPSEEK_V3_1 = "deepseek-v3.1"  # not listed any more on 2026-08-18
    DEEPSEEK_V3_2 = "deepseek-v3.2"
    DEEPSEEK_V3_2_SPECIALE = "deepseek-v3.2-speciale"
    DEEPSEEK_V4_FLASH = "deepseek-v4-flash"
    DEEPSEEK_V4_PRO = "deepseek-v4-pro"
    GPT_35_TURBO = "gpt-35-turbo"
    GPT_35_TURBO_16K = "gpt-35-turbo-16k"  # nobody lists it any more
    GPT_35_TURBO_16K_0613 = "gpt-35-turbo-16k-0613"  # nobody lists it any more
    GPT_35_TURBO_INSTRUCT = "gpt-35-turbo-instruct"
    GPT_35_TURBO_INSTRUCT_0914 = "gpt-35-turbo-instruct-0914"
    GPT_3_5_TURBO = "gpt-3.5-turbo"
    GPT_3_5_TURBO_0125 = "gpt-3.5-turbo-0125"
    GPT_3_5_TURBO_0301 = "gpt-3.5-turbo-0301"  # not listed any more on 2026-08-18
    GPT_3_5_TURBO_0613 = "gpt-3.5-turbo-0613"  # not listed any more on 2026-08-18
    GPT_3_5_TURBO_1106 = "gpt-3.5-turbo-1106"
    GPT_3_5_TURBO_INSTRUCT = "gpt-3.5-turbo-instruct"
    GPT_3_5_TURBO_INSTRUCT_0914 = "gpt-3.5-turbo-instruct-0914"
    GPT_4 = "gpt-4"  # not listed any more on 2026-08-18
    GPT_4O = "gpt-4o"  # retires on 2027-04-14
    GPT_4O_2024_05_13 = "gpt-4o-2024-05-13"  # retires on 2027-01-14
    GPT_4O_2024_08_06 = "gpt-4o-2024-08-06"  # retires on 2027-04-14
    GPT_4O_2024_11_20 = "gpt-4o-2024-11-20"  # retires on 2027-04-14
    GPT_4O_AUDIO_PREVIEW_2024_12_17 = "gpt-4o-audio-preview-2024-12-17"
    GPT_4O_MINI = "gpt-4o-mini"  # retires on 2027-04-14
    GPT_4O_MINI_2024_07_18 = "gpt-4o-mini-2024-07-18"  # retires on 2027-04-14
    GPT_4O_MINI_AUDIO_PREVIEW_2024_12_17 = "gpt-4o-mini-audio-preview-2024-12-17"
    GPT_4O_MINI_REALTIME_PREVIEW_2024_12_17 = "gpt-4o-mini-realtime-preview-2024-12-17"
    GPT_4O_MINI_TRANSCRIBE = "gpt-4o-mini-transcribe"  # retires on 2027-06-15
    GPT_4O_MINI_TTS = "gpt-4o-mini-tts"  # retires on 2027-06-15
    GPT_4O_REALTIME_PREVIEW_2024_10_01 = "gpt-4o-realtime-preview-2024-10-01"  # nobody lists it any more
    GPT_4O_REALTIME_PREVIEW_2024_12_17 = "gpt-4o-realtime-preview-2024-12-17"
    GPT_4O_TRANSCRIBE = "gpt-4o-transcribe"  # retires on 2026-10-15
    GPT_4O_TRANSCRIBE_DIARIZE = "gpt-4o-transcribe-diarize"  # retires on 2027-04-15
    GPT_4_0125_PREVIEW = "gpt-4-0125-preview"
    GPT_4_0613 = "gpt-4-0613"  # nobody lists it any more
    GPT_4_1 = "gpt-4.1"  # retires on 2027-04-14
    GPT_4_1106_PREVIEW = "gpt-4-1106-preview"
    GPT_4_1_2025_04_14 = "gpt-4.1-2025-04-14"  # retires on 2027-04-14
    GPT_4_1_MINI = "gpt-4.1-mini"  # retires on 2027-04-14
    GPT_4_1_MINI_2025_04_14 = "gpt-4.1-mini-2025-04-14"  # retires on 2027-04-14
    GPT_4_1_NANO = "gpt-4.1-nano"  # retires on 2027-04-14
    GPT_4_1_NANO_2025_04_14 = "gpt-4.1-nano-2025-04-14"  # retires on 2027-04-14
    GPT_4_32K = "gpt-4-32k"  # not listed any more on 2026-08-18
    GPT_4_32K_0613 = "gpt-4-32k-0613"  # nobody lists it any more
    GPT_4_5_PREVIEW = "gpt-4.5-preview"  # nobody lists it any more
    GPT_4_TURBO = "gpt-4-turbo"
    GPT_4_TURBO_2024_04_09 = "gpt-4-turbo-2024-04-09"
    GPT_4_TURBO_VISION = "gpt-4-turbo-vision"
    GPT_4_TURBO_VISION_PREVIEW = "gpt-4-turbo-vision-preview"
    GPT_5 = "gpt-5"  # retires on 2027-02-09
    GPT_5_1 = "gpt-5.1"  # retires on 2027-07-13
    GPT_5_1_2025_11_13 = "gpt-5.1-2025-11-13"  # retires on 2027-07-13
    GPT_5_1_CHAT = "gpt-5.1-chat"  # retires on 2026-06-29
    GPT_5_1_CODEX = "gpt-5.1-codex"  # retires on 2027-05-15
    GPT_5_1_CODEX_2025_11_13 = "gpt-5.1-codex-2025-11-13"  # retires on 2027-05-15
    GPT_5_1_CODEX_MAX = "gpt-5.1-codex-max"  # retires on 2027-05-18
    GPT_5_1_CODEX_MINI = "gpt-5.1-codex-mini"  # retires on 2027-05-15
    GPT_5_1_CODEX_MINI_2025_11_13 = "gpt-5.1-codex-mini-2025-11-13"  # retires on 2027-05-15
    GPT_5_2 = "gpt-5.2"  # retires on 2027-06-08
    GPT_5_2025_08_07 = "gpt-5-2025-08-07"  # retires on 2027-02-09
    GPT_5_2_2025_12_11 = "gpt-5.2-2025-12-11"  # retires on 2027-06-08
    GPT_5_2_CHAT = "gpt-5.2-chat"  # retires on 2026-06-29
    GPT_5_2_CODEX = "gpt-5.2-codex"  # retires on 2027-07-13
    GPT_5_2_PRO = "gpt-5.2-pro"
    GPT_5_2_PRO_2025_12_11 = "gpt-5.2-pro-2025-12-11"
    GPT_5_3_CHAT = "gpt-5.3-chat"  # retires on 2026-06-29
    GPT_5_3_CODEX = "gpt-5.3-codex"  # retires on 2027-08-24
    GPT_5_4 = "gpt-5.4"  # retires on 2027-09-02
    GPT_5_4_2026_03_05 = "gpt-5.4-2026-03-05"  # retires on 2027-09-02
    GPT_5_4_MINI = "gpt-5.4-mini"  # retires on 2027-09-21
    GPT_5_4_MINI_2026_03_17 = "gpt-5.4-mini-2026-03-17"  # retires on 2027-09-21
    GPT_5_4_NANO = "gpt-5.4-nano"  # retires on 2027-09-21
    GPT_5_4_NANO_2026_03_17 = "gpt-5.4-nano-2026-03-17"  # retires on 2027-09-21
    GPT_5_4_PRO = "gpt-5.4-pro"  # retires on 2027-09-07
    GPT_5_4_PRO_2026_03_05 = "gpt-5.4-pro-2026-03-05"  # retires on 2027-09-07
    GPT_5_5 = "gpt-5.5"  # retires on 2027-10-26
    GPT_5_5_2026_04_23 = "gpt-5.5-2026-04-23"  # retires on 2027-10-26
    GPT_5_5_2026_04_24 = "gpt-5.5-2026-04-24"  # retires on 2027-10-26
    GPT_5_5_PRO = "gpt-5.5-pro"
    GPT_5_5_PRO_2026_04_23 = "gpt-5.5-pro-2026-04-23"
    GPT_5_6 = "gpt-5.6"
    GPT_5_6_LUNA = "gpt-5.6-luna"  # retires on 2028-01-11
    GPT_5_6_LUNA_2026_07_09 = "gpt-5.6-luna-2026-07-09"  # retires on 2028-01-11
    GPT_5_6_SOL = "gpt-5.6-sol"  # retires on 2028-01-11
    GPT_5_6_SOL_2026_07_09 = "gpt-5.6-sol-2026-07-09"  # retires on 2028-01-11
    GPT_5_6_TERRA = "gpt-5.6-terra"  # retires on 2028-01-11
    GPT_5_6_TERRA_2026_07_09 = "gpt-5.6-terra-2026-07-09"  # retires on 2028-01-11
    GPT_5_CHAT = "gpt-5-chat"  # retires on 2026-06-29
    GPT_5_CODEX = "gpt-5-codex"  # retires on 2027-03-17
    GPT_5_MINI = "gpt-5-mini"  # retires on 2027-07-13
    GPT_5_MINI_2025_08_07 = "gpt-5-mini-2025-08-07"  # retires on 2027-07-13
    GPT_5_NANO = "gpt-5-nano"  # retires on 2027-02-09
    GPT_5_NANO_2025_08_07 = "gpt-5-nano-2025-08-07"  # retires on 2027-02-09
    GPT_5_PRO = "gpt-5-pro"  # retires on 2027-04-07
    GPT_6_1_SOL = "gpt-6.1-sol"  # retires on 2028-03-11
    GPT_6_1_SOL_2026_09_29 = "gpt-6.1-sol-2026-09-29"  # retires on 2028-03-11
    GPT_6_1_TERRA = "gpt-6.1-terra"
    GPT_6_ASTRA = "gpt-6-astra"  # retires on 2028-01-11
    GPT_6_ASTRA_2026_09_03 = "gpt-6-astra-2026-09-03"  # retires on 2028-01-11
    GPT_6_LUNA = "gpt-6-luna"  # retires on 2028-03-11
    GPT_6_LUNA_2026_09_22 = "gpt-6-luna-2026-09-22"  # retires on 2028-03-11
    GPT_6_SOL = "gpt-6-sol"  # retires on 2028-03-11
    GPT_6_SOL_2026_09_22 = "gpt-6-sol-2026-09-22"  # retires on 2028-03-11
    GPT_AUDIO = "gpt-audio"  # retires on 2027-03-02
    GPT_AUDIO_1_5 = "gpt-audio-1.5"  # retires on 2027-08-24
    GPT_AUDIO_1_5_2026_02_23 = "gpt-audio-1.5-2026-02-23"  # retires on 2027-08-24
    GPT_AUDIO_2025_08_28 = "gpt-audio-2025-08-28"  # retires on 2027-03-02
    GPT_AUDIO_MINI = "gpt-audio-mini"  # retires on 2027-06-15
    GPT_AUDIO_MINI_2025_10_06 = "gpt-audio-mini-2025-10-06"  # retires on 2027-04-06
    GPT_CHAT_LATEST = "gpt-chat-latest"  # retires on 2027-05-18
    GPT_IMAGE_1 = "gpt-image-1"  # retires on 2026-10-23
    GPT_IMAGE_1_5 = "gpt-image-1.5"  # retires on 2026-12-16
    GPT_IMAGE_1_5_2025_12_16 = "gpt-image-1.5-2025-12-16"  # retires on 2026-12-16
    GPT_IMAGE_1_MINI = "gpt-image-1-mini"  # retires on 2027-04-07
    GPT_IMAGE_2 = "gpt-image-2"  # retires on 2027-10-21
    GPT_IMAGE_2_2026_04_21 = "gpt-image-2-2026-04-21"  # retires on 2027-10-21
    GPT_IMAGE_2_5_FLARE = "gpt-image-2.5-flare"  # retires on 2027-09-09
    GPT_IMAGE_2_5_SUNBURST = "gpt-image-2.5-sunburst"  # retires on 2027-09-09
    GPT_LIVE_1 = "gpt-live-1"  # retires on 2027-09-10
    GPT_LIVE_TRANSCRIBE = "gpt-live-transcribe"  # retires on 2028-02-01
    GPT_REALTIME = "gpt-realtime"  # retires on 2027-03-02
    GPT_REALTIME_1_5 = "gpt-realtime-1.5"  # retires on 2027-08-24
    GPT_REALTIME_1_5_2026_02_23 = "gpt-realtime-1.5-2026-02-23"  # retires on 2027-08-24
    GPT_REALTIME_2 = "gpt-realtime-2"  # retires on 2027-01-20
    GPT_REALTIME_2025_08_28 = "gpt-realtime-2025-08-28"  # retires on 2027-03-02
    GPT_REALTIME_2_1 = "gpt-realtime-2.1"  # retires on 2027-06-25
    GPT_REALTIME_2_1_2026_07_07 = "gpt-realtime-2.1-2026-07-07"  # retires on 2027-06-25
    GPT_REALTIME_2_1_MINI = "gpt-realtime-2.1-mini"  # retires on 2027-06-25
    GPT_REALTIME_2_1_MINI_2026_07_07 = "gpt-realtime-2.1-mini-2026-07-07"  # retires on 2027-06-25
    GPT_REALTIME_MINI = "gpt-realtime-mini"  # retires on 2027-06-15
    GPT_REALTIME_MINI_2025_10_06 = "gpt-realtime-mini-2025-10-06"  # retires on 2027-04-06
    GPT_REALTIME_TRANSLATE = "gpt-realtime-translate"  # retires on 2027-11-09
    GPT_REALTIME_TRANSLATE_2026_05_06 = "gpt-realtime-translate-2026-05-06"
    GPT_REALTIME_TRANSLATE_2026_05_07 = "gpt-realtime-translate-2026-05-07"
    GPT_REALTIME_WHISPER = "gpt-realtime-whisper"  # retires on 2027-05-06
    GPT_REALTIME_WHISPER_2026_05_06 = "gpt-realtime-whisper-2026-05-06"
    GPT_REALTIME_WHISPER_2026_05_07 = "gpt-realtime-whisper-2026-05-07"
    GPT_TRANSCRIBE = "gpt-transcribe"  # retires on 2028-02-01
    GROK_4_1_FAST_NON_REASONING = "grok-4-1-fast-non-reasoning"
    GROK_4_1_FAST_REASONING = "grok-4-1-fast-reasoning"
    GROK_4_20_NON_REASONING = "grok-4-20-non-reasoning"
    GROK_4_20_REASONING = "grok-4-20-reasoning"
    GROK_4_FAST_REASONING = "grok-4-fast-reasoning"  # not listed any more on 2026-08-18
    KIMI_K2_5 = "kimi-k2.5"
    KIMI_K2_6 = "kimi-k2.6"
    KIMI_K2_7_CODE = "kimi-k2.7-code"
    KIMI_K2_THINKING = "kimi-k2-thinking"  # not listed any more on 2026-08-18
    LLAMA_3_2_11B_VISION_INSTRUCT = "llama-3.2-11b-vision-instruct"  # not listed any more on 2026-08-18
    LLAMA_3_2_90B_VISION_INSTRUCT = "llama-3.2-90b-vision-instruct"  # not listed any more on 2026-08-18
    LLAMA_3_3_70B_INSTRUCT = "llama-3.3-70b-instruct"
    LLAMA_4_MAVERICK_17B_128E_INSTRUCT_FP8 = "llama-4-maverick-17b-128e-instruct-fp8"
    LLAMA_4_SCOUT_17B_16E_INSTRUCT = "llama-4-scout-17b-16e-instruct"
    MAI_DS_R1 = "mai-ds-r1"  # not listed any more on 2026-08-18
    META_LLAMA_3_1_405B_INSTRUCT = "meta-llama-3.1-405b-instruct"  # not listed any more on 2026-08-18
    META_LLAMA_3_1_70B_INSTRUCT = "meta-llama-3.1-70b-instruct"  # not listed any more on 2026-08-18
    META_LLAMA_3_1_8B_INSTRUCT = "meta-llama-3.1-8b-instruct"  # not listed any more on 2026-08-18
    META_LLAMA_3_70B_INSTRUCT = "meta-llama-3-70b-instruct"  # not listed any more on 2026-08-18
    META_LLAMA_3_8B_INSTRUCT = "meta-llama-3-8b-instruct"  # not listed any more on 2026-08-18
    MINISTRAL_3B = "ministral-3b"
    MISTRAL_LARGE_2402 = "mistral-large-2402"
    MISTRAL_LARGE_2411 = "mistral-large-2411"  # not listed any more on 2026-08-18
    MISTRAL_LARGE_LATEST = "mistral-large-latest"
    MISTRAL_MEDIUM_2505 = "mistral-medium-2505"
    MISTRAL_NEMO = "mistral-nemo"  # not listed any more on 2026-08-18
    MISTRAL_SMALL_2503 = "mistral-small-2503"
    MODEL_ROUTER = "model-router"  # retires on 2027-05-20
    O1 = "o1"  # retires on 2026-11-19
    O1_2024_12_17 = "o1-2024-12-17"  # retires on 2026-11-19
    O1_MINI = "o1-mini"
    O1_MINI_2024_09_12 = "o1-mini-2024-09-12"
    O1_PREVIEW = "o1-preview"  # not listed any more on 2026-08-18
    O3 = "o3"  # retires on 2026-11-19
    O3_2025_04_16 = "o3-2025-04-16"  # retires on 2026-11-19
    O3_DEEP_RESEARCH = "o3-deep-research"  # retires on 2026-11-19
    O3_MINI = "o3-mini"  # retires on 2026-11-19
    O3_MINI_2025_01_31 = "o3-mini-2025-01-31"  # retires on 2026-11-19
    O3_PRO = "o3-pro"  # retires on 2026-11-19
    O3_PRO_2025_06_10 = "o3-pro-2025-06-10"  # retires on 2026-11-19
    O4_MINI = "o4-mini"  # retires on 2026-11-19
    O4_MINI_2025_04_16 = "o4-mini-2025-04-16"  # retires on 2026-11-19
    PHI_3_5_MINI_INSTRUCT = "phi-3.5-mini-instruct"  # not listed any more on 2026-08-18
    PHI_3_5_MOE_INSTRUCT = "phi-3.5-moe-instruct"  # not listed any more on 2026-08-18
    PHI_3_MEDIUM_128K_INSTRUCT = "phi-3-medium-128k-instruct"  # not listed any more on 2026-08-18
    PHI_3_MEDIUM_4K_INSTRUCT = "phi-3-medium-4k-instruct"  # not listed any more on 2026-08-18
    PHI_3_MINI_128K_INSTRUCT = "phi-3-mini-128k-instruct"  # not listed any more on 2026-08-18
    PHI_3_MINI_4K_INSTRUCT = "phi-3-mini-4k-instruct"  # not listed any more on 2026-08-18
    PHI_3_SMALL_128K_INSTRUCT = "phi-3-small-128k-instruct"  # not listed any more on 2026-08-18
    PHI_3_SMALL_8K_INSTRUCT = "phi-3-small-8k-instruct"  # not listed any more on 2026-08-18
    PHI_4 = "phi-4"
    PHI_4_MINI = "phi-4-mini"
    PHI_4_MINI_REASONING = "phi-4-mini-reasoning"
    PHI_4_MULTIMODAL = "phi-4-multimodal"
    PHI_4_REASONING = "phi-4-reasoning"
    PHI_4_REASONING_PLUS = "phi-4-reasoning-plus"
    SORA_2 = "sora-2"  # retires on 2026-11-02
    SORA_2_PRO = "sora-2-pro"
    SORA_2_PRO_HIGH_RES = "sora-2-pro-high-res"
    SPEECH_AZURE_STT = "speech/azure-stt"
    SPEECH_AZURE_TTS = "speech/azure-tts"
    SPEECH_AZURE_TTS_HD = "speech/azure-tts-hd"
    TEXT_EMBEDDING_3_LARGE = "text-embedding-3-large"  # retires on 2028-02-09
    TEXT_EMBEDDING_3_SMALL = "text-embedding-3-small"  # retires on 2028-02-09
    TEXT_EMBEDDING_ADA_002 = "text-embedding-ada-002"  # retires on 2028-02-09
    TTS_1 = "tts-1"  # retires on 2026-12-15
    TTS_1_HD = "tts-1-hd"  # retires on 2026-12-15
    WHISPER = "whisper"  # retires on 2027-02-26
    WHISPER_1 = "whisper-1"  # retires on 2027-02-26


ChatModelName: TypeAlias = Literal[
    "chat-latest",
    "claude-fable-5",
    "claude-haiku-4-5",
    "claude-mythos-5",
    "claude-opus-4-1",
    "claude-opus-4-5",
    "claude-opus-4-6",
    "claude-opus-4-8",
    "claude-opus-5",
    "claude-sonnet-4-5",
    "claude-sonnet-4-6",
    "claude-sonnet-5",
    "codestral-2501",
    "codex-mini",
    "cohere-command-a",
    "computer-use-preview",
    "deepseek-v3.2",
    "gpt-3.5-turbo",
    "gpt-35-turbo",
    "gpt-4-0125-preview",
    "gpt-4-1106-preview",
    "gpt-4-turbo",
    "gpt-4-turbo-2024-04-09",
    "gpt-4-turbo-vision",
    "gpt-4-turbo-vision-preview",
    "gpt-4.1",
    "gpt-4.1-2025-04-14",
    "gpt-4.1-mini",
    "gpt-4.1-mini-2025-04-14",
    "gpt-4.1-nano",
    "gpt-4.1-nano-2025-04-14",
    "gpt-4o",
    "gpt-4o-2024-05-13",
    "gpt-4o-2024-08-06",
    "gpt-4o-2024-11-20",
    "gpt-4o-audio-preview-2024-12-17",
    "gpt-4o-mini",
    "gpt-4o-mini-2024-07-18",
    "gpt-4o-mini-audio-preview-2024-12-17",
    "gpt-5",
    "gpt-5-2025-08-07",
    "gpt-5-chat",
    "gpt-5-codex",
    "gpt-5-mini",
    "gpt-5-mini-2025-08-07",
    "gpt-5-nano",
    "gpt-5-nano-2025-08-07",
    "gpt-5-pro",
    "gpt-5.1",
    "gpt-5.1-2025-11-13",
    "gpt-5.1-chat",
    "gpt-5.1-codex",
    "gpt-5.1-codex-2025-11-13",
    "gpt-5.1-codex-max",
    "gpt-5.1-codex-mini",
    "gpt-5.1-codex-mini-2025-11-13",
    "gpt-5.2",
    "gpt-5.2-2025-12-11",
    "gpt-5.2-chat",
    "gpt-5.2-codex",
    "gpt-5.2-pro",
    "gpt-5.2-pro-2025-12-11",
    "gpt-5.3-chat",
    "gpt-5.3-codex",
    "gpt-5.4",
    "gpt-5.4-2026-03-05",
    "gpt-5.4-mini",
    "gpt-5.4-mini-2026-03-17",
    "gpt-5.4-nano",
    "gpt-5.4-nano-2026-03-17",
    "gpt-5.4-pro",
    "gpt-5.4-pro-2026-03-05",
    "gpt-5.5",
    "gpt-5.5-2026-04-23",
    "gpt-5.5-2026-04-24",
    "gpt-5.5-pro",
    "gpt-5.5-pro-2026-04-23",
    "gpt-5.6",
    "gpt-5.6-luna",
    "gpt-5.6-luna-2026-07-09",
    "gpt-5.6-sol",
    "gpt-5.6-sol-2026-07-09",
    "gpt-5.6-terra",
    "gpt-5.6-terra-2026-07-09",
    "gpt-6-astra",
    "gpt-6-astra-2026-09-03",
    "gpt-6-luna",
    "gpt-6-luna-2026-09-22",
    "gpt-6-sol",
    "gpt-6-sol-2026-09-22",
    "gpt-6.1-sol",
    "gpt-6.1-sol-2026-09-29",
    "gpt-6.1-terra",
    "gpt-audio",
    "gpt-audio-1.5",
    "gpt-audio-1.5-2026-02-23",
    "gpt-audio-2025-08-28",
    "gpt-audio-mini",
    "gpt-audio-mini-2025-10-06",
    "gpt-chat-latest",
    "grok-4-1-fast-non-reasoning",
    "grok-4-1-fast-reasoning",
    "grok-4-20-non-reasoning",
    "grok-4-20-reasoning",
    "kimi-k2.5",
    "kimi-k2.6",
    "kimi-k2.7-code",
    "llama-3.3-70b-instruct",
    "llama-4-maverick-17b-128e-instruct-fp8",
    "llama-4-scout-17b-16e-instruct",
    "ministral-3b",
    "mistral-large-2402",
    "mistral-large-latest",
    "mistral-medium-2505",
    "mistral-small-2503",
    "model-router",
    "o1",
    "o1-2024-12-17",
    "o1-mini",
    "o1-mini-2024-09-12",
    "o3",
    "o3-2025-04-16",
    "o3-deep-research",
    "o3-mini",
    "o3-mini-2025-01-31",
    "o3-pro",
    "o3-pro-2025-06-10",
    "o4-mini",
    "o4-mini-2025-04-16",
    "phi-4-mini",
    "phi-4-mini-reasoning",
]
EmbeddingModelName: TypeAlias = Literal[
    "ada",
    "cohere-embed-v-4-0",
    "cohere-embed-v3-english",
    "cohere-embed-v3-multilingual",
    "text-embedding-3-large",
    "text-embedding-3-small",
    "text-embedding-ada-002",
]
TranscriptionModelName: TypeAlias = Literal[
    "gpt-4o-mini-transcribe",
    "gpt-4o-transcribe",
    "gpt-4o-transcribe-diarize",
    "gpt-live-transcribe",
    "gpt-realtime-whisper",
    "gpt-realtime-whisper-2026-05-06",
    "gpt-realtime-whisper-2026-05-07",
    "gpt-transcribe",
    "speech/azure-stt",
    "whisper",
    "whisper-1",
]
SpeechModelName: TypeAlias = Literal["gpt-4o-mini-tts", "speech/azure-tts", "speech/azure-tts-hd", "tts-1", "tts-1-hd"]
ImageModelName: TypeAlias = Literal[
    "gpt-image-1",
    "gpt-image-1-mini",
    "gpt-image-1.5",
    "gpt-image-1.5-2025-12-16",
    "gpt-image-2",
    "gpt-image-2-2026-04-21",
    "gpt-image-2.5-flare",
    "gpt-image-2.5-sunburst",
]
OtherModelName: TypeAlias = Literal[
    "deepseek-r1",
    "deepseek-v3.2-speciale",
    "deepseek-v4-flash",
    "deepseek-v4-pro",
    "gpt-3.5-turbo-0125",
    "gpt-3.5-turbo-1106",
    "gpt-3.5-turbo-instruct",
    "gpt-3.5-turbo-instruct-0914",
    "gpt-35-turbo-instruct",
    "gpt-35-turbo-instruct-0914",
    "gpt-4o-mini-realtime-preview-2024-12-17",
    "gpt-4o-realtime-preview-2024-12-17",
    "gpt-live-1",
    "gpt-realtime",
    "gpt-realtime-1.5",
    "gpt-realtime-1.5-2026-02-23",
    "gpt-realtime-2",
    "gpt-realtime-2.1",
    "gpt-realtime-2.1-2026-07-07",
    "gpt-realtime-2.1-mini",
    "gpt-realtime-2.1-mini-2026-07-07",
    "gpt-realtime-2025-08-28",
    "gpt-realtime-mini",
    "gpt-realtime-mini-2025-10-06",
    "gpt-realtime-translate",
    "gpt-realtime-translate-2026-05-06",
    "gpt-realtime-translate-2026-05-07",
    "phi-4",
    "phi-4-multimodal",
    "phi-4-reasoning",
    "phi-4-reasoning-plus",
    "sora-2",
    "sora-2-pro",
    "sora-2-pro-high-res",
]
ModelName: TypeAlias = (
    ChatModelName | EmbeddingModelName | TranscriptionModelName | SpeechModelName | ImageModelName | OtherModelName
)
