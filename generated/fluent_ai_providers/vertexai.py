# Generated from specs/providers/vertexai.toml; do not edit. Run: fluent-ai generate
"""Vertex AI: typed clients, options and models. Documentation: https://cloud.google.com/vertex-ai/generative-ai/docs"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    from fluent_ai_providers._models.vertexai import ChatModelName as ChatModelName
    from fluent_ai_providers._models.vertexai import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.vertexai import ImageModelName as ImageModelName
    from fluent_ai_providers._models.vertexai import Model as Model
    from fluent_ai_providers._models.vertexai import ModelName as ModelName
    from fluent_ai_providers._models.vertexai import SpeechModelName as SpeechModelName

__all__ = [
    "AsyncVertexAI",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "ImageModelName",
    "Model",
    "ModelName",
    "SpeechModelName",
    "VertexAI",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Vertex AI's own."""

    audioTimestamp: bool
    cachedContent: str
    frequencyPenalty: float
    imageConfig: Mapping[str, Any]
    labels: Mapping[str, Any]
    mediaResolution: str
    modelArmorConfig: Mapping[str, Any]
    presencePenalty: float
    responseModalities: Sequence[Any]
    routingConfig: Mapping[str, Any]
    safetySettings: Sequence[Any]
    speechConfig: Mapping[str, Any]
    thinkingConfig: Mapping[str, Any]


class VertexAI(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    SpeakMethods["Model | SpeechModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from Google credentials.

    `base_url` is a URL or a dict with project, location; else GOOGLE_CLOUD_PROJECT or VERTEXAI_PROJECT or GOOGLE_CLOUD_LOCATION or VERTEXAI_LOCATION says it.
    """

    _provider = "vertexai"

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


class AsyncVertexAI(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncSpeakMethods["Model | SpeechModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from Google credentials.

    `base_url` is a URL or a dict with project, location; else GOOGLE_CLOUD_PROJECT or VERTEXAI_PROJECT or GOOGLE_CLOUD_LOCATION or VERTEXAI_LOCATION says it.
    """

    _provider = "vertexai"

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
            import fluent_ai_providers._models.vertexai as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
