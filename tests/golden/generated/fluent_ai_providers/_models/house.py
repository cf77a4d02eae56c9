# Generated from specs/providers/house.toml and cache/sources and specs/models/house.toml; do not edit. Run: fluent-ai generate
"""Model ids of House. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of House: equal to its id."""

    __provider__ = "house"
    SMALL = "small"  # retires on 2027-01-01
    TINY = "tiny"


ChatModelName: TypeAlias = Literal["small", "tiny"]
ModelName: TypeAlias = ChatModelName
