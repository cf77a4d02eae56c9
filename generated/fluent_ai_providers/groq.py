# Generated from specs/providers/groq.toml; do not edit. Run: fluent-ai generate
"""Groq: typed clients, options and models. Documentation: https://console.groq.com/docs"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncRerankMethods,
    AsyncSpeakMethods,
    AsyncTranscribeMethods,
)
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods, RerankMethods, SpeakMethods, TranscribeMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.groq import ChatModelName as ChatModelName
    from fluent_ai_providers._models.groq import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.groq import Model as Model
    from fluent_ai_providers._models.groq import ModelName as ModelName
    from fluent_ai_providers._models.groq import RerankModelName as RerankModelName
    from fluent_ai_providers._models.groq import SpeechModelName as SpeechModelName
    from fluent_ai_providers._models.groq import TranscriptionModelName as TranscriptionModelName

__all__ = [
    "AsyncGroq",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "Groq",
    "Model",
    "ModelName",
    "RerankModelName",
    "SpeechModelName",
    "TranscriptionModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Groq's own."""

    citation_options: str
    compound_custom: Mapping[str, Any]
    disable_tool_validation: bool
    frequency_penalty: float
    include_reasoning: bool
    logit_bias: Mapping[str, Any]
    parallel_tool_calls: bool
    presence_penalty: float
    reasoning_effort: str
    reasoning_format: str
    search_settings: Mapping[str, Any]
    service_tier: str
    user: str


class Groq(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    RerankMethods["Model | RerankModelName | str"],
    TranscribeMethods["Model | TranscriptionModelName | str"],
    SpeakMethods["Model | SpeechModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from GROQ_API_KEY."""

    _provider = "groq"

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


class AsyncGroq(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncRerankMethods["Model | RerankModelName | str"],
    AsyncTranscribeMethods["Model | TranscriptionModelName | str"],
    AsyncSpeakMethods["Model | SpeechModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from GROQ_API_KEY."""

    _provider = "groq"

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
            import fluent_ai_providers._models.groq as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
