# Generated from specs/providers/ollama.toml; do not edit. Run: fluent-ai generate
"""Ollama: typed clients, options and models. Documentation: https://docs.ollama.com/api"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import AsyncCountTokensMethods, AsyncEmbedMethods, AsyncPullMethods
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods, PullMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.ollama import ChatModelName as ChatModelName
    from fluent_ai_providers._models.ollama import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.ollama import Model as Model
    from fluent_ai_providers._models.ollama import ModelName as ModelName

__all__ = ["AsyncOllama", "ChatModelName", "ChatOptions", "EmbeddingModelName", "Model", "ModelName", "Ollama"]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Ollama's own."""

    frequency_penalty: float
    keep_alive: str
    min_p: float
    num_ctx: int
    num_gpu: int
    num_thread: int
    presence_penalty: float
    repeat_last_n: int
    repeat_penalty: float


class Ollama(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    PullMethods["Model | ModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from OLLAMA_API_KEY. A key is optional."""

    _provider = "ollama"

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


class AsyncOllama(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncPullMethods["Model | ModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from OLLAMA_API_KEY. A key is optional."""

    _provider = "ollama"

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
            import fluent_ai_providers._models.ollama as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
