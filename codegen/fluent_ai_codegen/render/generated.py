"""Specs and cache to the whole tree of generated files, as a pure function."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec
from fluent_ai.errors import ConfigError
from jinja2 import Environment, PackageLoader, StrictUndefined

from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.files.tree import Difference, compare, compare_files
from fluent_ai_codegen.merge.witnesses import witnesses
from fluent_ai_codegen.render.doors import door_modules, public_names, reference_page, schema_of_manifests
from fluent_ai_codegen.render.format import format_modules
from fluent_ai_codegen.render.inputs import Inputs
from fluent_ai_codegen.render.memory import Memory
from fluent_ai_codegen.render.normalise import COMMAND, header
from fluent_ai_codegen.render.provider_files import CLIENTS, provider_files
from fluent_ai_codegen.render.rows import encode_rows
from fluent_ai_codegen.render.telemetry import telemetry_module
from fluent_ai_codegen.render.wire import wire_module
from fluent_ai_codegen.sources import openrouter

_WIRE = "fluent_ai_wire"


@dataclass(frozen=True)
class Rendered:
    """`files`: path below generated/ -> content. `names`: likewise below specs/names/, with the members that are new.

    `doors`: path below the root -> what the runtime has of each verb, and its names for OpenTelemetry. `notes`: what a
    person should look at.
    """

    files: dict[str, bytes]
    doors: dict[str, bytes]
    names: dict[str, bytes]
    notes: tuple[str, ...]

    def differences(self, layout: Layout) -> list[Difference]:
        """What a checkout has otherwise, by path below its root; empty when it is up to date. Writes nothing."""
        found = [
            replace(difference, path=f"{folder}/{difference.path}")
            for folder, files in (("generated", self.files), ("specs/names", self.names))
            for difference in compare(files, layout.root / folder)
        ]
        return found + compare_files(self.doors, layout.root)


def render(inputs: Inputs, memory: Memory | None = None) -> Rendered:
    """The whole tree; same input, same bytes, whatever the `memory` knows. ConfigError names the input that is wrong.

    Without a memory everything is rendered.
    """
    memory = memory or Memory()
    specs, caches = inputs.specs, inputs.caches
    known = {manifest.id for manifest in specs.manifests}
    for name in caches:
        if name not in known:
            raise ConfigError(
                f"cache/{name}.json: there is no specs/providers/{name}.toml; remove one or add the other"
            )
    able = {verb.capability for verb in inputs.verbs}
    for manifest in specs.manifests:
        if without := [
            capability for capability in manifest.known if getattr(manifest, capability) and capability not in able
        ]:
            raise ConfigError(f"specs/providers/{manifest.id}.toml: [[{without[0]}]]: no verb has this capability")
    templates = environment()
    providers = {
        manifest.id: provider_files(
            manifest,
            caches.get(manifest.id),
            tuple(specs.corrections.get(manifest.id, ())),
            witnesses(
                manifest.id, inputs.sources, caches.get(openrouter.NAME), listed=caches.get(manifest.id) is not None
            ),
            specs.names.get(manifest.id, {}),
            inputs.verbs,
            templates,
            memory,
        )
        for manifest in specs.manifests
    }
    modules = {
        f"{CLIENTS}/__init__.py": _init(
            "specs/providers", "Typed clients, one module for each provider, and their data."
        ),
        f"{CLIENTS}/_models/__init__.py": _init("cache", "Model ids, one module for each provider, loaded on use."),
        f"{_WIRE}/__init__.py": _init("specs/wire", "Structs of the wire protocols, to decode what servers send."),
    }
    files = {f"{CLIENTS}/py.typed": b"", f"{_WIRE}/py.typed": b""}
    for document in specs.wire:
        source = f"specs/wire/{document.name}.yaml"
        modules[f"{_WIRE}/{document.name}.py"] = wire_module(document.text, source, header(source), memory)
    for name, provider in providers.items():
        modules[f"{CLIENTS}/{name}.py"] = provider.client
        modules[f"{CLIENTS}/_models/{name}.py"] = provider.models
        files[f"{CLIENTS}/data/catalog/{name}.json"] = provider.catalog
    rows = _Rows(generated=f"from specs/providers; do not edit. Run: {COMMAND}", providers=list(specs.manifests))
    files[f"{CLIENTS}/data/providers.json"] = encode_rows(rows, "providers")
    doors, pages = {}, {}
    if inputs.modules:
        doors = door_modules(inputs.verbs, templates) | public_names(inputs.verbs, inputs.modules)
        doors |= telemetry_module(inputs.telemetry, templates)
        pages = schema_of_manifests(inputs.verbs, inputs.modules) | reference_page(inputs.verbs)
    formatted = format_modules(modules | doors, memory)
    files |= {path: data for path, data in formatted.items() if path not in doors}
    return Rendered(
        files=dict(sorted(files.items())),
        doors={path: formatted[path] for path in doors} | pages,
        names={f"{name}.toml": provider.names for name, provider in providers.items()},
        notes=tuple(note for provider in providers.values() for note in provider.notes),
    )


def environment() -> Environment:
    """The templates, which print Python: every value is an identifier, a type or a literal."""
    return Environment(
        loader=PackageLoader("fluent_ai_codegen.render"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # what it prints is no HTML
    )


class _Rows(msgspec.Struct):
    generated: str
    providers: list[object]


def _init(source: str, text: str) -> str:
    return f'{header(source)}\n"""{text}"""\n'
