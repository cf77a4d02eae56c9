"""What both clients are shells of: providers, credentials and policies, and how a call becomes a source of events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fluent_ai.addresses import BaseUrl
from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import AsyncTransport, ChatWorker, Timeouts
from fluent_ai.manifest import Manifest
from fluent_ai.messages import Messages
from fluent_ai.model_names import ModelName, split_model
from fluent_ai.options import build_chat_request
from fluent_ai.providers import Credentials, ManifestInput, ProviderStatus, ProviderTable, chat_model
from fluent_ai.retry import RetryPolicy
from fluent_ai.sources import BlockingPace, HttpSource, LoopPace, WorkerSource


class Core:
    """`connect` gives the transport for the calling thread or event loop; `blocking` says which of the two it is."""

    def __init__(
        self,
        *,
        blocking: bool,
        connect: Callable[[], AsyncTransport],
        keys: Mapping[str, str] | None,
        base_urls: Mapping[str, BaseUrl] | None,
        headers: Mapping[str, str] | None,
        timeout: float | Timeouts | None,
        retries: int,
        manifests: Sequence[ManifestInput],
    ) -> None:
        if isinstance(retries, bool) or not isinstance(retries, int) or not 0 <= retries <= 100:
            raise ConfigError(f"retries is {retries!r}; allowed: a whole number from 0 to 100")
        if (
            timeout is not None
            and not isinstance(timeout, Timeouts)
            and (isinstance(timeout, bool) or not isinstance(timeout, int | float) or not timeout > 0)
        ):
            raise ConfigError(f"timeout is {timeout!r}; allowed: seconds above 0, or Timeouts")
        self.blocking = blocking
        self.connect = connect
        self.providers = ProviderTable(manifests)
        self.credentials = Credentials(keys, base_urls, headers, self.providers)
        self.policy = RetryPolicy(retries=retries)
        self._timeout = timeout

    def timeouts(self, manifest: Manifest) -> Timeouts:
        """The caller's, else the provider's own profile."""
        if isinstance(self._timeout, Timeouts):
            return self._timeout
        if self._timeout is not None:
            seconds = float(self._timeout)
            return Timeouts(seconds, seconds, seconds, seconds, seconds)
        own = manifest.timeout
        return Timeouts(connect=own.connect, first_byte=own.first_byte, read=own.read)

    def pace(self) -> BlockingPace | LoopPace:
        return BlockingPace() if self.blocking else LoopPace()

    def find(self, model: ModelName) -> tuple[Manifest, str]:
        """The provider's row and the model's id. Raises ConfigError for an unknown provider, with near matches."""
        provider, model_id = split_model(model)
        return self.providers.get(provider), model_id

    def status(self) -> tuple[ProviderStatus, ...]:
        return tuple(self.credentials.status(row) for _, row in sorted(self.providers.all().items()))

    def notes(self, model: ModelName) -> tuple[str, ...]:
        """What the registry has to say about this choice of a model; it never stands in the way."""
        from fluent_ai.registry import default

        manifest, model_id = self.find(model)
        if any(route.protocol == "worker" for route in manifest.chat):
            return ()  # it knows its models itself, and refuses what it does not know
        if not default.has_catalog(manifest.id) or default.lookup(manifest.id, model_id) is not None:
            return ()
        hint = default.near(manifest.id, model_id)
        return (f"model {model_id!r} of {manifest.id} is not in the registry.{hint} It is passed on as it is.",)

    def source(self, model: ModelName, messages: Messages, options: Mapping[str, Any]) -> HttpSource | WorkerSource:
        """Everything is checked here; nothing is sent before the source is opened."""
        manifest, model_id = self.find(model)
        request = build_chat_request(manifest, model_id, messages, options)
        served = chat_model(manifest, model_id, self.credentials)
        if isinstance(served, ChatWorker):
            return WorkerSource(served, request, blocking=self.blocking)
        return HttpSource(
            manifest.id,
            served,
            request,
            self.connect,
            self.pace(),
            self.timeouts(manifest),
            self.policy,
        )
