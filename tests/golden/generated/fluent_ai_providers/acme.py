# Generated from specs/providers/acme.toml; do not edit. Run: fluent-ai generate
"""Acme AI: typed clients, options and models. Documentation: https://docs.acme.example"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.client.verbs_async import AsyncCountTokensMethods
from fluent_ai.client.verbs_sync import CountTokensMethods
from fluent_ai.verbs.chat_options import ChatOptions as CommonChatOptions

if TYPE_CHECKING:
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.reply import Reply
    from fluent_ai.streams.stream import AsyncReplyStream, ReplyStream

    from fluent_ai_providers._models.acme import ChatModelName as ChatModelName
    from fluent_ai_providers._models.acme import Model as Model
    from fluent_ai_providers._models.acme import ModelName as ModelName

__all__ = ["Acme", "AsyncAcme", "ChatModelName", "ChatOptions", "Model", "ModelName"]


class ChatOptions(CommonChatOptions, total=False):
    """Options of a chat request: the common ones, and Acme AI's own."""

    anvils: int
    bait: Sequence[Any]
    drop: bool
    trap: Mapping[str, Any]
    user: str
    weight: float


class Acme(ProviderClient, CountTokensMethods["Model | ModelName | str"]):
    """The key comes from `api_key`, or else from ACME_API_KEY.

    `base_url` is a URL or a dict with region (api or eu); else ACME_REGION says it.
    """

    _provider = "acme"

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


class AsyncAcme(AsyncProviderClient, AsyncCountTokensMethods["Model | ModelName | str"]):
    """The key comes from `api_key`, or else from ACME_API_KEY.

    `base_url` is a URL or a dict with region (api or eu); else ACME_REGION says it.
    """

    _provider = "acme"

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
            import fluent_ai_providers._models.acme as models

            return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
