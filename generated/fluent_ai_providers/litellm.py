# Generated from specs/providers/litellm.toml; do not edit. Run: fluent-ai generate
"""LiteLLM Proxy: typed clients, options and models. Documentation: https://docs.litellm.ai/docs/simple_proxy"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import AsyncCountTokensMethods, AsyncEmbedMethods, AsyncRerankMethods
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods, RerankMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.litellm import ChatModelName as ChatModelName
    from fluent_ai_providers._models.litellm import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.litellm import Model as Model
    from fluent_ai_providers._models.litellm import ModelName as ModelName
    from fluent_ai_providers._models.litellm import RerankModelName as RerankModelName

__all__ = [
    "AsyncLiteLLMProxy",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "LiteLLMProxy",
    "Model",
    "ModelName",
    "RerankModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and LiteLLM Proxy's own."""

    frequency_penalty: float
    logit_bias: Mapping[str, Any]
    metadata: Mapping[str, Any]
    parallel_tool_calls: bool
    presence_penalty: float
    reasoning_effort: str
    thinking: Mapping[str, Any]
    user: str


class LiteLLMProxy(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    RerankMethods["Model | RerankModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from LITELLM_PROXY_API_KEY. A key is optional."""

    _provider = "litellm"

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


class AsyncLiteLLMProxy(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncRerankMethods["Model | RerankModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from LITELLM_PROXY_API_KEY. A key is optional."""

    _provider = "litellm"

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
            import fluent_ai_providers._models.litellm as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
