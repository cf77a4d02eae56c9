# Generated from specs/providers/snowflake.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Snowflake Cortex. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Snowflake Cortex: equal to its id."""

    __provider__ = "snowflake"
    CLAUDE_3_5_SONNET = "claude-3-5-sonnet"
    CLAUDE_3_7_SONNET = "claude-3-7-sonnet"
    CLAUDE_4_OPUS = "claude-4-opus"
    CLAUDE_4_SONNET = "claude-4-sonnet"
    CLAUDE_FABLE_5 = "claude-fable-5"
    CLAUDE_HAIKU_4_5 = "claude-haiku-4-5"
    CLAUDE_OPUS_4_5 = "claude-opus-4-5"
    CLAUDE_OPUS_4_6 = "claude-opus-4-6"
    CLAUDE_OPUS_4_7 = "claude-opus-4-7"
    CLAUDE_OPUS_4_8 = "claude-opus-4-8"
    CLAUDE_OPUS_5 = "claude-opus-5"
    CLAUDE_SONNET_4_5 = "claude-sonnet-4-5"
    CLAUDE_SONNET_4_6 = "claude-sonnet-4-6"
    CLAUDE_SONNET_5 = "claude-sonnet-5"
    DEEPSEEK_R1 = "deepseek-r1"
    GEMINI_3_1_PRO = "gemini-3.1-pro"
    GEMMA_7B = "gemma-7b"
    JAMBA_1_5_LARGE = "jamba-1.5-large"
    JAMBA_1_5_MINI = "jamba-1.5-mini"
    JAMBA_INSTRUCT = "jamba-instruct"
    LLAMA2_70B_CHAT = "llama2-70b-chat"
    LLAMA3_1_405B = "llama3.1-405b"
    LLAMA3_1_70B = "llama3.1-70b"
    LLAMA3_1_8B = "llama3.1-8b"
    LLAMA3_2_1B = "llama3.2-1b"
    LLAMA3_2_3B = "llama3.2-3b"
    LLAMA3_3_70B = "llama3.3-70b"
    LLAMA3_70B = "llama3-70b"
    LLAMA3_8B = "llama3-8b"
    LLAMA4_MAVERICK = "llama4-maverick"
    MISTRAL_7B = "mistral-7b"
    MISTRAL_LARGE = "mistral-large"
    MISTRAL_LARGE2 = "mistral-large2"
    MIXTRAL_8X7B = "mixtral-8x7b"
    OPENAI_GPT_4_1 = "openai-gpt-4.1"
    OPENAI_GPT_5 = "openai-gpt-5"
    OPENAI_GPT_5_1 = "openai-gpt-5.1"
    OPENAI_GPT_5_2 = "openai-gpt-5.2"
    OPENAI_GPT_5_4 = "openai-gpt-5.4"
    OPENAI_GPT_5_5 = "openai-gpt-5.5"
    OPENAI_GPT_5_6_LUNA = "openai-gpt-5.6-luna"
    OPENAI_GPT_5_6_SOL = "openai-gpt-5.6-sol"
    OPENAI_GPT_5_6_TERRA = "openai-gpt-5.6-terra"
    OPENAI_GPT_5_MINI = "openai-gpt-5-mini"
    OPENAI_GPT_5_NANO = "openai-gpt-5-nano"
    REKA_CORE = "reka-core"
    REKA_FLASH = "reka-flash"
    SNOWFLAKE_ARCTIC = "snowflake-arctic"
    SNOWFLAKE_ARCTIC_EMBED_L_V2_0 = "snowflake-arctic-embed-l-v2.0"
    SNOWFLAKE_ARCTIC_EMBED_M_V2_0 = "snowflake-arctic-embed-m-v2.0"
    SNOWFLAKE_LLAMA3_3_70B = "snowflake-llama3.3-70b"
    SNOWFLAKE_LLAMA_3_1_405B = "snowflake-llama-3.1-405b"
    SNOWFLAKE_LLAMA_3_3_70B = "snowflake-llama-3.3-70b"


ChatModelName: TypeAlias = Literal[
    "claude-3-5-sonnet",
    "claude-3-7-sonnet",
    "claude-4-opus",
    "claude-4-sonnet",
    "claude-fable-5",
    "claude-haiku-4-5",
    "claude-opus-4-5",
    "claude-opus-4-6",
    "claude-opus-4-7",
    "claude-opus-4-8",
    "claude-opus-5",
    "claude-sonnet-4-5",
    "claude-sonnet-4-6",
    "claude-sonnet-5",
    "deepseek-r1",
    "gemini-3.1-pro",
    "gemma-7b",
    "jamba-1.5-large",
    "jamba-1.5-mini",
    "jamba-instruct",
    "llama2-70b-chat",
    "llama3-70b",
    "llama3-8b",
    "llama3.1-405b",
    "llama3.1-70b",
    "llama3.1-8b",
    "llama3.2-1b",
    "llama3.2-3b",
    "llama3.3-70b",
    "llama4-maverick",
    "mistral-7b",
    "mistral-large",
    "mistral-large2",
    "mixtral-8x7b",
    "openai-gpt-4.1",
    "openai-gpt-5",
    "openai-gpt-5-mini",
    "openai-gpt-5-nano",
    "openai-gpt-5.1",
    "openai-gpt-5.2",
    "openai-gpt-5.4",
    "openai-gpt-5.5",
    "openai-gpt-5.6-luna",
    "openai-gpt-5.6-sol",
    "openai-gpt-5.6-terra",
    "reka-core",
    "reka-flash",
    "snowflake-arctic",
    "snowflake-llama-3.1-405b",
    "snowflake-llama-3.3-70b",
    "snowflake-llama3.3-70b",
]
EmbeddingModelName: TypeAlias = Literal["snowflake-arctic-embed-l-v2.0", "snowflake-arctic-embed-m-v2.0"]
ModelName: TypeAlias = ChatModelName | EmbeddingModelName
