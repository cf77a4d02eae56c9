"""The private HTTP cache over a real loopback server; its rules also stand the published suite (tests/conformance)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from email.utils import formatdate
from pathlib import Path

import pytest
from fluent_ai.errors import AuthError, FluentError, ProtocolError
from fluent_ai.http.cache import (
    Stored,
    age,
    conditions,
    directives,
    fresh,
    selects,
    stale_on_error,
    stored,
    updated,
)
from fluent_ai.http.messages import Timeouts
from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.streams.cached_answers import Fetched
from fluent_ai_codegen.fetch.web import Web
from hypothesis import given
from hypothesis import strategies as st

from .conftest import Answer, ListServer

NOW = float(int(time.time()))
"""The server dates its answers by the real clock: a cache of another time would find them old or of the future."""


class Visitor:
    """A client with the cache of one folder, at a time that the test sets."""

    def __init__(self, folder: Path, server: ListServer) -> None:
        self.now, self._folder, self._server = NOW, folder, server

    def get(self, headers: Mapping[str, str] = {}, *, ask: bool = False, keep: bool = True) -> Fetched:
        async def run() -> Fetched:
            transport = AsyncHttpx2Transport()
            try:
                web = Web(transport, self._folder, Timeouts(2, 2, 2, 2, 2), RetryPolicy(retries=0), lambda: self.now)
                fetched = await web.get(f"{self._server.url}/list", headers, provider="acme", ask=ask)
                if keep:
                    web.keep(f"{self._server.url}/list", fetched)
                return fetched
            finally:
                await transport.close()

        return asyncio.run(run())


@pytest.fixture
def visitor(tmp_path: Path, list_server: ListServer) -> Visitor:
    return Visitor(tmp_path / "answers", list_server)


def test_an_answer_is_used_again_while_the_server_calls_it_fresh(visitor: Visitor, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(b"one", headers={"cache-control": "max-age=60"})
    assert visitor.get().how == "sent"
    visitor.now += 59
    again = visitor.get()
    assert (again.body, again.how, again.headers["age"], len(list_server.requests)) == (b"one", "fresh", "59", 1)
    visitor.now += 1
    assert visitor.get().how == "sent"


def test_asking_goes_past_what_is_fresh(visitor: Visitor, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(b"one", headers={"cache-control": "max-age=60", "etag": '"1"'})
    visitor.get()
    list_server.answer = lambda path: Answer(status=304)
    assert visitor.get(ask=True).how == "not modified"
    sent = list_server.requests[-1][1]
    assert (sent["cache-control"], sent["if-none-match"]) == ("no-cache", '"1"')


def test_what_changed_replaces_what_was_kept(visitor: Visitor, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(b"one", headers={"etag": '"1"'})
    visitor.get()
    list_server.answer = lambda path: Answer(b"two", headers={"etag": '"2"'})
    assert visitor.get().body == b"two"
    list_server.answer = lambda path: Answer(status=304)
    assert (visitor.get().body, list_server.requests[-1][1]["if-none-match"]) == (b"two", '"2"')


def test_a_304_renews_the_answer(visitor: Visitor, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(b"one", headers={"etag": '"1"'})
    visitor.get()
    list_server.answer = lambda path: Answer(status=304, headers={"cache-control": "max-age=60", "etag": 'W/"1"'})
    assert visitor.get().how == "not modified"
    visitor.now += 30
    assert (visitor.get().how, len(list_server.requests)) == ("fresh", 2)


def test_a_304_about_another_answer_is_asked_again(visitor: Visitor, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(b"one", headers={"etag": '"1"'})
    visitor.get()
    answers = [Answer(b"two", headers={"etag": '"2"'}), Answer(status=304, headers={"etag": '"2"'})]
    list_server.answer = lambda path: answers.pop()
    assert visitor.get().body == b"two"
    assert "if-none-match" not in list_server.requests[-1][1]


def test_an_answer_that_nobody_could_read_is_not_kept(visitor: Visitor, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(b"half", headers={"etag": '"1"'})
    visitor.get(keep=False)
    visitor.get()
    assert "if-none-match" not in list_server.requests[-1][1]


@pytest.mark.parametrize(
    "headers", [{"cache-control": "no-store", "etag": '"1"'}, {"vary": "*", "etag": '"1"'}, {"date": "today"}]
)
def test_what_may_not_be_kept_is_not_and_leaves_nothing(
    visitor: Visitor, list_server: ListServer, tmp_path: Path, headers: dict[str, str]
) -> None:
    list_server.answer = lambda path: Answer(b"one", headers={"etag": '"0"'})
    visitor.get()
    list_server.answer = lambda path: Answer(b"two", headers=headers)
    visitor.get()
    assert list((tmp_path / "answers").iterdir()) == []


def test_an_answer_that_varies_by_key_is_of_that_key_alone_and_holds_none(
    visitor: Visitor, list_server: ListServer, tmp_path: Path
) -> None:
    said = {"cache-control": "max-age=60", "vary": "Authorization, accept", "set-cookie": "session=secret-2"}
    list_server.answer = lambda path: Answer(b"mine", headers=said)
    visitor.get({"authorization": "Bearer secret-1"})
    assert visitor.get({"authorization": "Bearer secret-1"}).how == "fresh"
    assert visitor.get({"authorization": "Bearer other"}).how == "sent"
    (file,) = (tmp_path / "answers").iterdir()
    assert b"secret" not in file.read_bytes()


def test_what_varies_by_headers_that_are_added_later_varies_by_the_caller() -> None:
    one = stored("https://acme.example", {}, {"etag": '"1"', "vary": "x-key"}, NOW, NOW, "key one")
    assert one is not None
    assert selects(one, {}, "key one")
    assert not selects(one, {}, "key two")
    assert not selects(one, {})


@pytest.mark.parametrize("failure", [Answer(b"", 503), Answer(fault="reset")])
def test_stale_if_error_lets_the_last_answer_stand_in(
    visitor: Visitor, list_server: ListServer, failure: Answer
) -> None:
    list_server.answer = lambda path: Answer(b"one", headers={"cache-control": "max-age=10, stale-if-error=50"})
    visitor.get()
    list_server.answer = lambda path: failure
    visitor.now += 59
    found = visitor.get()
    assert (found.body, found.how, found.headers["age"]) == (b"one", "stale", "59")
    visitor.now += 1
    with pytest.raises(FluentError, match=r"503|127\.0\.0\.1"):
        visitor.get()


def test_stale_if_error_is_for_servers_that_fail_and_not_for_keys(visitor: Visitor, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(b"one", headers={"cache-control": "stale-if-error=50"})
    visitor.get()
    list_server.answer = lambda path: Answer(b"", 401)
    with pytest.raises(AuthError):
        visitor.get()


def test_must_revalidate_forbids_standing_in(visitor: Visitor, list_server: ListServer) -> None:
    control = "max-age=1, stale-if-error=50, must-revalidate"
    list_server.answer = lambda path: Answer(b"one", headers={"cache-control": control})
    visitor.get()
    list_server.answer = lambda path: Answer(b"", 503)
    visitor.now += 2
    with pytest.raises(FluentError, match="503"):
        visitor.get()


def test_a_damaged_entry_counts_as_none(visitor: Visitor, list_server: ListServer, tmp_path: Path) -> None:
    list_server.answer = lambda path: Answer(b"one", headers={"cache-control": "max-age=60"})
    visitor.get()
    (file,) = (tmp_path / "answers").iterdir()
    file.write_bytes(b"{")
    assert visitor.get().how == "sent"


def test_a_304_that_nobody_asked_for_is_an_error(visitor: Visitor, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(status=304)
    with pytest.raises(ProtocolError, match="acme: expected status 200, got 304"):
        visitor.get()


def entry(headers: dict[str, str], *, requested: float = NOW, received: float = NOW) -> Stored:
    found = stored("https://acme.example", {}, {"etag": '"1"', **headers}, requested, received)
    assert found is not None
    return found


def test_expires_counts_from_the_servers_own_date() -> None:
    dates = {"date": formatdate(NOW - 1000, usegmt=True), "expires": formatdate(NOW - 900, usegmt=True)}
    assert not fresh(entry(dates), NOW)  # it was 1000 seconds old when it came
    dates = {"date": formatdate(NOW, usegmt=True), "expires": formatdate(NOW + 100, usegmt=True)}
    assert fresh(entry(dates), NOW + 99)
    assert not fresh(entry(dates), NOW + 100)
    assert not fresh(entry({"expires": "0"}), NOW)
    assert fresh(entry({"expires": "0", "cache-control": "max-age=5"}), NOW)


@given(st.floats(0, 100), st.floats(0, 100), st.integers(0, 100), st.integers(-100, 100))
def test_age_is_at_least_every_lower_bound_of_it(delay: float, resident: float, said: int, skew: int) -> None:
    headers = {"age": str(said), "date": formatdate(NOW - skew, usegmt=True)}
    found = age(entry(headers, requested=NOW - delay), NOW + resident)
    assert found >= said + delay + resident - 1e-6
    assert found >= skew + resident - 1e-6
    assert found == pytest.approx(max(said + delay, skew, 0) + resident, abs=1e-6)


@given(st.text(alphabet='max-ge=0123456789,"\\; \tno', max_size=40))
def test_no_cache_control_is_an_error(text: str) -> None:
    found = directives({"cache-control": text})
    assert all(name == name.lower() and name for name in found)
    fresh(entry({"cache-control": text.replace("no-store", "")}), NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Max-Age=5, NO-CACHE="a, max-age=9", x', {"max-age": "5", "no-cache": "a, max-age=9", "x": None}),
        ("max-age=5, max-age=9", {"max-age": "5"}),
        ("max-age = 5, no-cache", {"no-cache": None}),
        ('a="b\\"c"', {"a": 'b"c'}),
        ("max-age=", {"max-age": ""}),
    ],
)
def test_directives(text: str, expected: dict[str, str | None]) -> None:
    assert directives({"cache-control": text}) == expected


def test_a_304_does_not_speak_of_the_body() -> None:
    found = updated(entry({"content-length": "5"}), {"content-length": "0", "x": "new"}, NOW, NOW)
    assert found is not None
    assert (found.headers["content-length"], found.headers["x"]) == ("5", "new")
    assert conditions(found) == {"if-none-match": '"1"'}
    assert not stale_on_error(found, NOW)
