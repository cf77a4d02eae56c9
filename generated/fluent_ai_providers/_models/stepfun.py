# Generated from specs/providers/stepfun.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of StepFun. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of StepFun: equal to its id."""

    __provider__ = "stepfun"
    STEPAUDIO_2_5_ASR = "stepaudio-2.5-asr"
    STEPAUDIO_2_5_TTS = "stepaudio-2.5-tts"
    STEP_1_32K = "step-1-32k"
    STEP_2_16K = "step-2-16k"
    STEP_3_5_FLASH = "step-3.5-flash"
    STEP_3_5_FLASH_2603 = "step-3.5-flash-2603"
    STEP_3_7_FLASH = "step-3.7-flash"
    STEP_TTS_2 = "step-tts-2"


ChatModelName: TypeAlias = Literal[
    "step-1-32k", "step-2-16k", "step-3.5-flash", "step-3.5-flash-2603", "step-3.7-flash"
]
OtherModelName: TypeAlias = Literal["step-tts-2", "stepaudio-2.5-asr", "stepaudio-2.5-tts"]
ModelName: TypeAlias = ChatModelName | OtherModelName
