"""What both clients are shells of: providers, credentials and policies, and how a call becomes a source of events."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, starmap
from logging import DEBUG, INFO
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast
from weakref import WeakKeyDictionary

import msgspec

from fluent_ai.arguments import as_flag, with_methods
from fluent_ai.client.kept_lists import KeptLists
from fluent_ai.client.read_settings import (
    read_breaker,
    read_cache,
    read_limits,
    read_local,
    read_media,
    read_observers,
    read_share,
)
from fluent_ai.client.route import Leg, Route
from fluent_ai.client.settings import DEFAULTS, Settings
from fluent_ai.content.model_names import ModelName, split_model
from fluent_ai.content.requests import ChatRequest, Request
from fluent_ai.errors import ConfigError
from fluent_ai.http.messages import AsyncTransport, HttpRequest, Timeouts
from fluent_ai.interfaces import Exchange, LocalSettings, Parser, Worker
from fluent_ai.manifest.schema import Capability, Manifest, Timeout
from fluent_ai.observe.log import attempts as attempt_log
from fluent_ai.observe.log import calls as call_log
from fluent_ai.observe.log import enabled
from fluent_ai.protocols.routing import check_request, find_route, serve
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.providers.addresses import BaseUrl
from fluent_ai.providers.table import Credentials, ProviderStatus, ProviderTable
from fluent_ai.resilience.attempts import Attempts, Delivery
from fluent_ai.resilience.budget import Budgets
from fluent_ai.resilience.calls import Calls
from fluent_ai.resilience.gate import Gate, Gates
from fluent_ai.resilience.hedging import KnownRoutes
from fluent_ai.resilience.recovery import Recoveries, read_table
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.resilience.timeouts import patience, read_retries, read_timeouts, within
from fluent_ai.resilience.waiting import LoopWaiting, ThreadWaiting, Waiting
from fluent_ai.streams.http_source import HttpReplySource, HttpSource
from fluent_ai.streams.sequence_source import SequenceSource
from fluent_ai.verbs.base import Target, hosting

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Unpack

    from fluent_ai.auth.keychain import Key
    from fluent_ai.cache.replies import AnswerCache
    from fluent_ai.client.naming import ReadsNames
    from fluent_ai.content.media_policy import MediaPolicy
    from fluent_ai.content.reply import Reply
    from fluent_ai.content.results import Result
    from fluent_ai.observe.call import Call, Price
    from fluent_ai.observe.delivery import Recipient
    from fluent_ai.observe.metrics import MetricsReport
    from fluent_ai.observe.watching import Watch
    from fluent_ai.registry import Registry
    from fluent_ai.streams.stream import Source
    from fluent_ai.streams.worker_source import WorkerSource
    from fluent_ai.verbs.base import Verb

SubjectT = TypeVar("SubjectT")
RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")

FLUSH_SECONDS = 5.0
"""How long closing a client waits for each of its observers."""


class Terms(NamedTuple):
    """On what terms a model is called: the client's own, or those of one leg of a route."""

    credentials: Credentials
    timeouts: Timeouts | None
    """None for those of the manifest."""
    policy: RetryPolicy
    gates: Gates | None
    """None where nothing stands before the attempts."""
    cache: AnswerCache | None = None
    """None where answers are not kept."""
    media: MediaPolicy | None = None
    """None where pictures are sent as they are."""
    local: LocalSettings | None = None
    """None where models in this process compute as they do by default."""

    def with_own(self, timeout: float | Timeouts | None, retries: int | None) -> Terms:
        """The same with other time limits and another number of retries, where they are given. Raises ConfigError."""
        timeouts = self.timeouts if timeout is None else read_timeouts(timeout)
        number = self.policy.retries if retries is None else read_retries(retries)
        policy = RetryPolicy(retries=number, patience=patience(timeouts), table=self.policy.table)
        return self._replace(timeouts=timeouts, policy=policy)


class Core:
    """`connect` gives the transport for the calling thread or event loop, `calls` those that are under way there;
    `blocking` says which of the two it is.
    """

    def __init__(
        self,
        *,
        blocking: bool,
        connect: Callable[[], AsyncTransport],
        calls: Callable[[], Calls],
        keys: Mapping[str, Key] | None,
        base_urls: Mapping[str, BaseUrl] | None,
        config: ReadsNames | None = None,
        **settings: Unpack[Settings],
    ) -> None:
        given: dict[str, Any] = {**DEFAULTS, **settings}
        retries = read_retries(given["retries"])
        self.blocking = blocking
        self.new_waiting: Callable[[], Waiting] = ThreadWaiting if blocking else LoopWaiting
        self.connect = connect
        self.calls = calls
        self.config = with_methods(config, "config", "apply")
        self.providers = ProviderTable(given["manifests"])
        self.credentials = Credentials(keys, base_urls, given["headers"], self.providers)
        self._registry: Registry | None = with_methods(given["registry"], "registry", "lookup", "did_you_mean")
        self._validate = as_flag(given["validate"], "validate")
        timeouts = read_timeouts(given["timeout"])
        self.lists = KeptLists()
        self._unpriced: set[str | None] = set()
        self._recipients: tuple[Recipient, ...] = read_observers(given["observe"]) if given["observe"] != () else ()
        self.budgets = Budgets(read_share(given["retry_budget"]))
        policy = RetryPolicy(retries=retries, patience=patience(timeouts), table=read_table(given["recover"]))
        self.recoveries = Recoveries()
        self._breaker = read_breaker(given["breaker"])
        self._limits = read_limits(given["limits"])
        kept, media = read_cache(given["cache"]), read_media(given["media"])
        local = read_local(given["local"])
        self.terms = Terms(self.credentials, timeouts, policy, self._new_gates(), kept, media, local)
        self.routes = KnownRoutes()
        self._terms_of_legs: WeakKeyDictionary[Leg, Terms] = WeakKeyDictionary()

    def watch(self, verb: str, provider: str, **facts: Any) -> Watch | None:
        """What follows a call from here on; None if nobody watches."""
        recipients = self._recipients
        if enabled():
            from fluent_ai.observe.call_log import LOG

            recipients += (LOG,)
        if not recipients:
            return None
        from fluent_ai.observe.watching import Watch

        return Watch(recipients, verb, provider, self._price, **facts)

    def metrics(self) -> MetricsReport:
        """What the first observer that counts has counted."""
        from fluent_ai.observe.metrics import Metrics

        for each in self._recipients:
            if isinstance(each.observer, Metrics):
                return each.observer.report()
        raise ConfigError("this client counts nothing; pass observe=[ai.Metrics()]")

    def flush_observers(self) -> None:
        """Wait until the observers know all that happened, for at most some seconds each."""
        for each in self._recipients:
            each.observer.flush(FLUSH_SECONDS)

    async def aflush_observers(self) -> None:
        """`flush_observers` without blocking the event loop."""
        if self._recipients:
            await LoopWaiting().call(self.flush_observers)

    def terms_of(self, leg: Leg) -> Terms:
        """The terms of a leg but for its time limits, the same for all calls: a key that was refused stays refused."""
        if (known := self._terms_of_legs.get(leg)) is not None:
            return known
        terms = self.terms
        if leg.key is not None or leg.base_url is not None:
            manifest, _ = self.find(leg.model)
            credentials = terms.credentials.with_own(manifest, leg.key, leg.base_url)
            terms = terms._replace(credentials=credentials, gates=terms.gates if leg.key is None else self._new_gates())
        return self._terms_of_legs.setdefault(leg, terms)

    def _new_gates(self) -> Gates | None:
        unlimited = self._breaker is None and self._limits is None
        return None if unlimited else Gates(self._breaker, self._limits)

    def timeouts(self, own: Timeout, terms: Terms) -> Timeouts:
        """The caller's timeouts, else those that the manifest has."""
        return terms.timeouts or Timeouts(connect=own.connect, first_byte=own.first_byte, read=own.read)

    def delivery(
        self,
        provider: str,
        own: Timeout,
        watch: Watch | None,
        terms: Terms | None = None,
        gate: Gate | None = None,
    ) -> Delivery:
        """How a call to a provider is sent, on these terms or the client's own, and through which gate."""
        terms = terms or self.terms
        timeouts = self.timeouts(own, terms)
        waiting = self.new_waiting()
        rest = self.calls, self.budgets.of(provider), gate, self.recoveries
        if watch is None:
            return Delivery(self.connect, waiting, timeouts, terms.policy, (), None, *rest)
        return Delivery(self.connect, waiting, timeouts, terms.policy, (watch.attempt,), watch.measure, *rest)

    def check_model(self, model: ModelName | Route) -> None:
        """Raises ConfigError for an unknown provider, or a name that the configuration does not know."""
        if self.config is not None and type(model) is str:
            model, _ = self.config.apply(model, "chat", {}, self)
        for each in [leg.model for leg in model.legs] if isinstance(model, Route) else [model]:
            self.find(each)

    def find(self, model: ModelName) -> tuple[Manifest, str]:
        """The manifest of a provider and the id of a model. Raises ConfigError for an unknown provider."""
        provider, model_id = split_model(model)
        return self.providers.get(provider), model_id

    def set_key(self, provider: str, key: Key | None) -> None:
        self.credentials.set_key(self.providers.get(provider), key)
        self.lists.clear()  # what one key may see, another may not

    def status(self) -> tuple[ProviderStatus, ...]:
        return tuple(self.credentials.status(manifest) for _, manifest in sorted(self.providers.all().items()))

    def _check(
        self, target: Target, capability: Capability, request: RequestT, credentials: Credentials
    ) -> tuple[RequestT, tuple[str, ...]]:
        """The request with what the registry knows of its model, and what that says against it: warnings, or
        ConfigError.

        A provider that runs here knows its models itself, and refuses what it does not know.
        """
        if not self._validate or target.route.protocol == "worker":
            return request, ()
        from fluent_ai.registry.request_checks import find_model, limits, notes

        model = find_model(self.registry, target, partial(credentials.list_url, target.manifest))
        said = notes(self.registry, target, capability, request, model)
        if isinstance(request, ChatRequest):
            request = msgspec.structs.replace(request, limits=limits(model))
        return request, said

    @property
    def registry(self) -> Registry:
        """The caller's, or the one that all share."""
        if self._registry is None:
            from fluent_ai.registry.shared import default

            self._registry = default
        return self._registry

    def open_verb(
        self,
        verb: Verb[SubjectT, RequestT, ItemT, ResultT],
        model: ModelName,
        subject: SubjectT,
        given: Mapping[str, Any],
        terms: Terms,
        *,
        validate: bool,
    ) -> tuple[Source[ItemT, ResultT], tuple[str, ...]]:
        """The source of the result, and warnings. `given` are the options of the verb.

        Everything is checked here and the first request encoded, once; nothing is sent before the source is opened.
        """
        manifest, model_id = self.find(model)
        route = find_route(manifest, verb.capability, model_id, self.providers)
        target = Target(manifest, route, model_id)
        if verb.writes_reply and isinstance(tools := given.get("tools"), list | tuple):
            target = hosting(target, tools)
        first, *others = verb.build(target, subject, given)
        fitted: tuple[str, ...] = ()
        if terms.media is not None:
            first, fitted = fit_media(first, manifest, terms.media)
        served = serve(target, verb, terms.credentials, terms.local)
        checked = validate and verb.capability != "pull"  # what is pulled need not be known
        first, notes = self._check(target, verb.capability, first, terms.credentials) if checked else (first, ())
        if fitted:
            notes = (*notes, *fitted)
        watch = None
        # Asked here too, and not by a function, because calling one costs more than the question.
        if self._recipients or call_log.isEnabledFor(INFO) or attempt_log.isEnabledFor(DEBUG):
            watch = self.watch(verb.capability, manifest.id, model=model_id, route=target.route.protocol, request=first)
        source: Source[ItemT, ResultT]
        if isinstance(served, JsonCodec):  # asking for a worker would be slow, because that is a protocol
            timeouts = target.manifest.timeout_for(verb.capability, target.route)
            exchange = served.prepare(first)
            notes = (*notes, *exchange.notes)
            gate = None if terms.gates is None else terms.gates.at(manifest.id, exchange.request.url, model_id)
            delivery = partial(self.delivery, manifest.id, timeouts, watch, terms, gate)
            parts = _attempts(target, delivery(), exchange)
            if verb.writes_reply:
                source = cast("Source[ItemT, ResultT]", HttpReplySource(*parts))
            else:
                rest = (_attempts(target, _after(parts[0], delivery()), served.prepare(request)) for request in others)
                source = SequenceSource(starmap(HttpSource, chain((parts,), rest)), verb.fold(), parts[0])
            if terms.cache is not None and verb.capability != "pull":
                sent = (exchange.request, *(served.prepare(request).request for request in others))
                source = self._cached(source, target, verb, terms.cache, sent)
        else:
            from fluent_ai.protocols.chat.history.quoting import citing

            served, first = citing(served, first)
            for request in (first, *others):
                check_request(served, request)
            source = SequenceSource(self._runs(served, (first, *others)), verb.fold())
        if watch is not None:
            from fluent_ai.streams.observed_source import ObservedSource

            source = ObservedSource(source, watch)
        return source, notes

    def _cached(
        self,
        source: Source[ItemT, ResultT],
        target: Target,
        verb: Verb[Any, Any, ItemT, ResultT],
        cache: AnswerCache,
        requests: Iterable[HttpRequest],
    ) -> Source[ItemT, ResultT]:
        """The source, unless the answer to these requests is kept already."""
        from fluent_ai.cache.entries import answer_key
        from fluent_ai.streams.cached_source import CachedSource

        kinds = verb.door.public
        route, manifest = target.route, target.manifest
        key = answer_key(manifest.id, route.protocol, verb.capability, target.model, requests, kinds)
        waiting = ThreadWaiting() if self.blocking else LoopWaiting()
        return CachedSource(source, verb.fold, kinds, cache, key, waiting)

    def _price(self, call: Call) -> Price:
        """What a call cost, by the registry."""
        from datetime import UTC, datetime

        return self.price(call.result, call.provider, datetime.fromtimestamp(call.started, UTC))

    def price(self, result: Reply | Result | None, provider: str | None, at: datetime | None = None) -> Price:
        """What a result cost, by the registry: unknown for a provider of this client alone."""
        from fluent_ai.observe.call import Price

        if result is None or (usage := result.usage) is None:
            return Price()
        if usage.cost is not None and 0 <= usage.cost < math.inf:
            return Price(usage.cost, estimated=False)
        if provider in self._unpriced:
            return Price()
        try:
            cost = self.registry.cost(result, at=at)
        except ConfigError:  # its name is not looked up again
            self._unpriced.add(provider)
            return Price()
        return Price(cost.total, cost.estimated)

    def _runs(self, worker: Worker[RequestT, ItemT], requests: Iterable[RequestT]) -> Iterator[WorkerSource[ItemT]]:
        from fluent_ai.streams.worker_source import WorkerSource

        for request in requests:
            yield WorkerSource(worker, request, blocking=self.blocking, calls=self.calls)


def fit_media(request: RequestT, manifest: Manifest, policy: MediaPolicy) -> tuple[RequestT, tuple[str, ...]]:
    """The request with its pictures as the policy wants them, and notes. Raises ConfigError."""
    if not isinstance(request, ChatRequest):
        return request, ()
    from fluent_ai.media.fitting import fit_request

    return fit_request(request, manifest.pictures_for(request.model), policy)


def _attempts(
    target: Target, delivery: Delivery, exchange: Exchange[Any]
) -> tuple[Attempts, Callable[[], Parser[Any]]]:
    """The attempts of one encoded request, and what reads the answer."""
    attempts = Attempts(
        delivery,
        exchange.request,
        exchange.decode_error,
        provider=target.manifest.id,
        model=target.model,
        authenticator=exchange.authenticator,
    )
    return attempts, exchange.new_parser


def _after(first: Attempts, delivery: Delivery) -> Delivery:
    """For a further request of the call that began with these attempts: they share its total limit."""
    if (total := delivery.timeouts.total) is None or first.started_at is None:
        return delivery
    return delivery._replace(timeouts=within(delivery.timeouts, first.started_at + total - perf_counter()))
