# Generated from specs/providers/deepinfra.toml; do not edit. Run: fluent-ai generate
"""Model ids of DeepInfra. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of DeepInfra: equal to its id."""

    __provider__ = "deepinfra"


ModelName: TypeAlias = str
