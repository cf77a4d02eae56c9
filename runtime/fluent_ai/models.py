"""Model facts, available offline, each with its source and date. This is the public face of `fluent_ai.registry`.

models.get("openai:gpt-5.1").retires_on
models.find(provider="openrouter", tools=True, min_context=200_000, max_input_price=1.0)
models.cost(reply).total
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai import registry
from fluent_ai.registry import Attribution as Attribution
from fluent_ai.registry import Claim as Claim
from fluent_ai.registry import ModelInfo as ModelInfo
from fluent_ai.registry import ModelRetired as ModelRetired
from fluent_ai.registry import ModelRetiring as ModelRetiring
from fluent_ai.registry import Prices as Prices
from fluent_ai.registry import PriceTier as PriceTier
from fluent_ai.registry import RateLimits as RateLimits
from fluent_ai.registry import Registry as Registry
from fluent_ai.registry import default as default
from fluent_ai.registry import shared
from fluent_ai.registry.lists.guard import ListShrunk as ListShrunk
from fluent_ai.registry.shared import as_of as as_of
from fluent_ai.registry.shared import cheapest as cheapest
from fluent_ai.registry.shared import compare as compare
from fluent_ai.registry.shared import cost as cost
from fluent_ai.registry.shared import define as define
from fluent_ai.registry.shared import did_you_mean as did_you_mean
from fluent_ai.registry.shared import estimate as estimate
from fluent_ai.registry.shared import find as find
from fluent_ai.registry.shared import get as get
from fluent_ai.registry.shared import list as list  # noqa: A004  # read as `models.list`
from fluent_ai.registry.shared import lookup as lookup
from fluent_ai.registry.shared import overlay as overlay

if TYPE_CHECKING:
    from fluent_ai.client.client import AsyncClient, Client
    from fluent_ai.registry import Cell as Cell
    from fluent_ai.registry import Change as Change
    from fluent_ai.registry import Comparison as Comparison
    from fluent_ai.registry import ComparisonRow as ComparisonRow
    from fluent_ai.registry import Cost as Cost
    from fluent_ai.registry import Facts as Facts
    from fluent_ai.registry import Filters as Filters
    from fluent_ai.streams.stream import AsyncStream, Stream

__all__ = sorted(  # pyright: ignore[reportUnsupportedDunderAll]
    [*dir(registry), *shared.__all__, "ListShrunk", "arefresh", "refresh"]
)


def refresh(
    provider: str | None = None,
    *,
    client: Client | None = None,
    max_age: float = 3600.0,
    accept_shrink: bool = False,
) -> Stream[Change]:
    """`client.refresh_models(...)` into the shared registry; without `client`, a temporary client is used."""
    from fluent_ai.client.client import Client
    from fluent_ai.client.refresh import Refresh
    from fluent_ai.streams.stream import Stream

    if client is not None:
        return default.refresh(provider, client=client, max_age=max_age, accept_shrink=accept_shrink)
    own = Client()

    async def close() -> None:
        own.close()

    return Stream(Refresh(own._core, provider, max_age, accept_shrink, default, close))  # noqa: SLF001


def arefresh(
    provider: str | None = None,
    *,
    client: AsyncClient | None = None,
    max_age: float = 3600.0,
    accept_shrink: bool = False,
) -> AsyncStream[Change]:
    """The asynchronous twin of `refresh`."""
    from fluent_ai.client.client import AsyncClient
    from fluent_ai.client.refresh import Refresh
    from fluent_ai.streams.stream import AsyncStream

    if client is not None:
        return default.refresh(provider, client=client, max_age=max_age, accept_shrink=accept_shrink)
    own = AsyncClient()
    return AsyncStream(Refresh(own._core, provider, max_age, accept_shrink, default, own.close))  # noqa: SLF001


if not TYPE_CHECKING:  # see `fluent_ai.lazy_names`

    def __getattr__(name: str) -> object:
        if name not in dir(registry):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(registry, name)
