# Generated from specs/providers/openai.toml; do not edit. Run: fluent-ai generate
"""OpenAI: typed clients, options and models. Documentation: https://platform.openai.com/docs"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncImageMethods,
    AsyncModerateMethods,
    AsyncSpeakMethods,
    AsyncTranscribeMethods,
)
from fluent_ai.client.verbs_sync import (
    CountTokensMethods,
    EmbedMethods,
    ImageMethods,
    ModerateMethods,
    SpeakMethods,
    TranscribeMethods,
)
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.openai import ChatModelName as ChatModelName
    from fluent_ai_providers._models.openai import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.openai import ImageModelName as ImageModelName
    from fluent_ai_providers._models.openai import Model as Model
    from fluent_ai_providers._models.openai import ModelName as ModelName
    from fluent_ai_providers._models.openai import ModerationModelName as ModerationModelName
    from fluent_ai_providers._models.openai import SpeechModelName as SpeechModelName
    from fluent_ai_providers._models.openai import TranscriptionModelName as TranscriptionModelName

__all__ = [
    "AsyncOpenAI",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "ImageModelName",
    "Model",
    "ModelName",
    "ModerationModelName",
    "OpenAI",
    "SpeechModelName",
    "TranscriptionModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and OpenAI's own."""

    audio: Mapping[str, Any]
    frequency_penalty: float
    logit_bias: Mapping[str, Any]
    metadata: Mapping[str, Any]
    modalities: Sequence[Any]
    moderation: Mapping[str, Any]
    parallel_tool_calls: bool
    prediction: Mapping[str, Any]
    presence_penalty: float
    prompt_cache_key: str
    prompt_cache_options: Mapping[str, Any]
    prompt_cache_retention: str
    reasoning_effort: str
    safety_identifier: str
    service_tier: str
    store: bool
    user: str
    verbosity: str
    web_search_options: Mapping[str, Any]


class OpenAI(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    ModerateMethods["Model | ModerationModelName | str"],
    TranscribeMethods["Model | TranscriptionModelName | str"],
    SpeakMethods["Model | SpeechModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from OPENAI_API_KEY.

    `base_url` is a URL or a dict with region (eu or global or jp or us); else OPENAI_REGION says it.
    """

    _provider = "openai"

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


class AsyncOpenAI(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncModerateMethods["Model | ModerationModelName | str"],
    AsyncTranscribeMethods["Model | TranscriptionModelName | str"],
    AsyncSpeakMethods["Model | SpeechModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from OPENAI_API_KEY.

    `base_url` is a URL or a dict with region (eu or global or jp or us); else OPENAI_REGION says it.
    """

    _provider = "openai"

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
            import fluent_ai_providers._models.openai as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
