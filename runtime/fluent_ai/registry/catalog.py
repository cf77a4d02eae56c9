"""A provider's models as rendered data: one JSON file, read on first use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from fluent_ai.errors import ConfigError
from fluent_ai.registry.info import ModelInfo, Source


class CatalogSource(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A source and the facts that it vouches for: fact -> its name there."""

    who: str
    url: str
    date: date
    reason: str | None = None
    facts: dict[str, str] = {}


class CatalogModel(ModelInfo, frozen=True, kw_only=True, omit_defaults=True):
    """A row: the facts, and which of the catalog's sources corrected which of them (fact -> index)."""

    corrected: dict[str, int] = {}


class Catalog(msgspec.Struct, frozen=True, kw_only=True):
    """The file. The first source vouches for every fact of a model that none of the others corrected."""

    generated: str
    provider: str
    sources: tuple[CatalogSource, ...]
    models: list[CatalogModel]


def read_catalog(path: Path) -> list[ModelInfo]:
    """The models of one catalog, in its order. ConfigError when the file is damaged."""
    try:
        catalog = msgspec.json.decode(path.read_bytes(), type=Catalog)
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigError(f"{path}: {error}; reinstall fluent-ai, or run `fluent-ai generate`") from None
    return link(catalog)


def link(catalog: Catalog) -> list[ModelInfo]:
    """Give each row its provider and sources."""
    base = dict(_origins(catalog.sources[0])) if catalog.sources else {}
    shared = tuple(base.items())
    fill = msgspec.structs.force_setattr
    for model in catalog.models:
        origins = shared
        if model.corrected:
            changed = {fact: dict(_origins(catalog.sources[index]))[fact] for fact, index in model.corrected.items()}
            origins = tuple((base | changed).items())
        fill(model, "provider", catalog.provider)
        fill(model, "origins", origins)
    return list(catalog.models)


def _origins(source: CatalogSource) -> list[tuple[str, Source]]:
    return [
        (fact, Source(who=source.who, url=source.url, date=source.date, field=field, reason=source.reason))
        for fact, field in source.facts.items()
    ]
