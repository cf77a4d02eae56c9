# Generated from specs/providers/xai.toml; do not edit. Run: fluent-ai generate
"""xAI: typed clients, options and models. Documentation: https://docs.x.ai"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncImageMethods,
    AsyncSpeakMethods,
)
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods, ImageMethods, SpeakMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.xai import ChatModelName as ChatModelName
    from fluent_ai_providers._models.xai import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.xai import ImageModelName as ImageModelName
    from fluent_ai_providers._models.xai import Model as Model
    from fluent_ai_providers._models.xai import ModelName as ModelName
    from fluent_ai_providers._models.xai import SpeechModelName as SpeechModelName

__all__ = [
    "AsyncXAI",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "ImageModelName",
    "Model",
    "ModelName",
    "SpeechModelName",
    "XAI",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and xAI's own."""

    frequency_penalty: float
    logit_bias: Mapping[str, Any]
    parallel_tool_calls: bool
    presence_penalty: float
    user: str


class XAI(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    SpeakMethods["Model | SpeechModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from XAI_API_KEY."""

    _provider = "xai"

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


class AsyncXAI(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncSpeakMethods["Model | SpeechModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from XAI_API_KEY."""

    _provider = "xai"

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
            import fluent_ai_providers._models.xai as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
