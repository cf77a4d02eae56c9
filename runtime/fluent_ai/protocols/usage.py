"""Reading counts out of a provider's usage object, which may lack, null or retype any of them."""

from __future__ import annotations

from typing import Any

from fluent_ai.vocabulary import JsonObject


def count(found: JsonObject, *path: str) -> int | None:
    """The whole number at `path`, or None."""
    value: Any = found
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return None if value is None else whole(value)


def whole(value: object) -> int | None:
    """The value as a count, or None if it is none."""
    if type(value) is not int:
        if not isinstance(value, float) or not value.is_integer():
            return None
        value = int(value)
    return value if value >= 0 else None
