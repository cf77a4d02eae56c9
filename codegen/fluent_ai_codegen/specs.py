"""The reviewed inputs: manifests and wire documents, with the checks that need all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fluent_ai.errors import ConfigError
from fluent_ai.manifest import Manifest, Quirks, parse_manifest
from fluent_ai.vocabulary import ChatRequest


@dataclass(frozen=True)
class WireDocument:
    name: str
    text: str


@dataclass(frozen=True)
class Specs:
    """Everything below specs/, in a fixed order."""

    manifests: tuple[Manifest, ...]
    wire: tuple[WireDocument, ...]


def load_specs(folder: Path) -> Specs:
    """Read and check specs/. ConfigError names file, field, value and what is allowed."""
    manifests = []
    for path in sorted((folder / "providers").glob("*.toml")):
        manifest = parse_manifest(path.read_bytes(), f"specs/providers/{path.name}")
        if manifest.id != path.stem:
            raise ConfigError(
                f"specs/providers/{path.name}: id = {manifest.id!r}; allowed: the file's name, {path.stem!r}"
            )
        manifests.append(manifest)
    check_manifests(manifests)
    wire = tuple(WireDocument(path.stem, path.read_text("utf-8")) for path in sorted((folder / "wire").glob("*.yaml")))
    return Specs(tuple(manifests), wire)


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
        _check_contradictions(manifest, source)
        used |= {flag for flag in Quirks.__struct_fields__ if getattr(manifest.quirks, flag) != getattr(Quirks(), flag)}
    unused = sorted(set(Quirks.__struct_fields__) - used)
    if unused:
        raise ConfigError(f"no manifest uses the quirk {unused[0]!r}; remove it from fluent_ai/manifest.py")


def _check_contradictions(manifest: Manifest, source: str) -> None:
    if manifest.quirks != Quirks() and not any(route.protocol == "openai_chat" for route in manifest.chat):
        raise ConfigError(f"{source}: quirks are set and no chat route speaks openai_chat, the protocol that they bend")
    if manifest.auth.scheme == "none" and manifest.auth.env:
        raise ConfigError(f"{source}: auth.env = {list(manifest.auth.env)} contradicts auth.scheme = 'none'")
    if manifest.auth.scheme == "bearer" and manifest.auth.header != "authorization":
        raise ConfigError(f"{source}: auth.header = {manifest.auth.header!r} contradicts auth.scheme = 'bearer'")
    owned = {*ChatRequest.COMMON, manifest.quirks.max_tokens_field, manifest.quirks.seed_field, "model", "messages"}
    for name in manifest.options:
        if name in owned:
            raise ConfigError(f"{source}: option {name!r} contradicts the common option or the quirk that sets it")
    catch_all = [number for number, route in enumerate(manifest.chat) if route.models == "*"]
    if catch_all and catch_all[0] != len(manifest.chat) - 1:
        raise ConfigError(f"{source}: chat[{catch_all[0]}] matches every model, so the routes after it are never used")
