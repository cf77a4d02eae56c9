"""The httpx2 clients behind the transports: made with our settings and sockets, or the caller's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Generic, TypeVar

import httpx2

from fluent_ai.http.decoding import accepted
from fluent_ai.threads import keep_unclosed, new_lock, renew_in_child

C = TypeVar("C", httpx2.Client, httpx2.AsyncClient)


class LentClients(Generic[C]):
    """The client to send with: the caller's, else one that is opened when it is needed, after `retire` another.

    A closed client refuses requests, and forgets the connections that are just being opened. So one that is retired
    while requests are being sent is closed by the last of these. After a fork, the child opens its own.
    """

    def __init__(self, given: C | None, new: Callable[[], C]) -> None:
        self.owned = given is None
        """False for the caller's client, which connects in its own way."""
        self._new: Callable[[], C] = new
        self._current: C | None = new() if given is None else given
        self._sending: Counter[C] = Counter()
        self._lock = new_lock()
        renew_in_child(self, LentClients._forget)

    def borrow(self) -> C:
        """The client for one request, which must be given back."""
        with self._lock:
            if self._current is None:
                self._current = self._new()
            self._sending[self._current] += 1
            return self._current

    def give_back(self, client: C) -> bool:
        """Whether it has been retired and nobody else sends with it, so that it must be closed."""
        with self._lock:
            self._sending[client] -= 1
            if self._sending[client] > 0:
                return False
            del self._sending[client]
            return client is not self._current

    def retire(self) -> C | None:
        """The next request opens another. Returns the client if it must be closed now."""
        if not self.owned:
            return None
        with self._lock:
            client, self._current = self._current, None
            return None if client in self._sending else client

    def _forget(self) -> None:
        """In a forked child: the connections are the parent's, and two who use one would read each other's answers."""
        if self.owned:
            keep_unclosed((self._current, *self._sending))
            self._current, self._sending = None, Counter()


def new_client(kind: Callable[..., C], transport: httpx2.BaseTransport | httpx2.AsyncBaseTransport) -> C:
    """A client that sends as `transport` does, and keeps no cookies."""
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return kind(
        headers={"accept-encoding": accepted()},
        follow_redirects=False,
        cookies=no_cookies,
        transport=transport,
        trust_env=False,
    )
