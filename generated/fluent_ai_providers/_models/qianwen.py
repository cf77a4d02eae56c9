# Generated from specs/providers/qianwen.toml and cache/qianwen.json; do not edit. Run: fluent-ai generate
"""Model ids of Qianwen. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Qianwen: equal to its id."""

    __provider__ = "qianwen"
    CCAI_PRO = "ccai-pro"
    DEEPSEEK_V3_2 = "deepseek-v3.2"
    DEEPSEEK_V4_FLASH = "deepseek-v4-flash"
    DEEPSEEK_V4_FLASH_0731 = "deepseek-v4-flash-0731"
    DEEPSEEK_V4_PRO = "deepseek-v4-pro"
    DEEPSEEK_V4_PRO_0813 = "deepseek-v4-pro-0813"
    GLM_5_1 = "glm-5.1"
    GLM_5_2 = "glm-5.2"
    GLM_5_2_FAST_PREVIEW = "glm-5.2-fast-preview"
    KIMI_K2_7_CODE = "kimi-k2.7-code"
    QVQ_MAX = "qvq-max"
    QWEN2_7B_INSTRUCT = "qwen2-7b-instruct"
    QWEN3_14B = "qwen3-14b"
    QWEN3_235B_A22B = "qwen3-235b-a22b"
    QWEN3_235B_A22B_INSTRUCT_2507 = "qwen3-235b-a22b-instruct-2507"
    QWEN3_235B_A22B_THINKING_2507 = "qwen3-235b-a22b-thinking-2507"
    QWEN3_30B_A3B = "qwen3-30b-a3b"
    QWEN3_30B_A3B_INSTRUCT_2507 = "qwen3-30b-a3b-instruct-2507"
    QWEN3_30B_A3B_THINKING_2507 = "qwen3-30b-a3b-thinking-2507"
    QWEN3_32B = "qwen3-32b"
    QWEN3_5_122B_A10B = "qwen3.5-122b-a10b"
    QWEN3_5_27B = "qwen3.5-27b"
    QWEN3_5_35B_A3B = "qwen3.5-35b-a3b"
    QWEN3_5_397B_A17B = "qwen3.5-397b-a17b"
    QWEN3_5_FLASH = "qwen3.5-flash"
    QWEN3_5_FLASH_2026_02_23 = "qwen3.5-flash-2026-02-23"
    QWEN3_5_LIVETRANSLATE_FLASH_REALTIME = "qwen3.5-livetranslate-flash-realtime"
    QWEN3_5_LIVETRANSLATE_FLASH_REALTIME_2026_05_19 = "qwen3.5-livetranslate-flash-realtime-2026-05-19"
    QWEN3_5_OMNI_FLASH = "qwen3.5-omni-flash"
    QWEN3_5_OMNI_FLASH_2026_03_15 = "qwen3.5-omni-flash-2026-03-15"
    QWEN3_5_OMNI_FLASH_REALTIME = "qwen3.5-omni-flash-realtime"
    QWEN3_5_OMNI_FLASH_REALTIME_2026_03_15 = "qwen3.5-omni-flash-realtime-2026-03-15"
    QWEN3_5_OMNI_PLUS = "qwen3.5-omni-plus"
    QWEN3_5_OMNI_PLUS_2026_03_15 = "qwen3.5-omni-plus-2026-03-15"
    QWEN3_5_OMNI_PLUS_REALTIME = "qwen3.5-omni-plus-realtime"
    QWEN3_5_OMNI_PLUS_REALTIME_2026_03_15 = "qwen3.5-omni-plus-realtime-2026-03-15"
    QWEN3_5_PLUS = "qwen3.5-plus"
    QWEN3_5_PLUS_2026_02_15 = "qwen3.5-plus-2026-02-15"
    QWEN3_5_PLUS_2026_04_20 = "qwen3.5-plus-2026-04-20"
    QWEN3_6_27B = "qwen3.6-27b"
    QWEN3_6_35B_A3B = "qwen3.6-35b-a3b"
    QWEN3_6_FLASH = "qwen3.6-flash"
    QWEN3_6_FLASH_2026_04_16 = "qwen3.6-flash-2026-04-16"
    QWEN3_6_MAX_PREVIEW = "qwen3.6-max-preview"
    QWEN3_6_PLUS = "qwen3.6-plus"
    QWEN3_6_PLUS_2026_04_02 = "qwen3.6-plus-2026-04-02"
    QWEN3_7_FLASH = "qwen3.7-flash"
    QWEN3_7_FLASH_2026_07_15 = "qwen3.7-flash-2026-07-15"
    QWEN3_7_MAX = "qwen3.7-max"
    QWEN3_7_MAX_2026_05_17 = "qwen3.7-max-2026-05-17"
    QWEN3_7_MAX_2026_05_20 = "qwen3.7-max-2026-05-20"
    QWEN3_7_MAX_2026_06_08 = "qwen3.7-max-2026-06-08"
    QWEN3_7_MAX_PREVIEW = "qwen3.7-max-preview"
    QWEN3_7_PLUS = "qwen3.7-plus"
    QWEN3_7_PLUS_2026_05_26 = "qwen3.7-plus-2026-05-26"
    QWEN3_7_TEXT_EMBEDDING = "qwen3.7-text-embedding"
    QWEN3_8B = "qwen3-8b"
    QWEN3_8_2_4T_A95B = "qwen3.8-2.4t-a95b"
    QWEN3_8_MAX = "qwen3.8-max"
    QWEN3_ASR_FLASH_2026_02_10 = "qwen3-asr-flash-2026-02-10"
    QWEN3_ASR_FLASH_REALTIME = "qwen3-asr-flash-realtime"
    QWEN3_ASR_FLASH_REALTIME_2025_10_27 = "qwen3-asr-flash-realtime-2025-10-27"
    QWEN3_ASR_FLASH_REALTIME_2026_02_10 = "qwen3-asr-flash-realtime-2026-02-10"
    QWEN3_CODER_480B_A35B_INSTRUCT = "qwen3-coder-480b-a35b-instruct"
    QWEN3_CODER_FLASH = "qwen3-coder-flash"
    QWEN3_CODER_NEXT = "qwen3-coder-next"
    QWEN3_CODER_PLUS = "qwen3-coder-plus"
    QWEN3_CODER_PLUS_2025_07_22 = "qwen3-coder-plus-2025-07-22"
    QWEN3_CODER_PLUS_2025_09_23 = "qwen3-coder-plus-2025-09-23"
    QWEN3_LIVETRANSLATE_FLASH = "qwen3-livetranslate-flash"
    QWEN3_LIVETRANSLATE_FLASH_2025_12_01 = "qwen3-livetranslate-flash-2025-12-01"
    QWEN3_LIVETRANSLATE_FLASH_REALTIME = "qwen3-livetranslate-flash-realtime"
    QWEN3_LIVETRANSLATE_FLASH_REALTIME_2025_09_22 = "qwen3-livetranslate-flash-realtime-2025-09-22"
    QWEN3_MAX = "qwen3-max"
    QWEN3_MAX_2025_09_23 = "qwen3-max-2025-09-23"
    QWEN3_MAX_2026_01_23 = "qwen3-max-2026-01-23"
    QWEN3_MAX_PREVIEW = "qwen3-max-preview"
    QWEN3_NEXT_80B_A3B_INSTRUCT = "qwen3-next-80b-a3b-instruct"
    QWEN3_NEXT_80B_A3B_THINKING = "qwen3-next-80b-a3b-thinking"
    QWEN3_OMNI_30B_A3B_CAPTIONER = "qwen3-omni-30b-a3b-captioner"
    QWEN3_OMNI_FLASH = "qwen3-omni-flash"
    QWEN3_OMNI_FLASH_2025_09_15 = "qwen3-omni-flash-2025-09-15"
    QWEN3_OMNI_FLASH_2025_12_01 = "qwen3-omni-flash-2025-12-01"
    QWEN3_OMNI_FLASH_REALTIME = "qwen3-omni-flash-realtime"
    QWEN3_OMNI_FLASH_REALTIME_2025_09_15 = "qwen3-omni-flash-realtime-2025-09-15"
    QWEN3_OMNI_FLASH_REALTIME_2025_12_01 = "qwen3-omni-flash-realtime-2025-12-01"
    QWEN3_S2S_FLASH_REALTIME = "qwen3-s2s-flash-realtime"
    QWEN3_TTS_FLASH = "qwen3-tts-flash"
    QWEN3_TTS_FLASH_2025_09_18 = "qwen3-tts-flash-2025-09-18"
    QWEN3_TTS_FLASH_2025_11_27 = "qwen3-tts-flash-2025-11-27"
    QWEN3_TTS_FLASH_REALTIME = "qwen3-tts-flash-realtime"
    QWEN3_TTS_FLASH_REALTIME_2025_09_18 = "qwen3-tts-flash-realtime-2025-09-18"
    QWEN3_TTS_FLASH_REALTIME_2025_11_27 = "qwen3-tts-flash-realtime-2025-11-27"
    QWEN3_TTS_INSTRUCT_FLASH = "qwen3-tts-instruct-flash"
    QWEN3_TTS_INSTRUCT_FLASH_2026_01_26 = "qwen3-tts-instruct-flash-2026-01-26"
    QWEN3_TTS_INSTRUCT_FLASH_REALTIME = "qwen3-tts-instruct-flash-realtime"
    QWEN3_TTS_INSTRUCT_FLASH_REALTIME_2026_01_22 = "qwen3-tts-instruct-flash-realtime-2026-01-22"
    QWEN3_TTS_VC_2026_01_22 = "qwen3-tts-vc-2026-01-22"
    QWEN3_TTS_VC_REALTIME_2025_11_27 = "qwen3-tts-vc-realtime-2025-11-27"
    QWEN3_TTS_VC_REALTIME_2026_01_15 = "qwen3-tts-vc-realtime-2026-01-15"
    QWEN3_TTS_VD_2026_01_26 = "qwen3-tts-vd-2026-01-26"
    QWEN3_TTS_VD_REALTIME_2025_12_16 = "qwen3-tts-vd-realtime-2025-12-16"
    QWEN3_TTS_VD_REALTIME_2026_01_15 = "qwen3-tts-vd-realtime-2026-01-15"
    QWEN3_VL_235B_A22B_INSTRUCT = "qwen3-vl-235b-a22b-instruct"
    QWEN3_VL_235B_A22B_THINKING = "qwen3-vl-235b-a22b-thinking"
    QWEN3_VL_FLASH = "qwen3-vl-flash"
    QWEN3_VL_FLASH_2025_10_15 = "qwen3-vl-flash-2025-10-15"
    QWEN3_VL_FLASH_2026_01_22 = "qwen3-vl-flash-2026-01-22"
    QWEN3_VL_PLUS = "qwen3-vl-plus"
    QWEN3_VL_PLUS_2025_09_23 = "qwen3-vl-plus-2025-09-23"
    QWEN3_VL_PLUS_2025_12_19 = "qwen3-vl-plus-2025-12-19"
    QWEN_AUDIO_3_0_ASR_FLASH = "qwen-audio-3.0-asr-flash"
    QWEN_CODER_PLUS = "qwen-coder-plus"
    QWEN_FLASH = "qwen-flash"
    QWEN_FLASH_CHARACTER = "qwen-flash-character"
    QWEN_IMAGE_2_0 = "qwen-image-2.0"
    QWEN_IMAGE_2_0_2026_03_03 = "qwen-image-2.0-2026-03-03"
    QWEN_IMAGE_2_0_PRO = "qwen-image-2.0-pro"
    QWEN_IMAGE_2_0_PRO_2026_03_03 = "qwen-image-2.0-pro-2026-03-03"
    QWEN_IMAGE_2_0_PRO_2026_04_22 = "qwen-image-2.0-pro-2026-04-22"
    QWEN_IMAGE_2_0_PRO_2026_06_22 = "qwen-image-2.0-pro-2026-06-22"
    QWEN_IMAGE_3_0 = "qwen-image-3.0"
    QWEN_IMAGE_3_0_PRO = "qwen-image-3.0-pro"
    QWEN_IMAGE_EDIT = "qwen-image-edit"
    QWEN_IMAGE_EDIT_MAX = "qwen-image-edit-max"
    QWEN_IMAGE_EDIT_MAX_2026_01_16 = "qwen-image-edit-max-2026-01-16"
    QWEN_IMAGE_EDIT_PLUS = "qwen-image-edit-plus"
    QWEN_IMAGE_EDIT_PLUS_2025_10_30 = "qwen-image-edit-plus-2025-10-30"
    QWEN_IMAGE_EDIT_PLUS_2025_12_15 = "qwen-image-edit-plus-2025-12-15"
    QWEN_IMAGE_MAX = "qwen-image-max"
    QWEN_IMAGE_MAX_2025_12_30 = "qwen-image-max-2025-12-30"
    QWEN_IMAGE_PLUS = "qwen-image-plus"
    QWEN_IMAGE_PLUS_2026_01_09 = "qwen-image-plus-2026-01-09"
    QWEN_MAX = "qwen-max"
    QWEN_MT_FLASH = "qwen-mt-flash"
    QWEN_MT_LITE = "qwen-mt-lite"
    QWEN_MT_PLUS = "qwen-mt-plus"
    QWEN_MT_TURBO = "qwen-mt-turbo"
    QWEN_OMNI_TURBO = "qwen-omni-turbo"
    QWEN_PLUS = "qwen-plus"
    QWEN_PLUS_2025_01_25 = "qwen-plus-2025-01-25"
    QWEN_PLUS_2025_04_28 = "qwen-plus-2025-04-28"
    QWEN_PLUS_2025_07_14 = "qwen-plus-2025-07-14"
    QWEN_PLUS_2025_09_11 = "qwen-plus-2025-09-11"
    QWEN_PLUS_2025_12_01 = "qwen-plus-2025-12-01"
    QWEN_PLUS_CHARACTER = "qwen-plus-character"
    QWEN_PLUS_LATEST = "qwen-plus-latest"
    QWEN_TURBO = "qwen-turbo"
    QWEN_VL_MAX = "qwen-vl-max"
    QWEN_VL_OCR_2025_11_20 = "qwen-vl-ocr-2025-11-20"
    QWEN_VL_PLUS = "qwen-vl-plus"
    QWQ_PLUS = "qwq-plus"
    QWQ_PLUS_2025_03_05 = "qwq-plus-2025-03-05"
    TEXT_EMBEDDING_V3 = "text-embedding-v3"
    TEXT_EMBEDDING_V4 = "text-embedding-v4"
    TONGYI_TINGWU_SLP = "tongyi-tingwu-slp"
    WAN2_7_IMAGE = "wan2.7-image"
    WAN2_7_IMAGE_PRO = "wan2.7-image-pro"
    Z_IMAGE_TURBO = "z-image-turbo"


ChatModelName: TypeAlias = Literal[
    "deepseek-v4-flash",
    "deepseek-v4-flash-0731",
    "deepseek-v4-pro",
    "glm-5.1",
    "glm-5.2",
    "kimi-k2.7-code",
    "qvq-max",
    "qwen-flash",
    "qwen-max",
    "qwen-omni-turbo",
    "qwen-plus",
    "qwen-plus-2025-01-25",
    "qwen-plus-2025-04-28",
    "qwen-plus-2025-07-14",
    "qwen-plus-2025-09-11",
    "qwen-plus-latest",
    "qwen-turbo",
    "qwen-vl-max",
    "qwen-vl-plus",
    "qwen3-14b",
    "qwen3-235b-a22b",
    "qwen3-235b-a22b-instruct-2507",
    "qwen3-235b-a22b-thinking-2507",
    "qwen3-30b-a3b",
    "qwen3-30b-a3b-instruct-2507",
    "qwen3-30b-a3b-thinking-2507",
    "qwen3-32b",
    "qwen3-8b",
    "qwen3-coder-480b-a35b-instruct",
    "qwen3-coder-flash",
    "qwen3-coder-next",
    "qwen3-coder-plus",
    "qwen3-coder-plus-2025-07-22",
    "qwen3-max",
    "qwen3-max-2026-01-23",
    "qwen3-max-preview",
    "qwen3-next-80b-a3b-instruct",
    "qwen3-next-80b-a3b-thinking",
    "qwen3-omni-flash",
    "qwen3-omni-flash-realtime",
    "qwen3-vl-235b-a22b-instruct",
    "qwen3-vl-235b-a22b-thinking",
    "qwen3-vl-flash",
    "qwen3-vl-plus",
    "qwen3.5-122b-a10b",
    "qwen3.5-27b",
    "qwen3.5-35b-a3b",
    "qwen3.5-397b-a17b",
    "qwen3.5-plus",
    "qwen3.6-27b",
    "qwen3.6-35b-a3b",
    "qwen3.6-flash",
    "qwen3.6-max-preview",
    "qwen3.6-plus",
    "qwen3.7-max",
    "qwen3.7-plus",
    "qwen3.8-max",
    "qwq-plus",
]
EmbeddingModelName: TypeAlias = Literal["text-embedding-v3", "text-embedding-v4"]
RerankModelName: TypeAlias = str
SpeechModelName: TypeAlias = Literal["qwen3-tts-flash"]
ImageModelName: TypeAlias = Literal["qwen-image-2.0", "qwen-image-2.0-pro", "qwen-image-3.0", "qwen-image-3.0-pro"]
OtherModelName: TypeAlias = Literal[
    "ccai-pro",
    "deepseek-v3.2",
    "deepseek-v4-pro-0813",
    "glm-5.2-fast-preview",
    "qwen-audio-3.0-asr-flash",
    "qwen-coder-plus",
    "qwen-flash-character",
    "qwen-image-2.0-2026-03-03",
    "qwen-image-2.0-pro-2026-03-03",
    "qwen-image-2.0-pro-2026-04-22",
    "qwen-image-2.0-pro-2026-06-22",
    "qwen-image-edit",
    "qwen-image-edit-max",
    "qwen-image-edit-max-2026-01-16",
    "qwen-image-edit-plus",
    "qwen-image-edit-plus-2025-10-30",
    "qwen-image-edit-plus-2025-12-15",
    "qwen-image-max",
    "qwen-image-max-2025-12-30",
    "qwen-image-plus",
    "qwen-image-plus-2026-01-09",
    "qwen-mt-flash",
    "qwen-mt-lite",
    "qwen-mt-plus",
    "qwen-mt-turbo",
    "qwen-plus-2025-12-01",
    "qwen-plus-character",
    "qwen-vl-ocr-2025-11-20",
    "qwen2-7b-instruct",
    "qwen3-asr-flash-2026-02-10",
    "qwen3-asr-flash-realtime",
    "qwen3-asr-flash-realtime-2025-10-27",
    "qwen3-asr-flash-realtime-2026-02-10",
    "qwen3-coder-plus-2025-09-23",
    "qwen3-livetranslate-flash",
    "qwen3-livetranslate-flash-2025-12-01",
    "qwen3-livetranslate-flash-realtime",
    "qwen3-livetranslate-flash-realtime-2025-09-22",
    "qwen3-max-2025-09-23",
    "qwen3-omni-30b-a3b-captioner",
    "qwen3-omni-flash-2025-09-15",
    "qwen3-omni-flash-2025-12-01",
    "qwen3-omni-flash-realtime-2025-09-15",
    "qwen3-omni-flash-realtime-2025-12-01",
    "qwen3-s2s-flash-realtime",
    "qwen3-tts-flash-2025-09-18",
    "qwen3-tts-flash-2025-11-27",
    "qwen3-tts-flash-realtime",
    "qwen3-tts-flash-realtime-2025-09-18",
    "qwen3-tts-flash-realtime-2025-11-27",
    "qwen3-tts-instruct-flash",
    "qwen3-tts-instruct-flash-2026-01-26",
    "qwen3-tts-instruct-flash-realtime",
    "qwen3-tts-instruct-flash-realtime-2026-01-22",
    "qwen3-tts-vc-2026-01-22",
    "qwen3-tts-vc-realtime-2025-11-27",
    "qwen3-tts-vc-realtime-2026-01-15",
    "qwen3-tts-vd-2026-01-26",
    "qwen3-tts-vd-realtime-2025-12-16",
    "qwen3-tts-vd-realtime-2026-01-15",
    "qwen3-vl-flash-2025-10-15",
    "qwen3-vl-flash-2026-01-22",
    "qwen3-vl-plus-2025-09-23",
    "qwen3-vl-plus-2025-12-19",
    "qwen3.5-flash",
    "qwen3.5-flash-2026-02-23",
    "qwen3.5-livetranslate-flash-realtime",
    "qwen3.5-livetranslate-flash-realtime-2026-05-19",
    "qwen3.5-omni-flash",
    "qwen3.5-omni-flash-2026-03-15",
    "qwen3.5-omni-flash-realtime",
    "qwen3.5-omni-flash-realtime-2026-03-15",
    "qwen3.5-omni-plus",
    "qwen3.5-omni-plus-2026-03-15",
    "qwen3.5-omni-plus-realtime",
    "qwen3.5-omni-plus-realtime-2026-03-15",
    "qwen3.5-plus-2026-02-15",
    "qwen3.5-plus-2026-04-20",
    "qwen3.6-flash-2026-04-16",
    "qwen3.6-plus-2026-04-02",
    "qwen3.7-flash",
    "qwen3.7-flash-2026-07-15",
    "qwen3.7-max-2026-05-17",
    "qwen3.7-max-2026-05-20",
    "qwen3.7-max-2026-06-08",
    "qwen3.7-max-preview",
    "qwen3.7-plus-2026-05-26",
    "qwen3.7-text-embedding",
    "qwen3.8-2.4t-a95b",
    "qwq-plus-2025-03-05",
    "tongyi-tingwu-slp",
    "wan2.7-image",
    "wan2.7-image-pro",
    "z-image-turbo",
]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | SpeechModelName | ImageModelName | OtherModelName
