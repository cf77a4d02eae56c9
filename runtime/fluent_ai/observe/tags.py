"""Tags that callers give their calls, such as the name of a feature or a customer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from fluent_ai.errors import ConfigError

_current: ContextVar[Mapping[str, str]] = ContextVar("fluent_ai_tags")
_NONE: Mapping[str, str] = {}


def current_tags() -> Mapping[str, str]:
    """The tags that hold here."""
    return _current.get(_NONE)


@contextmanager
def tags(**named: str) -> Iterator[None]:
    """Observers see these tags on every call that begins in the block; inner blocks add to outer ones.

    Raises ConfigError for a value that is no str.

        >>> import fluent_ai as ai
        >>> with ai.tags(feature="search", customer="acme"):
        ...     pass  # client.complete(...)
    """
    for name, value in named.items():
        if not isinstance(value, str):
            raise ConfigError(f"tag {name} is of type {type(value).__name__}; allowed: a str")
    before = _current.set({**current_tags(), **named})
    try:
        yield
    finally:
        _current.reset(before)
