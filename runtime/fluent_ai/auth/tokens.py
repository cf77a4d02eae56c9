"""Tokens that expire: fetched on demand, cached, and renewed ahead of time by one fetch that all waiters share."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from fluent_ai.auth.base import Caller, with_headers
from fluent_ai.content.private import PrivateStruct
from fluent_ai.errors import AuthError, FluentError
from fluent_ai.http.messages import HttpRequest
from fluent_ai.threads import new_lock

CredentialT = TypeVar("CredentialT")

RENEW_BEFORE = 225.0
"""Seconds before its expiry from which a token is renewed, as google-auth does."""
PAUSE_AFTER_FAILURE = 30.0
"""Seconds to wait before the next attempt when an early renewal has failed; the old token is still valid."""


class Token(PrivateStruct, frozen=True):
    """`expires_at` is in seconds since 1970, or None; `headers` are sent along. The repr shows only the time."""

    text: str
    expires_at: float | None = None
    headers: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return f"Token(expires_at={self.expires_at})"


class CredentialSource(Protocol[CredentialT]):
    """Where credentials come from."""

    def current(self) -> CredentialT | None:
        """Credentials that are valid and need no renewal yet, or None; never blocks."""
        ...

    def get(self) -> CredentialT:
        """Valid credentials; may block while they are fetched."""
        ...

    def drop(self, given: CredentialT, /) -> None:
        """Forget these credentials, because the provider refused them."""


class TokenCache:
    """Caches the token that `fetch` returns, safely across threads and event loops.

    Only one fetch runs at a time. If it fails, every caller that was waiting for it gets the error; later callers try
    again.
    """

    def __init__(self, fetch: Callable[[], Token], clock: Callable[[], float] = time.time) -> None:
        self._fetch = fetch
        self._clock = clock
        self._current: tuple[Token, float] | None = None
        """The token and when to renew it, in one value so that no thread sees a half-made change."""
        self._refused: Token | None = None
        self._lock = new_lock()
        self._failure: FluentError | None = None

    def current(self) -> Token | None:
        current = self._usable()
        return current[0] if current is not None and self._clock() < current[1] else None

    def get(self) -> Token:
        current = self._usable()
        if current is not None and (current[0].expires_at is None or self._clock() < current[0].expires_at):
            return self.current() or self._renewed_early(current[0])
        known = self._failure
        with self._lock:
            if (token := self.current()) is not None:
                return token
            if self._failure is not None and self._failure is not known:  # the fetch failed while this caller waited
                raise copy.copy(self._failure)
            return self._renew()

    def drop(self, token: Token) -> None:
        current = self._current
        if current is not None and current[0] is token:
            self._refused = token  # clearing `_current` could discard the token that has just replaced this one

    def _usable(self) -> tuple[Token, float] | None:
        current = self._current
        return None if current is None or current[0] is self._refused else current

    def _renewed_early(self, old: Token) -> Token:
        """A new token, or the old one if another thread is fetching or the fetch fails."""
        if not self._lock.acquire(blocking=False):
            return old
        try:
            return self.current() or self._renew()
        except FluentError:
            self._current = old, self._clock() + PAUSE_AFTER_FAILURE
            return old
        finally:
            self._lock.release()

    def _renew(self) -> Token:
        try:
            token = self._fetch()
        except FluentError as error:
            self._failure = copy.copy(error)
            raise
        now, end = self._clock(), token.expires_at
        # A token with a shorter life than RENEW_BEFORE is renewed at half its life; else each call would fetch one.
        self._current = token, math.inf if end is None else max(end - RENEW_BEFORE, now + (end - now) / 2)
        return token


class FunctionSource:
    """A function of the caller's that is called before each attempt; its result is never cached."""

    def __init__(self, function: Callable[[], str], check: Callable[[str], str]) -> None:
        self._function = function
        self._check = check

    def current(self) -> None:
        return None

    def get(self) -> Token:
        return Token(self._check(self._function()))

    def drop(self, token: Token) -> None:
        pass


class TokenAuthenticator:
    """A token in a header. A refused token (401) is dropped, and one more attempt is made with the next one."""

    def __init__(
        self,
        source: CredentialSource[Token],
        header: str = "authorization",
        prefix: str = "Bearer ",
        key_name: str | None = None,
    ) -> None:
        self.key_name = key_name
        self._source = source
        self._header = header
        self._prefix = prefix
        self._token: Token | None = None
        self._renewed = False

    @property
    def secrets(self) -> tuple[str, ...]:
        token = self._token or self._source.current()
        return () if token is None else (token.text,)

    async def authorize(self, request: HttpRequest, caller: Caller) -> HttpRequest:
        self._token = None
        current = self._source.current()
        token = await caller.call(self._source.get) if current is None else current
        self._token = token
        return with_headers(request, {**token.headers, self._header: self._prefix + token.text})

    def rejected(self, error: FluentError, headers: Mapping[str, str]) -> bool:
        if self._token is None or not isinstance(error, AuthError):
            return False
        self._source.drop(self._token)
        again, self._renewed = not self._renewed, True
        return again
