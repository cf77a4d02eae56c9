"""Base of the generated typed clients: a `Client` that knows its one provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from fluent_ai.client.client import AsyncClient, Client
from fluent_ai.client.route import Route
from fluent_ai.client.settings import Settings, SettingsSignature, check_settings
from fluent_ai.content.model_names import provider_and_id
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Unpack

    from fluent_ai.auth.keychain import Key
    from fluent_ai.client.core import Core
    from fluent_ai.client.live import CheckResult
    from fluent_ai.client.route import ModelOrRoute
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.model_names import ModelName
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Result
    from fluent_ai.http.messages import AsyncTransport, Transport
    from fluent_ai.observe.metrics import MetricsReport
    from fluent_ai.providers.addresses import BaseUrl
    from fluent_ai.registry import Change
    from fluent_ai.registry.facts import ModelInfo
    from fluent_ai.resilience.recovery import RecoveryCount
    from fluent_ai.streams.stream import (
        AsyncReplyStream,
        AsyncResultStream,
        AsyncStream,
        ReplyStream,
        ResultStream,
        Stream,
    )
    from fluent_ai.verbs.base import Verb

SubjectT = TypeVar("SubjectT")
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")


class _OneProvider:
    """What both clients of one provider share: their key, and how they name its models."""

    _provider: ClassVar[str]
    _core: Core

    def set_key(self, key: Key | None) -> None:
        """Use this key for calls that start from now on; None returns to the environment's.

        Raises ConfigError for a value that cannot be a key.
        """
        self._core.set_key(self._provider, key)

    def metrics(self) -> MetricsReport:
        """What `ai.Metrics` has counted, which must be among the observers of this client, or ConfigError is raised."""
        return self._core.metrics()

    def recoveries(self) -> tuple[RecoveryCount, ...]:
        """What was tried after errors, by their kind, and how often it worked; see the setting `recover`."""
        return self._core.recoveries.report()

    def _named(self, model: ModelOrRoute) -> ModelOrRoute:
        """The same for a route, whose legs have the names that every client takes already."""
        if not isinstance(model, Route):
            return self._name(model)
        for leg in model.legs:
            self._name(leg.model)
        return model

    def _name(self, model: ModelName) -> ModelName:
        """The model as every client names it, from its id or enum member.

        Raises ConfigError for a model of another provider; a str counts as one if only that provider knows it.
        """
        core, provider = self._core, self._provider
        manifest = core.providers.get(provider)
        if (named := provider_and_id(model)) is not None:
            other, model_id = named
            if other not in (manifest.id, *manifest.aliases):
                raise _of_another(provider, other, model_id)
            return f"{provider}:{model_id}"
        if not isinstance(model, str):
            return model  # refused where every client does
        text = str.__str__(model)
        prefix, _, rest = text.partition(":")
        if rest and prefix in (manifest.id, *manifest.aliases):
            return f"{provider}:{rest}"
        found = core.providers.named(prefix) if rest else None
        if found and core.registry.lookup(found.id, rest) and not core.registry.lookup(provider, text):
            raise _of_another(provider, found.id, rest)
        return f"{provider}:{text}"


def _of_another(provider: str, other: str, model: str) -> ConfigError:
    return ConfigError(
        f"model is {model!r} of {other}; allowed: a model of {provider}. A Client calls every provider",
        provider=provider,
        model=model,
    )


class ProviderClient(_OneProvider):
    """Blocking client of one provider. `timeout` is in seconds; `retries` are made only before the first event."""

    __signature__ = SettingsSignature()

    def __init__(
        self,
        *,
        api_key: Key | None = None,
        base_url: BaseUrl | None = None,
        transport: Transport | None = None,
        **settings: Unpack[Settings],
    ) -> None:

        check_settings(settings, type(self))
        provider = self._provider
        self._client = Client(
            keys=None if api_key is None else {provider: api_key},
            base_urls=None if base_url is None else {provider: base_url},
            transport=transport,
            **settings,
        )
        self._core = self._client._core

    def _stream(self, model: ModelOrRoute, messages: Messages, options: Mapping[str, Any]) -> ReplyStream:
        return self._client._stream(self._named(model), messages, options)

    def _start(
        self,
        verb: Verb[SubjectT, Any, ItemT, ResultT],
        model: ModelOrRoute,
        subject: SubjectT,
        options: Mapping[str, Any],
    ) -> ResultStream[ItemT, ResultT]:
        return self._client._start(verb, self._named(model), subject, options)

    def models(self) -> list[ModelInfo]:
        """The provider's live model list."""
        return self._client.models(self._provider)

    def check(self) -> CheckResult:
        """Test connection and key."""
        return self._client.check(self._provider)

    def refresh_models(self, *, max_age: float = 3600.0, accept_shrink: bool = False) -> Stream[Change]:
        """Ask the provider for its list; streams what is new, gone and changed in it. As `Client.refresh_models`."""
        return self._client.refresh_models(self._provider, max_age=max_age, accept_shrink=accept_shrink)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncProviderClient(_OneProvider):
    """The asynchronous twin of `ProviderClient`."""

    __signature__ = SettingsSignature()

    def __init__(
        self,
        *,
        api_key: Key | None = None,
        base_url: BaseUrl | None = None,
        transport: AsyncTransport | None = None,
        **settings: Unpack[Settings],
    ) -> None:

        check_settings(settings, type(self))
        provider = self._provider
        self._client = AsyncClient(
            keys=None if api_key is None else {provider: api_key},
            base_urls=None if base_url is None else {provider: base_url},
            transport=transport,
            **settings,
        )
        self._core = self._client._core

    def _stream(self, model: ModelOrRoute, messages: Messages, options: Mapping[str, Any]) -> AsyncReplyStream:
        return self._client._stream(self._named(model), messages, options)

    def _start(
        self,
        verb: Verb[SubjectT, Any, ItemT, ResultT],
        model: ModelOrRoute,
        subject: SubjectT,
        options: Mapping[str, Any],
    ) -> AsyncResultStream[ItemT, ResultT]:
        return self._client._start(verb, self._named(model), subject, options)

    async def models(self) -> list[ModelInfo]:
        """The provider's live model list."""
        return await self._client.models(self._provider)

    async def check(self) -> CheckResult:
        """Test connection and key."""
        return await self._client.check(self._provider)

    def refresh_models(self, *, max_age: float = 3600.0, accept_shrink: bool = False) -> AsyncStream[Change]:
        """Ask the provider for its list; streams what is new, gone and changed in it. As `Client.refresh_models`."""
        return self._client.refresh_models(self._provider, max_age=max_age, accept_shrink=accept_shrink)

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        await self._client.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
