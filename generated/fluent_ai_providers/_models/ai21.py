# Generated from specs/providers/ai21.toml; do not edit. Run: fluent-ai generate
"""Model ids of AI21. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of AI21: equal to its id."""

    __provider__ = "ai21"


ModelName: TypeAlias = str
