# Generated from specs/providers/moonshot.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Moonshot AI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Moonshot AI: equal to its id."""

    __provider__ = "moonshot"
    KIMI_K2_0711_PREVIEW = "kimi-k2-0711-preview"
    KIMI_K2_0905_PREVIEW = "kimi-k2-0905-preview"
    KIMI_K2_5 = "kimi-k2.5"  # retires on 2026-08-31
    KIMI_K2_6 = "kimi-k2.6"
    KIMI_K2_7_CODE = "kimi-k2.7-code"
    KIMI_K2_7_CODE_HIGHSPEED = "kimi-k2.7-code-highspeed"
    KIMI_K2_THINKING = "kimi-k2-thinking"
    KIMI_K2_THINKING_TURBO = "kimi-k2-thinking-turbo"
    KIMI_K2_TURBO_PREVIEW = "kimi-k2-turbo-preview"
    KIMI_K3 = "kimi-k3"
    KIMI_K3_1_PRO = "kimi-k3.1-pro"
    KIMI_K3_1_PRO_HIGHSPEED = "kimi-k3.1-pro-highspeed"
    MOONSHOT_V1_128K = "moonshot-v1-128k"  # retires on 2026-08-31
    MOONSHOT_V1_128K_VISION_PREVIEW = "moonshot-v1-128k-vision-preview"  # retires on 2026-08-31
    MOONSHOT_V1_32K = "moonshot-v1-32k"  # retires on 2026-08-31
    MOONSHOT_V1_32K_VISION_PREVIEW = "moonshot-v1-32k-vision-preview"  # retires on 2026-08-31
    MOONSHOT_V1_8K = "moonshot-v1-8k"  # retires on 2026-08-31
    MOONSHOT_V1_8K_VISION_PREVIEW = "moonshot-v1-8k-vision-preview"  # retires on 2026-08-31
    MOONSHOT_V1_AUTO = "moonshot-v1-auto"  # retires on 2026-08-31


ChatModelName: TypeAlias = Literal[
    "kimi-k2-0711-preview",
    "kimi-k2-0905-preview",
    "kimi-k2-thinking",
    "kimi-k2-thinking-turbo",
    "kimi-k2-turbo-preview",
    "kimi-k2.5",
    "kimi-k2.6",
    "kimi-k2.7-code",
    "kimi-k2.7-code-highspeed",
    "kimi-k3",
    "kimi-k3.1-pro",
    "kimi-k3.1-pro-highspeed",
    "moonshot-v1-128k",
    "moonshot-v1-128k-vision-preview",
    "moonshot-v1-32k",
    "moonshot-v1-32k-vision-preview",
    "moonshot-v1-8k",
    "moonshot-v1-8k-vision-preview",
    "moonshot-v1-auto",
]
ModelName: TypeAlias = ChatModelName
