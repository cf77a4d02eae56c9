# Generated from specs/providers/minimax.toml; do not edit. Run: fluent-ai generate
"""MiniMax: typed clients, options and models. Documentation: https://platform.minimax.io/docs"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import AsyncCountTokensMethods, AsyncSpeakMethods
from fluent_ai.client.verbs_sync import CountTokensMethods, SpeakMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.minimax import ChatModelName as ChatModelName
    from fluent_ai_providers._models.minimax import Model as Model
    from fluent_ai_providers._models.minimax import ModelName as ModelName
    from fluent_ai_providers._models.minimax import SpeechModelName as SpeechModelName

__all__ = ["AsyncMiniMax", "ChatModelName", "ChatOptions", "MiniMax", "Model", "ModelName", "SpeechModelName"]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and MiniMax's own."""


class MiniMax(
    ProviderClient, SpeakMethods["Model | SpeechModelName | str"], CountTokensMethods["Model | ModelName | str"]
):
    """The key comes from `api_key`, or else from MINIMAX_API_KEY.

    `base_url` is a URL or a dict with region (cn or global); else MINIMAX_REGION says it.
    """

    _provider = "minimax"

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


class AsyncMiniMax(
    AsyncProviderClient,
    AsyncSpeakMethods["Model | SpeechModelName | str"],
    AsyncCountTokensMethods["Model | ModelName | str"],
):
    """The key comes from `api_key`, or else from MINIMAX_API_KEY.

    `base_url` is a URL or a dict with region (cn or global); else MINIMAX_REGION says it.
    """

    _provider = "minimax"

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
            import fluent_ai_providers._models.minimax as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
