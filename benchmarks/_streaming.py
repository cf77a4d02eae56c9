"""What streams cost a contender: it is measured in a process of its own, so that no other client's threads count."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from threading import Thread
from time import perf_counter, process_time
from typing import NamedTuple

from _contenders import Contender
from _raw import Ask, Began

SHORT_REQUESTS = 50


class Cost(NamedTuple):
    cpu: float
    """Seconds of the whole process, threads included."""
    wall: float
    """Seconds that have passed."""
    items: int
    """In how many reads, or events, the answers came."""


class Measured:
    """Begins when every stream has had its first item."""

    def __init__(self, streams: int) -> None:
        self._waiting = streams
        self._cpu = self._wall = 0.0

    def began(self) -> None:
        self._waiting -= 1
        if not self._waiting:
            self._cpu, self._wall = process_time(), perf_counter()

    def until_now(self, items: int) -> Cost:
        assert not self._waiting
        return Cost(process_time() - self._cpu, perf_counter() - self._wall, items)


def long_streams(contender: Contender, base: str, streams: int) -> Cost:
    """What so many streams at once cost, from when all of them have begun to the end of the last."""
    measured = Measured(streams)
    if contender.blocking:
        with contender.open(base) as ask:
            ask("short please", _ignore)
            return measured.until_now(_in_threads(ask, measured.began, streams))

    async def run() -> Cost:
        async with contender.open(base) as ask:
            await ask("short please", _ignore)
            return measured.until_now(sum(await asyncio.gather(*(ask("hi", measured.began) for _ in range(streams)))))

    return asyncio.run(run())


def short_requests(contender: Contender, base: str) -> Cost:
    """What `SHORT_REQUESTS` requests cost, one after the other."""
    measured = Measured(1)
    if contender.blocking:
        with contender.open(base) as ask:
            ask("short please", _ignore)
            measured.began()
            return measured.until_now(sum(ask("short please", _ignore) for _ in range(SHORT_REQUESTS)))

    async def run() -> Cost:
        async with contender.open(base) as ask:
            await ask("short please", _ignore)
            measured.began()
            return measured.until_now(sum([await ask("short please", _ignore) for _ in range(SHORT_REQUESTS)]))

    return asyncio.run(run())


def _in_threads(ask: Ask, began: Began, streams: int) -> int:
    items: list[int] = []
    threads = [Thread(target=lambda: items.append(ask("hi", began))) for _ in range(streams)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(items) == streams, "a stream has failed"
    return sum(items)


class Processes:
    """A process for each contender, which takes one measurement after the other."""

    def __init__(self, pools: dict[str, ProcessPoolExecutor]) -> None:
        self._pools = pools

    def long(self, contender: Contender, base: str, streams: int) -> Cost:
        return self._pools[contender.title].submit(long_streams, contender, base, streams).result()

    def short(self, contender: Contender, base: str) -> Cost:
        return self._pools[contender.title].submit(short_requests, contender, base).result()


@contextmanager
def processes(contenders: Sequence[Contender]) -> Iterator[Processes]:
    with ExitStack() as stack:
        new = get_context("spawn")
        pools = {each.title: stack.enter_context(ProcessPoolExecutor(1, new, _even_out)) for each in contenders}
        yield Processes(pools)


def _even_out() -> None:
    """Free a large block, after which glibc takes the buffers of reads from its heap, and not from the system.

    A process comes to this sooner or later by what else it does; a chunk then costs some 10 us less over asyncio.
    """
    bytearray(1 << 20)


def _ignore() -> None:
    pass
