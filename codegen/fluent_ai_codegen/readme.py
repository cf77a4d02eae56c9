"""The table of providers in README.md: `python -m fluent_ai_codegen.readme [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fluent_ai.errors import ConfigError
from fluent_ai.manifest import Capability, Manifest
from fluent_ai.registry import Registry

from .clients import CLOUDS
from .paths import Layout
from .specs import load_specs

BEGIN = "<!-- providers: rendered by `nox -s generate` -->\n"
END = "<!-- /providers -->\n"

VERBS: dict[Capability, str] = {
    "embeddings": "embed",
    "rerank": "rerank",
    "moderation": "moderate",
    "transcription": "transcribe",
    "speech": "speak",
    "images": "image",
    "pull": "pull",
}
"""The method of each capability but chat."""


def provider_table(manifests: tuple[Manifest, ...], registry: Registry) -> str:
    """One row a provider: its name, what it can do beside chat, key variables, how many models the registry knows."""
    lines = [
        f"| Provider | Named | Key from | chat speaks | {' | '.join(VERBS.values())} | Models |",
        f"| --- | --- | --- | --- |{' :-: |' * len(VERBS)} ---: |",
    ]
    for manifest in manifests:
        protocols = dict.fromkeys(protocol_name(route.protocol) for route in manifest.chat)
        cells = (
            f"[{manifest.name}]({manifest.docs})",
            f"`{manifest.id}:`",
            ", ".join(key_sources(manifest)) or "no key",
            ", ".join(protocols),
            *("✓" if manifest.routes(capability) else "" for capability in VERBS),
            str(len(registry.list(manifest.id))),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def key_sources(manifest: Manifest) -> Iterator[str]:
    """The variables that hold its key, and the clouds that stand in for one."""
    for way in manifest.auth.ways:
        yield from (f"`{name}`" for name in way.env)
        if way.scheme in CLOUDS:
            yield CLOUDS[way.scheme]


def protocol_name(name: str) -> str:
    """The protocol as people read it."""
    return "in this process" if name == "worker" else name


def with_table(readme: str, table: str) -> str:
    """The README with this table between its markers. ConfigError when it has not one pair of them."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in rest:
        raise ConfigError(f"README.md needs one line {BEGIN.strip()!r} and one {END.strip()!r} after it")
    return f"{before}{begin}\n{table}\n{end}{after}"


def main(arguments: list[str]) -> str | None:
    """Write the table, or with `--check` say what is wrong; returns the problem."""
    layout = Layout.find()
    path: Path = layout.root / "README.md"
    readme = path.read_text(encoding="utf-8")
    registry = Registry(layout.generated / "fluent_ai_providers" / "data" / "catalog", overlays=())
    wanted = with_table(readme, provider_table(load_specs(layout.specs).manifests, registry))
    if wanted == readme:
        return None
    if "--check" in arguments:
        return "error: the table of providers in README.md is not up to date; run `nox -s generate`"
    path.write_text(wanted, encoding="utf-8")
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
