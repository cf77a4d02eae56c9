"""What both clients are shells of: providers, credentials and policies, and how a call becomes a source of events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from fluent_ai.addresses import BaseUrl
from fluent_ai.arguments import as_flag, as_mapping, with_methods
from fluent_ai.errors import ConfigError
from fluent_ai.folding import Fold
from fluent_ai.interfaces import AsyncTransport, Codec, Timeouts, Worker
from fluent_ai.manifest import Capability, Manifest, Route, Timeout
from fluent_ai.messages import Messages
from fluent_ai.model_names import ModelName, split_model
from fluent_ai.options import build_chat_request
from fluent_ai.providers import Credentials, ManifestInput, ProviderStatus, ProviderTable
from fluent_ai.retry import RetryPolicy
from fluent_ai.routing import check_request, find_route, serve
from fluent_ai.sources import BlockingPace, HttpReplySource, HttpSource, LoopPace, Pace, SequenceSource, WorkerSource
from fluent_ai.vocabulary import ChatRequest, Reply, Request

if TYPE_CHECKING:
    from fluent_ai.auth.keychain import Key
    from fluent_ai.events import Event
    from fluent_ai.registry import Registry
    from fluent_ai.streams import Source
    from fluent_ai.verbs import Verb

SubjectT = TypeVar("SubjectT")
RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

MAX_TIMEOUT = 1e6
"""Seconds. Far longer ones overflow in the libraries below."""


class Core:
    """`connect` gives the transport for the calling thread or event loop; `blocking` says which of the two it is."""

    def __init__(
        self,
        *,
        blocking: bool,
        connect: Callable[[], AsyncTransport],
        keys: Mapping[str, Key] | None,
        base_urls: Mapping[str, BaseUrl] | None,
        headers: Mapping[str, str] | None,
        timeout: float | Timeouts | None,
        retries: int,
        manifests: Sequence[ManifestInput],
        registry: Registry | None = None,
        validate: bool = True,
    ) -> None:
        if isinstance(retries, bool) or not isinstance(retries, int) or not 0 <= retries <= 100:
            raise ConfigError(f"retries is {retries!r}; allowed: a whole number from 0 to 100")
        self.blocking = blocking
        self.connect = connect
        self.providers = ProviderTable(manifests)
        self.credentials = Credentials(keys, base_urls, headers, self.providers)
        self.policy = RetryPolicy(retries=retries)
        self._registry = with_methods(registry, "registry", "lookup", "near")
        self._validate = as_flag(validate, "validate")
        self._timeouts = _read_timeouts(timeout)

    def timeouts(self, own: Timeout) -> Timeouts:
        """The caller's, else those that the manifest has."""
        if self._timeouts is not None:
            return self._timeouts
        return Timeouts(connect=own.connect, first_byte=own.first_byte, read=own.read)

    def pace(self) -> Pace:
        return BlockingPace() if self.blocking else LoopPace()

    def find(self, model: ModelName) -> tuple[Manifest, str]:
        """The provider's row and the model's id. Raises ConfigError for an unknown provider, with near matches."""
        provider, model_id = split_model(model)
        return self.providers.get(provider), model_id

    def set_key(self, provider: str, key: Key | None) -> None:
        self.credentials.set_key(self.providers.get(provider), key)

    def status(self) -> tuple[ProviderStatus, ...]:
        return tuple(self.credentials.status(row) for _, row in sorted(self.providers.all().items()))

    def _notes(
        self, manifest: Manifest, capability: Capability, model_id: str, request: ChatRequest | None = None
    ) -> tuple[str, ...]:
        """What the registry has to say about this choice of a model, and about the request: ConfigError, or warnings.

        A provider that runs here knows its models itself, and refuses what it does not know.
        """
        if not self._validate or any(route.protocol == "worker" for route in manifest.chat):
            return ()
        from fluent_ai.registry.checks import notes

        list_url = partial(self.credentials.list_url, manifest)
        return notes(self.registry, manifest, capability, model_id, request, list_url)

    @property
    def registry(self) -> Registry:
        """The caller's, or the one that all share."""
        if self._registry is None:
            from fluent_ai.registry import default

            self._registry = default
        return self._registry

    def source(
        self, model: ModelName, messages: Messages, options: Mapping[str, Any]
    ) -> tuple[HttpReplySource | WorkerSource[ChatRequest, Event, Reply], tuple[str, ...]]:
        """The reply's source, and warnings. Everything is checked here; nothing is sent before the source is opened."""
        validate = True
        if "validate" in options:
            options = dict(options)
            validate = as_flag(options.pop("validate"), "validate")
        manifest, model_id = self.find(model)
        route = find_route(manifest, "chat", model_id, self.providers)
        request = build_chat_request(manifest, route, model_id, messages, options)
        served = serve(manifest, "chat", route, model_id, self.credentials)
        notes = self._notes(manifest, "chat", model_id, request) if validate else ()
        if isinstance(served, Worker):
            check_request(served, request)
            return WorkerSource(served, request, Fold(), blocking=self.blocking), notes
        return HttpReplySource(*self._http(manifest, "chat", route, served, request)), notes

    def verb_source(
        self, verb: Verb[SubjectT, RequestT, ItemT, ResultT], model: ModelName, subject: SubjectT, options: object
    ) -> tuple[SequenceSource[ItemT], tuple[str, ...]]:
        """The same for every other verb."""
        from fluent_ai.verbs import Context

        manifest, model_id = self.find(model)
        route = find_route(manifest, verb.capability, model_id, self.providers)
        requests = verb.build(Context(manifest, route, model_id), subject, as_mapping(options, "options"))
        served = serve(manifest, verb.capability, route, model_id, self.credentials)

        def source(request: RequestT) -> Source[ItemT]:
            if isinstance(served, Worker):
                check_request(served, request)
                return WorkerSource(served, request, verb.fold(), blocking=self.blocking)
            return HttpSource(*self._http(manifest, verb.capability, route, served, request))

        # What is pulled need not be known.
        notes = () if verb.capability == "pull" else self._notes(manifest, verb.capability, model_id)
        return SequenceSource([source(request) for request in requests]), notes

    def _http(
        self,
        manifest: Manifest,
        capability: Capability,
        route: Route,
        codec: Codec[RequestT, ItemT],
        request: RequestT,
    ) -> tuple[str, Codec[RequestT, ItemT], RequestT, Callable[[], AsyncTransport], Pace, Timeouts, RetryPolicy]:
        timeouts = self.timeouts(manifest.timeout_for(capability, route))
        return manifest.id, codec, request, self.connect, self.pace(), timeouts, self.policy


def _read_timeouts(timeout: float | Timeouts | None) -> Timeouts | None:
    """One number is the limit of each phase."""
    if timeout is None:
        return None
    given = timeout if isinstance(timeout, Timeouts) else Timeouts(timeout, timeout, timeout, timeout, timeout)
    for seconds in msgspec.structs.astuple(given):
        numeric = isinstance(seconds, int | float) and not isinstance(seconds, bool)
        if seconds is not None and not (numeric and 0 < seconds <= MAX_TIMEOUT):
            raise ConfigError(f"timeout is {timeout!r}; allowed: seconds above 0, up to {MAX_TIMEOUT:g}, or Timeouts")
    return given
