"""Tokens that expire: one fetch for all who wait, ahead of time, and what happens when it fails."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import cast

import fluent_ai as ai
import pytest
from fluent_ai.auth.tokens import PAUSE_AFTER_FAILURE, RENEW_BEFORE, Token, TokenAuthenticator, TokenCache
from fluent_ai.http.messages import HttpRequest
from fluent_ai.resilience.waiting import LoopWaiting, ThreadWaiting
from hypothesis import given
from hypothesis import strategies as st


class Issuer:
    """Fetches tokens that live `life` seconds; can be made slow or to fail."""

    def __init__(self, life: float | None = 3600.0) -> None:
        self.now = 10_000.0
        self.life = life
        self.fetched = self.tried = 0
        self.failure: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.cache = TokenCache(self.fetch, lambda: self.now)

    def fetch(self) -> Token:
        self.tried += 1
        self.entered.set()
        assert self.gate.wait(60)
        if self.failure is not None:
            raise self.failure
        self.fetched += 1
        return Token(f"token-{self.fetched}", None if self.life is None else self.now + self.life)


class CountedLock:
    """A lock that tells how many have come to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.come = threading.Semaphore(0)

    def __enter__(self) -> None:
        self.come.release()
        self._lock.acquire()

    def __exit__(self, *raised: object) -> None:
        self._lock.release()


def in_threads(count: int, work: Callable[[], object]) -> list[object]:
    results: list[object] = []
    threads = [threading.Thread(target=lambda: results.append(work())) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_fifty_threads_fetch_one_token() -> None:
    issuer = Issuer()
    tokens = in_threads(50, issuer.cache.get)
    assert (len(tokens), len(set(map(id, tokens))), issuer.fetched) == (50, 1, 1)


def test_fifty_tasks_of_two_loops_fetch_one_token() -> None:
    issuer = Issuer()

    async def run() -> list[str]:
        async def one() -> str:
            authenticator = TokenAuthenticator(issuer.cache)
            sent = await authenticator.authorize(HttpRequest("GET", "http://localhost", {}), LoopWaiting())
            return sent.headers["authorization"]

        return await asyncio.gather(*(one() for _ in range(50)))

    both = in_threads(2, lambda: asyncio.run(run()))
    assert both == [["Bearer token-1"] * 50] * 2
    assert issuer.fetched == 1


def test_who_waits_for_a_token_may_leave_and_keeps_nobody_waiting() -> None:
    issuer = Issuer()
    issuer.gate.clear()
    request = HttpRequest("GET", "http://localhost", {})

    async def run() -> list[str]:
        loop = asyncio.get_running_loop()
        waiting = [
            asyncio.create_task(TokenAuthenticator(issuer.cache).authorize(request, LoopWaiting())) for _ in range(60)
        ]
        assert await asyncio.to_thread(issuer.entered.wait, 10)
        assert await asyncio.wait_for(loop.run_in_executor(None, lambda: "free"), 10) == "free"
        for task in waiting[:30]:
            task.cancel()
        left = await asyncio.gather(*waiting[:30], return_exceptions=True)
        assert {type(each) for each in left} == {asyncio.CancelledError}
        issuer.gate.set()
        return [sent.headers["authorization"] for sent in await asyncio.gather(*waiting[30:])]

    assert asyncio.run(run()) == ["Bearer token-1"] * 30
    assert issuer.tried == 1


def test_a_loop_that_ends_does_not_wait_for_a_token() -> None:
    issuer = Issuer()
    issuer.gate.clear()

    async def run() -> None:
        task = asyncio.create_task(
            TokenAuthenticator(issuer.cache).authorize(HttpRequest("GET", "http://localhost", {}), LoopWaiting())
        )
        assert await asyncio.to_thread(issuer.entered.wait, 10)
        task.cancel()

    asyncio.run(run())
    assert issuer.fetched == 0
    issuer.gate.set()
    end = time.monotonic() + 60
    while issuer.cache.current() is None and time.monotonic() < end:
        time.sleep(0.001)
    assert issuer.fetched == 1


def test_a_token_is_renewed_ahead_of_its_end() -> None:
    issuer = Issuer()
    assert issuer.cache.current() is None
    first = issuer.cache.get()
    issuer.now += 3600 - RENEW_BEFORE - 1
    assert issuer.cache.get() is first
    issuer.now += 2
    assert issuer.cache.current() is None
    assert issuer.cache.get().text == "token-2"


def test_while_one_renews_the_others_use_what_is_still_good() -> None:
    issuer = Issuer()
    first = issuer.cache.get()
    issuer.now += 3600 - 10
    issuer.gate.clear()
    issuer.entered.clear()
    renewing = threading.Thread(target=issuer.cache.get)
    renewing.start()
    assert issuer.entered.wait(10)
    assert issuer.cache.get() is first
    issuer.gate.set()
    renewing.join()
    assert issuer.cache.get().text == "token-2"


def test_a_renewal_that_fails_ahead_of_time_is_put_off() -> None:
    issuer = Issuer()
    first = issuer.cache.get()
    issuer.now += 3600 - RENEW_BEFORE + 1
    issuer.failure = ai.ConnectionFailed("down")
    assert issuer.cache.get() is first
    issuer.failure = None
    assert issuer.cache.get() is first
    issuer.now += PAUSE_AFTER_FAILURE
    assert issuer.cache.get().text == "token-2"


def test_when_the_token_has_ended_the_failure_is_the_callers() -> None:
    issuer = Issuer()
    issuer.cache.get()
    issuer.now += 3601
    issuer.failure = ai.AuthError("revoked")
    with pytest.raises(ai.AuthError, match="revoked"):
        issuer.cache.get()
    issuer.failure = None
    assert issuer.cache.get().text == "token-2"


def test_the_failure_of_a_fetch_is_that_of_all_who_waited_for_it() -> None:
    issuer = Issuer()
    issuer.failure = ai.ConnectionFailed("the token server is down")
    issuer.gate.clear()
    asked: list[BaseException] = []

    def ask() -> None:
        try:
            issuer.cache.get()
        except ai.ConnectionFailed as error:
            asked.append(error)

    # Who has come to the lock knows of no failure yet, so that the one it waits for is its own.
    lock = CountedLock()
    issuer.cache._lock = cast("threading.Lock", lock)
    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    assert all(lock.come.acquire(timeout=60) for _ in threads)
    issuer.gate.set()
    for thread in threads:
        thread.join()
    assert (len(asked), len(set(map(id, asked)))) == (20, 20)
    assert issuer.tried == 1
    issuer.failure = None
    assert issuer.cache.get().text == "token-1"


def test_a_short_lived_token_is_not_fetched_for_each_call() -> None:
    issuer = Issuer(life=60.0)
    first = issuer.cache.get()
    issuer.now += 29
    assert issuer.cache.get() is first
    issuer.now += 2
    assert issuer.cache.get() is not first


def test_a_token_without_an_end_is_kept_until_it_is_refused() -> None:
    issuer = Issuer(life=None)
    first = issuer.cache.get()
    issuer.now += 1e9
    assert issuer.cache.get() is first
    issuer.cache.drop(Token("another"))
    assert issuer.cache.get() is first
    issuer.cache.drop(first)
    assert issuer.cache.get().text == "token-2"


def test_a_refused_token_is_replaced_once_a_call() -> None:
    issuer = Issuer()
    authenticator = TokenAuthenticator(issuer.cache)
    request = HttpRequest("GET", "http://localhost", {"accept": "x"})

    async def run() -> list[bool]:
        said = []
        for _ in range(3):
            sent = await authenticator.authorize(request, LoopWaiting())
            assert sent.headers == {"accept": "x", "authorization": f"Bearer token-{issuer.fetched}"}
            assert authenticator.secrets == (f"token-{issuer.fetched}",)
            said.append(authenticator.rejected(ai.AuthError("no"), {}))
        return said

    assert asyncio.run(run()) == [True, False, False]
    assert not TokenAuthenticator(issuer.cache).rejected(ai.AuthError("no"), {}), "nothing of it was sent"


def test_other_failures_keep_the_token() -> None:
    issuer = Issuer()
    authenticator = TokenAuthenticator(issuer.cache)

    async def run() -> None:
        await authenticator.authorize(HttpRequest("GET", "http://localhost", {}), ThreadWaiting())

    asyncio.run(run())
    for error in (ai.ServerError("oops"), ai.PermissionDenied("not this model"), ai.RateLimited("slow down")):
        assert not authenticator.rejected(error, {})
    issuer.cache.get()
    assert issuer.fetched == 1


def test_nothing_shows_a_token() -> None:
    assert repr(Token("secret", 5.0, {"x-project": "p"})) == "Token(expires_at=5.0)"


@given(st.floats(1, 10_000), st.lists(st.floats(0, 5_000), max_size=20))
def test_a_token_past_its_end_is_never_given_out(life: float, pauses: list[float]) -> None:
    issuer = Issuer(life=life)
    for pause in pauses:
        issuer.now += pause
        token = issuer.cache.get()
        assert token.expires_at is not None
        assert token.expires_at > issuer.now
