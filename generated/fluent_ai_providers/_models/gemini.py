# Generated from specs/providers/gemini.toml and cache/gemini.json; do not edit. Run: fluent-ai generate
"""Model ids of Gemini. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Gemini: equal to its id."""

    __provider__ = "gemini"
    ANTIGRAVITY_PREVIEW_05_2026 = "antigravity-preview-05-2026"
    AQA = "aqa"
    DEEP_RESEARCH_MAX_PREVIEW_04_2026 = "deep-research-max-preview-04-2026"
    DEEP_RESEARCH_PREVIEW_04_2026 = "deep-research-preview-04-2026"
    DEEP_RESEARCH_PRO_PREVIEW_12_2025 = "deep-research-pro-preview-12-2025"  # retires on 2026-10-23
    GEMINI_2_5_COMPUTER_USE_PREVIEW_10_2025 = "gemini-2.5-computer-use-preview-10-2025"  # retires on 2026-07-28
    GEMINI_2_5_FLASH = "gemini-2.5-flash"  # retires on 2026-12-01
    GEMINI_2_5_FLASH_IMAGE = "gemini-2.5-flash-image"  # retires on 2027-03-15
    GEMINI_2_5_FLASH_LITE = "gemini-2.5-flash-lite"
    GEMINI_2_5_FLASH_NATIVE_AUDIO_LATEST = "gemini-2.5-flash-native-audio-latest"
    GEMINI_2_5_FLASH_NATIVE_AUDIO_PREVIEW_09_2025 = "gemini-2.5-flash-native-audio-preview-09-2025"
    GEMINI_2_5_FLASH_NATIVE_AUDIO_PREVIEW_12_2025 = (
        "gemini-2.5-flash-native-audio-preview-12-2025"  # retires on 2026-11-17
    )
    GEMINI_2_5_FLASH_PREVIEW_TTS = "gemini-2.5-flash-preview-tts"  # retires on 2026-11-17
    GEMINI_2_5_PRO = "gemini-2.5-pro"  # retires on 2026-12-01
    GEMINI_2_5_PRO_PREVIEW_TTS = "gemini-2.5-pro-preview-tts"  # retires on 2026-11-17
    GEMINI_3_1_FLASH_IMAGE = "gemini-3.1-flash-image"
    GEMINI_3_1_FLASH_IMAGE_PREVIEW = "gemini-3.1-flash-image-preview"  # retires on 2026-06-25
    GEMINI_3_1_FLASH_LITE = "gemini-3.1-flash-lite"  # retires on 2027-05-07
    GEMINI_3_1_FLASH_LITE_IMAGE = "gemini-3.1-flash-lite-image"
    GEMINI_3_1_FLASH_LITE_PREVIEW = "gemini-3.1-flash-lite-preview"  # retires on 2026-05-25
    GEMINI_3_1_FLASH_LIVE_PREVIEW = "gemini-3.1-flash-live-preview"  # retires on 2026-11-17
    GEMINI_3_1_FLASH_TTS_PREVIEW = "gemini-3.1-flash-tts-preview"  # retires on 2026-11-17
    GEMINI_3_1_PRO_PREVIEW = "gemini-3.1-pro-preview"
    GEMINI_3_1_PRO_PREVIEW_CUSTOMTOOLS = "gemini-3.1-pro-preview-customtools"
    GEMINI_3_5_FLASH = "gemini-3.5-flash"
    GEMINI_3_5_FLASH_LITE = "gemini-3.5-flash-lite"
    GEMINI_3_5_LIVE_TRANSLATE_PREVIEW = "gemini-3.5-live-translate-preview"
    GEMINI_3_6_FLASH = "gemini-3.6-flash"
    GEMINI_3_7_FLASH = "gemini-3.7-flash"
    GEMINI_3_FLASH_PREVIEW = "gemini-3-flash-preview"
    GEMINI_3_PRO_IMAGE = "gemini-3-pro-image"
    GEMINI_3_PRO_IMAGE_PREVIEW = "gemini-3-pro-image-preview"  # retires on 2026-06-25
    GEMINI_EMBEDDING_001 = "gemini-embedding-001"  # retires on 2028-05-14
    GEMINI_EMBEDDING_2 = "gemini-embedding-2"
    GEMINI_EMBEDDING_2_PREVIEW = "gemini-embedding-2-preview"  # retires on 2026-11-06
    GEMINI_FLASH_LATEST = "gemini-flash-latest"
    GEMINI_FLASH_LITE_LATEST = "gemini-flash-lite-latest"
    GEMINI_OMNI_FLASH_PREVIEW = "gemini-omni-flash-preview"  # retires on 2026-10-22
    GEMINI_PRO_LATEST = "gemini-pro-latest"
    GEMINI_ROBOTICS_ER_1_6_PREVIEW = "gemini-robotics-er-1.6-preview"
    GEMINI_ROBOTICS_ER_2_PREVIEW = "gemini-robotics-er-2-preview"
    GEMINI_ROBOTICS_ER_2_STREAMING_PREVIEW = "gemini-robotics-er-2-streaming-preview"
    GEMMA_4_26B_A4B_IT = "gemma-4-26b-a4b-it"
    GEMMA_4_31B_IT = "gemma-4-31b-it"
    LYRIA_3_CLIP_PREVIEW = "lyria-3-clip-preview"
    LYRIA_3_PRO_PREVIEW = "lyria-3-pro-preview"
    NANO_BANANA_PRO_PREVIEW = "nano-banana-pro-preview"
    VEO_3_1_FAST_GENERATE_PREVIEW = "veo-3.1-fast-generate-preview"  # retires on 2026-10-22
    VEO_3_1_GENERATE_PREVIEW = "veo-3.1-generate-preview"  # retires on 2026-10-22
    VEO_3_1_LITE_GENERATE_PREVIEW = "veo-3.1-lite-generate-preview"  # retires on 2026-10-22


ChatModelName: TypeAlias = Literal[
    "deep-research-max-preview-04-2026",
    "deep-research-preview-04-2026",
    "deep-research-pro-preview-12-2025",
    "gemini-2.5-computer-use-preview-10-2025",
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.5-pro",
    "gemini-3-flash-preview",
    "gemini-3.1-flash-lite",
    "gemini-3.1-flash-lite-image",
    "gemini-3.1-flash-lite-preview",
    "gemini-3.1-pro-preview",
    "gemini-3.1-pro-preview-customtools",
    "gemini-3.5-flash",
    "gemini-3.5-flash-lite",
    "gemini-3.6-flash",
    "gemini-3.7-flash",
    "gemini-flash-latest",
    "gemini-flash-lite-latest",
    "gemini-pro-latest",
    "gemini-robotics-er-1.6-preview",
    "gemini-robotics-er-2-preview",
    "gemma-4-26b-a4b-it",
    "gemma-4-31b-it",
]
EmbeddingModelName: TypeAlias = Literal["gemini-embedding-001", "gemini-embedding-2", "gemini-embedding-2-preview"]
SpeechModelName: TypeAlias = Literal[
    "gemini-2.5-flash-preview-tts",
    "gemini-2.5-pro-preview-tts",
    "gemini-3.1-flash-tts-preview",
    "lyria-3-clip-preview",
    "lyria-3-pro-preview",
]
ImageModelName: TypeAlias = Literal[
    "gemini-2.5-flash-image",
    "gemini-3-pro-image",
    "gemini-3-pro-image-preview",
    "gemini-3.1-flash-image",
    "gemini-3.1-flash-image-preview",
    "nano-banana-pro-preview",
]
OtherModelName: TypeAlias = Literal[
    "antigravity-preview-05-2026",
    "aqa",
    "gemini-2.5-flash-native-audio-latest",
    "gemini-2.5-flash-native-audio-preview-09-2025",
    "gemini-2.5-flash-native-audio-preview-12-2025",
    "gemini-3.1-flash-live-preview",
    "gemini-3.5-live-translate-preview",
    "gemini-omni-flash-preview",
    "gemini-robotics-er-2-streaming-preview",
    "veo-3.1-fast-generate-preview",
    "veo-3.1-generate-preview",
    "veo-3.1-lite-generate-preview",
]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | SpeechModelName | ImageModelName | OtherModelName
