"""A call of a route: its legs as calls of one model each, and the source that goes from one to the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import msgspec

from fluent_ai.content.message_input import to_messages
from fluent_ai.content.parts import Message, TextPart
from fluent_ai.content.reply import Reply
from fluent_ai.content.requests import Request
from fluent_ai.protocols.routing import find_route
from fluent_ai.resilience.load import Load
from fluent_ai.resilience.picking import by_price, by_speed, by_weight
from fluent_ai.resilience.timeouts import within
from fluent_ai.streams.continuation import beginning
from fluent_ai.streams.failover_source import FailoverSource
from fluent_ai.streams.failover_source import LegCall as AnyLeg
from fluent_ai.streams.hedged_source import HedgedSource
from fluent_ai.verbs.base import Target

if TYPE_CHECKING:
    from fluent_ai.client.core import Core, Terms
    from fluent_ai.client.route import Leg, Route
    from fluent_ai.content.message_input import Messages
    from fluent_ai.content.results import Result
    from fluent_ai.manifest.schema import Capability
    from fluent_ai.resilience.hedging import Hedging
    from fluent_ai.streams.stream import Source
    from fluent_ai.verbs.base import Verb

SubjectT = TypeVar("SubjectT")
RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT", bound="Reply | Result")

PATIENCE = 5.0
"""The longest pause, in seconds, that a leg with a successor is waited for, whatever its provider asks for."""

_ACTING = ("background", "conversation", "mcp_servers", "store")
"""Options of providers, or fields of their bodies, with which a request does more than answer."""
_CONTINUING = ("ollama_chat",)
"""The protocols that go on with the assistant's last turn, whichever the model."""


def open_route(
    core: Core,
    verb: Verb[SubjectT, RequestT, ItemT, ResultT],
    route: Route,
    subject: SubjectT,
    options: Mapping[str, Any],
    terms: Terms,
    *,
    validate: bool,
) -> tuple[Source[ItemT, ResultT], tuple[str, ...]]:
    """The source of the result, from whichever leg answers, and warnings.

    The request of the first leg that takes it is encoded here, those of the others when their turn comes. Raises
    ConfigError for a leg that cannot do the verb, and that of the first leg if none takes the request.
    """
    legs = [LegCall(core, verb, leg, subject, options, terms, validate=validate) for leg in route.legs]
    keys = tuple(leg.key for leg in legs)
    notes: tuple[str, ...] = ()
    if route.pick == "cheapest":
        prices = [leg.price() for leg in legs]
        legs = [legs[number] for number in by_price(prices)]
        unknown = [leg.name for leg, price in zip(route.legs, prices, strict=True) if price is None]
        notes = tuple(f"no price of {name} is known for this request, so it is asked last" for name in unknown)
    elif route.pick != "order":
        loads = [leg.measure() for leg in legs]
        order = by_speed(loads) if route.pick == "fastest" else by_weight(loads, [*route.pick.values()])
        legs = [legs[number] for number in order]
    legs[-1].last = True
    left: deque[AnyLeg[ItemT, ResultT]] = deque(legs)  # shared by both sources of a hedged call
    first = FailoverSource(left, resume=route.resume, total=terms.timeouts.total if terms.timeouts else None)
    if route.hedge is None or not may_run_twice(verb.capability, options):
        return first, notes
    return _hedged(core, first, left, core.routes.hedging(keys, route.hedge), route), notes


def _hedged(
    core: Core,
    first: FailoverSource[ItemT, ResultT],
    legs: deque[AnyLeg[ItemT, ResultT]],
    hedging: Hedging,
    route: Route,
) -> Source[ItemT, ResultT]:
    """The same, with a second leg beside the first where that takes longer than usual."""

    def second() -> FailoverSource[ItemT, ResultT] | None:
        try:
            following = legs[0]
        except IndexError:
            return None
        if not hedging.spend() or not following.may_ask():
            return None
        source = FailoverSource(legs, resume=route.resume, total=first.seconds_left())
        source.alone = True
        return source

    return HedgedSource(first, second, hedging, core.new_waiting)


def may_run_twice(capability: Capability, options: Mapping[str, Any]) -> bool:
    """False for what may do something besides answering: keep it in a conversation, run in the background, use tools of
    the provider's."""
    given = options.get("extra_body")
    body: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    acts = body.get("tools") or any(options.get(name) or body.get(name) for name in _ACTING)
    return capability != "pull" and not acts


class LegCall(Generic[SubjectT, RequestT, ItemT, ResultT]):
    """The call of one leg."""

    def __init__(
        self,
        core: Core,
        verb: Verb[SubjectT, RequestT, ItemT, ResultT],
        leg: Leg,
        subject: SubjectT,
        options: Mapping[str, Any],
        terms: Terms,
        *,
        validate: bool,
    ) -> None:
        self.name = leg.name
        self.load: Load | None = None
        """What is known of its speed, where somebody wants to know."""
        self.last = False
        """True if no other leg follows it."""
        self._core = core
        self._verb = verb
        self._leg = leg
        self._subject = subject
        self._options = options
        self._terms = terms
        self._validate = validate
        self._manifest, self._model = core.find(leg.model)
        self._route = find_route(self._manifest, verb.capability, self._model, core.providers)

    def measure(self) -> Load:
        """What this client knows of the leg's speed and health, which the call adds to."""
        self.load = self._core.routes.of(self.key)
        return self.load

    @property
    def key(self) -> tuple[str, ...]:
        """What is remembered of a leg belongs to this."""
        return self._verb.capability, self.name, self._manifest.id, self._model

    def may_ask(self) -> bool:
        """Whether the provider may get an extra request, which counts as a retry there."""
        budget = self._core.budgets.of(self._manifest.id)
        return budget is None or budget.spend()

    def price(self) -> float | None:
        """What the request may cost at this leg, in US dollars; None if that is not known."""
        from fluent_ai.client.leg_prices import price_of

        target = Target(self._manifest, self._route, self._model)
        credentials = self._core.terms_of(self._leg).credentials
        return price_of(self._core.registry, target, self._verb.capability, self._subject, self._options, credentials)

    def open(
        self, seconds: float | None = None, begun: Reply | None = None
    ) -> tuple[Source[ItemT, ResultT], tuple[str, ...]]:
        """The source of the leg's answer, and warnings; all of it may take so many seconds.

        `begun` is a reply to go on with. Raises ConfigError if the leg does not take the request.
        """
        own = self._core.terms_of(self._leg)
        terms = self._terms._replace(credentials=own.credentials, gates=own.gates)
        terms = terms.with_own(self._leg.timeout, self._leg.retries)
        if seconds is not None:
            limits = self._core.timeouts(self._manifest.timeout_for(self._verb.capability, self._route), terms)
            terms = terms._replace(timeouts=within(limits, seconds))
        if not self.last:
            policy = msgspec.structs.replace(terms.policy, patience=min(terms.policy.patience, PATIENCE))
            terms = terms._replace(policy=policy)
        subject = self._subject
        if begun is not None:
            turn = Message("assistant", (TextPart(beginning(begun)),))
            subject = cast("SubjectT", [*to_messages(cast("Messages", subject)), turn])
        return self._core.open_verb(self._verb, self._leg.model, subject, self._options, terms, validate=self._validate)

    def goes_on(self) -> bool:
        """True if the leg can go on where another one broke off, as the registry or its protocol says."""
        if not self._verb.writes_reply or self._options.get("output") is not None:
            return False
        model = self._core.registry.lookup(self._manifest.id, self._model)
        fact = None if model is None else model.prefill
        return self._route.protocol in _CONTINUING if fact is None else fact
