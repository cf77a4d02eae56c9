# Generated from specs/providers/github.toml; do not edit. Run: fluent-ai generate
"""Model ids of GitHub Models. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of GitHub Models: equal to its id."""

    __provider__ = "github"


ModelName: TypeAlias = str
