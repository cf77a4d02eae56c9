"""Who speaks of one provider's models besides its own API, in the order in which they are believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from fluent_ai.registry.facts import ModelFacts, Prices
from fluent_ai.registry.provenance import Origin

from fluent_ai_codegen.files.cache import Cache
from fluent_ai_codegen.merge.editions import newest
from fluent_ai_codegen.merge.witness import Witness
from fluent_ai_codegen.sources import SOURCES, openrouter
from fluent_ai_codegen.sources.store import SourceCache

_BEFORE = "litellm"
"""OpenRouter is believed before this source: it lists what it serves."""


def witnesses(
    provider: str, sources: Mapping[str, SourceCache], router: Cache | None, *, listed: bool
) -> tuple[Witness, ...]:
    """`sources` are those that were heard, by name; `router` is what OpenRouter lists.

    `listed`: the provider's own list is recorded.
    """
    return tuple(newest(provider, list(_witnesses(provider, sources, router)), listed=listed))


def _witnesses(provider: str, sources: Mapping[str, SourceCache], router: Cache | None) -> Iterator[Witness]:
    for listing in SOURCES:
        if listing.name == _BEFORE and router is not None:
            models = tuple(_meant(row.facts) for row in openrouter.rows(router.models) if row.provider == provider)
            origin = Origin(who="OpenRouter", url=router.url, date=router.observed, facts=dict(openrouter.ORIGINS))
            yield Witness(origin, models, host=False)
        if heard := sources.get(listing.name):
            rows = (row.facts for row in heard.models if row.provider == provider)
            models = tuple(rows if listing.own else map(_meant, rows))
            origin = Origin(who=listing.who, url=heard.url, date=heard.observed, facts=dict(listing.origins))
            yield Witness(origin, models, adds_models=listing.adds_models, own=listing.own)


def _meant(model: ModelFacts) -> ModelFacts:
    """Without the zeros that registries write for a price that they do not know, or that there is none of.

    Only where they say that it is of a free tier, a zero is a price.
    """
    prices = model.prices
    if prices is None or model.free_tier or (prices.input != 0 and prices.output != 0):
        return model
    kept = msgspec.structs.replace(prices, input=prices.input or None, output=prices.output or None)
    return msgspec.structs.replace(model, prices=None if kept == Prices() else kept)
