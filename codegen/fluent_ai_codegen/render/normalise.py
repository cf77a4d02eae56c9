"""Specs and cache to what is rendered: a catalog and two modules for each provider."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fluent_ai.manifest.schema import Manifest
from fluent_ai.registry.catalog import Catalog
from fluent_ai.registry.facts import ModelFacts

from fluent_ai_codegen.files.cache import Cache
from fluent_ai_codegen.files.ledger import encode_names
from fluent_ai_codegen.files.specs import Correction
from fluent_ai_codegen.merge.assemble import assemble
from fluent_ai_codegen.merge.witness import Witness
from fluent_ai_codegen.render.clients import client_module, model_names, quote
from fluent_ai_codegen.render.ir import ClientModule, Member, ModelsModule
from fluent_ai_codegen.render.naming import Naming, name_members
from fluent_ai_codegen.render.verbs import VerbModule

COMMAND = "fluent-ai generate"


@dataclass(frozen=True)
class Provider:
    """All that is rendered for one provider, and what a person should know about it."""

    manifest: Manifest
    client: ClientModule
    models: ModelsModule
    catalog: Catalog
    names: bytes
    """The file of its enum members, new ones included."""
    notes: tuple[str, ...]


def header(*sources: str) -> str:
    """The first line of every generated module."""
    return f"# Generated from {' and '.join(sources)}; do not edit. Run: {COMMAND}"


def normalise(
    manifest: Manifest,
    cache: Cache | None,
    corrections: tuple[Correction, ...],
    witnesses: tuple[Witness, ...] = (),
    names: Mapping[str, str] = MappingProxyType({}),
    verbs: Sequence[VerbModule] = (),
) -> Provider:
    """Raises ConfigError for a correction or a reviewed name that fits no model."""
    catalog = assemble(manifest, cache, corrections, witnesses, f"from specs and cache; do not edit. Run: {COMMAND}")
    models = {row.model.id: row.model for row in catalog.models}
    known = {model.id for model in models.values() if model.unlisted_on is None}
    listed = {model.id for model in (*cache.gone, *cache.models)} if cache else known
    naming = name_members(listed, manifest.member_names, names, f"specs/names/{manifest.id}.toml")
    sources = [f"specs/providers/{manifest.id}.toml"]
    sources += [f"cache/{manifest.id}.json"] if cache else []
    sources += ["cache/sources"] if witnesses and not cache else []
    sources += [f"specs/models/{manifest.id}.toml"] if corrections else []
    return Provider(
        manifest=manifest,
        client=client_module(manifest, header(sources[0]), verbs),
        models=ModelsModule(
            header=header(*sources),
            name=manifest.name,
            quoted_id=quote(manifest.id),
            members=tuple(Member(name, quote(each), _remark(models.get(each))) for name, each in naming.members),
            names=model_names(manifest, [row.model for row in catalog.models if row.model.id in listed], verbs),
        ),
        catalog=catalog,
        names=encode_names(manifest.name, naming.members),
        notes=_notes(manifest, naming, models),
    )


def _remark(model: ModelFacts | None) -> str:
    """Of a member whose model is gone or will be; it stays, so that programs that name it still run."""
    if model is None:
        return "  # nobody lists it any more"
    if model.last_listed:
        return f"  # last listed on {model.last_listed}"
    if model.unlisted_on:
        return f"  # not listed any more on {model.unlisted_on}"
    return f"  # retires on {model.retires_on}" if model.retires_on else ""


def _notes(manifest: Manifest, naming: Naming, ids: Container[str]) -> tuple[str, ...]:
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
