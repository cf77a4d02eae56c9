# Generated from specs/providers/perplexity.toml; do not edit. Run: fluent-ai generate
"""Perplexity: typed clients, options and models. Documentation: https://docs.perplexity.ai"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import AsyncEmbeds
from fluent_ai.client.verbs_sync import Embeds
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.perplexity import ChatModelName as ChatModelName
    from fluent_ai_providers._models.perplexity import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.perplexity import Model as Model
    from fluent_ai_providers._models.perplexity import ModelName as ModelName

__all__ = ["AsyncPerplexity", "ChatModelName", "ChatOptions", "EmbeddingModelName", "Model", "ModelName", "Perplexity"]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Perplexity's own."""

    disable_search: bool
    enable_search_classifier: bool
    image_domain_filter: Sequence[Any]
    image_format_filter: Sequence[Any]
    language_preference: str
    last_updated_after_filter: str
    last_updated_before_filter: str
    max_steps: int
    preset: str
    return_images: bool
    return_related_questions: bool
    search_after_date_filter: str
    search_before_date_filter: str
    search_domain_filter: Sequence[Any]
    search_language_filter: Sequence[Any]
    search_mode: str
    search_recency_filter: str
    web_search_options: Mapping[str, Any]


class Perplexity(ProviderClient, Embeds["Model | EmbeddingModelName | str"]):
    """The key comes from `api_key`, or else from PERPLEXITY_API_KEY or PERPLEXITYAI_API_KEY."""

    _provider = "perplexity"

    def stream(
        self, model: Model | ChatModelName | str, messages: Messages, **options: Unpack[ChatOptions]
    ) -> ReplyStream:
        """The reply as events; nothing is sent before the stream is entered or iterated."""
        return self._stream(model, messages, options)

    def complete(self, model: Model | ChatModelName | str, messages: Messages, **options: Unpack[ChatOptions]) -> Reply:
        """The whole reply."""
        return self._complete(model, messages, options)


class AsyncPerplexity(AsyncProviderClient, AsyncEmbeds["Model | EmbeddingModelName | str"]):
    """The key comes from `api_key`, or else from PERPLEXITY_API_KEY or PERPLEXITYAI_API_KEY."""

    _provider = "perplexity"

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
        import fluent_ai_providers._models.perplexity as models

        return getattr(models, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
