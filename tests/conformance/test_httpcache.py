"""The private cache against the published cache tests, over a transport that plays their server and a clock of its own.

Left out: what a cache of GETs with status 200 never does (other methods, partial and interim answers), what is asked of
shared caches, `stale-while-revalidate`, and keeping cookies, which are secrets.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from fluent_ai.errors import FluentError
from fluent_ai.http.messages import HttpRequest, Timeouts
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.streams.cached_answers import Fetched
from fluent_ai_codegen.fetch.web import Web
from recordings import REASON, recorded

SUITE = recorded("suites", "httpcache", "cache-tests.json")
GROUPS: list[dict[str, Any]] = json.loads(SUITE.read_text(encoding="utf-8")) if SUITE.exists() else []
pytestmark = pytest.mark.skipif(not GROUPS, reason=REASON)

NOT_OURS = {"method", "updateHEAD", "invalidation", "partial", "interim", "cdn-cache-control"}
NOT_OFFERED = {"stale-while-revalidate-window", "headers-store-Set-Cookie"}
DATES = {"date", "expires", "last-modified"}
URL = "https://origin.example/resource"


def private(test: dict[str, Any]) -> bool:
    plain = all(request.get("request_method", "GET") in ("GET", None) for request in test["requests"])
    shared = test.get("cdn_only") or "shared" in test["name"].lower()
    return plain and not shared and not test.get("browser_only") and test["id"] not in NOT_OFFERED


CASES = [test for group in GROUPS if group["id"] not in NOT_OURS for test in group["tests"] if private(test)]
REQUIRED = [test for test in CASES if test.get("kind", "required") == "required"]


class Origin:
    """Answers the n-th request of a test as it says; the n is known from the client's place in the test."""

    def __init__(self, requests: list[dict[str, Any]]) -> None:
        self.requests = requests
        self.now = 1_800_000_000.0
        self.number = 0
        self.seen: dict[int, Mapping[str, str]] = {}
        self.sent: dict[int, dict[str, str]] = {}

    async def send(self, request: HttpRequest, timeouts: Timeouts) -> Reply:
        said = self.requests[self.number]
        self.seen[self.number] = request.headers
        headers = self._headers(said)
        body = str(said.get("response_body", f"body {self.number}")).encode()
        status = (said.get("response_status") or [200])[0]
        if str(said.get("expected_type", "")).endswith("validated"):
            before = self.sent.get(self.number - 1, {})
            held = any(
                request.headers.get(condition) == before.get(name, "")
                for condition, name in (("if-none-match", "etag"), ("if-modified-since", "last-modified"))
            )
            status = 304 if held else 599
        self.sent[self.number] = headers
        return Reply(status, {**headers, "x-number": str(self.number)}, b"" if status == 304 else body)

    async def close(self) -> None:
        pass

    def _headers(self, said: dict[str, Any]) -> dict[str, str]:
        joined: dict[str, str] = {}
        for name, value, *_ in said.get("response_headers", ()):
            key = name.lower()
            text = formatdate(self.now + value, usegmt=True) if key in DATES and isinstance(value, int) else str(value)
            joined[key] = f"{joined[key]}, {text}" if key in joined else text
        return joined


class Reply:
    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self._body = status, headers, body

    async def chunks(self) -> AsyncIterator[bytes]:
        yield self._body

    async def close(self) -> None:
        pass

    def abort(self) -> None:
        pass


async def play(test: dict[str, Any], folder: Path) -> list[str]:
    """What went wrong, if anything."""
    origin = Origin(test["requests"])
    web = Web(origin, folder, Timeouts(), RetryPolicy(retries=0), clock=lambda: origin.now)
    wrong: list[str] = []
    for number, said in enumerate(test["requests"]):
        origin.number = number
        url = f"{URL}?{said['query_arg']}" if "query_arg" in said else URL
        headers = {name.lower(): str(value) for name, value, *_ in said.get("request_headers", ())}
        try:
            fetched = await web.get(url, headers, provider="origin")
            web.keep(url, fetched)
        except FluentError:
            fetched = None
        wrong += [f"request {number}: {reason}" for reason in differences(said, number, origin, fetched)]
        origin.now += 3 if said.get("pause_after") else 0
    return wrong


def differences(said: dict[str, Any], number: int, origin: Origin, fetched: Fetched | None) -> list[str]:
    kind, asked = said.get("expected_type"), origin.seen.get(number)
    wrong = []
    if kind == "cached" and asked is not None:
        wrong.append("the server was asked")
    if kind == "not_cached" and asked is None:
        wrong.append("the server was not asked")
    if kind == "etag_validated" and "if-none-match" not in (asked or {}):
        wrong.append("no If-None-Match")
    if kind == "lm_validated" and "if-modified-since" not in (asked or {}):
        wrong.append("no If-Modified-Since")
    for name, *value in said.get("expected_request_headers", ()):
        if name.lower() not in (asked or {}) or (value and (asked or {})[name.lower()] != value[0]):
            wrong.append(f"sent no {name} {value}")
    if fetched is None:
        return wrong
    if said.get("check_body", True) and fetched.how == "sent":
        expected = said.get("expected_response_text", said.get("response_body"))
        if expected is not None and fetched.body.decode() != str(expected):
            wrong.append(f"body {fetched.body!r}")
    for expected in said.get("expected_response_headers", ()):
        name, *value = expected if isinstance(expected, list) else [expected]
        got = fetched.headers.get(name.lower())
        if got is None or not holds(got, value, origin.sent[0].get(name.lower())):
            wrong.append(f"{name} is {got!r}, expected {value}")
    return wrong


def holds(got: str, value: list[Any], first: str | None) -> bool:
    match value:
        case []:
            return True
        case [">", number]:
            return int(got) > number
        case [0]:  # a date at which the first answer was sent
            return got == first
        case _:
            return got == str(value[0])


@pytest.mark.parametrize("test", REQUIRED, ids=lambda test: test["id"])
def test_what_is_required_of_a_private_cache(test: dict[str, Any], tmp_path: Path) -> None:
    assert asyncio.run(play(test, tmp_path)) == []
