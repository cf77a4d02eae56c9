"""The setting `http` of clients, checked before anything is sent."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from fluent_ai.http.messages import HttpVersion

_ALLOWED: Final = ("auto", 1, 2, 3)


def checked_http(http: HttpVersion | None, transport: object) -> HttpVersion | None:
    """Raises ConfigError for another value, beside a `transport`, and where the package that it needs is missing."""
    if http is None:
        return None
    if type(http) not in (int, str) or http not in _ALLOWED:
        raise ConfigError(f"http is {http!r}; allowed: {', '.join(map(repr, _ALLOWED))}")
    if transport is not None:
        raise ConfigError("http and transport are both given; allowed: one of them, since a transport decides itself")
    if find_spec("pycurl") is None:
        raise ConfigError(f"http is {http!r}, which needs the extra http3: pip install 'fluent-ai[http3]'")
    return http
