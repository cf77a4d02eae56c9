# Generated from specs/providers/cohere.toml and cache/cohere.json; do not edit. Run: fluent-ai generate
"""Model ids of Cohere. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Cohere: equal to its id."""

    __provider__ = "cohere"
    C4AI_AYA_EXPANSE_32B = "c4ai-aya-expanse-32b"
    C4AI_AYA_VISION_32B = "c4ai-aya-vision-32b"
    COHERE_TRANSCRIBE_03_2026 = "cohere-transcribe-03-2026"
    COMMAND_A_03_2025 = "command-a-03-2025"
    COMMAND_A_PLUS_05_2026 = "command-a-plus-05-2026"
    COMMAND_A_REASONING_08_2025 = "command-a-reasoning-08-2025"
    COMMAND_A_TRANSLATE_08_2025 = "command-a-translate-08-2025"
    COMMAND_A_VISION_07_2025 = "command-a-vision-07-2025"
    COMMAND_R7B_12_2024 = "command-r7b-12-2024"
    COMMAND_R7B_ARABIC_02_2025 = "command-r7b-arabic-02-2025"
    COMMAND_R_08_2024 = "command-r-08-2024"
    COMMAND_R_PLUS_08_2024 = "command-r-plus-08-2024"
    EMBED_ENGLISH_LIGHT_V3_0 = "embed-english-light-v3.0"
    EMBED_ENGLISH_LIGHT_V3_0_IMAGE = "embed-english-light-v3.0-image"
    EMBED_ENGLISH_V3_0 = "embed-english-v3.0"
    EMBED_ENGLISH_V3_0_IMAGE = "embed-english-v3.0-image"
    EMBED_MULTILINGUAL_LIGHT_V3_0 = "embed-multilingual-light-v3.0"
    EMBED_MULTILINGUAL_LIGHT_V3_0_IMAGE = "embed-multilingual-light-v3.0-image"
    EMBED_MULTILINGUAL_V3_0 = "embed-multilingual-v3.0"
    EMBED_MULTILINGUAL_V3_0_IMAGE = "embed-multilingual-v3.0-image"
    EMBED_V4_0 = "embed-v4.0"
    NORTH_MINI_CODE_1_0 = "north-mini-code-1-0"
    RERANK_ENGLISH_V3_0 = "rerank-english-v3.0"
    RERANK_MULTILINGUAL_V3_0 = "rerank-multilingual-v3.0"
    RERANK_V3_5 = "rerank-v3.5"
    RERANK_V4_0_FAST = "rerank-v4.0-fast"
    RERANK_V4_0_PRO = "rerank-v4.0-pro"
    TINY_AYA_EARTH = "tiny-aya-earth"
    TINY_AYA_FIRE = "tiny-aya-fire"
    TINY_AYA_GLOBAL = "tiny-aya-global"
    TINY_AYA_WATER = "tiny-aya-water"


ChatModelName: TypeAlias = Literal[
    "c4ai-aya-expanse-32b",
    "c4ai-aya-vision-32b",
    "command-a-03-2025",
    "command-a-plus-05-2026",
    "command-a-reasoning-08-2025",
    "command-a-translate-08-2025",
    "command-a-vision-07-2025",
    "command-r-08-2024",
    "command-r-plus-08-2024",
    "command-r7b-12-2024",
    "command-r7b-arabic-02-2025",
    "north-mini-code-1-0",
    "tiny-aya-earth",
    "tiny-aya-fire",
    "tiny-aya-global",
    "tiny-aya-water",
]
EmbeddingModelName: TypeAlias = Literal[
    "embed-english-light-v3.0",
    "embed-english-light-v3.0-image",
    "embed-english-v3.0",
    "embed-english-v3.0-image",
    "embed-multilingual-light-v3.0",
    "embed-multilingual-light-v3.0-image",
    "embed-multilingual-v3.0",
    "embed-multilingual-v3.0-image",
    "embed-v4.0",
]
RerankModelName: TypeAlias = Literal[
    "rerank-english-v3.0", "rerank-multilingual-v3.0", "rerank-v3.5", "rerank-v4.0-fast", "rerank-v4.0-pro"
]
TranscriptionModelName: TypeAlias = Literal["cohere-transcribe-03-2026"]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | RerankModelName | TranscriptionModelName
