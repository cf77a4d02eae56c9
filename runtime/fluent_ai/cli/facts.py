"""Facts as text in tables."""

from __future__ import annotations

from fluent_ai.registry.facts import ModelInfo
from fluent_ai.registry.provenance import Attribution


def text(value: object) -> str:
    """A fact as text; empty if it is unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(text, value))
    if isinstance(value, dict):
        return " ".join(f"{name}={text(part)}" for name, part in value.items())
    return str(value)


def dollars(sum_: float | None) -> str:
    """An amount in US dollars."""
    return "unknown" if sum_ is None else f"{sum_:.9f}".rstrip("0").rstrip(".")


def can(model: ModelInfo) -> str:
    """The known capabilities of a model."""
    return " ".join(name for name in ("tools", "reasoning", "vision", "audio", "pdf") if getattr(model, name))


def others(source: Attribution) -> str:
    """The sources that agree, and those that disagree with their values."""
    parts = [f"also {', '.join(claim.who for claim in source.agree)}"] if source.agree else []
    parts += [f"{claim.who} says {text(claim.value)}" for claim in source.differ]
    return "; ".join(parts)
