"""The tables of providers and of events in README.md: `python -m fluent_ai_codegen.readme [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

from fluent_ai.content.events import Event
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import Capability, Manifest
from fluent_ai.registry import Registry

from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.files.specs import load_specs
from fluent_ai_codegen.render.clients import CLOUDS
from fluent_ai_codegen.render.verbs import VerbModule, read_verbs


def other_verbs(verbs: Iterable[VerbModule]) -> dict[str, Capability]:
    """The method of each verb but chat, and its capability."""
    return {verb.method: verb.capability for verb in verbs if not verb.writes_reply}


def provider_table(manifests: tuple[Manifest, ...], registry: Registry, verbs: Mapping[str, Capability]) -> str:
    """One row a provider: its name, what it can do beside chat, key variables, how many models the registry knows."""
    lines = [
        f"| Provider | Named | Key from | chat speaks | {' | '.join(verbs)} | Models |",
        f"| --- | --- | --- | --- |{' :-: |' * len(verbs)} ---: |",
    ]
    for manifest in manifests:
        protocols = dict.fromkeys(protocol_name(route.protocol) for route in manifest.chat)
        cells = (
            f"[{manifest.name}]({manifest.docs})",
            f"`{manifest.id}:`",
            ", ".join(key_sources(manifest)) or "no key",
            ", ".join(protocols),
            *("✓" if getattr(manifest, capability) else "" for capability in verbs.values()),
            str(len(registry.list(manifest.id))),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def key_sources(manifest: Manifest) -> Iterator[str]:
    """The variables that hold its key, and the clouds that stand in for one."""
    for method in manifest.auth.methods:
        yield from (f"`{name}`" for name in method.env)
        if method.scheme in CLOUDS:
            yield CLOUDS[method.scheme]


def protocol_name(name: str) -> str:
    """The protocol as people read it."""
    return "in this process" if name == "worker" else name


def event_table() -> str:
    """One row an event, with its fields and what its class says of itself."""
    lines = ["| Event | Says |", "| --- | --- |"]
    for event in get_args(Event):
        says = " ".join((event.__doc__ or "").split())
        lines.append(f"| `{event.__name__}({', '.join(event.__struct_fields__)})` | {says} |")
    return "\n".join(lines) + "\n"


def with_table(readme: str, name: str, table: str) -> str:
    """The README with this table between the markers of that name. ConfigError when it has not one pair of them."""
    begin, end = f"<!-- {name}: rendered by `nox -s generate` -->\n", f"<!-- /{name} -->\n"
    before, found, rest = readme.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed or begin in rest:
        raise ConfigError(f"README.md needs one line {begin.strip()!r} and one {end.strip()!r} after it")
    return f"{before}{begin}\n{table}\n{end}{after}"


def main(arguments: list[str]) -> str | None:
    """Write the tables, or with `--check` say what is wrong; returns the problem."""
    layout = Layout.find()
    path: Path = layout.root / "README.md"
    readme = path.read_text(encoding="utf-8")
    registry = Registry(layout.generated / "fluent_ai_providers" / "data" / "catalog", overlays=())
    verbs = other_verbs(read_verbs(layout.verbs))
    providers = provider_table(load_specs(layout.specs).manifests, registry, verbs)
    tables = {"providers": providers, "events": event_table()}
    wanted = readme
    for name, table in tables.items():
        stale = wanted
        wanted = with_table(stale, name, table)
        if wanted != stale and "--check" in arguments:
            return f"error: the table of {name} in README.md is not up to date; run `nox -s generate`"
    if wanted != readme:
        path.write_text(wanted, encoding="utf-8")
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
