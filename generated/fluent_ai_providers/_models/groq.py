# Generated from specs/providers/groq.toml and cache/groq.json; do not edit. Run: fluent-ai generate
"""Model ids of Groq. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Groq: equal to its id."""

    __provider__ = "groq"
    ALLAM_2_7B = "allam-2-7b"
    CANOPYLABS_ORPHEUS_ARABIC_SAUDI = "canopylabs/orpheus-arabic-saudi"
    CANOPYLABS_ORPHEUS_V1_ENGLISH = "canopylabs/orpheus-v1-english"
    GROQ_COMPOUND = "groq/compound"
    GROQ_COMPOUND_MINI = "groq/compound-mini"
    META_LLAMA_LLAMA_PROMPT_GUARD_2_22M = "meta-llama/llama-prompt-guard-2-22m"
    META_LLAMA_LLAMA_PROMPT_GUARD_2_86M = "meta-llama/llama-prompt-guard-2-86m"
    OPENAI_GPT_OSS_120B = "openai/gpt-oss-120b"
    OPENAI_GPT_OSS_20B = "openai/gpt-oss-20b"
    OPENAI_GPT_OSS_SAFEGUARD_20B = "openai/gpt-oss-safeguard-20b"
    QWEN_QWEN3_6_27B = "qwen/qwen3.6-27b"
    WHISPER_LARGE_V3 = "whisper-large-v3"
    WHISPER_LARGE_V3_TURBO = "whisper-large-v3-turbo"


ChatModelName: TypeAlias = Literal[
    "allam-2-7b",
    "groq/compound",
    "groq/compound-mini",
    "meta-llama/llama-prompt-guard-2-22m",
    "meta-llama/llama-prompt-guard-2-86m",
    "openai/gpt-oss-120b",
    "openai/gpt-oss-20b",
    "openai/gpt-oss-safeguard-20b",
    "qwen/qwen3.6-27b",
]
EmbeddingModelName: TypeAlias = str
RerankModelName: TypeAlias = str
TranscriptionModelName: TypeAlias = Literal["whisper-large-v3", "whisper-large-v3-turbo"]
SpeechModelName: TypeAlias = Literal["canopylabs/orpheus-arabic-saudi", "canopylabs/orpheus-v1-english"]
ModelName: TypeAlias = ChatModelName | TranscriptionModelName | SpeechModelName
