# Generated from specs/providers/fireworks.toml; do not edit. Run: fluent-ai generate
"""Fireworks AI: typed clients, options and models. Documentation: https://docs.fireworks.ai"""

from __future__ import annotations

from collections.abc import Mapping
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

    from fluent_ai_providers._models.fireworks import ChatModelName as ChatModelName
    from fluent_ai_providers._models.fireworks import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.fireworks import Model as Model
    from fluent_ai_providers._models.fireworks import ModelName as ModelName

__all__ = ["AsyncFireworks", "ChatModelName", "ChatOptions", "EmbeddingModelName", "Fireworks", "Model", "ModelName"]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Fireworks AI's own."""

    context_length_exceeded_behavior: str
    frequency_penalty: float
    ignore_eos: bool
    logit_bias: Mapping[str, Any]
    min_p: float
    mirostat_lr: float
    mirostat_target: float
    parallel_tool_calls: bool
    prediction: Mapping[str, Any]
    presence_penalty: float
    prompt_cache_key: str
    prompt_truncate_len: int
    reasoning_effort: str
    repetition_penalty: float
    service_tier: str
    typical_p: float
    user: str


class Fireworks(
    ProviderClient, EmbedMethods["Model | EmbeddingModelName | str"], CountTokensMethods["Model | ModelName | str"]
):
    """The key comes from `api_key`, or else from FIREWORKS_API_KEY or FIREWORKS_AI_API_KEY."""

    _provider = "fireworks"

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


class AsyncFireworks(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from FIREWORKS_API_KEY or FIREWORKS_AI_API_KEY."""

    _provider = "fireworks"

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
            import fluent_ai_providers._models.fireworks as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
