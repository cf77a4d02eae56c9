"""Who is calling: what gives a request its key, token or signature, anew before each attempt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

if TYPE_CHECKING:
    from fluent_ai.errors import FluentError
    from fluent_ai.http.messages import HttpRequest

T = TypeVar("T")


class Caller(Protocol):
    """Runs what may block: on the spot in a synchronous client, in a thread in an asynchronous one."""

    async def call(self, function: Callable[[], T]) -> T: ...


class Authenticator(Protocol):
    """Proves who calls, for the attempts of one call. Made for each call; what is shared lies behind it."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not stand in a message."""
        ...

    async def authorize(self, request: HttpRequest, caller: Caller) -> HttpRequest:
        """The request as it is sent. Raises ConfigError, AuthError or RateLimited when there is nothing to send."""
        ...

    def rejected(self, error: FluentError, headers: Mapping[str, str]) -> bool:
        """An attempt failed; `headers` are those of its answer. Whether another may follow at once: with another key,
        a new token or a corrected clock. True at most once for each of these, whatever the server says.
        """
        ...


class Anonymous:
    """No key is needed, or none is there."""

    secrets: tuple[str, ...] = ()

    async def authorize(self, request: HttpRequest, caller: Caller) -> HttpRequest:
        return request

    def rejected(self, error: FluentError, headers: Mapping[str, str]) -> bool:
        return False


ANONYMOUS = Anonymous()


class Secrets(Collection[str]):
    """The secrets of an authenticator as they are when they are asked for: a token may come only with the request."""

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator

    def __contains__(self, text: object) -> bool:
        return text in self._authenticator.secrets

    def __iter__(self) -> Iterator[str]:
        return iter(self._authenticator.secrets)

    def __len__(self) -> int:
        return len(self._authenticator.secrets)


def with_headers(request: HttpRequest, headers: Mapping[str, str], url: str = "") -> HttpRequest:
    """The request with more headers; those that the caller gave for this call win."""
    return msgspec.structs.replace(request, url=url or request.url, headers={**headers, **request.headers})
