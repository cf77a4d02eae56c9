# Generated from specs/providers/ollama.toml and cache/ollama.json; do not edit. Run: fluent-ai generate
"""Model ids of Ollama. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Ollama: equal to its id."""

    __provider__ = "ollama"
    GEMMA3_1B = "gemma3:1b"
    GEMMA3_4B = "gemma3:4b"
    GEMMA4_E2B = "gemma4:e2b"
    QWEN3_5_2B = "qwen3.5:2b"


ChatModelName: TypeAlias = str
EmbeddingModelName: TypeAlias = str
OtherModelName: TypeAlias = Literal["gemma3:1b", "gemma3:4b", "gemma4:e2b", "qwen3.5:2b"]
ModelName: TypeAlias = OtherModelName
