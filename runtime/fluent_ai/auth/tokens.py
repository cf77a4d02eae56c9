"""Tokens that expire: fetched when needed, kept, and renewed ahead of time, once for all who wait."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from fluent_ai.auth.base import Caller, with_headers
from fluent_ai.content.private import Veiled
from fluent_ai.errors import AuthError, FluentError
from fluent_ai.http.messages import HttpRequest
from fluent_ai.threads import new_lock

CredentialT = TypeVar("CredentialT")

RENEW_BEFORE = 225.0
"""Seconds before its expiry from which a token is renewed, as google-auth does."""
PAUSE_AFTER_FAILURE = 30.0
"""Seconds without another try when a renewal ahead of time has failed: the old token is still good."""


class Token(Veiled, frozen=True):
    """`expires_at` in seconds since 1970, or None; `headers` go along with it. The repr shows only the time."""

    text: str
    expires_at: float | None = None
    headers: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return f"Token(expires_at={self.expires_at})"


class Source(Protocol[CredentialT]):
    """Where credentials come from."""

    def held(self) -> CredentialT | None:
        """Some that are good and need no renewal; never blocks."""
        ...

    def get(self) -> CredentialT:
        """Good ones; may block."""
        ...

    def drop(self, given: CredentialT, /) -> None:
        """The provider has refused these."""


class TokenCache:
    """Keeps what `fetch` brings. Safe between threads and event loops; one fetch at a time, whoever waits. Its failure
    is that of all who waited for it: who comes later tries again.
    """

    def __init__(self, fetch: Callable[[], Token], clock: Callable[[], float] = time.time) -> None:
        self._fetch = fetch
        self._clock = clock
        self._held: tuple[Token, float] | None = None
        """The token and when to renew it: one value, so that nobody sees half of a change."""
        self._lock = new_lock()
        self._failure: FluentError | None = None

    def held(self) -> Token | None:
        held = self._held
        return held[0] if held is not None and self._clock() < held[1] else None

    def get(self) -> Token:
        held = self._held
        if held is not None and (held[0].expires_at is None or self._clock() < held[0].expires_at):
            return self.held() or self._renewed_early(held[0])
        known = self._failure
        with self._lock:
            if (token := self.held()) is not None:
                return token
            if self._failure is not None and self._failure is not known:  # while this caller waited for it
                raise copy.copy(self._failure)
            return self._renew()

    def drop(self, token: Token) -> None:
        held = self._held
        if held is not None and held[0] is token:
            self._held = None

    def _renewed_early(self, old: Token) -> Token:
        """A new token; the old one while another thread fetches, or when that fails."""
        if not self._lock.acquire(blocking=False):
            return old
        try:
            return self.held() or self._renew()
        except FluentError:
            self._held = old, self._clock() + PAUSE_AFTER_FAILURE
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
        # A token that lives shorter than that is renewed at half its life, or each call would fetch one.
        self._held = token, math.inf if end is None else max(end - RENEW_BEFORE, now + (end - now) / 2)
        return token


class FunctionSource:
    """A function of the caller's, asked before each attempt: what it gives is never kept."""

    def __init__(self, function: Callable[[], str], check: Callable[[str], str]) -> None:
        self._function = function
        self._check = check

    def held(self) -> None:
        return None

    def get(self) -> Token:
        return Token(self._check(self._function()))

    def drop(self, token: Token) -> None:
        pass


class TokenAuthenticator:
    """A token in a header. A refused one (401) is dropped and one more attempt made with the next."""

    def __init__(self, source: Source[Token], header: str = "authorization", prefix: str = "Bearer ") -> None:
        self._source = source
        self._header = header
        self._prefix = prefix
        self._token: Token | None = None
        self._renewed = False

    @property
    def secrets(self) -> tuple[str, ...]:
        token = self._token or self._source.held()
        return () if token is None else (token.text,)

    async def authorize(self, request: HttpRequest, caller: Caller) -> HttpRequest:
        self._token = None
        held = self._source.held()
        token = await caller.call(self._source.get) if held is None else held
        self._token = token
        return with_headers(request, {**token.headers, self._header: self._prefix + token.text})

    def rejected(self, error: FluentError, headers: Mapping[str, str]) -> bool:
        if self._token is None or not isinstance(error, AuthError):
            return False
        self._source.drop(self._token)
        again, self._renewed = not self._renewed, True
        return again
