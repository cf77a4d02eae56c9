"""What a regeneration changed, for people: new, gone, repriced and deprecated models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from fluent_ai.registry.catalog import read_catalog
from fluent_ai.registry.changes import Change, changes
from fluent_ai.registry.facts import ModelInfo

Catalogs: TypeAlias = Mapping[str, Sequence[ModelInfo]]
"""Provider -> its models."""

MAX_LINES = 100
"""Of one section; a pull request holds 65,536 characters."""

_LIFECYCLE = ("deprecated_on", "retires_on", "successor")


def read_catalogs(generated: Path) -> dict[str, list[ModelInfo]]:
    """The catalogs of a rendered tree. ConfigError names a damaged one."""
    folder = generated / "fluent_ai_providers" / "data" / "catalog"
    return {path.stem: read_catalog(path) for path in sorted(folder.glob("*.json"))}


def summarise(before: Catalogs, after: Catalogs) -> str:
    """Markdown: a section for each kind of change that there is."""
    found = [
        change
        for provider in sorted({*before, *after})
        for change in changes(before.get(provider, ()), after.get(provider, ()))
    ]
    prices = [each for each in found if (each.fact or "").startswith("prices.")]
    endings = [each for each in found if each.fact in _LIFECYCLE]
    others = [each for each in found if each.kind == "changed" and each not in prices and each not in endings]
    sections = [
        _section("New models", (_code(each.model) for each in found if each.kind == "new")),
        _section("Gone models", (_code(each.model) for each in found if each.kind == "gone")),
        _section("Repriced, in dollars (tokens: per million)", map(_change, prices)),
        _section("Deprecated or retiring", map(_change, endings)),
        _section("Other facts", _counted(others)),
    ]
    return "\n".join(filter(None, sections)) or "No model changed.\n"


def _section(title: str, lines: Iterable[str]) -> str:
    rows = [f"- {line}" for line in lines]
    if not rows:
        return ""
    more = [f"- and {len(rows) - MAX_LINES} more"] if len(rows) > MAX_LINES else []
    return "\n".join([f"## {title} ({len(rows)})", "", *rows[:MAX_LINES], *more, ""])


def _change(change: Change) -> str:
    fact = (change.fact or "").removeprefix("prices.")
    return f"{_code(change.model)}: {fact} {_value(change.before)} → {_value(change.after)}"


def _counted(found: Iterable[Change]) -> list[str]:
    count = Counter((each.model.partition(":")[0], each.fact) for each in found)
    return [f"{provider}: {fact} of {number} models" for (provider, fact), number in sorted(count.items())]


def _value(value: object) -> str:
    return "unknown" if value is None else _code(str(value)) if isinstance(value, str) else str(value)


def _code(text: str) -> str:
    """As code: a provider's text must not become markup of the pull request."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{' '.join(text.split())}{fence}"
