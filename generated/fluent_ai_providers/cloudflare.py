# Generated from specs/providers/cloudflare.toml; do not edit. Run: fluent-ai generate
"""Cloudflare: typed clients, options and models. Documentation: https://developers.cloudflare.com/workers-ai"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncImageMethods,
    AsyncTranscribeMethods,
)
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods, ImageMethods, TranscribeMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.cloudflare import ChatModelName as ChatModelName
    from fluent_ai_providers._models.cloudflare import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.cloudflare import ImageModelName as ImageModelName
    from fluent_ai_providers._models.cloudflare import Model as Model
    from fluent_ai_providers._models.cloudflare import ModelName as ModelName
    from fluent_ai_providers._models.cloudflare import TranscriptionModelName as TranscriptionModelName

__all__ = [
    "AsyncCloudflare",
    "ChatModelName",
    "ChatOptions",
    "Cloudflare",
    "EmbeddingModelName",
    "ImageModelName",
    "Model",
    "ModelName",
    "TranscriptionModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Cloudflare's own."""

    frequency_penalty: float
    presence_penalty: float
    repetition_penalty: float


class Cloudflare(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    TranscribeMethods["Model | TranscriptionModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from CLOUDFLARE_API_TOKEN or CLOUDFLARE_API_KEY.

    `base_url` is a URL or a dict with account_id; else CLOUDFLARE_ACCOUNT_ID says it.
    """

    _provider = "cloudflare"

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


class AsyncCloudflare(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncTranscribeMethods["Model | TranscriptionModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from CLOUDFLARE_API_TOKEN or CLOUDFLARE_API_KEY.

    `base_url` is a URL or a dict with account_id; else CLOUDFLARE_ACCOUNT_ID says it.
    """

    _provider = "cloudflare"

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
            import fluent_ai_providers._models.cloudflare as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
