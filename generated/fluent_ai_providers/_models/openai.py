# Generated from specs/providers/openai.toml and cache/openai.json; do not edit. Run: fluent-ai generate
"""Model ids of OpenAI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of OpenAI: equal to its id."""

    __provider__ = "openai"
    BABBAGE_002 = "babbage-002"  # retires on 2026-09-28
    CHATGPT_IMAGE_LATEST = "chatgpt-image-latest"  # retires on 2026-12-01
    CHAT_LATEST = "chat-latest"
    DAVINCI_002 = "davinci-002"  # retires on 2026-09-28
    GPT_3_5_TURBO = "gpt-3.5-turbo"  # retires on 2026-10-23
    GPT_3_5_TURBO_0125 = "gpt-3.5-turbo-0125"  # retires on 2026-10-23
    GPT_3_5_TURBO_1106 = "gpt-3.5-turbo-1106"  # retires on 2026-09-28
    GPT_3_5_TURBO_16K = "gpt-3.5-turbo-16k"  # retires on 2026-10-23
    GPT_3_5_TURBO_INSTRUCT = "gpt-3.5-turbo-instruct"  # retires on 2026-09-28
    GPT_3_5_TURBO_INSTRUCT_0914 = "gpt-3.5-turbo-instruct-0914"
    GPT_4 = "gpt-4"  # retires on 2026-10-23
    GPT_4O = "gpt-4o"  # retires on 2027-01-14
    GPT_4O_2024_05_13 = "gpt-4o-2024-05-13"  # retires on 2026-10-23
    GPT_4O_2024_08_06 = "gpt-4o-2024-08-06"  # retires on 2027-01-14
    GPT_4O_2024_11_20 = "gpt-4o-2024-11-20"  # retires on 2027-01-14
    GPT_4O_MINI = "gpt-4o-mini"  # retires on 2027-01-14
    GPT_4O_MINI_2024_07_18 = "gpt-4o-mini-2024-07-18"  # retires on 2027-01-14
    GPT_4O_MINI_SEARCH_PREVIEW = "gpt-4o-mini-search-preview"
    GPT_4O_MINI_SEARCH_PREVIEW_2025_03_11 = "gpt-4o-mini-search-preview-2025-03-11"  # retires on 2026-07-23
    GPT_4O_MINI_TRANSCRIBE = "gpt-4o-mini-transcribe"  # retires on 2027-02-26
    GPT_4O_MINI_TRANSCRIBE_2025_03_20 = "gpt-4o-mini-transcribe-2025-03-20"  # retires on 2027-01-20
    GPT_4O_MINI_TRANSCRIBE_2025_12_15 = "gpt-4o-mini-transcribe-2025-12-15"  # retires on 2027-02-26
    GPT_4O_MINI_TTS = "gpt-4o-mini-tts"  # retires on 2027-01-06
    GPT_4O_MINI_TTS_2025_03_20 = "gpt-4o-mini-tts-2025-03-20"  # retires on 2026-07-23
    GPT_4O_MINI_TTS_2025_12_15 = "gpt-4o-mini-tts-2025-12-15"  # retires on 2027-01-06
    GPT_4O_SEARCH_PREVIEW = "gpt-4o-search-preview"
    GPT_4O_SEARCH_PREVIEW_2025_03_11 = "gpt-4o-search-preview-2025-03-11"  # retires on 2026-07-23
    GPT_4O_TRANSCRIBE = "gpt-4o-transcribe"  # retires on 2027-02-26
    GPT_4O_TRANSCRIBE_DIARIZE = "gpt-4o-transcribe-diarize"  # retires on 2027-02-26
    GPT_4_0613 = "gpt-4-0613"  # retires on 2026-10-23
    GPT_4_1 = "gpt-4.1"  # retires on 2027-01-14
    GPT_4_1_2025_04_14 = "gpt-4.1-2025-04-14"  # retires on 2027-01-14
    GPT_4_1_MINI = "gpt-4.1-mini"  # retires on 2027-01-14
    GPT_4_1_MINI_2025_04_14 = "gpt-4.1-mini-2025-04-14"  # retires on 2027-01-14
    GPT_4_1_NANO = "gpt-4.1-nano"  # retires on 2026-10-23
    GPT_4_1_NANO_2025_04_14 = "gpt-4.1-nano-2025-04-14"  # retires on 2026-10-23
    GPT_4_TURBO = "gpt-4-turbo"  # retires on 2026-10-23
    GPT_4_TURBO_2024_04_09 = "gpt-4-turbo-2024-04-09"  # retires on 2026-10-23
    GPT_5 = "gpt-5"  # retires on 2026-12-11
    GPT_5_1 = "gpt-5.1"  # retires on 2027-04-01
    GPT_5_1_2025_11_13 = "gpt-5.1-2025-11-13"  # retires on 2027-04-01
    GPT_5_1_CHAT_LATEST = "gpt-5.1-chat-latest"  # retires on 2026-07-23
    GPT_5_1_CODEX = "gpt-5.1-codex"  # retires on 2026-07-23
    GPT_5_1_CODEX_MAX = "gpt-5.1-codex-max"  # retires on 2026-07-23
    GPT_5_1_CODEX_MINI = "gpt-5.1-codex-mini"  # retires on 2026-07-23
    GPT_5_2 = "gpt-5.2"
    GPT_5_2025_08_07 = "gpt-5-2025-08-07"  # retires on 2026-12-11
    GPT_5_2_2025_12_11 = "gpt-5.2-2025-12-11"
    GPT_5_2_CHAT_LATEST = "gpt-5.2-chat-latest"  # retires on 2026-08-10
    GPT_5_2_CODEX = "gpt-5.2-codex"  # retires on 2026-07-23
    GPT_5_2_PRO = "gpt-5.2-pro"
    GPT_5_2_PRO_2025_12_11 = "gpt-5.2-pro-2025-12-11"
    GPT_5_3_CHAT_LATEST = "gpt-5.3-chat-latest"  # retires on 2026-08-10
    GPT_5_3_CODEX = "gpt-5.3-codex"  # retires on 2027-04-01
    GPT_5_4 = "gpt-5.4"
    GPT_5_4_2026_03_05 = "gpt-5.4-2026-03-05"
    GPT_5_4_MINI = "gpt-5.4-mini"
    GPT_5_4_MINI_2026_03_17 = "gpt-5.4-mini-2026-03-17"
    GPT_5_4_NANO = "gpt-5.4-nano"  # retires on 2027-04-01
    GPT_5_4_NANO_2026_03_17 = "gpt-5.4-nano-2026-03-17"  # retires on 2027-04-01
    GPT_5_4_PRO = "gpt-5.4-pro"
    GPT_5_4_PRO_2026_03_05 = "gpt-5.4-pro-2026-03-05"
    GPT_5_5 = "gpt-5.5"
    GPT_5_5_2026_04_23 = "gpt-5.5-2026-04-23"
    GPT_5_5_PRO = "gpt-5.5-pro"
    GPT_5_5_PRO_2026_04_23 = "gpt-5.5-pro-2026-04-23"
    GPT_5_6_LUNA = "gpt-5.6-luna"
    GPT_5_6_SOL = "gpt-5.6-sol"
    GPT_5_6_TERRA = "gpt-5.6-terra"
    GPT_5_CHAT_LATEST = "gpt-5-chat-latest"  # retires on 2026-07-23
    GPT_5_CODEX = "gpt-5-codex"  # retires on 2026-07-23
    GPT_5_MINI = "gpt-5-mini"  # retires on 2026-12-11
    GPT_5_MINI_2025_08_07 = "gpt-5-mini-2025-08-07"  # retires on 2026-12-11
    GPT_5_NANO = "gpt-5-nano"  # retires on 2026-12-11
    GPT_5_NANO_2025_08_07 = "gpt-5-nano-2025-08-07"  # retires on 2026-12-11
    GPT_5_PRO = "gpt-5-pro"  # retires on 2026-12-11
    GPT_5_PRO_2025_10_06 = "gpt-5-pro-2025-10-06"  # retires on 2026-12-11
    GPT_5_SEARCH_API = "gpt-5-search-api"
    GPT_5_SEARCH_API_2025_10_14 = "gpt-5-search-api-2025-10-14"
    GPT_AUDIO = "gpt-audio"  # retires on 2027-01-20
    GPT_AUDIO_1_5 = "gpt-audio-1.5"
    GPT_AUDIO_2025_08_28 = "gpt-audio-2025-08-28"  # retires on 2027-01-20
    GPT_AUDIO_MINI = "gpt-audio-mini"  # retires on 2027-01-20
    GPT_AUDIO_MINI_2025_10_06 = "gpt-audio-mini-2025-10-06"  # retires on 2026-07-23
    GPT_AUDIO_MINI_2025_12_15 = "gpt-audio-mini-2025-12-15"  # retires on 2027-01-20
    GPT_IMAGE_1 = "gpt-image-1"  # retires on 2026-10-23
    GPT_IMAGE_1_5 = "gpt-image-1.5"  # retires on 2026-12-01
    GPT_IMAGE_1_MINI = "gpt-image-1-mini"  # retires on 2026-12-01
    GPT_IMAGE_2 = "gpt-image-2"
    GPT_IMAGE_2_2026_04_21 = "gpt-image-2-2026-04-21"
    GPT_LIVE_TRANSCRIBE = "gpt-live-transcribe"
    GPT_REALTIME = "gpt-realtime"  # retires on 2027-01-20
    GPT_REALTIME_1_5 = "gpt-realtime-1.5"
    GPT_REALTIME_2 = "gpt-realtime-2"
    GPT_REALTIME_2025_08_28 = "gpt-realtime-2025-08-28"  # retires on 2027-01-20
    GPT_REALTIME_2_1 = "gpt-realtime-2.1"
    GPT_REALTIME_2_1_MINI = "gpt-realtime-2.1-mini"
    GPT_REALTIME_MINI = "gpt-realtime-mini"  # retires on 2027-01-20
    GPT_REALTIME_MINI_2025_12_15 = "gpt-realtime-mini-2025-12-15"  # retires on 2027-01-20
    GPT_REALTIME_TRANSLATE = "gpt-realtime-translate"
    GPT_REALTIME_WHISPER = "gpt-realtime-whisper"
    GPT_TRANSCRIBE = "gpt-transcribe"
    O1 = "o1"  # retires on 2026-10-23
    O1_2024_12_17 = "o1-2024-12-17"  # retires on 2026-10-23
    O1_PRO = "o1-pro"  # retires on 2026-10-23
    O1_PRO_2025_03_19 = "o1-pro-2025-03-19"  # retires on 2026-10-23
    O3 = "o3"  # retires on 2026-12-11
    O3_2025_04_16 = "o3-2025-04-16"  # retires on 2026-12-11
    O3_DEEP_RESEARCH = "o3-deep-research"  # retires on 2026-07-23
    O3_DEEP_RESEARCH_2025_06_26 = "o3-deep-research-2025-06-26"  # retires on 2026-07-23
    O3_MINI = "o3-mini"  # retires on 2026-10-23
    O3_MINI_2025_01_31 = "o3-mini-2025-01-31"  # retires on 2026-10-23
    O3_PRO = "o3-pro"  # retires on 2026-12-11
    O3_PRO_2025_06_10 = "o3-pro-2025-06-10"  # retires on 2026-12-11
    O4_MINI = "o4-mini"  # retires on 2026-10-23
    O4_MINI_2025_04_16 = "o4-mini-2025-04-16"  # retires on 2026-10-23
    O4_MINI_DEEP_RESEARCH = "o4-mini-deep-research"  # retires on 2026-07-23
    O4_MINI_DEEP_RESEARCH_2025_06_26 = "o4-mini-deep-research-2025-06-26"  # retires on 2026-07-23
    OMNI_MODERATION_2024_09_26 = "omni-moderation-2024-09-26"
    OMNI_MODERATION_LATEST = "omni-moderation-latest"
    SORA_2 = "sora-2"  # retires on 2026-09-24
    SORA_2_PRO = "sora-2-pro"  # retires on 2026-09-24
    TEXT_EMBEDDING_3_LARGE = "text-embedding-3-large"
    TEXT_EMBEDDING_3_SMALL = "text-embedding-3-small"
    TEXT_EMBEDDING_ADA_002 = "text-embedding-ada-002"
    TTS_1 = "tts-1"  # retires on 2027-01-06
    TTS_1_1106 = "tts-1-1106"
    TTS_1_HD = "tts-1-hd"  # retires on 2027-01-06
    TTS_1_HD_1106 = "tts-1-hd-1106"
    WHISPER_1 = "whisper-1"  # retires on 2027-02-26


ChatModelName: TypeAlias = Literal[
    "chat-latest",
    "gpt-3.5-turbo",
    "gpt-3.5-turbo-0125",
    "gpt-3.5-turbo-1106",
    "gpt-3.5-turbo-16k",
    "gpt-4",
    "gpt-4-0613",
    "gpt-4-turbo",
    "gpt-4-turbo-2024-04-09",
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
    "gpt-4o-mini",
    "gpt-4o-mini-2024-07-18",
    "gpt-4o-mini-search-preview",
    "gpt-4o-mini-search-preview-2025-03-11",
    "gpt-4o-search-preview",
    "gpt-4o-search-preview-2025-03-11",
    "gpt-5",
    "gpt-5-2025-08-07",
    "gpt-5-chat-latest",
    "gpt-5-codex",
    "gpt-5-mini",
    "gpt-5-mini-2025-08-07",
    "gpt-5-nano",
    "gpt-5-nano-2025-08-07",
    "gpt-5-pro",
    "gpt-5-pro-2025-10-06",
    "gpt-5-search-api",
    "gpt-5-search-api-2025-10-14",
    "gpt-5.1",
    "gpt-5.1-2025-11-13",
    "gpt-5.1-chat-latest",
    "gpt-5.1-codex",
    "gpt-5.1-codex-max",
    "gpt-5.1-codex-mini",
    "gpt-5.2",
    "gpt-5.2-2025-12-11",
    "gpt-5.2-chat-latest",
    "gpt-5.2-codex",
    "gpt-5.2-pro",
    "gpt-5.2-pro-2025-12-11",
    "gpt-5.3-chat-latest",
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
    "gpt-5.5-pro",
    "gpt-5.5-pro-2026-04-23",
    "gpt-5.6-luna",
    "gpt-5.6-sol",
    "gpt-5.6-terra",
    "gpt-audio",
    "gpt-audio-1.5",
    "gpt-audio-2025-08-28",
    "gpt-audio-mini",
    "gpt-audio-mini-2025-10-06",
    "gpt-audio-mini-2025-12-15",
    "gpt-realtime-2.1",
    "o1",
    "o1-2024-12-17",
    "o1-pro",
    "o1-pro-2025-03-19",
    "o3",
    "o3-2025-04-16",
    "o3-deep-research",
    "o3-deep-research-2025-06-26",
    "o3-mini",
    "o3-mini-2025-01-31",
    "o3-pro",
    "o3-pro-2025-06-10",
    "o4-mini",
    "o4-mini-2025-04-16",
    "o4-mini-deep-research",
    "o4-mini-deep-research-2025-06-26",
]
EmbeddingModelName: TypeAlias = Literal["text-embedding-3-large", "text-embedding-3-small", "text-embedding-ada-002"]
ModerationModelName: TypeAlias = Literal["omni-moderation-2024-09-26", "omni-moderation-latest"]
TranscriptionModelName: TypeAlias = Literal[
    "gpt-4o-mini-transcribe",
    "gpt-4o-mini-transcribe-2025-03-20",
    "gpt-4o-mini-transcribe-2025-12-15",
    "gpt-4o-transcribe",
    "gpt-4o-transcribe-diarize",
    "gpt-live-transcribe",
    "gpt-realtime-whisper",
    "gpt-transcribe",
    "whisper-1",
]
SpeechModelName: TypeAlias = Literal[
    "gpt-4o-mini-tts",
    "gpt-4o-mini-tts-2025-03-20",
    "gpt-4o-mini-tts-2025-12-15",
    "tts-1",
    "tts-1-1106",
    "tts-1-hd",
    "tts-1-hd-1106",
]
ImageModelName: TypeAlias = Literal[
    "chatgpt-image-latest", "gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5", "gpt-image-2", "gpt-image-2-2026-04-21"
]
OtherModelName: TypeAlias = Literal[
    "babbage-002",
    "davinci-002",
    "gpt-3.5-turbo-instruct",
    "gpt-3.5-turbo-instruct-0914",
    "gpt-realtime",
    "gpt-realtime-1.5",
    "gpt-realtime-2",
    "gpt-realtime-2.1-mini",
    "gpt-realtime-2025-08-28",
    "gpt-realtime-mini",
    "gpt-realtime-mini-2025-12-15",
    "gpt-realtime-translate",
    "sora-2",
    "sora-2-pro",
]
ModelName: TypeAlias = (
    ChatModelName
    | EmbeddingModelName
    | ModerationModelName
    | TranscriptionModelName
    | SpeechModelName
    | ImageModelName
    | OtherModelName
)
