# Generated from specs/providers/cloudflare_gateway.toml and cache/sources; do not edit. Run: fluent-ai generate
"""Model ids of Cloudflare AI Gateway. Any other id can be given as a str."""

from __future__ import annotations

from typing import TypeAlias

from fluent_ai.registry.model_enum import ModelEnum


class Model(ModelEnum):
    """A model of Cloudflare AI Gateway: equal to its id."""

    __provider__ = "cloudflare_gateway"


ChatModelName: TypeAlias = str
ModelName: TypeAlias = str
