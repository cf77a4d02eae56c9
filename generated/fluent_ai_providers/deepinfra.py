# Generated from specs/providers/deepinfra.toml; do not edit. Run: fluent-ai generate
"""DeepInfra: typed clients, options and models. Documentation: https://deepinfra.com/docs"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncImageMethods,
    AsyncSpeakMethods,
    AsyncTranscribeMethods,
)
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods, ImageMethods, SpeakMethods, TranscribeMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.deepinfra import ChatModelName as ChatModelName
    from fluent_ai_providers._models.deepinfra import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.deepinfra import ImageModelName as ImageModelName
    from fluent_ai_providers._models.deepinfra import Model as Model
    from fluent_ai_providers._models.deepinfra import ModelName as ModelName
    from fluent_ai_providers._models.deepinfra import SpeechModelName as SpeechModelName
    from fluent_ai_providers._models.deepinfra import TranscriptionModelName as TranscriptionModelName

__all__ = [
    "AsyncDeepInfra",
    "ChatModelName",
    "ChatOptions",
    "DeepInfra",
    "EmbeddingModelName",
    "ImageModelName",
    "Model",
    "ModelName",
    "SpeechModelName",
    "TranscriptionModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and DeepInfra's own."""

    chat_template_kwargs: Mapping[str, Any]
    frequency_penalty: float
    min_p: float
    presence_penalty: float
    prompt_cache_key: str
    reasoning_effort: str
    repetition_penalty: float
    user: str


class DeepInfra(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    TranscribeMethods["Model | TranscriptionModelName | str"],
    SpeakMethods["Model | SpeechModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from DEEPINFRA_API_KEY or DEEPINFRA_API_TOKEN or DEEPINFRA_TOKEN."""

    _provider = "deepinfra"

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


class AsyncDeepInfra(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncTranscribeMethods["Model | TranscriptionModelName | str"],
    AsyncSpeakMethods["Model | SpeechModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from DEEPINFRA_API_KEY or DEEPINFRA_API_TOKEN or DEEPINFRA_TOKEN."""

    _provider = "deepinfra"

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
            import fluent_ai_providers._models.deepinfra as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
