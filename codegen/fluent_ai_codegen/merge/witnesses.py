"""Who speaks of one provider's models besides its own API, in the order in which they are believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fluent_ai.registry.provenance import Origin

from fluent_ai_codegen.files.cache import Cache
from fluent_ai_codegen.merge.witness import Witness
from fluent_ai_codegen.sources import SOURCES, openrouter
from fluent_ai_codegen.sources.store import SourceCache

_BEFORE = "litellm"
"""OpenRouter is believed before this source: it lists what it serves."""


def witnesses(provider: str, sources: Mapping[str, SourceCache], router: Cache | None) -> tuple[Witness, ...]:
    """`sources` are those that were heard, by name; `router` is what OpenRouter lists."""
    return tuple(_witnesses(provider, sources, router))


def _witnesses(provider: str, sources: Mapping[str, SourceCache], router: Cache | None) -> Iterator[Witness]:
    for listing in SOURCES:
        if listing.name == _BEFORE and router is not None:
            models = tuple(row.facts for row in openrouter.rows(router.models) if row.provider == provider)
            origin = Origin(who="OpenRouter", url=router.url, date=router.observed, facts=dict(openrouter.ORIGINS))
            yield Witness(origin, models, host=False)
        if heard := sources.get(listing.name):
            models = tuple(row.facts for row in heard.models if row.provider == provider)
            origin = Origin(who=listing.who, url=heard.url, date=heard.observed, facts=dict(listing.origins))
            yield Witness(origin, models, adds_models=listing.adds_models, own=listing.own)
