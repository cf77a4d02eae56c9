"""The largest JSON schema that is accepted. One that contains itself in Python would be endless as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fluent_ai.errors import ConfigError, FluentError

MAX_DEPTH: Final = 200
"""The levels of nesting, as in the answers that `PartialJSON` reads."""
MAX_PARTS: Final = 50_000
"""The members and items, counted as often as they would be written."""


def check_size(schema: object, name: str, error: type[FluentError] = ConfigError) -> None:
    """Raises the error, which names the bound, for a schema that is too deep or too large. Takes bounded time."""
    parts = 0
    waiting = [(schema, 0)]
    while waiting:
        part, depth = waiting.pop()
        inner = part.values() if isinstance(part, Mapping) else part if isinstance(part, list | tuple) else ()
        parts += len(inner)
        if depth > MAX_DEPTH:
            raise error(f"{name}: the schema is nested deeper than {MAX_DEPTH} levels, or holds itself")
        if parts > MAX_PARTS:
            raise error(f"{name}: the schema has more than {MAX_PARTS:,} parts; allowed: {MAX_PARTS:,}")
        waiting += [(each, depth + 1) for each in inner]
