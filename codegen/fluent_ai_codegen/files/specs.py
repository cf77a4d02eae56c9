"""The reviewed inputs: manifests, wire documents and corrections, with the checks that need all of them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from keyword import iskeyword
from pathlib import Path
from typing import Any

import msgspec
from fluent_ai.arguments import toml_table
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.files import parse_manifest
from fluent_ai.manifest.schema import Manifest, Quirks
from fluent_ai.registry.facts import ModelFacts
from fluent_ai.type_info import prepare
from fluent_ai.verbs.chat_options import ChatOptions

from fluent_ai_codegen.files.ledger import parse_names

_TITLE = re.compile(r"\w[\w .&+()-]*", re.ASCII)
_MEMBER = re.compile(r"[A-Z][A-Z0-9_]*")


@dataclass(frozen=True)
class WireDocument:
    name: str
    text: str


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Reviewed facts about one model, which win over what the provider's API says."""

    id: str
    reason: str
    source: str
    date: date
    facts: dict[str, Any]

    def apply(self, model: ModelFacts) -> ModelFacts:
        """The model with these facts. msgspec.ValidationError for a fact that does not exist or has another type."""
        return msgspec.convert({**msgspec.to_builtins(model), **self.facts}, ModelFacts)


class _Corrections(msgspec.Struct, forbid_unknown_fields=True):
    model: list[Correction]


prepare(_Corrections)


@dataclass(frozen=True)
class Specs:
    """Everything below specs/, in a fixed order. `corrections` by provider."""

    manifests: tuple[Manifest, ...]
    wire: tuple[WireDocument, ...]
    corrections: dict[str, tuple[Correction, ...]]
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    """Enum members by provider: name -> model id."""


def load_specs(folder: Path, kind: type[Manifest] = Manifest) -> Specs:
    """Read and check specs/; manifests are of `kind`. ConfigError names file, field, value and what is allowed."""
    manifests = []
    for path in sorted((folder / "providers").glob("*.toml")):
        manifest = parse_manifest(path.read_bytes(), f"specs/providers/{path.name}", kind)
        if manifest.id != path.stem:
            raise ConfigError(f"specs/providers/{path.name}: id = {manifest.id!r}; allowed: {path.stem!r}, as the file")
        manifests.append(manifest)
    check_manifests(manifests)
    wire = tuple(WireDocument(path.stem, path.read_text("utf-8")) for path in sorted((folder / "wire").glob("*.yaml")))
    known = {manifest.id for manifest in manifests}
    corrections = {
        provider: parse_corrections(data, source) for provider, source, data in _by_provider(folder, "models", known)
    }
    names = {provider: parse_names(data, source) for provider, source, data in _by_provider(folder, "names", known)}
    return Specs(tuple(manifests), wire, corrections, names)


def _by_provider(folder: Path, kind: str, known: Container[str]) -> Iterator[tuple[str, str, bytes]]:
    """Provider, name and content of each file in specs/<kind>."""
    for path in sorted((folder / kind).glob("*.toml")):
        source = f"specs/{kind}/{path.name}"
        if path.stem not in known:
            raise ConfigError(f"{source}: there is no specs/providers/{path.name}; the file's name is a provider's id")
        yield path.stem, source, path.read_bytes()


def parse_corrections(text: bytes, source: str) -> tuple[Correction, ...]:
    """The `[[model]]` tables of one file. ConfigError names the file, the field and what is allowed."""
    try:
        found = msgspec.convert(toml_table(text, source), _Corrections).model
        for correction in found:
            correction.apply(ModelFacts(id=correction.id))
    except msgspec.ValidationError as error:
        raise ConfigError(f"{source}: {error}") from None
    for correction in found:
        if not correction.reason.strip() or not correction.source.startswith(("https://", "pkg:")):
            raise ConfigError(
                f"{source}: {correction.id}: a correction needs a reason, and a source: an https or pkg URL"
            )
    return tuple(found)


def check_manifests(manifests: Iterable[Manifest]) -> None:
    """Refuse names that clash, options and quirks that contradict each other, and quirks that nobody uses."""
    owners: dict[str, str] = {}
    used: set[str] = set()
    for manifest in manifests:
        source = f"specs/providers/{manifest.id}.toml"
        for name in (manifest.id, *manifest.aliases):
            if name in owners:
                raise ConfigError(f"{source}: the name {name!r} is taken by specs/providers/{owners[name]}.toml")
            owners[name] = manifest.id
        _check_names(manifest, source)
        _check_contradictions(manifest, source)
        used |= {flag for flag in Quirks.__struct_fields__ if getattr(manifest.quirks, flag) != getattr(Quirks(), flag)}
    unused = sorted(set(Quirks.__struct_fields__) - used)
    if unused:
        raise ConfigError(f"no manifest uses the quirk {unused[0]!r}; remove it from fluent_ai/manifest/schema.py")


def _check_names(manifest: Manifest, source: str) -> None:
    """What stands in generated code as a name or in a docstring."""
    if iskeyword(manifest.id):
        raise ConfigError(f"{source}: id = {manifest.id!r}; allowed: a name of a module, and no keyword of Python")
    if not _is_name(manifest.client_name):
        raise ConfigError(
            f"{source}: client = {manifest.client_name!r}; allowed: a class name; set it where `name` is none"
        )
    if not _TITLE.fullmatch(manifest.name):
        raise ConfigError(f"{source}: name = {manifest.name!r}; allowed: letters, digits, spaces and . & + ( ) -")
    for option in manifest.options:
        if not _is_name(option) or option.startswith("_"):
            raise ConfigError(f"{source}: option {option!r}; allowed: names that can be a Python argument")
    for model_id, name in manifest.member_names.items():
        if not _MEMBER.fullmatch(name):
            raise ConfigError(f"{source}: member_names[{model_id!r}] = {name!r}; allowed: capitals, digits and _")


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier() and not iskeyword(text)


def _check_contradictions(manifest: Manifest, source: str) -> None:
    if manifest.quirks != Quirks() and not any(route.protocol == "openai_chat" for route in manifest.chat):
        raise ConfigError(f"{source}: quirks are set and no chat route speaks openai_chat, the protocol that they bend")
    quirks = {manifest.quirks.max_tokens_field, manifest.quirks.seed_field}
    owned = {*ChatOptions.__annotations__, *quirks, "self", "model", "messages"}
    for name in manifest.options:
        if name in owned:
            raise ConfigError(f"{source}: option {name!r} contradicts the common option or the quirk that sets it")
    catch_all = [number for number, route in enumerate(manifest.chat) if route.models == "*"]
    if catch_all and not all(route.hosted_tools for route in manifest.chat[catch_all[0] + 1 :]):
        raise ConfigError(f"{source}: chat[{catch_all[0]}] matches every model, so the routes after it are never used")
