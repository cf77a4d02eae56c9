"""Authentication: what adds a key, a token or a signature to a request, anew for each attempt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

import msgspec

if TYPE_CHECKING:
    from fluent_ai.errors import FluentError
    from fluent_ai.http.messages import HttpRequest
    from fluent_ai.manifest.schema import Auth

T = TypeVar("T")


class Caller(Protocol):
    """Runs functions that may block: directly in a synchronous client, in a thread in an asynchronous one."""

    async def call(self, function: Callable[[], T]) -> T: ...


class Authenticator(Protocol):
    """Authenticates the attempts of one call. There is a new one for each call; what calls share lies behind it."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """Texts that must not appear in messages."""
        ...

    async def authorize(self, request: HttpRequest, caller: Caller) -> HttpRequest:
        """The request with its credentials. Raises ConfigError, AuthError or RateLimited when there are none to use."""
        ...

    @property
    def key_name(self) -> str | None:
        """What to call the key that was last used, where its text must not stand; None if it has no name."""
        ...

    def rejected(self, error: FluentError, headers: Mapping[str, str]) -> bool:
        """True if a failed attempt may be repeated at once with another key, a new token or a corrected clock.

        `headers` are those of the failed response. True at most once for each of these remedies, whatever the server
        says.
        """
        ...


Region: TypeAlias = Callable[[], str]
AuthMethod: TypeAlias = Callable[[Region], Authenticator]
"""Makes the authenticator of one call. The region is looked up only where requests are signed for one."""


class CloudAuth(Protocol):
    """The interface of the modules `aws`, `google` and `azure`."""

    def method(self, auth: Auth, key: object = None) -> AuthMethod | None:
        """Authenticate with this key, or with what the environment and the machine provide.

        None if `key` is not a credential of this cloud.
        """
        ...

    def usable(self) -> bool:
        """True if a call without a key could succeed."""
        ...

    def problem(self) -> str:
        """Why a call without a key would fail, judged offline; `""` if it might succeed."""
        ...


class Anonymous:
    """Sends requests as they are: no key is needed, or none was found."""

    secrets: tuple[str, ...] = ()
    key_name: str | None = None

    async def authorize(self, request: HttpRequest, caller: Caller) -> HttpRequest:
        return request

    def rejected(self, error: FluentError, headers: Mapping[str, str]) -> bool:
        return False


ANONYMOUS = Anonymous()


class Secrets(Collection[str]):
    """The secrets of an authenticator, looked up at each use: a token may be fetched only when the request is sent."""

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator

    def __contains__(self, text: object) -> bool:
        return text in self._authenticator.secrets

    def __iter__(self) -> Iterator[str]:
        return iter(self._authenticator.secrets)

    def __len__(self) -> int:
        return len(self._authenticator.secrets)


def with_headers(request: HttpRequest, headers: Mapping[str, str], url: str = "") -> HttpRequest:
    """The request with additional headers; headers that the caller passed for this call take precedence."""
    return msgspec.structs.replace(request, url=url or request.url, headers={**headers, **request.headers})
