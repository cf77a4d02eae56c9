# Generated from specs/providers/anthropic.toml and cache/anthropic.json; do not edit. Run: fluent-ai generate
"""Model ids of Anthropic. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Anthropic: equal to its id."""

    __provider__ = "anthropic"
    CLAUDE_FABLE_5 = "claude-fable-5"
    CLAUDE_HAIKU_4_5_20251001 = "claude-haiku-4-5-20251001"
    CLAUDE_OPUS_4_5_20251101 = "claude-opus-4-5-20251101"
    CLAUDE_OPUS_4_6 = "claude-opus-4-6"
    CLAUDE_OPUS_4_7 = "claude-opus-4-7"
    CLAUDE_OPUS_4_8 = "claude-opus-4-8"
    CLAUDE_OPUS_5 = "claude-opus-5"
    CLAUDE_SONNET_4_5_20250929 = "claude-sonnet-4-5-20250929"  # retires on 2026-11-30
    CLAUDE_SONNET_4_6 = "claude-sonnet-4-6"
    CLAUDE_SONNET_5 = "claude-sonnet-5"


ChatModelName: TypeAlias = Literal[
    "claude-fable-5",
    "claude-haiku-4-5-20251001",
    "claude-opus-4-5-20251101",
    "claude-opus-4-6",
    "claude-opus-4-7",
    "claude-opus-4-8",
    "claude-opus-5",
    "claude-sonnet-4-5-20250929",
    "claude-sonnet-4-6",
    "claude-sonnet-5",
]
ModelName: TypeAlias = ChatModelName
