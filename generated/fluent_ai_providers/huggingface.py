# Generated from specs/providers/huggingface.toml; do not edit. Run: fluent-ai generate
"""Hugging Face: typed clients, options and models. Documentation: https://huggingface.co/docs/inference-providers"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncImageMethods,
    AsyncRerankMethods,
    AsyncSpeakMethods,
    AsyncTranscribeMethods,
)
from fluent_ai.client.verbs_sync import (
    CountTokensMethods,
    EmbedMethods,
    ImageMethods,
    RerankMethods,
    SpeakMethods,
    TranscribeMethods,
)
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.huggingface import ChatModelName as ChatModelName
    from fluent_ai_providers._models.huggingface import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.huggingface import ImageModelName as ImageModelName
    from fluent_ai_providers._models.huggingface import Model as Model
    from fluent_ai_providers._models.huggingface import ModelName as ModelName
    from fluent_ai_providers._models.huggingface import RerankModelName as RerankModelName
    from fluent_ai_providers._models.huggingface import SpeechModelName as SpeechModelName
    from fluent_ai_providers._models.huggingface import TranscriptionModelName as TranscriptionModelName

__all__ = [
    "AsyncHuggingFace",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "HuggingFace",
    "ImageModelName",
    "Model",
    "ModelName",
    "RerankModelName",
    "SpeechModelName",
    "TranscriptionModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Hugging Face's own."""

    frequency_penalty: float
    presence_penalty: float
    tool_prompt: str


class HuggingFace(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    RerankMethods["Model | RerankModelName | str"],
    TranscribeMethods["Model | TranscriptionModelName | str"],
    SpeakMethods["Model | SpeechModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from HF_TOKEN or HUGGING_FACE_HUB_TOKEN or HUGGINGFACE_API_KEY."""

    _provider = "huggingface"

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


class AsyncHuggingFace(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncRerankMethods["Model | RerankModelName | str"],
    AsyncTranscribeMethods["Model | TranscriptionModelName | str"],
    AsyncSpeakMethods["Model | SpeechModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from HF_TOKEN or HUGGING_FACE_HUB_TOKEN or HUGGINGFACE_API_KEY."""

    _provider = "huggingface"

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
            import fluent_ai_providers._models.huggingface as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
