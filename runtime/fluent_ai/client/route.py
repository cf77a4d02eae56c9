"""Several models under one name: the legs of a route, and how it goes from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, cast, get_args

from fluent_ai.arguments import as_text
from fluent_ai.content.model_names import ModelName, split_model
from fluent_ai.errors import ConfigError
from fluent_ai.http.messages import Timeouts
from fluent_ai.resilience.failover import Resume
from fluent_ai.resilience.timeouts import read_retries, read_timeouts

if TYPE_CHECKING:
    from fluent_ai.auth.keychain import Key
    from fluent_ai.providers.addresses import BaseUrl

T = TypeVar("T")

Pick: TypeAlias = Literal["order", "fastest", "cheapest"] | Mapping[str, float]
"""Which leg is asked first: the first one, the quickest, the cheapest, or one that is drawn by the weights of legs."""


_HEAVIEST = 1e9


class Leg:
    """A model of a route with settings of its own: another key, region, address, patience.

    ai.Leg("openai:gpt-5.1", key=second_key, timeout=ai.Timeouts(first_byte=5.0), retries=0)
    """

    __slots__ = ("__weakref__", "base_url", "key", "model", "name", "retries", "timeout")

    def __init__(
        self,
        model: ModelName,
        *,
        name: str | None = None,
        key: Key | None = None,
        base_url: BaseUrl | None = None,
        timeout: float | Timeouts | None = None,
        retries: int | None = None,
    ) -> None:
        """`name` is what errors, seams and attempts call it, `provider:model` by default. What is None is the client's.

        Raises ConfigError for a value that is not allowed.
        """
        if isinstance(model, Route | Leg):
            raise ConfigError(
                f"a leg is a {type(model).__name__}; allowed: 'provider:model', an enum member, a ModelInfo"
            )
        self.model = model
        """The model."""
        self.name = ":".join(split_model(model)) if name is None else as_text(name, "name")
        """What errors, seams and attempts call the leg."""
        self.key = key
        """Its own key; None for the client's."""
        self.base_url = base_url
        """Its own address; None for the client's."""
        self.timeout = read_timeouts(timeout)
        """Its own time limits; None for the client's."""
        self.retries = None if retries is None else read_retries(retries)
        """How often a request is sent again to this leg; None for the client's number."""

    def __repr__(self) -> str:
        return f"Leg({self.name!r})"


class Route:
    """Several models under one name, for every verb of every client. `reply.attempts` tells who was asked.

    smart = ai.Route("anthropic:claude-sonnet-4-5", "openai:gpt-5.1", "local:smollm2-135m", resume="continue")
    client.complete(smart, "Why is the sky blue?")
    """

    __slots__ = ("__weakref__", "hedge", "legs", "pick", "resume")

    def __init__(
        self, *legs: ModelName | Leg, pick: Pick = "order", hedge: float | None = None, resume: Resume = "never"
    ) -> None:
        """The next leg is asked where one fails before its first value, by a fault that is not the caller's.

        Where one breaks off later, `resume` says what follows: `never` raises the error; `restart` asks the next leg to
        begin again; `continue` asks it to go on where the text broke off, if it can, and else to begin again. A `Seam`
        event tells of either.

        `pick` says in which order legs are asked: `order` as they stand; `fastest` by how soon each has answered this
        client and how many calls it has; `cheapest` by the registry's prices for what the request may use; `{"a": 3,
        "b": 1}` by chance, `a` three times as often as `b`, and legs without a weight only where all others fail.

        With `hedge=0.95`, a call whose answer has not begun after the time within which 95 % of them do asks the next
        leg as well, and takes the answer that begins first.

        Raises ConfigError for a route without legs, or with another route or the same leg twice among them, for weights
        that are below 0, all 0 or of no leg, for a `hedge` that is not between 0 and 1 or has no second leg, and for
        other values of `pick` and `resume`.
        """
        if not legs:
            raise ConfigError("a Route has no legs; allowed: at least one model")
        self.legs = tuple(leg if isinstance(leg, Leg) else Leg(leg) for leg in legs)
        """The models, in the order in which they are asked."""
        names = [leg.name for leg in self.legs]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ConfigError(f"the leg {twice!r} is there twice; allowed: once each. Leg(..., name=) tells two apart")
        self.pick: Pick = _read_pick(pick, names)
        """In which order the legs are asked."""
        self.hedge = _read_hedge(hedge, names)
        """The share of calls that no second leg is asked for; None asks none for any."""
        self.resume: Resume = _one_of("resume", resume, get_args(Resume))
        """What follows where a leg breaks off within its answer."""

    def __repr__(self) -> str:
        legs = ", ".join(repr(leg.name) for leg in self.legs)
        return f"Route({legs}, pick={self.pick!r}, hedge={self.hedge!r}, resume={self.resume!r})"


def _read_pick(pick: object, legs: Sequence[str]) -> Pick:
    if not isinstance(pick, Mapping):
        allowed = ("order", "fastest", "cheapest")
        if pick not in allowed:
            raise ConfigError(f"pick is {pick!r}; allowed: {', '.join(allowed)}, or the weights of legs by name")
        return cast("Pick", pick)
    for leg, weight in pick.items():
        if leg not in legs:
            raise ConfigError(f"pick has a weight for {leg!r}; allowed: the legs of the route, {', '.join(legs)}")
        numeric = isinstance(weight, int | float) and not isinstance(weight, bool)
        if not numeric or not 0 <= weight <= _HEAVIEST:
            raise ConfigError(f"pick[{leg!r}] is {weight!r}; allowed: a number from 0 to {_HEAVIEST:g}")
    if not any(pick.values()):
        raise ConfigError("pick has no weight above 0; allowed: at least one")
    return {leg: float(pick.get(leg, 0.0)) for leg in legs}


def _read_hedge(hedge: object, legs: Sequence[str]) -> float | None:
    if hedge is None:
        return None
    if isinstance(hedge, bool) or not isinstance(hedge, int | float) or not 0 < hedge < 1:
        raise ConfigError(f"hedge is {hedge!r}; allowed: a share of calls between 0 and 1, such as 0.95, or None")
    if len(legs) < 2:
        raise ConfigError(f"hedge is {hedge!r}, but the route has one leg; allowed: with two or more")
    return float(hedge)


def _one_of(name: str, value: T, allowed: Sequence[T]) -> T:
    if value not in allowed:
        raise ConfigError(f"{name} is {value!r}; allowed: {', '.join(map(str, allowed))}")
    return value


ModelOrRoute: TypeAlias = ModelName | Route
"""What every verb takes for a model."""
