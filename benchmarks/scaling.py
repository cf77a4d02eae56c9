"""How many replies a second one process reads, and how many two do: nothing is shared between them but the kernel.

    python benchmarks/scaling.py [--seconds 5] [--processes 1 2]

Each process has a client, an event loop and a provider of its own on the loopback interface, which runs in the same
process, so that a pair takes one core. Whole streamed replies a second, for all processes together, and how many more
that is than of one. The seconds of a core for a reply, those of the provider included, say more on a machine that has
other work: if they stay the same, nothing is shared, and N cores give N times what one gives. Numbers above those that
were measured are that calculation.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import time
from multiprocessing.synchronize import Barrier

import fluent_ai as ai
from fluent_ai.manifest.schema import Auth, Manifest, Route

AT_ONCE = 8
"""Calls under way in each process."""
CHUNKS = 20
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n"
EVENT = b'data: {"choices":[{"index":0,"delta":{"content":"some words "}}]}\n\n'
LAST = b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
BODY = EVENT * CHUNKS + LAST


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A provider that streams the same reply to every request."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            writer.write(HEAD % len(BODY) + BODY)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def read(seconds: float, start: Barrier) -> tuple[int, float]:
    """How many replies a process reads in that time, and the seconds of a core that it takes for them."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    free = Auth(scheme="none", required=False)
    chat = (Route(protocol="openai_chat", path="/c"),)
    provider = Manifest(id="acme", name="", docs="", base_url=url, auth=free, chat=chat)
    done = 0
    async with ai.AsyncClient(manifests=[provider], validate=False) as client:
        await client.complete("acme:m", "hi")
        start.wait(60)
        before = time.process_time()
        end = time.perf_counter() + seconds

        async def one_after_another() -> None:
            nonlocal done
            while time.perf_counter() < end:
                await client.complete("acme:m", "hi")
                done += 1

        await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))
        spent = time.process_time() - before
    server.close()
    return done, spent


def work(seconds: float, start: Barrier, found: multiprocessing.SimpleQueue[tuple[int, float]]) -> None:
    found.put(asyncio.run(read(seconds, start)))


def measure(processes: int, seconds: float) -> tuple[float, float]:
    """Replies a second of all processes, and seconds of a core for each reply."""
    context = multiprocessing.get_context("spawn")
    start, found = context.Barrier(processes), context.SimpleQueue()
    workers = [context.Process(target=work, args=(seconds, start, found)) for _ in range(processes)]
    for each in workers:
        each.start()
    results = [found.get() for _ in workers]
    for each in workers:
        each.join()
    done = sum(each for each, _ in results)
    return done / seconds, sum(spent for _, spent in results) / done


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=float, default=5.0)
    arguments.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    given = arguments.parse_args()
    print(f"{'processes':>10}{'replies a second':>20}{'times one':>12}{'core, ms a reply':>20}")
    rates: dict[int, float] = {}
    spent = 0.0
    for processes in sorted({1, *given.processes}):
        rates[processes], spent = measure(processes, given.seconds)
        factor = rates[processes] / rates[1]
        print(f"{processes:>10}{rates[processes]:>20.0f}{factor:>12.2f}{spent * 1e3:>20.2f}")
    for cores in (4, 8, 16):
        if cores > max(rates):
            print(f"{cores:>10}{cores / spent:>20.0f}{'calculated, with as many free cores':>42}")


if __name__ == "__main__":
    main()
