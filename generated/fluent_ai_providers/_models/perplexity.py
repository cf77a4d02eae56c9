# Generated from specs/providers/perplexity.toml and cache/perplexity.json; do not edit. Run: fluent-ai generate
"""Model ids of Perplexity. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Perplexity: equal to its id."""

    __provider__ = "perplexity"
    ANTHROPIC_CLAUDE_FABLE_5 = "anthropic/claude-fable-5"
    ANTHROPIC_CLAUDE_HAIKU_4_5 = "anthropic/claude-haiku-4-5"
    ANTHROPIC_CLAUDE_OPUS_4_5 = "anthropic/claude-opus-4-5"
    ANTHROPIC_CLAUDE_OPUS_4_6 = "anthropic/claude-opus-4-6"
    ANTHROPIC_CLAUDE_OPUS_4_7 = "anthropic/claude-opus-4-7"
    ANTHROPIC_CLAUDE_OPUS_4_8 = "anthropic/claude-opus-4-8"
    ANTHROPIC_CLAUDE_OPUS_5 = "anthropic/claude-opus-5"
    ANTHROPIC_CLAUDE_SONNET_4_5 = "anthropic/claude-sonnet-4-5"
    ANTHROPIC_CLAUDE_SONNET_4_6 = "anthropic/claude-sonnet-4-6"
    ANTHROPIC_CLAUDE_SONNET_5 = "anthropic/claude-sonnet-5"
    GOOGLE_GEMINI_3_1_FLASH_LITE = "google/gemini-3.1-flash-lite"
    GOOGLE_GEMINI_3_1_PRO_PREVIEW = "google/gemini-3.1-pro-preview"
    GOOGLE_GEMINI_3_5_FLASH = "google/gemini-3.5-flash"
    GOOGLE_GEMINI_3_5_FLASH_LITE = "google/gemini-3.5-flash-lite"
    GOOGLE_GEMINI_3_6_FLASH = "google/gemini-3.6-flash"
    GOOGLE_GEMINI_3_FLASH_PREVIEW = "google/gemini-3-flash-preview"
    OPENAI_GPT_5 = "openai/gpt-5"
    OPENAI_GPT_5_1 = "openai/gpt-5.1"
    OPENAI_GPT_5_2 = "openai/gpt-5.2"
    OPENAI_GPT_5_3_CODEX = "openai/gpt-5.3-codex"
    OPENAI_GPT_5_4 = "openai/gpt-5.4"
    OPENAI_GPT_5_4_MINI = "openai/gpt-5.4-mini"
    OPENAI_GPT_5_4_NANO = "openai/gpt-5.4-nano"
    OPENAI_GPT_5_5 = "openai/gpt-5.5"
    OPENAI_GPT_5_6_LUNA = "openai/gpt-5.6-luna"
    OPENAI_GPT_5_6_SOL = "openai/gpt-5.6-sol"
    OPENAI_GPT_5_6_TERRA = "openai/gpt-5.6-terra"
    OPENAI_GPT_5_MINI = "openai/gpt-5-mini"
    OPENAI_GPT_5_NANO = "openai/gpt-5-nano"
    PERPLEXITY_DEEPSEEK_V4_FLASH_0731 = "perplexity/deepseek-v4-flash-0731"
    PERPLEXITY_GLM_5_2 = "perplexity/glm-5.2"
    PERPLEXITY_KIMI_K2_7_CODE = "perplexity/kimi-k2.7-code"
    PERPLEXITY_KIMI_K3 = "perplexity/kimi-k3"
    PERPLEXITY_SONAR = "perplexity/sonar"
    XAI_GROK_4_20_MULTI_AGENT = "xai/grok-4.20-multi-agent"
    XAI_GROK_4_20_NON_REASONING = "xai/grok-4.20-non-reasoning"
    XAI_GROK_4_20_REASONING = "xai/grok-4.20-reasoning"
    XAI_GROK_4_3 = "xai/grok-4.3"
    XAI_GROK_4_5 = "xai/grok-4.5"


ChatModelName: TypeAlias = Literal[
    "anthropic/claude-fable-5",
    "anthropic/claude-haiku-4-5",
    "anthropic/claude-opus-4-5",
    "anthropic/claude-opus-4-6",
    "anthropic/claude-opus-4-7",
    "anthropic/claude-opus-4-8",
    "anthropic/claude-opus-5",
    "anthropic/claude-sonnet-4-5",
    "anthropic/claude-sonnet-4-6",
    "anthropic/claude-sonnet-5",
    "google/gemini-3-flash-preview",
    "google/gemini-3.1-flash-lite",
    "google/gemini-3.1-pro-preview",
    "google/gemini-3.5-flash",
    "google/gemini-3.5-flash-lite",
    "google/gemini-3.6-flash",
    "openai/gpt-5",
    "openai/gpt-5-mini",
    "openai/gpt-5-nano",
    "openai/gpt-5.1",
    "openai/gpt-5.2",
    "openai/gpt-5.3-codex",
    "openai/gpt-5.4",
    "openai/gpt-5.4-mini",
    "openai/gpt-5.4-nano",
    "openai/gpt-5.5",
    "openai/gpt-5.6-luna",
    "openai/gpt-5.6-sol",
    "openai/gpt-5.6-terra",
    "perplexity/deepseek-v4-flash-0731",
    "perplexity/glm-5.2",
    "perplexity/kimi-k2.7-code",
    "perplexity/kimi-k3",
    "perplexity/sonar",
    "xai/grok-4.20-multi-agent",
    "xai/grok-4.20-non-reasoning",
    "xai/grok-4.20-reasoning",
    "xai/grok-4.3",
    "xai/grok-4.5",
]
EmbeddingModelName: TypeAlias = str
ModelName: TypeAlias = ChatModelName
