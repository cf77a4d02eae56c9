"""Forks, event loops, threads and abandoned streams, all with the same two clients: nothing stays behind anywhere."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator

import fluent_ai as ai
import pytest
from abandoned import WAYS, serving
from scripted_server import manifest_for
from transports import BLOCKING, Caller

THREADS = 4
AT_ONCE = 20
MEMORY = 300_000
"""Bytes that may come and go between two counts; a leak of 100 bytes for each of many streams shows."""
LEAVINGS = ("unopened", "entered", "read", "closed")

pytestmark = [
    pytest.mark.alone,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks, and counts /dev/fd"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving() as address:
        yield address


class Crowd:
    """One client of each kind, as a program has them at module level, and the servers that misbehave towards them."""

    def __init__(self, url: str) -> None:
        self.threads = threading.active_count()
        """Those that other tests have left, which may end meanwhile."""
        rows = [manifest_for(f"{url}/{way}", id=way) for way in WAYS]
        keys = dict.fromkeys(WAYS, "k")
        self.blocking = ai.Client(keys=keys, manifests=rows, retries=0)
        self.looped = ai.AsyncClient(keys=keys, manifests=rows, retries=0)
        # A child that is forked while a thread imports a module could never import it: all is imported before.
        self.thread(0, 4 * len(WAYS))
        asyncio.run(self.loop(0, 4 * len(WAYS)))
        assert self.blocking.complete("whole:m", "hi").text == "word"

    def thread(self, seed: int, number: int) -> None:
        chance = random.Random(seed)
        for count in range(number):
            way, leaving = WAYS[count % len(WAYS)], chance.choice(LEAVINGS)
            events = self.blocking.stream(f"{way}:m", "hi")
            if leaving == "unopened":
                continue
            try:
                events.__enter__()
                if leaving != "entered":
                    next(events.text(), None)
            except ai.FluentError:
                assert way in ("cut", "reset", "error")
            if leaving == "closed":
                events.close()

    async def loop(self, seed: int, number: int) -> None:
        chance = random.Random(seed)

        async def one(way: str, leaving: str) -> None:
            events = self.looped.stream(f"{way}:m", "hi")
            if leaving == "unopened":
                return
            try:
                await events.__aenter__()
                if leaving != "entered":
                    await anext(aiter(events.text()), None)
            except ai.FluentError:
                assert way in ("cut", "reset", "error")
            if leaving == "closed":
                await events.close()

        for begun in range(0, number, AT_ONCE):
            ways = [WAYS[(begun + count) % len(WAYS)] for count in range(min(AT_ONCE, number - begun))]
            await asyncio.gather(*(one(way, chance.choice(LEAVINGS)) for way in ways))
        end = time.monotonic() + 30
        while len(asyncio.all_tasks()) > 1 and time.monotonic() < end:
            gc.collect()
            await asyncio.sleep(0.01)
        assert len(asyncio.all_tasks()) == 1, "only this task is left of all that were begun"

    def come_and_go(self, number: int) -> None:
        """Half of the streams in threads and half in event loops at the same time, with forks in the middle of them."""
        failures: list[BaseException] = []

        def guarded(work: Callable[[], object]) -> threading.Thread:
            def run() -> None:
                try:
                    work()
                except BaseException as error:
                    failures.append(error)

            thread = threading.Thread(target=run)
            thread.start()
            return thread

        each = number // (2 * THREADS)
        threads = [guarded(lambda seed=seed: self.thread(seed, each)) for seed in range(THREADS)]  # type: ignore[misc]
        for seed in range(THREADS):
            running = guarded(lambda seed=seed: asyncio.run(self.loop(seed, each)))  # type: ignore[misc]
            self.fork()
            running.join()
        for thread in threads:
            thread.join()
        assert not failures, failures

    def fork(self) -> None:
        """A child uses what it has inherited, and lives no longer."""
        child = os.fork()
        if child == 0:
            code = 1
            try:
                self.thread(99, len(WAYS))
                asyncio.run(self.loop(99, len(WAYS)))
                assert self.blocking.complete("whole:m", "hi").text == "word"
                code = 0
            finally:
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0

    def census(self) -> dict[str, int]:
        self.blocking.close()
        end = time.monotonic() + 30
        while True:
            gc.collect()
            threads = threading.active_count()
            if threads <= self.threads or time.monotonic() > end:
                break
            time.sleep(0.05)
        return {
            "descriptors": len(os.listdir("/dev/fd")),
            "threads": threads,
            "memory": tracemalloc.get_traced_memory()[0],
        }


def leave_nothing(url: str, streams: int, before: int) -> None:
    """Leave some streams before the count, because caches fill, and many after it."""
    crowd = Crowd(url)
    tracemalloc.start()
    try:
        crowd.come_and_go(before)
        kept = crowd.census()
        crowd.come_and_go(streams)
        left = crowd.census()
    finally:
        tracemalloc.stop()
    assert max(left["threads"], kept["threads"]) <= crowd.threads
    assert left["descriptors"] <= kept["descriptors"]
    assert left["memory"] - kept["memory"] < MEMORY
    probe = Caller(BLOCKING)
    end = time.monotonic() + 30
    while (open_now := int(probe.get(url + "/open")[1])) > 1 and time.monotonic() < end:
        time.sleep(0.05)
    probe.close()
    assert open_now == 1, "only the connection that asks is open"


def test_a_few_streams_that_are_left_leave_nothing(url: str) -> None:
    leave_nothing(url, 48, before=48)


@pytest.mark.slow
def test_ten_thousand_streams_that_are_left_among_forks_threads_and_loops_leave_nothing(url: str) -> None:
    leave_nothing(url, 10_000, before=200)
