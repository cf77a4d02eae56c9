# Generated from specs/providers/watsonx.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of IBM watsonx.ai. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of IBM watsonx.ai: equal to its id."""

    __provider__ = "watsonx"
    BIGSCIENCE_MT0_XXL = "bigscience/mt0-xxl"
    BIGSCIENCE_MT0_XXL_13B = "bigscience/mt0-xxl-13b"
    CORE42_JAIS_13B_CHAT = "core42/jais-13b-chat"
    GOOGLE_FLAN_T5_XL_3B = "google/flan-t5-xl-3b"
    IBM_GRANITE_13B_CHAT_V2 = "ibm/granite-13b-chat-v2"
    IBM_GRANITE_13B_INSTRUCT_V2 = "ibm/granite-13b-instruct-v2"
    IBM_GRANITE_3_3_8B_INSTRUCT = "ibm/granite-3-3-8b-instruct"
    IBM_GRANITE_3_8B_INSTRUCT = "ibm/granite-3-8b-instruct"
    IBM_GRANITE_4_H_SMALL = "ibm/granite-4-h-small"
    IBM_GRANITE_GUARDIAN_3_2_2B = "ibm/granite-guardian-3-2-2b"
    IBM_GRANITE_GUARDIAN_3_3_8B = "ibm/granite-guardian-3-3-8b"
    IBM_GRANITE_TTM_1024_96_R2 = "ibm/granite-ttm-1024-96-r2"
    IBM_GRANITE_TTM_1536_96_R2 = "ibm/granite-ttm-1536-96-r2"
    IBM_GRANITE_TTM_512_96_R2 = "ibm/granite-ttm-512-96-r2"
    IBM_GRANITE_VISION_3_2_2B = "ibm/granite-vision-3-2-2b"
    META_LLAMA_LLAMA_3_2_11B_VISION_INSTRUCT = "meta-llama/llama-3-2-11b-vision-instruct"
    META_LLAMA_LLAMA_3_2_1B_INSTRUCT = "meta-llama/llama-3-2-1b-instruct"
    META_LLAMA_LLAMA_3_2_3B_INSTRUCT = "meta-llama/llama-3-2-3b-instruct"
    META_LLAMA_LLAMA_3_2_90B_VISION_INSTRUCT = "meta-llama/llama-3-2-90b-vision-instruct"
    META_LLAMA_LLAMA_3_3_70B_INSTRUCT = "meta-llama/llama-3-3-70b-instruct"
    META_LLAMA_LLAMA_4_MAVERICK_17B = "meta-llama/llama-4-maverick-17b"
    META_LLAMA_LLAMA_4_MAVERICK_17B_128E_INSTRUCT_FP8 = "meta-llama/llama-4-maverick-17b-128e-instruct-fp8"
    META_LLAMA_LLAMA_GUARD_3_11B_VISION = "meta-llama/llama-guard-3-11b-vision"
    MISTRALAI_MISTRAL_LARGE = "mistralai/mistral-large"
    MISTRALAI_MISTRAL_MEDIUM_2505 = "mistralai/mistral-medium-2505"
    MISTRALAI_MISTRAL_SMALL_2503 = "mistralai/mistral-small-2503"
    MISTRALAI_MISTRAL_SMALL_3_1_24B_INSTRUCT_2503 = "mistralai/mistral-small-3-1-24b-instruct-2503"
    MISTRALAI_PIXTRAL_12B_2409 = "mistralai/pixtral-12b-2409"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    SDAIA_ALLAM_1_13B_INSTRUCT = "sdaia/allam-1-13b-instruct"
    WHISPER_LARGE_V3_TURBO = "whisper-large-v3-turbo"


ChatModelName: TypeAlias = Literal[
    "bigscience/mt0-xxl",
    "bigscience/mt0-xxl-13b",
    "core42/jais-13b-chat",
    "google/flan-t5-xl-3b",
    "ibm/granite-13b-chat-v2",
    "ibm/granite-13b-instruct-v2",
    "ibm/granite-3-3-8b-instruct",
    "ibm/granite-3-8b-instruct",
    "ibm/granite-4-h-small",
    "ibm/granite-guardian-3-2-2b",
    "ibm/granite-guardian-3-3-8b",
    "ibm/granite-ttm-1024-96-r2",
    "ibm/granite-ttm-1536-96-r2",
    "ibm/granite-ttm-512-96-r2",
    "ibm/granite-vision-3-2-2b",
    "meta-llama/llama-3-2-11b-vision-instruct",
    "meta-llama/llama-3-2-1b-instruct",
    "meta-llama/llama-3-2-3b-instruct",
    "meta-llama/llama-3-2-90b-vision-instruct",
    "meta-llama/llama-3-3-70b-instruct",
    "meta-llama/llama-4-maverick-17b",
    "meta-llama/llama-4-maverick-17b-128e-instruct-fp8",
    "meta-llama/llama-guard-3-11b-vision",
    "mistralai/mistral-large",
    "mistralai/mistral-medium-2505",
    "mistralai/mistral-small-2503",
    "mistralai/mistral-small-3-1-24b-instruct-2503",
    "mistralai/pixtral-12b-2409",
    "openai/gpt-oss-120b",
    "sdaia/allam-1-13b-instruct",
]
EmbeddingModelName: TypeAlias = str
TranscriptionModelName: TypeAlias = Literal["whisper-large-v3-turbo"]
ModelName: TypeAlias = ChatModelName | TranscriptionModelName
