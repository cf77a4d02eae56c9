# Generated from specs/providers/perplexity.toml; do not edit. Run: fluent-ai generate
"""Perplexity: typed clients, options and models. Documentation: https://docs.perplexity.ai"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import AsyncCountTokensMethods, AsyncEmbedMethods
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
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


class Perplexity(
    ProviderClient, EmbedMethods["Model | EmbeddingModelName | str"], CountTokensMethods["Model | ModelName | str"]
):
    """The key comes from `api_key`, or else from PERPLEXITY_API_KEY or PERPLEXITYAI_API_KEY or PPLX_API_KEY."""

    _provider = "perplexity"

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


class AsyncPerplexity(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from PERPLEXITY_API_KEY or PERPLEXITYAI_API_KEY or PPLX_API_KEY."""

    _provider = "perplexity"

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
            import fluent_ai_providers._models.perplexity as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
