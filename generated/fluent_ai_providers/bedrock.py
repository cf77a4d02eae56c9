# Generated from specs/providers/bedrock.toml; do not edit. Run: fluent-ai generate
"""Amazon Bedrock: typed clients, options and models. Documentation: https://docs.aws.amazon.com/bedrock"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncImageMethods,
    AsyncRerankMethods,
)
from fluent_ai.client.verbs_sync import CountTokensMethods, EmbedMethods, ImageMethods, RerankMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.bedrock import ChatModelName as ChatModelName
    from fluent_ai_providers._models.bedrock import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.bedrock import ImageModelName as ImageModelName
    from fluent_ai_providers._models.bedrock import Model as Model
    from fluent_ai_providers._models.bedrock import ModelName as ModelName
    from fluent_ai_providers._models.bedrock import RerankModelName as RerankModelName

__all__ = [
    "AsyncBedrock",
    "Bedrock",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "ImageModelName",
    "Model",
    "ModelName",
    "RerankModelName",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Amazon Bedrock's own."""

    additionalModelRequestFields: Mapping[str, Any]
    additionalModelResponseFieldPaths: Sequence[Any]
    guardrailConfig: Mapping[str, Any]
    performanceConfig: Mapping[str, Any]
    promptVariables: Mapping[str, Any]
    requestMetadata: Mapping[str, Any]
    serviceTier: Mapping[str, Any]


class Bedrock(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    RerankMethods["Model | RerankModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from AWS_BEARER_TOKEN_BEDROCK, or else from AWS credentials.

    `base_url` is a URL or a dict with region; else AWS_REGION or AWS_DEFAULT_REGION says it.
    """

    _provider = "bedrock"

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


class AsyncBedrock(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncRerankMethods["Model | RerankModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from AWS_BEARER_TOKEN_BEDROCK, or else from AWS credentials.

    `base_url` is a URL or a dict with region; else AWS_REGION or AWS_DEFAULT_REGION says it.
    """

    _provider = "bedrock"

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
            import fluent_ai_providers._models.bedrock as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
