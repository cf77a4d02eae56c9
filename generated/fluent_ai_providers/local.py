# Generated from specs/providers/local.toml; do not edit. Run: fluent-ai generate
"""Local engine: typed clients, options and models. Documentation: https://github.com/fluent-ai/fluent-ai"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncImageMethods,
    AsyncPullMethods,
    AsyncRerankMethods,
    AsyncTokenizeMethods,
)
from fluent_ai.client.verbs_sync import (
    CountTokensMethods,
    EmbedMethods,
    ImageMethods,
    PullMethods,
    RerankMethods,
    TokenizeMethods,
)
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.local import ChatModelName as ChatModelName
    from fluent_ai_providers._models.local import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.local import ImageModelName as ImageModelName
    from fluent_ai_providers._models.local import Model as Model
    from fluent_ai_providers._models.local import ModelName as ModelName
    from fluent_ai_providers._models.local import RerankModelName as RerankModelName

__all__ = [
    "AsyncLocal",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "ImageModelName",
    "Local",
    "Model",
    "ModelName",
    "RerankModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Local engine's own."""

    dry_allowed_length: int
    dry_base: float
    dry_breakers: Sequence[Any]
    dry_multiplier: float
    dynatemp_exponent: float
    dynatemp_range: float
    frequency_penalty: float
    grammar: str
    logit_bias: Mapping[str, Any]
    min_p: float
    mirostat: int
    mirostat_eta: float
    mirostat_tau: float
    precision: str
    presence_penalty: float
    regex: str
    repetition_penalty: float
    template: str
    tool_format: str
    top_n_sigma: float
    typical_p: float
    xtc_probability: float
    xtc_threshold: float


class Local(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    RerankMethods["Model | RerankModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    PullMethods["Model | ModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
    TokenizeMethods["Model | ModelName | str"],
):
    """No key is needed."""

    _provider = "local"

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


class AsyncLocal(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncRerankMethods["Model | RerankModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncPullMethods["Model | ModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
    AsyncTokenizeMethods["Model | ModelName | str"],
):
    """No key is needed."""

    _provider = "local"

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
            import fluent_ai_providers._models.local as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
