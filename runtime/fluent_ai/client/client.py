"""`Client` and `AsyncClient`: every provider through the same verbs.

Both are thin shells of `core.py`, which is imported with the first client: naming the classes costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from fluent_ai.client.settings import Settings, SettingsSignature, check_settings
from fluent_ai.client.verbs_async import AsyncAllMethods
from fluent_ai.client.verbs_sync import AllMethods

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Unpack

    from fluent_ai.auth.keychain import Key
    from fluent_ai.client.bound import AsyncBoundModel, BoundModel
    from fluent_ai.client.core import Core
    from fluent_ai.client.live import CheckResult
    from fluent_ai.client.naming import ReadsNames
    from fluent_ai.client.route import Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.model_names import ModelName
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Result
    from fluent_ai.http.messages import AsyncTransport, HttpVersion, Transport
    from fluent_ai.observe.metrics import MetricsReport
    from fluent_ai.providers.addresses import BaseUrl
    from fluent_ai.providers.table import ProviderStatus
    from fluent_ai.registry import Change, Registry
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


class _Shared:
    """The methods of both clients that never wait."""

    _core: Core

    def set_key(self, provider: str, key: Key | None) -> None:
        """Use this key for calls that start from now on; None returns to the environment's.

        Raises ConfigError for a value that cannot be a key.
        """
        self._core.set_key(provider, key)

    def metrics(self) -> MetricsReport:
        """What `ai.Metrics` has counted, which must be among the observers of this client, or ConfigError is raised."""
        return self._core.metrics()

    def recoveries(self) -> tuple[RecoveryCount, ...]:
        """What was tried after errors, by their kind, and how often it worked; see the setting `recover`."""
        return self._core.recoveries.report()

    def providers(self) -> tuple[ProviderStatus, ...]:
        """All known providers, whether they are ready, and if not, why. Sends nothing."""
        return self._core.status()


class Client(_Shared, AllMethods["ModelName"]):
    """Blocking client. Keys come from `keys` or the environment; nothing is sent before a stream is entered or read.

    `keys` by provider: a key; a list, of which the next takes over when one is refused or limited; a function that is
    asked before each attempt; or the cloud's own: AwsKeys, AwsProfile, GoogleServiceAccount, or a credential of
    azure-identity.

    `base_urls` by provider: a URL, or what the provider's own needs, such as `{"cloudflare": {"account_id": "..."}}`.

    `config`, such as `ai.Config()`, turns the names of calls into models, routes and options by the user's file;
    without one, no file is read.

    `timeout` in seconds for each phase (connect, first byte, read...), or `Timeouts`; by default the provider's own.
    `transport` replaces httpx2. So does `http` with libcurl (extra `http3`): it is the version of HTTP to begin with,
    1, 2 or 3, from which a request falls back to what the server has, or `auto`. `manifests` adds providers. Requests
    are checked against the facts of `registry` (by default `fluent_ai.models`) before they are sent, unless `validate`
    is False, here or for one call. Safe to share between threads.
    """

    __signature__ = SettingsSignature()

    def __init__(
        self,
        *,
        keys: Mapping[str, Key] | None = None,
        base_urls: Mapping[str, BaseUrl] | None = None,
        config: ReadsNames | None = None,
        transport: Transport | None = None,
        http: HttpVersion | None = None,
        **settings: Unpack[Settings],
    ) -> None:
        from fluent_ai.arguments import with_methods
        from fluent_ai.client.core import Core
        from fluent_ai.http.version_setting import checked_http
        from fluent_ai.resilience.calls import Calls
        from fluent_ai.threads import new_lock, renew_in_child

        check_settings(settings, type(self))
        calls = Calls()
        self._core = Core(
            blocking=True,
            connect=self._connect,
            calls=lambda: calls,
            keys=keys,
            base_urls=base_urls,
            config=config,
            **settings,
        )
        self._calls = calls
        self._given = with_methods(transport, "transport", "send", "close")
        self._http: HttpVersion | None = checked_http(http, transport)
        self._transport: AsyncTransport | None = None
        self._lock = new_lock()
        renew_in_child(self, Client._forget_connections)

    def model(self, model: ModelName | Route) -> BoundModel:
        """The model with the same verbs, without the first argument. Raises ConfigError for an unknown provider."""
        from fluent_ai.client.bound import BoundModel

        self._core.check_model(model)
        return BoundModel(self, model)

    def models(self, provider: str) -> list[ModelInfo]:
        """The provider's live model list; for a provider that runs in this process the registry's.

        A list is used again for as long as its server allows (RFC 9111), and asked for with its ETag after that.
        """
        from fluent_ai.client.live import list_models
        from fluent_ai.http.blocking import run_blocking

        return run_blocking(list_models(self._core, provider))

    def check(self, provider: str) -> CheckResult:
        """Test connection and key with the cheapest call that the provider has."""
        from fluent_ai.client.live import check
        from fluent_ai.http.blocking import run_blocking

        return run_blocking(check(self._core, provider))

    def refresh_models(
        self,
        provider: str | None = None,
        *,
        max_age: float = 3600.0,
        accept_shrink: bool = False,
        registry: Registry | None = None,
    ) -> Stream[Change]:
        """Request the list of one provider, or of all with a key; streams the models that are new, gone and changed.

        The client's registry, or the given `registry`, uses the list from then on, for a week, also in later processes.
        A list younger than `max_age` seconds is not requested again. Raises ListShrunk for a list that lost more than a
        quarter of its models, and at least three, unless `accept_shrink` is True. The failure of a single `provider` is
        raised; if there are several, all are asked, and their failures are raised at the end as one error.

        A server that replaces the provider through a base URL speaks only for itself: its list is kept for its address.
        """
        from fluent_ai.client.refresh import Refresh
        from fluent_ai.streams.stream import Stream

        return Stream(Refresh(self._core, provider, max_age, accept_shrink, registry))

    def close(self) -> None:
        """End the calls that are under way, which raise Cancelled, and close all connections. Safe from any thread; the
        client can be used again. Observers are waited for, up to 5 seconds each.
        """
        from fluent_ai.http.blocking import run_blocking

        self._calls.abort()
        transport = self._transport
        if transport is not None:
            run_blocking(transport.close())
        self._core.flush_observers()

    def _stream(self, model: ModelName | Route, messages: Messages, options: Mapping[str, Any]) -> ReplyStream:
        from fluent_ai.client.calls import open_call
        from fluent_ai.streams.stream import ReplyStream
        from fluent_ai.verbs.chat import CHAT

        source, notes = open_call(self._core, CHAT, model, messages, options)
        return ReplyStream(source, notes, output=options.get("output"))

    def _start(
        self,
        verb: Verb[SubjectT, Any, ItemT, ResultT],
        model: ModelName | Route,
        subject: SubjectT,
        options: Mapping[str, Any],
    ) -> ResultStream[ItemT, ResultT]:
        from fluent_ai.client.calls import open_call
        from fluent_ai.streams.stream import ResultStream

        source, notes = open_call(self._core, verb, model, subject, options)
        return ResultStream(source, notes)

    def _forget_connections(self) -> None:
        """After a fork: the connections are the parent's, and two who use one would read each other's answers."""
        self._transport = None

    def _connect(self) -> AsyncTransport:
        """The transport, which stays the same: closing it makes it open new connections when it is next used."""
        transport = self._transport
        if transport is None:
            from fluent_ai.http.blocking import BlockingTransport
            from fluent_ai.http.transports import default_transport

            with self._lock:
                transport = self._transport
                if transport is None:
                    given = default_transport(http=self._http) if self._given is None else self._given
                    transport = self._transport = BlockingTransport(given)
        return transport

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncClient(_Shared, AsyncAllMethods["ModelName"]):
    """The asynchronous twin of `Client`. One connection pool per event loop, so that it outlives an `asyncio.run`."""

    __signature__ = SettingsSignature()

    def __init__(
        self,
        *,
        keys: Mapping[str, Key] | None = None,
        base_urls: Mapping[str, BaseUrl] | None = None,
        config: ReadsNames | None = None,
        transport: AsyncTransport | None = None,
        http: HttpVersion | None = None,
        **settings: Unpack[Settings],
    ) -> None:
        from fluent_ai.arguments import with_methods
        from fluent_ai.client.core import Core
        from fluent_ai.client.loops import Loops
        from fluent_ai.http.version_setting import checked_http

        check_settings(settings, type(self))
        loops = Loops(with_methods(transport, "transport", "send", "close"), checked_http(http, transport))
        self._loops = loops
        self._core = Core(
            blocking=False,
            connect=loops.transport,
            calls=loops.calls,
            keys=keys,
            base_urls=base_urls,
            config=config,
            **settings,
        )

    def model(self, model: ModelName | Route) -> AsyncBoundModel:
        """The model with the same verbs, without the first argument. Raises ConfigError for an unknown provider."""
        from fluent_ai.client.bound import AsyncBoundModel

        self._core.check_model(model)
        return AsyncBoundModel(self, model)

    async def models(self, provider: str) -> list[ModelInfo]:
        """The provider's live model list; for a provider that runs in this process the registry's."""
        from fluent_ai.client.live import list_models

        return await list_models(self._core, provider)

    async def check(self, provider: str) -> CheckResult:
        """Test connection and key with the cheapest call that the provider has."""
        from fluent_ai.client.live import check

        return await check(self._core, provider)

    def refresh_models(
        self,
        provider: str | None = None,
        *,
        max_age: float = 3600.0,
        accept_shrink: bool = False,
        registry: Registry | None = None,
    ) -> AsyncStream[Change]:
        """The asynchronous twin of `Client.refresh_models`: streams the models that are new, gone and changed."""
        from fluent_ai.client.refresh import Refresh
        from fluent_ai.streams.stream import AsyncStream

        return AsyncStream(Refresh(self._core, provider, max_age, accept_shrink, registry))

    async def close(self) -> None:
        """End the calls of the running event loop, which raise Cancelled, and close its connections; the client can be
        used again. Observers are waited for, up to 5 seconds each.
        """
        await self._loops.close()
        await self._core.aflush_observers()

    def _stream(self, model: ModelName | Route, messages: Messages, options: Mapping[str, Any]) -> AsyncReplyStream:
        from fluent_ai.client.calls import open_call
        from fluent_ai.streams.stream import AsyncReplyStream
        from fluent_ai.verbs.chat import CHAT

        source, notes = open_call(self._core, CHAT, model, messages, options)
        return AsyncReplyStream(source, notes, output=options.get("output"))

    def _start(
        self,
        verb: Verb[SubjectT, Any, ItemT, ResultT],
        model: ModelName | Route,
        subject: SubjectT,
        options: Mapping[str, Any],
    ) -> AsyncResultStream[ItemT, ResultT]:
        from fluent_ai.client.calls import open_call
        from fluent_ai.streams.stream import AsyncResultStream

        source, notes = open_call(self._core, verb, model, subject, options)
        return AsyncResultStream(source, notes)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
