# Generated from specs/providers/zhipuai.toml; do not edit. Run: fluent-ai generate
"""Zhipu AI: typed clients, options and models. Documentation: https://docs.z.ai/api-reference"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import (
    AsyncCountTokensMethods,
    AsyncEmbedMethods,
    AsyncImageMethods,
    AsyncModerateMethods,
    AsyncSpeakMethods,
    AsyncTranscribeMethods,
)
from fluent_ai.client.verbs_sync import (
    CountTokensMethods,
    EmbedMethods,
    ImageMethods,
    ModerateMethods,
    SpeakMethods,
    TranscribeMethods,
)
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.zhipuai import ChatModelName as ChatModelName
    from fluent_ai_providers._models.zhipuai import EmbeddingModelName as EmbeddingModelName
    from fluent_ai_providers._models.zhipuai import ImageModelName as ImageModelName
    from fluent_ai_providers._models.zhipuai import Model as Model
    from fluent_ai_providers._models.zhipuai import ModelName as ModelName
    from fluent_ai_providers._models.zhipuai import ModerationModelName as ModerationModelName
    from fluent_ai_providers._models.zhipuai import SpeechModelName as SpeechModelName
    from fluent_ai_providers._models.zhipuai import TranscriptionModelName as TranscriptionModelName

__all__ = [
    "AsyncZhipuAI",
    "ChatModelName",
    "ChatOptions",
    "EmbeddingModelName",
    "ImageModelName",
    "Model",
    "ModelName",
    "ModerationModelName",
    "SpeechModelName",
    "TranscriptionModelName",
    "ZhipuAI",
]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Zhipu AI's own."""

    do_sample: bool
    request_id: str
    thinking: Mapping[str, Any]
    tool_stream: bool
    user_id: str


class ZhipuAI(
    ProviderClient,
    EmbedMethods["Model | EmbeddingModelName | str"],
    ModerateMethods["Model | ModerationModelName | str"],
    TranscribeMethods["Model | TranscriptionModelName | str"],
    SpeakMethods["Model | SpeechModelName | str"],
    ImageMethods["Model | ImageModelName | str"],
    CountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from ZAI_API_KEY or ZHIPUAI_API_KEY or BIGMODEL_API_KEY.

    `base_url` is a URL or a dict with region (cn or global); else ZAI_REGION says it.
    """

    _provider = "zhipuai"

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


class AsyncZhipuAI(
    AsyncProviderClient,
    AsyncEmbedMethods["Model | EmbeddingModelName | str"],
    AsyncModerateMethods["Model | ModerationModelName | str"],
    AsyncTranscribeMethods["Model | TranscriptionModelName | str"],
    AsyncSpeakMethods["Model | SpeechModelName | str"],
    AsyncImageMethods["Model | ImageModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from ZAI_API_KEY or ZHIPUAI_API_KEY or BIGMODEL_API_KEY.

    `base_url` is a URL or a dict with region (cn or global); else ZAI_REGION says it.
    """

    _provider = "zhipuai"

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
            import fluent_ai_providers._models.zhipuai as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
