# Generated from specs/providers/ai21.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of AI21. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of AI21: equal to its id."""

    __provider__ = "ai21"
    J2_LIGHT = "j2-light"
    J2_MID = "j2-mid"
    J2_ULTRA = "j2-ultra"
    JAMBA_1_5 = "jamba-1.5"
    JAMBA_1_5_LARGE = "jamba-1.5-large"
    JAMBA_1_5_LARGE_001 = "jamba-1.5-large@001"
    JAMBA_1_5_MINI = "jamba-1.5-mini"
    JAMBA_1_5_MINI_001 = "jamba-1.5-mini@001"
    JAMBA_LARGE = "jamba-large"
    JAMBA_LARGE_1_6 = "jamba-large-1.6"
    JAMBA_LARGE_1_7 = "jamba-large-1.7"
    JAMBA_MINI = "jamba-mini"
    JAMBA_MINI_1_6 = "jamba-mini-1.6"
    JAMBA_MINI_1_7 = "jamba-mini-1.7"


ChatModelName: TypeAlias = Literal[
    "jamba-1.5",
    "jamba-1.5-large",
    "jamba-1.5-large@001",
    "jamba-1.5-mini",
    "jamba-1.5-mini@001",
    "jamba-large",
    "jamba-large-1.6",
    "jamba-large-1.7",
    "jamba-mini",
    "jamba-mini-1.6",
    "jamba-mini-1.7",
]
OtherModelName: TypeAlias = Literal["j2-light", "j2-mid", "j2-ultra"]
ModelName: TypeAlias = ChatModelName | OtherModelName
