# Generated from specs/providers/nebius.toml; do not edit. Run: fluent-ai generate
"""Nebius Token Factory: typed clients, options and models. Documentation: https://docs.tokenfactory.nebius.com"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import AsyncCountTokensMethods, AsyncEmbedMethods
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.nebius import ChatModelName as ChatModelName
    from fluent_ai_providers._models.nebius import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.nebius import Model as Model
    from fluent_ai_providers._models.nebius import ModelName as ModelName

__all__ = ["AsyncNebius", "ChatModelName", "ChatOptions", "EmbeddingModelName", "Model", "ModelName", "Nebius"]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Nebius Token Factory's own."""

    frequency_penalty: float
    presence_penalty: float


class Nebius(
    ProviderClient, EmbedMethods["Model | EmbeddingModelName | str"], CountTokensMethods["Model | ModelName | str"]
):
    """The key comes from `api_key`, or else from NEBIUS_API_KEY."""

    _provider = "nebius"

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


class AsyncNebius(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from NEBIUS_API_KEY."""

    _provider = "nebius"

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
            import fluent_ai_providers._models.nebius as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
