# Generated from specs/providers/databricks.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Databricks. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Databricks: equal to its id."""

    __provider__ = "databricks"
    DATABRICKS_BGE_LARGE_EN = "databricks-bge-large-en"
    DATABRICKS_CLAUDE_FABLE_5 = "databricks-claude-fable-5"
    DATABRICKS_CLAUDE_FABLE_5_1 = "databricks-claude-fable-5-1"
    DATABRICKS_CLAUDE_HAIKU_4_5 = "databricks-claude-haiku-4-5"
    DATABRICKS_CLAUDE_HAIKU_5_5 = "databricks-claude-haiku-5-5"
    DATABRICKS_CLAUDE_OPUS_4 = "databricks-claude-opus-4"
    DATABRICKS_CLAUDE_OPUS_4_1 = "databricks-claude-opus-4-1"
    DATABRICKS_CLAUDE_OPUS_4_5 = "databricks-claude-opus-4-5"
    DATABRICKS_CLAUDE_OPUS_4_6 = "databricks-claude-opus-4-6"
    DATABRICKS_CLAUDE_OPUS_4_7 = "databricks-claude-opus-4-7"
    DATABRICKS_CLAUDE_OPUS_4_8 = "databricks-claude-opus-4-8"
    DATABRICKS_CLAUDE_OPUS_5 = "databricks-claude-opus-5"
    DATABRICKS_CLAUDE_OPUS_5_5 = "databricks-claude-opus-5-5"
    DATABRICKS_CLAUDE_SONNET_4 = "databricks-claude-sonnet-4"  # retires on 2026-10-09
    DATABRICKS_CLAUDE_SONNET_4_1 = "databricks-claude-sonnet-4-1"
    DATABRICKS_CLAUDE_SONNET_4_5 = "databricks-claude-sonnet-4-5"
    DATABRICKS_CLAUDE_SONNET_4_6 = "databricks-claude-sonnet-4-6"
    DATABRICKS_CLAUDE_SONNET_5 = "databricks-claude-sonnet-5"
    DATABRICKS_CLAUDE_SONNET_5_5 = "databricks-claude-sonnet-5-5"
    DATABRICKS_DEEPSEEK_V4_1_FLASH = "databricks-deepseek-v4-1-flash"  # retires on 2026-11-19
    DATABRICKS_DEEPSEEK_V4_1_FLASH_1017 = "databricks-deepseek-v4-1-flash-1017"
    DATABRICKS_DEEPSEEK_V4_FLASH_0731 = "databricks-deepseek-v4-flash-0731"  # retires on 2026-11-05
    DATABRICKS_DEEPSEEK_V4_PRO_0813 = "databricks-deepseek-v4-pro-0813"  # retires on 2026-10-30
    DATABRICKS_GEMINI_2_5_FLASH = "databricks-gemini-2-5-flash"  # retires on 2026-10-02
    DATABRICKS_GEMINI_2_5_FLASH_LITE = "databricks-gemini-2-5-flash-lite"
    DATABRICKS_GEMINI_2_5_PRO = "databricks-gemini-2-5-pro"  # retires on 2026-10-02
    DATABRICKS_GEMINI_3_1_FLASH_IMAGE = "databricks-gemini-3-1-flash-image"
    DATABRICKS_GEMINI_3_1_FLASH_LITE = "databricks-gemini-3-1-flash-lite"
    DATABRICKS_GEMINI_3_1_FLASH_LITE_IMAGE = "databricks-gemini-3-1-flash-lite-image"
    DATABRICKS_GEMINI_3_1_PRO = "databricks-gemini-3-1-pro"
    DATABRICKS_GEMINI_3_5_FLASH = "databricks-gemini-3-5-flash"
    DATABRICKS_GEMINI_3_5_FLASH_LITE = "databricks-gemini-3-5-flash-lite"
    DATABRICKS_GEMINI_3_6_FLASH = "databricks-gemini-3-6-flash"
    DATABRICKS_GEMINI_3_7_FLASH = "databricks-gemini-3-7-flash"
    DATABRICKS_GEMINI_3_8_FLASH = "databricks-gemini-3-8-flash"
    DATABRICKS_GEMINI_3_FLASH = "databricks-gemini-3-flash"
    DATABRICKS_GEMINI_3_PRO = "databricks-gemini-3-pro"
    DATABRICKS_GEMINI_3_PRO_IMAGE = "databricks-gemini-3-pro-image"
    DATABRICKS_GEMINI_4_ARGON = "databricks-gemini-4-argon"
    DATABRICKS_GEMMA_3_12B = "databricks-gemma-3-12b"
    DATABRICKS_GLM_5_2 = "databricks-glm-5-2"
    DATABRICKS_GLM_5_3 = "databricks-glm-5-3"
    DATABRICKS_GLM_5_3_FLASH = "databricks-glm-5-3-flash"
    DATABRICKS_GPT_5 = "databricks-gpt-5"
    DATABRICKS_GPT_5_1 = "databricks-gpt-5-1"
    DATABRICKS_GPT_5_2 = "databricks-gpt-5-2"
    DATABRICKS_GPT_5_3_CODEX = "databricks-gpt-5-3-codex"
    DATABRICKS_GPT_5_4 = "databricks-gpt-5-4"
    DATABRICKS_GPT_5_4_MINI = "databricks-gpt-5-4-mini"
    DATABRICKS_GPT_5_4_NANO = "databricks-gpt-5-4-nano"
    DATABRICKS_GPT_5_4_PRO = "databricks-gpt-5-4-pro"
    DATABRICKS_GPT_5_5 = "databricks-gpt-5-5"
    DATABRICKS_GPT_5_5_PRO = "databricks-gpt-5-5-pro"
    DATABRICKS_GPT_5_6_LUNA = "databricks-gpt-5-6-luna"
    DATABRICKS_GPT_5_6_SOL = "databricks-gpt-5-6-sol"
    DATABRICKS_GPT_5_6_TERRA = "databricks-gpt-5-6-terra"
    DATABRICKS_GPT_5_MINI = "databricks-gpt-5-mini"
    DATABRICKS_GPT_5_NANO = "databricks-gpt-5-nano"
    DATABRICKS_GPT_6_1_SOL = "databricks-gpt-6-1-sol"
    DATABRICKS_GPT_6_1_TERRA = "databricks-gpt-6-1-terra"
    DATABRICKS_GPT_6_ASTRA = "databricks-gpt-6-astra"
    DATABRICKS_GPT_6_LUNA = "databricks-gpt-6-luna"
    DATABRICKS_GPT_6_SOL = "databricks-gpt-6-sol"
    DATABRICKS_GPT_IMAGE_1 = "databricks-gpt-image-1"
    DATABRICKS_GPT_IMAGE_1_5 = "databricks-gpt-image-1-5"
    DATABRICKS_GPT_IMAGE_1_MINI = "databricks-gpt-image-1-mini"
    DATABRICKS_GPT_IMAGE_2 = "databricks-gpt-image-2"
    DATABRICKS_GPT_OSS_120B = "databricks-gpt-oss-120b"
    DATABRICKS_GPT_OSS_20B = "databricks-gpt-oss-20b"
    DATABRICKS_GROK_4_6 = "databricks-grok-4-6"
    DATABRICKS_GROK_4_7 = "databricks-grok-4-7"
    DATABRICKS_GTE_LARGE_EN = "databricks-gte-large-en"
    DATABRICKS_INKLING = "databricks-inkling"  # retires on 2026-10-30
    DATABRICKS_KIMI_K2_7 = "databricks-kimi-k2-7"  # retires on 2026-10-30
    DATABRICKS_KIMI_K2_7_CODE = "databricks-kimi-k2-7-code"
    DATABRICKS_KIMI_K3 = "databricks-kimi-k3"
    DATABRICKS_KIMI_K3_1_PRO = "databricks-kimi-k3-1-pro"
    DATABRICKS_LLAMA_4_MAVERICK = "databricks-llama-4-maverick"
    DATABRICKS_META_LLAMA_3_1_8B_INSTRUCT = "databricks-meta-llama-3-1-8b-instruct"
    DATABRICKS_META_LLAMA_3_3_70B_INSTRUCT = "databricks-meta-llama-3-3-70b-instruct"
    DATABRICKS_QWEN35_122B_A10B = "databricks-qwen35-122b-a10b"
    DATABRICKS_QWEN3_EMBEDDING_0_6B = "databricks-qwen3-embedding-0-6b"
    DATABRICKS_QWEN3_NEXT_80B_A3B_INSTRUCT = "databricks-qwen3-next-80b-a3b-instruct"
    SYSTEM_AI_DEEPSEEK_V4_FLASH_0731 = "system.ai.deepseek-v4-flash-0731"  # retires on 2026-11-05
    SYSTEM_AI_KIMI_K3 = "system.ai.kimi-k3"


ChatModelName: TypeAlias = Literal[
    "databricks-claude-fable-5",
    "databricks-claude-fable-5-1",
    "databricks-claude-haiku-4-5",
    "databricks-claude-haiku-5-5",
    "databricks-claude-opus-4",
    "databricks-claude-opus-4-1",
    "databricks-claude-opus-4-5",
    "databricks-claude-opus-4-6",
    "databricks-claude-opus-4-7",
    "databricks-claude-opus-4-8",
    "databricks-claude-opus-5",
    "databricks-claude-opus-5-5",
    "databricks-claude-sonnet-4",
    "databricks-claude-sonnet-4-1",
    "databricks-claude-sonnet-4-5",
    "databricks-claude-sonnet-4-6",
    "databricks-claude-sonnet-5",
    "databricks-claude-sonnet-5-5",
    "databricks-deepseek-v4-1-flash",
    "databricks-deepseek-v4-1-flash-1017",
    "databricks-deepseek-v4-flash-0731",
    "databricks-deepseek-v4-pro-0813",
    "databricks-gemini-2-5-flash",
    "databricks-gemini-2-5-flash-lite",
    "databricks-gemini-2-5-pro",
    "databricks-gemini-3-1-flash-image",
    "databricks-gemini-3-1-flash-lite",
    "databricks-gemini-3-1-flash-lite-image",
    "databricks-gemini-3-1-pro",
    "databricks-gemini-3-5-flash",
    "databricks-gemini-3-5-flash-lite",
    "databricks-gemini-3-6-flash",
    "databricks-gemini-3-7-flash",
    "databricks-gemini-3-8-flash",
    "databricks-gemini-3-flash",
    "databricks-gemini-3-pro",
    "databricks-gemini-3-pro-image",
    "databricks-gemini-4-argon",
    "databricks-gemma-3-12b",
    "databricks-glm-5-2",
    "databricks-glm-5-3",
    "databricks-glm-5-3-flash",
    "databricks-gpt-5",
    "databricks-gpt-5-1",
    "databricks-gpt-5-2",
    "databricks-gpt-5-3-codex",
    "databricks-gpt-5-4",
    "databricks-gpt-5-4-mini",
    "databricks-gpt-5-4-nano",
    "databricks-gpt-5-4-pro",
    "databricks-gpt-5-5",
    "databricks-gpt-5-5-pro",
    "databricks-gpt-5-6-luna",
    "databricks-gpt-5-6-sol",
    "databricks-gpt-5-6-terra",
    "databricks-gpt-5-mini",
    "databricks-gpt-5-nano",
    "databricks-gpt-6-1-sol",
    "databricks-gpt-6-1-terra",
    "databricks-gpt-6-astra",
    "databricks-gpt-6-luna",
    "databricks-gpt-6-sol",
    "databricks-gpt-oss-120b",
    "databricks-gpt-oss-20b",
    "databricks-grok-4-6",
    "databricks-grok-4-7",
    "databricks-inkling",
    "databricks-kimi-k2-7",
    "databricks-kimi-k2-7-code",
    "databricks-kimi-k3",
    "databricks-kimi-k3-1-pro",
    "databricks-llama-4-maverick",
    "databricks-meta-llama-3-1-8b-instruct",
    "databricks-meta-llama-3-3-70b-instruct",
    "databricks-qwen3-next-80b-a3b-instruct",
    "databricks-qwen35-122b-a10b",
    "system.ai.deepseek-v4-flash-0731",
    "system.ai.kimi-k3",
]
EmbeddingModelName: TypeAlias = Literal[
    "databricks-bge-large-en", "databricks-gte-large-en", "databricks-qwen3-embedding-0-6b"
]
ImageModelName: TypeAlias = Literal[
    "databricks-gpt-image-1", "databricks-gpt-image-1-5", "databricks-gpt-image-1-mini", "databricks-gpt-image-2"
]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName | ImageModelName
