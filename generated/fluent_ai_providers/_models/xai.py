# Generated from specs/providers/xai.toml and cache/xai.json; do not edit. Run: fluent-ai generate
"""Model ids of xAI. Any other id can be given as a str."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of xAI: equal to its id."""

    __provider__ = "xai"
    GROK_4_20_0309_NON_REASONING = "grok-4.20-0309-non-reasoning"
    GROK_4_20_0309_REASONING = "grok-4.20-0309-reasoning"
    GROK_4_20_MULTI_AGENT_0309 = "grok-4.20-multi-agent-0309"
    GROK_4_3 = "grok-4.3"
    GROK_4_5 = "grok-4.5"
    GROK_BUILD_0_1 = "grok-build-0.1"
    GROK_IMAGINE_IMAGE = "grok-imagine-image"
    GROK_IMAGINE_IMAGE_QUALITY = "grok-imagine-image-quality"  # retires on 2026-11-02
    GROK_IMAGINE_VIDEO = "grok-imagine-video"
    GROK_IMAGINE_VIDEO_1_5 = "grok-imagine-video-1.5"


ChatModelName: TypeAlias = Literal[
    "grok-4.20-0309-non-reasoning",
    "grok-4.20-0309-reasoning",
    "grok-4.20-multi-agent-0309",
    "grok-4.3",
    "grok-4.5",
    "grok-build-0.1",
]
EmbeddingModelName: TypeAlias = str
SpeechModelName: TypeAlias = str
ImageModelName: TypeAlias = Literal["grok-imagine-image", "grok-imagine-image-quality"]
OtherModelName: TypeAlias = Literal["grok-imagine-video", "grok-imagine-video-1.5"]
ModelName: TypeAlias = ChatModelName | ImageModelName | OtherModelName
