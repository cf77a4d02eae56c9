"""Streams that are left at random, many at once on a connection of HTTP/2 or 3, leave nothing behind."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from caddy import Front, caddy_before, needs_caddy
from fluent_ai.http.messages import HttpRequest, HttpVersion
from scripted_server import Answer, Server, stream
from transports import BLOCKING_CURL, Caller

pycurl = pytest.importorskip("pycurl", reason="the extra http3 is not installed")

AT_ONCE = 32
MEMORY = 50_000
"""Bytes that may come and go between two counts; a leak of 100 bytes a stream shows in the long test."""
OURS = tracemalloc.Filter(True, "*/fluent_ai/*")
"""The scripted server is in this process too, and has a thread for each connection of Caddy's."""
VERSIONS = [
    1,
    2,
    pytest.param(
        3,
        marks=pytest.mark.skipif(
            not pycurl.version_info()[4] & pycurl.VERSION_HTTP3, reason="libcurl was built without HTTP/3 here"
        ),
    ),
]
pytestmark = [
    needs_caddy,
    pytest.mark.alone,
    pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system does not list open descriptors"),
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    server = Server()
    head, first, second, end = (piece for piece in stream([b"x" * 100, b"y" * 100]).pieces if isinstance(piece, bytes))
    # Each piece is a segment of its own, so that none waits for the next.
    server.say(lambda sent: Answer([head + first, 0.005, second + end]))
    with caddy_before(server, tmp_path_factory.mktemp("caddy")) as made:
        yield made
    server.close()


class Crowd:
    def __init__(self, kind: str, http: HttpVersion, front: Front) -> None:
        self.caller = Caller(kind, http=http)
        self._front = front
        self._chance = random.Random(7)

    def come_and_go(self, number: int) -> None:
        if self.caller.blocking:
            for _ in range(number):
                self.caller.do(self._one())
            return

        async def together() -> None:
            await asyncio.gather(*(self._one() for _ in range(AT_ONCE)))

        for _ in range(number // AT_ONCE):
            self.caller.do(together())

    async def _one(self) -> None:
        leaving = self._chance.choice(("read", "close", "abort", "forget", "deadline"))
        timeouts = ai.Timeouts(first_byte=0.001) if leaving == "deadline" else ai.Timeouts()
        try:
            response: Any = await self.caller.transport.send(HttpRequest("POST", self._front.url, {}), timeouts)
            chunks = response.chunks()
            await chunks.__anext__()
            if leaving == "read":
                async for _ in chunks:
                    pass
            elif leaving == "abort":
                response.abort()
            if leaving != "forget":
                await response.close()
        except ai.DeadlineExceeded:
            assert leaving == "deadline"

    def census(self) -> dict[str, int]:
        for _ in range(3):
            gc.collect()
            self.caller.settle()
        self._front.reset()
        return {
            "descriptors": len(os.listdir("/dev/fd")),
            "threads": threading.active_count(),
            "memory": sum(each.size for each in tracemalloc.take_snapshot().filter_traces([OURS]).traces),
        }


def leave_nothing(kind: str, http: HttpVersion, front: Front, streams: int) -> None:
    crowd = Crowd(kind, http, front)
    crowd.come_and_go(2 * AT_ONCE)
    tracemalloc.start()
    try:
        crowd.come_and_go(2 * AT_ONCE)
        before = crowd.census()
        crowd.come_and_go(streams)
        after = crowd.census()
    finally:
        tracemalloc.stop()
    assert crowd.caller.tasks == 0
    # The scripted server and Caddy keep connections between them, each with a thread here.
    slack = 4 * AT_ONCE if http == 1 else 2 * AT_ONCE
    assert after["descriptors"] <= before["descriptors"] + slack
    assert after["threads"] <= before["threads"] + 2 * AT_ONCE
    assert after["memory"] - before["memory"] < MEMORY
    crowd.caller.close()


@pytest.fixture(autouse=True)
def trusting(running: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))


@pytest.mark.parametrize("kind", [BLOCKING_CURL, "curl"])
@pytest.mark.parametrize("http", VERSIONS)
def test_streams_that_are_left_leave_nothing(kind: str, http: HttpVersion, running: Front) -> None:
    leave_nothing(kind, http, running, 10 * AT_ONCE)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [BLOCKING_CURL, "curl"])
@pytest.mark.parametrize("http", VERSIONS)
def test_ten_thousand_streams_that_are_left_leave_nothing(kind: str, http: HttpVersion, running: Front) -> None:
    leave_nothing(kind, http, running, 10_000)
