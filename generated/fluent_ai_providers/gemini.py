# Generated from specs/providers/gemini.toml; do not edit. Run: fluent-ai generate
"""Gemini: typed clients, options and models. Documentation: https://ai.google.dev/api"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import AsyncDraws, AsyncEmbeds, AsyncSpeaks
from fluent_ai.client.verbs_sync import Draws, Embeds, Speaks
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.gemini import ChatModelName as ChatModelName
    from fluent_ai_providers._models.gemini import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.gemini import ImageModelName as ImageModelName
    from fluent_ai_providers._models.gemini import Model as Model
    from fluent_ai_providers._models.gemini import ModelName as ModelName
    from fluent_ai_providers._models.gemini import SpeechModelName as SpeechModelName

__all__ = [
    "AsyncGemini",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "Gemini",
    "ImageModelName",
    "Model",
    "ModelName",
    "SpeechModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Gemini's own."""

    cachedContent: str
    enableEnhancedCivicAnswers: bool
    frequencyPenalty: float
    imageConfig: Mapping[str, Any]
    mediaResolution: str
    presencePenalty: float
    responseModalities: Sequence[Any]
    safetySettings: Sequence[Any]
    serviceTier: str
    speechConfig: Mapping[str, Any]
    thinkingConfig: Mapping[str, Any]


class Gemini(
    ProviderClient,
    Embeds["Model | EmbeddingModelName | str"],
    Speaks["Model | SpeechModelName | str"],
    Draws["Model | ImageModelName | str"],
):
    """The key comes from `api_key`, or else from GOOGLE_API_KEY or GEMINI_API_KEY."""

    _provider = "gemini"

    def stream(
        self, model: Model | ChatModelName | str, messages: Messages, **options: Unpack[ChatOptions]
    ) -> ReplyStream:
        """The reply as events; nothing is sent before the stream is entered or iterated."""
        return self._stream(model, messages, options)

    def complete(self, model: Model | ChatModelName | str, messages: Messages, **options: Unpack[ChatOptions]) -> Reply:
        """The whole reply."""
        return self._complete(model, messages, options)


class AsyncGemini(
    AsyncProviderClient,
    AsyncEmbeds["Model | EmbeddingModelName | str"],
    AsyncSpeaks["Model | SpeechModelName | str"],
    AsyncDraws["Model | ImageModelName | str"],
):
    """The key comes from `api_key`, or else from GOOGLE_API_KEY or GEMINI_API_KEY."""

    _provider = "gemini"

    def stream(
        self, model: Model | ChatModelName | str, messages: Messages, **options: Unpack[ChatOptions]
    ) -> AsyncReplyStream:
        """The reply as events; nothing is sent before the stream is entered or iterated."""
        return self._stream(model, messages, options)

    async def complete(
        self, model: Model | ChatModelName | str, messages: Messages, **options: Unpack[ChatOptions]
    ) -> Reply:
        """The whole reply."""
        return await self._complete(model, messages, options)


def __getattr__(name: str) -> object:
    # The enum is built when it is asked for, because a thousand members cost 20 ms.
    if name == "Model" or name.endswith("ModelName"):
        import fluent_ai_providers._models.gemini as models

        return getattr(models, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
