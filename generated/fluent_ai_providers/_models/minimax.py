# Generated from specs/providers/minimax.toml; do not edit. Run: fluent-ai generate
"""Model ids of MiniMax. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of MiniMax: equal to its id."""

    __provider__ = "minimax"


ModelName: TypeAlias = str
