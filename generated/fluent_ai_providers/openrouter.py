# Generated from specs/providers/openrouter.toml; do not edit. Run: fluent-ai generate
"""OpenRouter: typed clients, options and models. Documentation: https://openrouter.ai/docs"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

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

    from fluent_ai_providers._models.openrouter import ChatModelName as ChatModelName
    from fluent_ai_providers._models.openrouter import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.openrouter import ImageModelName as ImageModelName
    from fluent_ai_providers._models.openrouter import Model as Model
    from fluent_ai_providers._models.openrouter import ModelName as ModelName
    from fluent_ai_providers._models.openrouter import RerankModelName as RerankModelName
    from fluent_ai_providers._models.openrouter import SpeechModelName as SpeechModelName
    from fluent_ai_providers._models.openrouter import TranscriptionModelName as TranscriptionModelName

__all__ = [
    "AsyncOpenRouter",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "ImageModelName",
    "Model",
    "ModelName",
    "OpenRouter",
    "RerankModelName",
    "SpeechModelName",
    "TranscriptionModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and OpenRouter's own."""

    cache_control: Mapping[str, Any]
    debug: Mapping[str, Any]
    frequency_penalty: float
    image_config: Mapping[str, Any]
    logit_bias: Mapping[str, Any]
    metadata: Mapping[str, Any]
    min_p: float
    modalities: Sequence[Any]
    models: Sequence[Any]
    parallel_tool_calls: bool
    plugins: Sequence[Any]
    prediction: Mapping[str, Any]
    presence_penalty: float
    prompt_cache_key: str
    prompt_cache_options: Mapping[str, Any]
    provider: Mapping[str, Any]
    repetition_penalty: float
    route: str
    service_tier: str
    session_id: str
    top_a: float
    trace: Mapping[str, Any]
    user: str


class OpenRouter(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    RerankMethods["Model | RerankModelName | str"],
    TranscribeMethods["Model | TranscriptionModelName | str"],
    SpeakMethods["Model | SpeechModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from OPENROUTER_API_KEY.

    `base_url` is a URL or a dict with region (eu or global or us); else OPENROUTER_REGION says it.
    """

    _provider = "openrouter"

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


class AsyncOpenRouter(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncRerankMethods["Model | RerankModelName | str"],
    AsyncTranscribeMethods["Model | TranscriptionModelName | str"],
    AsyncSpeakMethods["Model | SpeechModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from OPENROUTER_API_KEY.

    `base_url` is a URL or a dict with region (eu or global or us); else OPENROUTER_REGION says it.
    """

    _provider = "openrouter"

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
            import fluent_ai_providers._models.openrouter as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
