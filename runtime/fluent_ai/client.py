"""`Client` and `AsyncClient`: every provider through the same verbs."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack, cast

from .errors import ConfigError
from .interfaces import AsyncTransport, ChatCodec, Timeouts, Transport
from .manifest import Manifest
from .messages import Messages
from .model_names import ModelName, split_model
from .once import BlockingTransport, run
from .options import ChatOptions, build_chat_request
from .providers import Credentials, ManifestInput, ProviderStatus, ProviderTable, chat_model
from .retry import RetryPolicy
from .sources import BlockingPace, HttpSource, LoopPace, WorkerSource
from .streams import AsyncReplyStream, ReplyStream
from .vocabulary import Reply

if TYPE_CHECKING:
    import asyncio

    from .facts import ModelInfo
    from .live import CheckResult


class _Shared:
    """What both clients hold, and everything that needs no waiting."""

    def __init__(
        self,
        *,
        keys: Mapping[str, str] | None = None,
        base_urls: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | Timeouts | None = None,
        retries: int = 2,
        manifests: Sequence[ManifestInput] = (),
    ) -> None:
        if isinstance(retries, bool) or not isinstance(retries, int) or not 0 <= retries <= 100:
            raise ConfigError(f"retries is {retries!r}; allowed: a whole number from 0 to 100")
        if isinstance(timeout, int | float) and not timeout > 0:
            raise ConfigError(f"timeout is {timeout!r}; allowed: seconds above 0, or Timeouts")
        self._providers = ProviderTable(manifests)
        self._credentials = Credentials(keys, base_urls, headers)
        for provider in self._credentials.named():
            self._providers.get(provider)
        self._timeout = timeout
        self._policy = RetryPolicy(retries=retries)

    def providers(self) -> tuple[ProviderStatus, ...]:
        """All known providers: which are ready, and why the others are not. Sends nothing."""
        return tuple(self._credentials.status(row) for _, row in sorted(self._providers.all().items()))

    def _timeouts(self, manifest: Manifest) -> Timeouts:
        if isinstance(self._timeout, Timeouts):
            return self._timeout
        if self._timeout is not None:
            seconds = float(self._timeout)
            return Timeouts(seconds, seconds, seconds, seconds, seconds)
        own = manifest.timeout
        return Timeouts(connect=own.connect, first_byte=own.first_byte, read=own.read)

    def _source(self, model: ModelName, messages: Messages, options: Mapping[str, Any]) -> HttpSource | WorkerSource:
        provider, model_id = split_model(model)
        manifest = self._providers.get(provider)
        request = build_chat_request(manifest, model_id, messages, options)
        served = chat_model(manifest, model_id, self._credentials)
        if hasattr(served, "run"):
            return WorkerSource(served, request, blocking=self._blocking)
        codec = cast(ChatCodec, served)
        return HttpSource(codec, request, self._connect, self._pace(), self._timeouts(manifest), self._policy)

    _blocking: bool

    def _connect(self) -> AsyncTransport:
        raise NotImplementedError

    def _pace(self) -> BlockingPace | LoopPace:
        return BlockingPace() if self._blocking else LoopPace()

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Client(_Shared):
    """Blocking client. Keys come from `keys` or the environment; nothing is sent before a stream is entered or iterated.

    `timeout` in seconds for each phase (connect, first byte, read...), or `Timeouts`; by default the provider's own profile.
    `transport` replaces httpx2; `manifests` adds providers. Safe to share between threads.
    """

    _blocking = True

    def __init__(
        self,
        *,
        keys: Mapping[str, str] | None = None,
        base_urls: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | Timeouts | None = None,
        retries: int = 2,
        transport: Transport | None = None,
        manifests: Sequence[ManifestInput] = (),
    ) -> None:
        super().__init__(
            keys=keys, base_urls=base_urls, headers=headers, timeout=timeout, retries=retries, manifests=manifests
        )
        self._given = transport
        self._transport: BlockingTransport | None = None

    def stream(self, model: ModelName, messages: Messages, **options: Unpack[ChatOptions]) -> ReplyStream:
        """The reply as events. Raises ConfigError for bad arguments at once, what the provider says from the iteration."""
        return self._stream(model, messages, options)

    def complete(self, model: ModelName, messages: Messages, **options: Unpack[ChatOptions]) -> Reply:
        """The whole reply."""
        with self._stream(model, messages, options) as stream:
            return stream.collect()

    def model(self, model: ModelName) -> BoundModel:
        """The model with the same verbs, without the first argument."""
        provider, _ = split_model(model)
        self._providers.get(provider)
        return BoundModel(self, model)

    def models(self, provider: str) -> list[ModelInfo]:
        """The provider's live model list."""
        from .live import list_models

        return run(list_models(self, provider))

    def check(self, provider: str) -> CheckResult:
        """Test connection and key with the cheapest call that the provider has."""
        from .live import check

        return run(check(self, provider))

    def close(self) -> None:
        """Close all connections."""
        if self._transport is not None:
            run(self._transport.close())
            self._transport = None

    def _stream(self, model: ModelName, messages: Messages, options: Mapping[str, Any]) -> ReplyStream:
        return ReplyStream(self._source(model, messages, options), parse_output=options.get("output") is not None)

    def _connect(self) -> AsyncTransport:
        if self._transport is None:
            if self._given is None:
                from .transport.httpx2_transport import Httpx2Transport

                self._transport = BlockingTransport(Httpx2Transport())
            else:
                self._transport = BlockingTransport(self._given)
        return self._transport

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class AsyncClient(_Shared):
    """The asynchronous twin of `Client`. It keeps one connection pool per event loop, so it outlives an `asyncio.run`."""

    _blocking = False

    def __init__(
        self,
        *,
        keys: Mapping[str, str] | None = None,
        base_urls: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | Timeouts | None = None,
        retries: int = 2,
        transport: AsyncTransport | None = None,
        manifests: Sequence[ManifestInput] = (),
    ) -> None:
        super().__init__(
            keys=keys, base_urls=base_urls, headers=headers, timeout=timeout, retries=retries, manifests=manifests
        )
        self._given = transport
        self._transports: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncTransport] = (
            weakref.WeakKeyDictionary()
        )

    def stream(self, model: ModelName, messages: Messages, **options: Unpack[ChatOptions]) -> AsyncReplyStream:
        """The reply as events. Raises ConfigError for bad arguments at once, what the provider says from the iteration."""
        return self._stream(model, messages, options)

    async def complete(self, model: ModelName, messages: Messages, **options: Unpack[ChatOptions]) -> Reply:
        """The whole reply."""
        async with self._stream(model, messages, options) as stream:
            return await stream.collect()

    def model(self, model: ModelName) -> AsyncBoundModel:
        """The model with the same verbs, without the first argument."""
        provider, _ = split_model(model)
        self._providers.get(provider)
        return AsyncBoundModel(self, model)

    async def models(self, provider: str) -> list[ModelInfo]:
        """The provider's live model list."""
        from .live import list_models

        return await list_models(self, provider)

    async def check(self, provider: str) -> CheckResult:
        """Test connection and key with the cheapest call that the provider has."""
        from .live import check

        return await check(self, provider)

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        import asyncio

        transport = self._transports.pop(asyncio.get_running_loop(), None)
        if transport is not None:
            await transport.close()

    def _stream(self, model: ModelName, messages: Messages, options: Mapping[str, Any]) -> AsyncReplyStream:
        return AsyncReplyStream(self._source(model, messages, options), parse_output=options.get("output") is not None)

    def _connect(self) -> AsyncTransport:
        import asyncio

        if self._given is not None:
            return self._given
        loop = asyncio.get_running_loop()
        transport = self._transports.get(loop)
        if transport is None:
            from .transport.httpx2_transport import AsyncHttpx2Transport

            transport = self._transports[loop] = AsyncHttpx2Transport()
        return transport

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class BoundModel:
    """One model of a `Client`."""

    def __init__(self, client: Client, model: ModelName) -> None:
        self._client = client
        self._model = model

    def stream(self, messages: Messages, **options: Unpack[ChatOptions]) -> ReplyStream:
        return self._client.stream(self._model, messages, **options)

    def complete(self, messages: Messages, **options: Unpack[ChatOptions]) -> Reply:
        return self._client.complete(self._model, messages, **options)


class AsyncBoundModel:
    """One model of an `AsyncClient`."""

    def __init__(self, client: AsyncClient, model: ModelName) -> None:
        self._client = client
        self._model = model

    def stream(self, messages: Messages, **options: Unpack[ChatOptions]) -> AsyncReplyStream:
        return self._client.stream(self._model, messages, **options)

    async def complete(self, messages: Messages, **options: Unpack[ChatOptions]) -> Reply:
        return await self._client.complete(self._model, messages, **options)
