# Generated from specs/providers/llama_cpp.toml; do not edit. Run: fluent-ai generate
"""llama.cpp: typed clients, options and models. Documentation: https://github.com/ggml-org/llama.cpp/tree/master/tools/server"""

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

    from fluent_ai_providers._models.llama_cpp import ChatModelName as ChatModelName
    from fluent_ai_providers._models.llama_cpp import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.llama_cpp import Model as Model
    from fluent_ai_providers._models.llama_cpp import ModelName as ModelName
    from fluent_ai_providers._models.llama_cpp import RerankModelName as RerankModelName

__all__ = [
    "AsyncLlamaCpp",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "LlamaCpp",
    "Model",
    "ModelName",
    "RerankModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and llama.cpp's own."""

    cache_prompt: bool
    chat_template_kwargs: Mapping[str, Any]
    dry_multiplier: float
    frequency_penalty: float
    grammar: str
    id_slot: int
    logit_bias: Mapping[str, Any]
    min_p: float
    mirostat: int
    mirostat_eta: float
    mirostat_tau: float
    n_probs: int
    parallel_tool_calls: bool
    presence_penalty: float
    reasoning_format: str
    repeat_last_n: int
    repeat_penalty: float
    typical_p: float


class LlamaCpp(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    RerankMethods["Model | RerankModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from LLAMA_CPP_API_KEY. A key is optional."""

    _provider = "llama_cpp"

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


class AsyncLlamaCpp(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncRerankMethods["Model | RerankModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from LLAMA_CPP_API_KEY. A key is optional."""

    _provider = "llama_cpp"

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
            import fluent_ai_providers._models.llama_cpp as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
