# Generated from specs/providers/voyageai.toml; do not edit. Run: fluent-ai generate
"""Voyage AI: typed clients, options and models. Documentation: https://docs.voyageai.com"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import AsyncEmbedMethods, AsyncRerankMethods
from fluent_ai.client.verbs_sync import EmbedMethods, RerankMethods

if TYPE_CHECKING:
    from fluent_ai_providers._models.voyageai import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.voyageai import Model as Model
    from fluent_ai_providers._models.voyageai import ModelName as ModelName
    from fluent_ai_providers._models.voyageai import RerankModelName as RerankModelName

__all__ = ["AsyncVoyageAI", "EmbeddingModelName", "Model", "ModelName", "RerankModelName", "VoyageAI"]


class VoyageAI(
    ProviderClient, EmbedMethods["Model | EmbeddingModelName | str"], RerankMethods["Model | RerankModelName | str"]
):
    """The key comes from `api_key`, or else from VOYAGE_API_KEY."""

    _provider = "voyageai"


class AsyncVoyageAI(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncRerankMethods["Model | RerankModelName | str"],
):
    """The key comes from `api_key`, or else from VOYAGE_API_KEY."""

    _provider = "voyageai"


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        # The enum is built when it is asked for, because a thousand members cost 20 ms.
        if name == "Model" or name.endswith("ModelName"):
            import fluent_ai_providers._models.voyageai as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
