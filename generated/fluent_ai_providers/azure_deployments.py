# Generated from specs/providers/azure_deployments.toml; do not edit. Run: fluent-ai generate
"""Azure OpenAI deployments: typed clients, options and models. Documentation: https://learn.microsoft.com/azure/ai-foundry/openai/reference"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    from fluent_ai_providers._models.azure_deployments import ChatModelName as ChatModelName
    from fluent_ai_providers._models.azure_deployments import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.azure_deployments import ImageModelName as ImageModelName
    from fluent_ai_providers._models.azure_deployments import Model as Model
    from fluent_ai_providers._models.azure_deployments import ModelName as ModelName
    from fluent_ai_providers._models.azure_deployments import SpeechModelName as SpeechModelName
    from fluent_ai_providers._models.azure_deployments import TranscriptionModelName as TranscriptionModelName

__all__ = [
    "AsyncAzureDeployments",
    "AzureDeployments",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "ImageModelName",
    "Model",
    "ModelName",
    "SpeechModelName",
    "TranscriptionModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Azure OpenAI deployments's own."""

    data_sources: Sequence[Any]
    frequency_penalty: float
    logit_bias: Mapping[str, Any]
    metadata: Mapping[str, Any]
    parallel_tool_calls: bool
    prediction: Mapping[str, Any]
    presence_penalty: float
    reasoning_effort: str
    store: bool
    user: str
    user_security_context: Mapping[str, Any]


class AzureDeployments(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    TranscribeMethods["Model | TranscriptionModelName | str"],
    SpeakMethods["Model | SpeechModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from AZURE_OPENAI_API_KEY or AZURE_API_KEY or AZURE_OPENAI_AD_TOKEN, or else from Entra ID.

    `base_url` is a URL or a dict with resource, cloud (public or us_government or china), api_version; else AZURE_OPENAI_RESOURCE or AZURE_RESOURCE_NAME or AZURE_OPENAI_CLOUD or OPENAI_API_VERSION or AZURE_API_VERSION says it.
    """

    _provider = "azure_deployments"

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


class AsyncAzureDeployments(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncTranscribeMethods["Model | TranscriptionModelName | str"],
    AsyncSpeakMethods["Model | SpeechModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from AZURE_OPENAI_API_KEY or AZURE_API_KEY or AZURE_OPENAI_AD_TOKEN, or else from Entra ID.

    `base_url` is a URL or a dict with resource, cloud (public or us_government or china), api_version; else AZURE_OPENAI_RESOURCE or AZURE_RESOURCE_NAME or AZURE_OPENAI_CLOUD or OPENAI_API_VERSION or AZURE_API_VERSION says it.
    """

    _provider = "azure_deployments"

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
            import fluent_ai_providers._models.azure_deployments as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
