"""What HTTP libraries cost by themselves: CPU from a socket to the bytes of a chunk, nothing of ours between.

    python benchmarks/transport.py [--chunks 2000] [--rounds 7]

httpx2, aiohttp and pyreqwest as far as they are installed, against the same loopback server: one chunk per TCP write,
100 per write, and one per write with a pause after each, which is how models talk: then no library can take several at
once. The CPU is the whole process's, threads included. `stream.py` measures the same from the socket to our events.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from importlib.util import find_spec

from _loopback import loopback

Post = Callable[[str, bytes], Awaitable[int]]
HEADERS = {"content-type": "application/json", "accept": "text/event-stream"}
LONG, SHORT = b'{"prompt": "hi"}', b'{"prompt": "short please"}'
PAUSE = 0.0002
"""Seconds after each write of the paced server."""


def httpx2() -> Post:
    import httpx2 as library

    client = library.AsyncClient()

    async def post(url: str, body: bytes) -> int:
        async with client.stream("POST", url, headers=HEADERS, content=body) as response:
            return sum([1 async for _ in response.aiter_raw()])

    return post


def httpx2_blocking() -> Post:
    import httpx2 as library

    client = library.Client()

    async def post(url: str, body: bytes) -> int:
        with client.stream("POST", url, headers=HEADERS, content=body) as response:
            return sum(1 for _ in response.iter_raw())

    return post


def aiohttp() -> Post:
    import aiohttp as library

    session = library.ClientSession()

    async def post(url: str, body: bytes) -> int:
        reads = 0
        async with session.post(url, headers=HEADERS, data=body) as response:
            while await response.content.readany():
                reads += 1
        return reads

    return post


def pyreqwest() -> Post:
    from pyreqwest.client import ClientBuilder

    client = ClientBuilder().build()

    async def post(url: str, body: bytes) -> int:
        # Without the limit of 0 it keeps a reply back until 64 kB of it have come.
        request = client.post(url).headers(HEADERS).body_bytes(body).streamed_read_buffer_limit(0)
        reads = 0
        async with request.build_streamed() as response:
            while await response.body_reader.read_chunk() is not None:
                reads += 1
        return reads

    return post


LIBRARIES: dict[str, tuple[str, Callable[[], Post]]] = {
    "httpx2": ("httpx2", httpx2),
    "httpx2, blocking": ("httpx2", httpx2_blocking),
    "aiohttp": ("aiohttp", aiohttp),
    "pyreqwest": ("pyreqwest", pyreqwest),
}


async def measure(post: Post, url: str, chunks: int, rounds: int) -> tuple[float, int, float]:
    """Microseconds per chunk, reads per reply, milliseconds per short request."""
    reads = await post(url, LONG)
    long, short = [], []
    for _ in range(rounds):
        start = time.process_time()
        reads = await post(url, LONG)
        long.append((time.process_time() - start) / chunks * 1e6)
        start = time.process_time()
        for _ in range(20):
            await post(url, SHORT)
        short.append((time.process_time() - start) / 20 * 1e3)
    return min(long), reads, min(short)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--chunks", type=int, default=2000)
    arguments.add_argument("--rounds", type=int, default=7)
    given = arguments.parse_args()
    for title, per_write, pause in (("one per write", 1, 0.0), ("100 per write", 100, 0.0), ("paced", 1, PAUSE)):
        print(f"{title + ':':20}{'us per chunk':>14}{'reads':>8}{'ms per short request':>22}")
        with loopback(per_write, given.chunks, pause) as base:
            for name, (module, library) in LIBRARIES.items():
                if find_spec(module) is None:
                    print(f"  {name:18}  not installed")
                    continue

                async def run(library: Callable[[], Post] = library, base: str = base) -> tuple[float, int, float]:
                    return await measure(library(), f"{base}/chat/completions", given.chunks, given.rounds)

                chunk, reads, request = asyncio.run(run())
                print(f"  {name:18}{chunk:14.2f}{reads:8}{request:22.3f}")


if __name__ == "__main__":
    main()
