# Generated from specs/providers/acme.toml and cache/acme.json and specs/models/acme.toml; do not edit. Run: fluent-ai generate
"""Model ids of Acme AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Acme AI: equal to its id."""

    __provider__ = "acme"
    ANVIL_1 = "anvil-1"  # last listed on 2025-11-30
    ANVIL_2 = "anvil.2"
    ANVIL_TWO = "anvil-2"
    MODEL = "\u8778\u725b"
    MODEL_2_LEGS = "2-legs"
    ROCKET_9_QUOTED = "rocket 9/'quoted'\\"


ChatModelName: TypeAlias = Literal["anvil-2"]
OtherModelName: TypeAlias = Literal[
    "2-legs", "anvil-1", "anvil.2", "rocket 9/'quoted'\\", "snail-v1", "snail.v1", "\u8778\u725b"
]
ModelName: TypeAlias = ChatModelName | OtherModelName
