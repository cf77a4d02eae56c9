"""JSON schemas whose objects have no properties but those that they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_JOINING: Final = ("$ref", "anyOf")
"""Keywords whose schemas hold beside `properties`, and may name further ones."""
_NAMED: Final = ("$defs", "definitions", "properties", "patternProperties")
_LISTED: Final = ("anyOf", "prefixItems")
_SINGLE: Final = ("additionalProperties", "items")


def closed(schema: object) -> object:
    """The schema, which allows nothing more than before, and no properties that a model would make up.

    Only objects that name properties are closed, and none that says itself what others may be. Schemas that build
    objects from parts (`allOf`, or properties beside `$ref` or `anyOf`) stay as they are, and so do those with `oneOf`:
    of two closed objects a value may fit one, which fitted both when they were open.

    >>> closed({"type": "object", "properties": {"a": {"type": "integer"}}})["additionalProperties"]
    False
    """
    return schema if _joins(schema) else _close(schema)


def _joins(schema: object) -> bool:
    if isinstance(schema, list | tuple):
        return any(map(_joins, schema))
    if not isinstance(schema, Mapping):
        return False
    names = [name for name in _JOINING if name in schema]
    joins = "allOf" in schema or "oneOf" in schema or len(names) > 1 or (bool(names) and "properties" in schema)
    return joins or any(map(_joins, schema.values()))


def _close(schema: object) -> object:
    if not isinstance(schema, Mapping):
        return schema
    made = dict(schema)
    for name, value in schema.items():
        if name in _NAMED and isinstance(value, Mapping):
            made[name] = {key: _close(part) for key, part in value.items()}
        elif name in _LISTED and isinstance(value, list | tuple):
            made[name] = [_close(part) for part in value]
        elif name in _SINGLE:
            made[name] = _close(value)
    if isinstance(schema.get("properties"), Mapping) and "patternProperties" not in schema:
        made.setdefault("additionalProperties", False)
    return made
