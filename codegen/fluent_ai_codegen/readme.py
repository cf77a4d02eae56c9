"""The table of providers in README.md: `python -m fluent_ai_codegen.readme [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

from fluent_ai.errors import ConfigError
from fluent_ai.manifest import Manifest
from fluent_ai.protocols import CODECS
from fluent_ai.registry import Registry

from .paths import Layout
from .specs import load_specs

BEGIN = "<!-- providers: rendered by `nox -s generate` -->\n"
END = "<!-- /providers -->\n"


def provider_table(manifests: tuple[Manifest, ...], registry: Registry) -> str:
    """One row a provider: its id, protocols, key variables, how many models the registry knows (`?`: no list yet)."""
    lines = [
        "| Provider | Named | Chat protocol | Key from | Models | call tools |",
        "| --- | --- | --- | --- | ---: | ---: |",
    ]
    for manifest in manifests:
        models = registry.list(manifest.id)
        protocols = dict.fromkeys(_protocol(route.protocol) for route in manifest.chat)
        cells = (
            f"[{manifest.name}]({manifest.docs})",
            f"`{manifest.id}:`",
            ", ".join(protocols) or "none yet",
            ", ".join(f"`{name}`" for name in manifest.auth.env) or "no key",
            str(len(models) or "?"),
            _count([model.tools for model in models]),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _count(known: list[bool | None]) -> str:
    """How many hold; `?` where the provider says nothing about any."""
    return "?" if all(value is None for value in known) else str(sum(value is True for value in known))


def _protocol(name: str) -> str:
    if name == "worker":
        return "in this process"
    return name if name in CODECS["chat"] else f"{name} (not yet)"


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
    registry = Registry(layout.generated / "fluent_ai_providers" / "data" / "catalog")
    wanted = with_table(readme, provider_table(load_specs(layout.specs).manifests, registry))
    if wanted == readme:
        return None
    if "--check" in arguments:
        return "error: the table of providers in README.md is not up to date; run `nox -s generate`"
    path.write_text(wanted, encoding="utf-8")
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
