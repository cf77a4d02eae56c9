# Generated from specs/providers/cohere.toml; do not edit. Run: fluent-ai generate
"""Cohere: typed clients, options and models. Documentation: https://docs.cohere.com"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncRerankMethods,
    AsyncTranscribeMethods,
)
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods, RerankMethods, TranscribeMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.cohere import ChatModelName as ChatModelName
    from fluent_ai_providers._models.cohere import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.cohere import Model as Model
    from fluent_ai_providers._models.cohere import ModelName as ModelName
    from fluent_ai_providers._models.cohere import RerankModelName as RerankModelName
    from fluent_ai_providers._models.cohere import TranscriptionModelName as TranscriptionModelName

__all__ = [
    "AsyncCohere",
    "ChatModelName",
    "ChatOptions",
    "Cohere",
    "EmbeddingModelName",
    "Model",
    "ModelName",
    "RerankModelName",
    "TranscriptionModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Cohere's own."""

    citation_options: Mapping[str, Any]
    frequency_penalty: float
    presence_penalty: float
    priority: int
    safety_mode: str
    strict_tools: bool
    thinking: Mapping[str, Any]


class Cohere(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    RerankMethods["Model | RerankModelName | str"],
    TranscribeMethods["Model | TranscriptionModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from CO_API_KEY or COHERE_API_KEY."""

    _provider = "cohere"

    def complete(
        self, model: Model | ChatModelName | Route | str, messages: Messages, **options: Unpack[ChatOptions]
    ) -> Reply:
        """The whole reply."""
        with self._stream(model, messages, options) as stream:
            return stream.collect()

    def stream(
        self, model: Model | ChatModelName | Route | str, messages: Messages, **options: Unpack[ChatOptions]
    ) -> ReplyStream:
        """The reply as events. Bad arguments raise ConfigError here, errors of the provider while iterating."""
        return self._stream(model, messages, options)


class AsyncCohere(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncRerankMethods["Model | RerankModelName | str"],
    AsyncTranscribeMethods["Model | TranscriptionModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from CO_API_KEY or COHERE_API_KEY."""

    _provider = "cohere"

    async def complete(
        self, model: Model | ChatModelName | Route | str, messages: Messages, **options: Unpack[ChatOptions]
    ) -> Reply:
        """The whole reply."""
        async with self._stream(model, messages, options) as stream:
            return await stream.collect()

    def stream(
        self, model: Model | ChatModelName | Route | str, messages: Messages, **options: Unpack[ChatOptions]
    ) -> AsyncReplyStream:
        """The reply as events. Bad arguments raise ConfigError here, errors of the provider while iterating."""
        return self._stream(model, messages, options)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        # The enum is built when it is asked for, because a thousand members cost 20 ms.
        if name == "Model" or name.endswith("ModelName"):
            import fluent_ai_providers._models.cohere as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
