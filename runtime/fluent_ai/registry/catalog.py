"""A provider's models as rendered data: one JSON file, read on first use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from fluent_ai.errors import ConfigError
from fluent_ai.facts import ModelInfo, Source


class CatalogSource(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A source, and the facts that it vouches for on every model (fact -> its name there)."""

    who: str
    url: str
    date: date
    reason: str | None = None
    facts: dict[str, str] = msgspec.field(default_factory=dict)


class Catalog(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The file. `corrected` names the source of single facts: model id -> fact -> index in `sources`."""

    generated: str
    provider: str
    sources: tuple[CatalogSource, ...]
    models: list[ModelInfo]
    corrected: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)


def read_catalog(path: Path) -> list[ModelInfo]:
    """The models of one catalog, in its order. ConfigError when the file is damaged."""
    try:
        return link(msgspec.json.decode(path.read_bytes(), type=Catalog))
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigError(f"{path}: {error}; reinstall fluent-ai, or run `fluent-ai generate`") from None


def link(catalog: Catalog) -> list[ModelInfo]:
    """Give each model its provider and its sources."""
    shared = {
        fact: Source(who=source.who, url=source.url, date=source.date, field=field)
        for source in catalog.sources
        for fact, field in source.facts.items()
    }
    singles = [
        Source(who=source.who, url=source.url, date=source.date, reason=source.reason) for source in catalog.sources
    ]
    origins = tuple(shared.items())
    fill = msgspec.structs.force_setattr
    for model in catalog.models:
        fill(model, "provider", catalog.provider)
        fill(model, "origins", origins)
    for model in catalog.models if catalog.corrected else ():
        if corrected := catalog.corrected.get(model.id):
            own = {fact: singles[index] for fact, index in corrected.items()}
            fill(model, "origins", tuple((shared | own).items()))
    return catalog.models
