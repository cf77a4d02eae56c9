"""Look-up of models. A provider's catalog is read only when a look-up first needs it."""

from __future__ import annotations

import builtins
import re
from collections.abc import Sequence
from copy import copy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from fluent_ai.arguments import as_text, did_you_mean
from fluent_ai.content.model_names import ModelName, split_model
from fluent_ai.errors import ConfigError
from fluent_ai.providers.table import KNOWN_PROVIDERS
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.registry.retirement import available
from fluent_ai.registry.store import ModelStore, Named

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


_RESOURCE = re.compile(
    r"(arn:aws[a-z-]*:bedrock:[a-z0-9-]+:\d*:(foundation-model|inference-profile)/"
    r"|(projects/[^/]+/locations/[^/]+/)?publishers/[^/]+/models/"
    r"|models/)(?P<id>.+)"
)
"""Ids as resources of a cloud: an ARN of Bedrock, a resource name of Vertex AI, a name of Gemini's list."""


class RefreshesModels(Protocol[ChangesT]):
    """The part of a client that `Registry.refresh` uses: it streams changes, synchronously or asynchronously."""

    def refresh_models(
        self, provider: str | None = None, *, max_age: float, accept_shrink: bool, registry: Registry | None
    ) -> ChangesT: ...


class Registry:
    """The models of the catalogs in `folder`, by default those shipped with the package.

    `overlays` are files or folders of facts that take precedence over the catalogs'; by default those that the
    environment variable FLUENT_AI_MODELS names. `live` is the folder in which `refresh` keeps the fetched lists, by
    default one in the user's cache for the shipped catalogs, and none for a `folder`. Safe to share between threads.
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
        """The model with that name or alias. Raises ConfigError, with similar names, for an unknown one."""
        # An enum member equals its bare id, which may be the same as another provider's full name.
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

        Models of a server that replaces the provider are found only with its `address`, the base URL of its list.
        """
        models = self._by_name(provider, address)
        found = models.get(model_id)
        if found is None and (written_out := _RESOURCE.fullmatch(model_id)):
            return models.get(written_out["id"])
        return found

    def has_catalog(self, provider: str) -> bool:
        """True if any models of that provider are known."""
        return bool(self._by_name(provider))

    def did_you_mean(self, provider: str, model_id: str) -> str:
        """` Did you mean ...?` with ids of that provider that are similar to `model_id`, or `""`."""
        return did_you_mean(model_id, builtins.list(self._by_name(provider)))

    def list(self, provider: str) -> builtins.list[ModelInfo]:
        """All models of a provider, by id. Raises ConfigError, with similar names, for an unknown provider."""
        return self.all(self.provider(provider))

    def all(self, provider: str, address: str | None = None) -> builtins.list[ModelInfo]:
        """All models of the provider with that id, including those of a server at `address`, as for `lookup`.

        Empty if no models are known.
        """
        return builtins.list(self._by_name(provider, address).infos)

    def provider(self, name: str) -> str:
        """The id of the provider with that id or alias. Raises ConfigError, with similar names, for an unknown one."""
        as_text(name, "provider")
        try:
            return KNOWN_PROVIDERS.get(name).id
        except ConfigError:
            if name not in self._store.own_providers():
                raise
            return name

    def providers(self) -> builtins.list[str]:
        """The ids of all providers."""
        return sorted({*KNOWN_PROVIDERS.all(), *self._store.own_providers()})

    def find(
        self,
        text: str | None = None,
        *,
        sort: SortKey | Sequence[SortKey] | None = None,
        limit: int | None = None,
        **filters: Unpack[Filters],
    ) -> builtins.list[ModelInfo]:
        """The models for which every condition given is known to hold; an unknown fact never matches.

        `text`, or each of its words, must occur in the id or the name; if no model has them, similar spellings match,
        best first. Otherwise models are ordered by provider and id, or by `sort`: the name of a fact, with a `-` before
        it for descending order; unknown values come last. `limit` is the maximum number of models. Raises ConfigError,
        with similar names, for unknown filters and sort keys.
        """
        from fluent_ai.registry import finding

        tests = finding.tests(filters)
        names = finding.providers(filters)
        asked = self.providers() if names is None else dict.fromkeys(map(self.provider, names))
        found = [info for name in asked for info in self._by_name(name).infos]
        for test in tests:
            found = [info for info in found if test(info)]
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
        """The cost of a request in US dollars: the provider's own sum if it states one, else usage times known prices.

        `model` is required for a bare Usage, and overrides the reply's model. Prices may depend on the length of the
        prompt and the time of day; `at` is when the request was sent, by default now. If the model or a price is
        unknown, so is the total.
        """
        from fluent_ai.registry import costing

        usage, provider, names = costing.usage_of(spent)
        if costing.cost_nothing(spent):
            return costing.Cost(total=0.0, estimated=False)
        if model is not None:
            provider, model_id = split_model(model)
            names = (model_id,)
        elif spent is usage:
            raise ConfigError("model is missing; a Usage needs the model that it belongs to")
        if usage is None or provider is None or not names:
            return costing.Cost(reason="the reply does not state its usage, its provider or its model")
        provider = self.provider(provider)
        name = f"{provider}:{names[0]}"
        if (stated := costing.stated(usage)) is not None:
            return costing.Cost(model=name, total=stated, estimated=False)
        info = next((info for each in names if (info := self.lookup(provider, each))), None)
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
        """The cost of that many tokens in US dollars, none of them cached. Raises ConfigError for an unknown model."""
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
        """The models that can take such a request and are available today, cheapest first; filters as for `find`.

        Models whose price is unknown, whose known limits the request exceeds, or whose price of zero is that of a free
        tier are left out; `free_tier=True` asks for the latter.
        """
        from fluent_ai.registry import costing, finding

        costing.check_counts(input_tokens, output_tokens)
        bill, now = costing.Bill({"input": input_tokens, "output": output_tokens}), datetime.now(UTC)
        filters.setdefault("available_on", self.today())
        quotes = [
            (info, cost)
            for info in self.find(text, **filters)
            if costing.holds(info, input_tokens, output_tokens)
            and (not info.free_tier or filters.get("free_tier"))
            and (cost := costing.price_bill(info, bill, at=now)).total is not None
        ]
        quotes.sort(key=lambda quote: (quote[1].total, quote[1].model))
        return finding.limited(quotes, limit)

    def compare(self, *models: ModelName) -> Comparison:
        """The facts of these models side by side. Raises ConfigError for an unknown model."""
        from fluent_ai.registry import comparing

        return comparing.compare([self.get(model) for model in models])

    def define(self, model: str, **facts: Unpack[Facts]) -> ModelInfo:
        """Add a model, or facts about one, for this process.

        The provider need not be known, because clients may have manifests of their own. Raises ConfigError, which names
        the fact, its value and what is allowed.
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
        """Merge the facts of a TOML file, or of all in a folder, over the catalogs; later ones take precedence.

        Raises ConfigError for an invalid file.
        """
        from fluent_ai.registry import overlays

        self._store.add(overlays.read_overlays(path))

    def as_of(self, on: date) -> Registry:
        """The models that were available on that day: released, listed and not retired.

        The result is a view: additions to either registry appear in both. Facts are those known now; models whose dates
        are unknown are available on every day. Raises ConfigError for anything but a `datetime.date`.
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
        """`client.refresh_models(...)`, but into this registry. Raises ConfigError without a client."""
        if client is None:
            raise ConfigError("client is None; allowed: the Client or AsyncClient that asks the providers")
        return client.refresh_models(provider, max_age=max_age, accept_shrink=accept_shrink, registry=self)

    def today(self) -> date:
        """The day on which availability is judged: that of `as_of`, or today in UTC."""
        return datetime.now(UTC).date() if self._on is None else self._on

    def forget(self, provider: str) -> None:
        """Drop the provider's cached models, so that its catalog is read again when needed."""
        self._store.forget(provider)

    def live_lists(self) -> LiveLists:
        """The storage of refreshed lists."""
        return self._store.live_lists()

    def _why_not(self, provider: str, model_id: str) -> str:
        known = None if self._on is None else self._store.by_name(provider).get(model_id)
        return (
            self.did_you_mean(provider, model_id)
            if known is None
            else f" On {self._on} it is {known.status(self.today())}."
        )

    def _by_name(self, provider: str, address: str | None = None) -> Named:
        """The store's models; with `as_of`, only those that were available on that day."""
        models = self._store.by_name(provider, address)
        if self._on is None:
            return models
        known = self._dated.get((provider, address))
        if known is None or known[0] is not models:  # the store replaces its tables as a whole
            known = models, Named(info for info in models.infos if available(info, self._on))
            self._dated[provider, address] = known
        return known[1]
