"""Looking models up. Nothing is read before a look-up needs it, and then only the catalog of the provider concerned."""

from __future__ import annotations

import builtins
import math
from collections.abc import Sequence
from copy import copy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from fluent_ai.arguments import as_text, did_you_mean
from fluent_ai.content.model_names import ModelName, split_model
from fluent_ai.errors import ConfigError
from fluent_ai.providers.table import ProviderTable
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.registry.retirement import there
from fluent_ai.registry.store import ModelStore, Named, named

if TYPE_CHECKING:
    from typing import Unpack

    from fluent_ai.content.parts import PathLike
    from fluent_ai.content.reply import Reply, Usage
    from fluent_ai.content.results import Result
    from fluent_ai.registry.comparing import Comparison
    from fluent_ai.registry.costing import Cost
    from fluent_ai.registry.finding import Filters, SortKey
    from fluent_ai.registry.overlays import Facts
    from fluent_ai.registry.refreshed_lists import LiveLists


ChangesT = TypeVar("ChangesT", covariant=True)


class RefreshesModels(Protocol[ChangesT]):
    """A client, as far as `Registry.refresh` knows it: it streams the changes, or streams them asynchronously."""

    def refresh_models(
        self, provider: str | None = None, *, max_age: float, accept_shrink: bool, registry: Registry | None
    ) -> ChangesT: ...


class Registry:
    """The models of the catalogs in `folder`, by default those that ship with the package.

    `overlays` are files or folders of facts that win over the catalogs'; by default those that the environment
    variable FLUENT_AI_MODELS names. `live` is the folder where `refresh` keeps the lists that it brought, by default
    one in the user's cache for the shipped catalogs, and none for those of a `folder`. Safe to share between threads.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        overlays: Sequence[PathLike] | None = None,
        live: PathLike | None = None,
    ) -> None:
        from_overlays = None
        if overlays is not None:
            from fluent_ai.registry.overlays import read_overlays

            from_overlays = [addition for path in overlays for addition in read_overlays(path)]
        self._store = ModelStore(folder, live, from_overlays)
        self._on: date | None = None
        self._dated: dict[tuple[str, str | None], tuple[Named, Named]] = {}

    def get(self, model: ModelName) -> ModelInfo:
        """The model with that name, or with that alias. ConfigError with near matches when there is none."""
        # An enum member equals its bare id, which may look like another provider's full name.
        plain, known = type(model) is str and self._on is None, self._store.known
        if plain and model in known:
            return known[model]
        name, model_id = split_model(model)
        provider = self.provider(name)
        info = self.lookup(provider, model_id)
        if info is None:
            message = f"model {model_id!r} of {provider} is not in the registry.{self._why_not(provider, model_id)}"
            raise ConfigError(message, provider=provider, model=model_id)
        if plain:
            known[model] = info
        return info

    def lookup(self, provider: str, model_id: str, address: str | None = None) -> ModelInfo | None:
        """The model of that provider with that id or alias, or None. `provider` is an id, not an alias.

        What a server in the provider's place listed is known only at its own `address`, the base URL of its list.
        """
        return self._by_name(provider, address).get(model_id)

    def has_catalog(self, provider: str) -> bool:
        """Whether anything is known of that provider's models."""
        return bool(self._by_name(provider))

    def near(self, provider: str, model_id: str) -> str:
        """` Did you mean ...?` with ids of that provider that look like `model_id`, or nothing."""
        return did_you_mean(model_id, builtins.list(self._by_name(provider)))

    def list(self, provider: str) -> builtins.list[ModelInfo]:
        """All models of a provider, by id. ConfigError with near matches for an unknown provider."""
        return self.all(self.provider(provider))

    def all(self, provider: str, address: str | None = None) -> builtins.list[ModelInfo]:
        """The same for the provider with that id, or for what stands in its place at `address`, as for `lookup`.

        Empty where nothing is known of it.
        """
        return [info for name, info in self._by_name(provider, address).items() if name == info.id]

    def provider(self, name: str) -> str:
        """The id of the provider with that id or alias. ConfigError with near matches when there is none."""
        as_text(name, "provider")
        try:
            return ProviderTable().get(name).id
        except ConfigError:
            if name not in self._store.own_providers():
                raise
            return name

    def providers(self) -> builtins.list[str]:
        """The ids of all providers."""
        return sorted({*ProviderTable().all(), *self._store.own_providers()})

    def find(
        self,
        text: str | None = None,
        *,
        sort: SortKey | Sequence[SortKey] | None = None,
        limit: int | None = None,
        **filters: Unpack[Filters],
    ) -> builtins.list[ModelInfo]:
        """The models for which every condition given is known to hold; an unknown fact never matches.

        `text` stands in the id or the name, or all its words do; where no model has them, those spelt alike are found,
        best first. Otherwise the order is by provider and id, or `sort`: the name of a fact, `-` before it for the
        highest or latest first, unknown values last. `limit` keeps the first so many. ConfigError with near matches
        for filters and sort keys that do not exist.
        """
        from fluent_ai.registry import finding

        tests = finding.tests(filters)
        names = finding.providers(filters)
        found = [
            info
            for name in (self.providers() if names is None else dict.fromkeys(map(self.provider, names)))
            for info in self.all(name)
            if all(test(info) for test in tests)
        ]
        if text is not None:
            found = finding.search(found, text)
        if sort is not None:
            found = finding.order(found, sort)
        return finding.limited(found, limit)

    def cost(
        self,
        spent: Reply | Result | Usage,
        model: ModelName | None = None,
        *,
        batch: bool = False,
        at: datetime | None = None,
    ) -> Cost:
        """What a request cost: the provider's own sum where it says one, else its usage by the prices known here.

        `model` is needed for a bare Usage, and wins over what the reply says. Long prompts and hours of the day have
        prices of their own; `at` is when it was sent, by default now. Unknown models and prices make an unknown total.
        """
        from fluent_ai.registry import costing

        usage, provider, model_id = costing.usage_of(spent)
        if model is not None:
            provider, model_id = split_model(model)
        elif spent is usage:
            raise ConfigError("model is missing; allowed: with a Usage, the model that it is of")
        if usage is None or provider is None or model_id is None:
            return costing.Cost(reason="the reply does not say its usage, its provider or its model")
        provider = self.provider(provider)
        name = f"{provider}:{model_id}"
        if usage.cost is not None and 0 <= usage.cost < math.inf:
            return costing.Cost(model=name, total=usage.cost, estimated=False)
        info = self.lookup(provider, model_id)
        if info is None:
            return costing.Cost(model=name, missing=("prices",), reason=f"{name} is not in the registry")
        return costing.cost_of(info, usage, batch=batch, at=at)

    def estimate(
        self,
        model: ModelName,
        input_tokens: int,
        output_tokens: int = 0,
        *,
        batch: bool = False,
        at: datetime | None = None,
    ) -> Cost:
        """What so many tokens would cost, none of them from a cache. ConfigError for a model that is not known."""
        from fluent_ai.registry import costing

        return costing.estimate(self.get(model), input_tokens, output_tokens, batch=batch, at=at)

    def cheapest(
        self,
        text: str | None = None,
        *,
        input_tokens: int,
        output_tokens: int = 0,
        limit: int | None = None,
        **filters: Unpack[Filters],
    ) -> builtins.list[tuple[ModelInfo, Cost]]:
        """The models that hold such a request and can be called today, by what it would cost; conditions as for `find`.

        Models whose price for it is unknown are left out, as are those whose known limits it exceeds.
        """
        from fluent_ai.registry import costing, finding

        costing.check_counts(input_tokens, output_tokens)
        filters.setdefault("available_on", self.today())
        quotes = [
            (info, cost)
            for info in self.find(text, **filters)
            if costing.holds(info, input_tokens, output_tokens)
            and (cost := costing.estimate(info, input_tokens, output_tokens)).total is not None
        ]
        quotes.sort(key=lambda quote: (quote[1].at_least, quote[0].full_name))
        return finding.limited(quotes, limit)

    def compare(self, *models: ModelName) -> Comparison:
        """The facts of these models side by side. ConfigError for a model that is not known."""
        from fluent_ai.registry import comparing

        return comparing.compare([self.get(model) for model in models])

    def define(self, model: str, **facts: Unpack[Facts]) -> ModelInfo:
        """Add a model, or facts to one, for this process. ConfigError names the fact, its value and what is allowed.

        The provider need not be known: clients take it from their own manifests.
        """
        from fluent_ai.registry import overlays

        name, model_id = split_model(model)
        try:
            provider = self.provider(name)
        except ConfigError:
            provider = name
        self._store.add([overlays.defined(provider, model_id, facts, f"model {model!r}")])
        return self.get(f"{provider}:{model_id}")

    def overlay(self, path: PathLike) -> None:
        """Lay a TOML file of facts over the catalogs, or all of a folder; later ones win. ConfigError for a bad one."""
        from fluent_ai.registry import overlays

        self._store.add(overlays.read_overlays(path))

    def as_of(self, on: date) -> Registry:
        """The models that could be called on that day, as far as is known: released, listed and not retired.

        A view of this registry: what either of the two learns, both know. Facts other than the dates are those known
        now; models whose dates nobody states are there on every day. ConfigError for anything but a plain date.
        """
        from fluent_ai.registry.finding import day

        view = copy(self)
        view._on = day("on", on)  # noqa: SLF001  # of the same class
        view._dated = {}  # noqa: SLF001
        return view

    def refresh(
        self,
        provider: str | None = None,
        *,
        client: RefreshesModels[ChangesT] | None = None,
        max_age: float = 3600.0,
        accept_shrink: bool = False,
    ) -> ChangesT:
        """`client.refresh_models(...)`, but into this registry and not into the client's. ConfigError without one."""
        if client is None:
            raise ConfigError("client is None; allowed: the Client or AsyncClient that asks the providers")
        return client.refresh_models(provider, max_age=max_age, accept_shrink=accept_shrink, registry=self)

    def today(self) -> date:
        """The day by which models are released or retired: that of `as_of`, or today's in UTC."""
        return datetime.now(UTC).date() if self._on is None else self._on

    def forget(self, provider: str) -> None:
        """Read the provider's catalog again when it is next needed."""
        self._store.forget(provider)

    def live_lists(self) -> LiveLists:
        """Where the lists that were refreshed are kept."""
        return self._store.live_lists()

    def _why_not(self, provider: str, model_id: str) -> str:
        known = None if self._on is None else self._store.by_name(provider).get(model_id)
        return self.near(provider, model_id) if known is None else f" On {self._on} it is {known.status(self.today())}."

    def _by_name(self, provider: str, address: str | None = None) -> Named:
        """What the store has; on a day, without the models that were not there."""
        models = self._store.by_name(provider, address)
        if self._on is None:
            return models
        seen, dated = self._dated.get((provider, address), (None, {}))
        if seen is not models:  # the store replaces what it has as a whole
            there_then = [info for name, info in models.items() if name == info.id and there(info, self._on)]
            dated = named(there_then)
            self._dated[provider, address] = (models, dated)
        return dated
