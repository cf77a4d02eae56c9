"""Specs and cache to what is rendered: a catalog and two modules for each provider."""

from __future__ import annotations

from dataclasses import dataclass

from fluent_ai.manifest import Manifest
from fluent_ai.registry.catalog import Catalog

from .assemble import Witness, assemble
from .cache import Cache
from .clients import client_module, model_names, quote
from .ir import ClientModule, Member, ModelsModule
from .naming import Naming, name_members
from .specs import Correction

COMMAND = "fluent-ai generate"


@dataclass(frozen=True)
class Provider:
    """All that is rendered for one provider, and what a person should know about it."""

    manifest: Manifest
    client: ClientModule
    models: ModelsModule
    catalog: Catalog
    notes: tuple[str, ...]


def header(*sources: str) -> str:
    """The first line of every generated module."""
    return f"# Generated from {' and '.join(sources)}; do not edit. Run: {COMMAND}"


def normalise(
    manifest: Manifest,
    cache: Cache | None,
    corrections: tuple[Correction, ...],
    witnesses: tuple[Witness, ...] = (),
) -> Provider:
    """Raises ConfigError for a correction or a reviewed name that fits no model."""
    catalog = assemble(manifest, cache, corrections, witnesses, f"from specs and cache; do not edit. Run: {COMMAND}")
    naming = name_members((row.model.id for row in catalog.models), manifest.member_names)
    sources = [f"specs/providers/{manifest.id}.toml"]
    sources += [f"cache/{manifest.id}.json"] if cache else []
    sources += [f"specs/models/{manifest.id}.toml"] if corrections else []
    return Provider(
        manifest=manifest,
        client=client_module(manifest, header(sources[0])),
        models=ModelsModule(
            header=header(*sources),
            name=manifest.name,
            quoted_id=quote(manifest.id),
            members=tuple(Member(name, quote(model_id)) for name, model_id in naming.members),
            names=model_names(row.model for row in catalog.models),
        ),
        catalog=catalog,
        notes=_notes(manifest, naming, {row.model.id for row in catalog.models}),
    )


def _notes(manifest: Manifest, naming: Naming, ids: set[str]) -> tuple[str, ...]:
    source = f"specs/providers/{manifest.id}.toml"
    notes = [
        f"{source}: {' and '.join(found)} would all be {name}; left out of the enum until member_names names them"
        for name, found in naming.collisions.items()
    ]
    notes += [
        f"{source}: member_names names {model_id!r}, which is no model of {manifest.id}"
        for model_id in sorted(manifest.member_names)
        if model_id not in ids
    ]
    return tuple(notes)
