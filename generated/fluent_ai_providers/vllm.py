# Generated from specs/providers/vllm.toml; do not edit. Run: fluent-ai generate
"""vLLM: typed clients, options and models. Documentation: https://docs.vllm.ai/en/stable/serving/openai_compatible_server"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncRerankMethods,
    AsyncTranscribeMethods,
)
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods, RerankMethods, TranscribeMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.vllm import ChatModelName as ChatModelName
    from fluent_ai_providers._models.vllm import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.vllm import Model as Model
    from fluent_ai_providers._models.vllm import ModelName as ModelName
    from fluent_ai_providers._models.vllm import RerankModelName as RerankModelName
    from fluent_ai_providers._models.vllm import TranscriptionModelName as TranscriptionModelName

__all__ = [
    "AsyncVLLM",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "Model",
    "ModelName",
    "RerankModelName",
    "TranscriptionModelName",
    "VLLM",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and vLLM's own."""

    chat_template_kwargs: Mapping[str, Any]
    frequency_penalty: float
    ignore_eos: bool
    logit_bias: Mapping[str, Any]
    min_p: float
    min_tokens: int
    parallel_tool_calls: bool
    presence_penalty: float
    priority: int
    reasoning_effort: str
    repetition_penalty: float
    skip_special_tokens: bool
    stop_token_ids: Sequence[Any]
    structured_outputs: Mapping[str, Any]


class VLLM(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    RerankMethods["Model | RerankModelName | str"],
    TranscribeMethods["Model | TranscriptionModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from VLLM_API_KEY or HOSTED_VLLM_API_KEY. A key is optional."""

    _provider = "vllm"

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


class AsyncVLLM(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncRerankMethods["Model | RerankModelName | str"],
    AsyncTranscribeMethods["Model | TranscriptionModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from VLLM_API_KEY or HOSTED_VLLM_API_KEY. A key is optional."""

    _provider = "vllm"

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
            import fluent_ai_providers._models.vllm as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
