# Generated from specs/providers/moonshot.toml; do not edit. Run: fluent-ai generate
"""Model ids of Moonshot AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Moonshot AI: equal to its id."""

    __provider__ = "moonshot"


ModelName: TypeAlias = str
