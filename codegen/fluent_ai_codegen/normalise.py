"""Specs and cache to what is rendered: a catalog and two modules for each provider."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from fluent_ai.errors import ConfigError
from fluent_ai.facts import ModelFacts, ModelInfo
from fluent_ai.lists import origins
from fluent_ai.manifest import Manifest, OptionType
from fluent_ai.provenance import Origin
from fluent_ai.registry.catalog import Catalog, Row

from .cache import Cache
from .ir import ClientModule, Member, ModelsModule, Option, Shell
from .naming import Naming, name_members
from .specs import Correction

COMMAND = "fluent-ai generate"

_PYTHON_TYPES: dict[OptionType, str] = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "object": "Mapping[str, Any]",
    "array": "Sequence[Any]",
}


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


def normalise(manifest: Manifest, cache: Cache | None, corrections: tuple[Correction, ...]) -> Provider:
    """Raises ConfigError for a correction or a reviewed name that fits no model."""
    catalog = _catalog(manifest, cache, corrections)
    naming = name_members((row.model.id for row in catalog.models), manifest.member_names)
    sources = [f"specs/providers/{manifest.id}.toml"]
    sources += [f"cache/{manifest.id}.json"] if cache else []
    sources += [f"specs/models/{manifest.id}.toml"] if corrections else []
    return Provider(
        manifest=manifest,
        client=_client(manifest, header(sources[0])),
        models=ModelsModule(
            header=header(*sources),
            name=manifest.name,
            quoted_id=_quote(manifest.id),
            members=tuple(Member(name, _quote(model_id)) for name, model_id in naming.members),
            ids=tuple(_quote(row.model.id) for row in catalog.models),
        ),
        catalog=catalog,
        notes=_notes(manifest, naming, {row.model.id for row in catalog.models}),
    )


def _quote(text: str) -> str:
    """A string literal with double quotes, in ASCII."""
    return '"' + ascii(text)[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'


def _catalog(manifest: Manifest, cache: Cache | None, corrections: tuple[Correction, ...]) -> Catalog:
    models = {model.id: model for model in cache.models} if cache else {}
    table: list[Origin] = []
    if cache and manifest.model_list:
        known = {fact for model in models.values() for fact in _known(model)}
        facts = {fact: field for fact, field in origins(manifest.model_list.shape).items() if fact in known}
        table.append(Origin(who=f"{manifest.name} API", url=cache.url, date=cache.observed, facts=facts))
    said = {model_id: dict.fromkeys(_known(model), 0) for model_id, model in models.items()}
    for correction in corrections:
        if manifest.model_list and correction.id not in models:
            raise ConfigError(
                f"specs/models/{manifest.id}.toml: model {correction.id!r} is not in cache/{manifest.id}.json; "
                "remove the correction, or fetch first"
            )
        model = models.get(correction.id, ModelFacts(id=correction.id))
        models[correction.id] = correction.apply(model)
        mine = dict.fromkeys(("id", *correction.facts) if not manifest.model_list else correction.facts, len(table))
        said[correction.id] = said.get(correction.id, {}) | mine
        table.append(
            Origin(who="fluent-ai review", url=correction.source, date=correction.date, reason=correction.reason)
        )
    profiles: dict[bytes, int] = {}
    rows = []
    for model_id in sorted(models):
        profile = msgspec.json.encode(said[model_id], order="deterministic")
        number = profiles.setdefault(profile, len(profiles))
        facts_of = {fact: getattr(models[model_id], fact) for fact in ModelFacts.__struct_fields__}
        rows.append(Row(ModelInfo(**facts_of), number))
    return Catalog(
        generated=f"from specs and cache; do not edit. Run: {COMMAND}",
        provider=manifest.id,
        sources=tuple(table),
        profiles=tuple(msgspec.Raw(profile) for profile in profiles),
        models=rows,
    )


def _known(model: ModelFacts) -> list[str]:
    return [fact for fact in ModelFacts.__struct_fields__ if getattr(model, fact) is not None]


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


def _client(manifest: Manifest, first_line: str) -> ClientModule:
    options = tuple(Option(name, _PYTHON_TYPES[kind]) for name, kind in sorted(manifest.options.items()))
    name = manifest.client_name
    if manifest.auth.scheme == "none":
        hint = "No key is needed."
    else:
        optional = "" if manifest.auth.required else " A key is optional."
        hint = f"The key comes from `api_key`, or else from {' or '.join(manifest.auth.env)}.{optional}"
    return ClientModule(
        header=first_line,
        provider=manifest.name,
        quoted_id=_quote(manifest.id),
        name=name,
        docs=manifest.docs,
        key_hint=hint,
        address_hint=_address_hint(manifest),
        shells=(
            Shell(name, "ProviderClient", "Transport", "ReplyStream", "def", ""),
            Shell(f"Async{name}", "AsyncProviderClient", "AsyncTransport", "AsyncReplyStream", "async def", "await "),
        ),
        options=options,
        exports=tuple(sorted((f"Async{name}", "ChatOptions", "Model", "ModelName", name))),
    )


def _address_hint(manifest: Manifest) -> str:
    """What the base URL needs, where it has variables."""
    needs = [
        f"{name} ({' or '.join(variable.choices)})" if variable.choices else name
        for name, variable in manifest.variables.items()
    ]
    names = [name for variable in manifest.variables.values() for name in variable.env]
    return f"`base_url` is a URL or a dict with {', '.join(needs)}; else {' or '.join(names)} says it." if needs else ""
