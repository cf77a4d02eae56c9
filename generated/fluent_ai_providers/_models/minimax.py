# Generated from specs/providers/minimax.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of MiniMax. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of MiniMax: equal to its id."""

    __provider__ = "minimax"
    MINIMAX_H3 = "MiniMax-H3"
    MINIMAX_H3_MAX = "MiniMax-H3-Max"
    MINIMAX_M2 = "MiniMax-M2"
    MINIMAX_M2_1 = "MiniMax-M2.1"
    MINIMAX_M2_1_HIGHSPEED = "minimax-m2.1-highspeed"
    MINIMAX_M2_1_LIGHTNING = "MiniMax-M2.1-lightning"
    MINIMAX_M2_5 = "MiniMax-M2.5"
    MINIMAX_M2_5_HIGHSPEED = "MiniMax-M2.5-highspeed"
    MINIMAX_M2_5_LIGHTNING = "MiniMax-M2.5-lightning"
    MINIMAX_M2_7 = "MiniMax-M2.7"
    MINIMAX_M2_7_HIGHSPEED = "MiniMax-M2.7-highspeed"
    MINIMAX_M3 = "MiniMax-M3"
    SPEECH_02_HD = "speech-02-hd"
    SPEECH_02_TURBO = "speech-02-turbo"
    SPEECH_2_6_HD = "speech-2.6-hd"
    SPEECH_2_6_TURBO = "speech-2.6-turbo"


ChatModelName: TypeAlias = Literal[
    "MiniMax-M2",
    "MiniMax-M2.1",
    "MiniMax-M2.1-lightning",
    "MiniMax-M2.5",
    "MiniMax-M2.5-highspeed",
    "MiniMax-M2.5-lightning",
    "MiniMax-M2.7",
    "MiniMax-M2.7-highspeed",
    "MiniMax-M3",
    "minimax-m2.1-highspeed",
]
SpeechModelName: TypeAlias = Literal["speech-02-hd", "speech-02-turbo", "speech-2.6-hd", "speech-2.6-turbo"]
OtherModelName: TypeAlias = Literal["MiniMax-H3", "MiniMax-H3-Max"]
ModelName: TypeAlias = ChatModelName | SpeechModelName | OtherModelName
