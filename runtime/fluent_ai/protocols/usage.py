"""Reading counts out of a provider's usage object, which may lack, null or retype any of them."""

from __future__ import annotations

from typing import Any

from fluent_ai.vocabulary import JsonObject


def count(found: JsonObject, *path: str) -> int | None:
    """The whole number at `path`, or None."""
    value: Any = found
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
