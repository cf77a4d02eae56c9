"""CPU from a socket to typed events: over each of our transports, and OpenAI's SDK where it is installed.

    python benchmarks/stream.py [--chunks 2000] [--rounds 5]

A loopback server streams chat completions, one chunk per TCP write and then 100. Microseconds per chunk of a long
reply, and milliseconds per request of a short one (5 chunks); the best round counts.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from importlib.util import find_spec

import fluent_ai as ai
from _loopback import loopback
from fluent_ai.http.messages import AsyncTransport
from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport

Ask = Callable[[str], Awaitable[None]]
SHORT = 50


def ours(base: str, transport: AsyncTransport) -> Ask:
    client = ai.AsyncClient(keys={"openai": "k"}, base_urls={"openai": base}, transport=transport)

    async def ask(prompt: str) -> None:
        async with client.stream("openai:gpt-4o", prompt) as stream:
            async for _ in stream:
                pass

    return ask


def openai_sdk(base: str) -> Ask:
    import openai

    client = openai.AsyncOpenAI(api_key="k", base_url=base)

    async def ask(prompt: str) -> None:
        messages = [{"role": "user", "content": prompt}]
        async for _ in await client.chat.completions.create(model="gpt-4o", messages=messages, stream=True):  # type: ignore[call-overload]
            pass

    return ask


async def measure(ask: Ask, chunks: int, rounds: int) -> tuple[float, float]:
    await ask("hi")
    long, short = [], []
    for _ in range(rounds):
        start = time.process_time()
        await ask("hi")
        long.append(time.process_time() - start)
        start = time.process_time()
        for _ in range(SHORT):
            await ask("short please")
        short.append(time.process_time() - start)
    return min(long) / chunks * 1e6, min(short) / SHORT * 1e3


async def run(base: str, chunks: int, rounds: int) -> None:
    contenders: dict[str, Ask] = {"fluent-ai, httpx2": ours(base, transport := AsyncHttpx2Transport())}
    transports: list[AsyncTransport] = [transport]
    if find_spec("aiohttp") is not None:
        from fluent_ai.http.transports.aiohttp import AiohttpTransport

        transports.append(fast := AiohttpTransport())
        contenders["fluent-ai, aiohttp (extra `fast`)"] = ours(base, fast)
    if find_spec("openai") is not None:
        contenders["the openai SDK"] = openai_sdk(base)
    first: tuple[float, float] | None = None
    for name, ask in contenders.items():
        chunk, request = await measure(ask, chunks, rounds)
        first = first or (chunk, request)
        ratios = f"{chunk / first[0]:7.2f} x {request / first[1]:7.2f} x"
        print(f"  {name:36}{chunk:8.2f} us a chunk{request:8.2f} ms a short request  {ratios}")
    for used in transports:
        await used.close()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--chunks", type=int, default=2000)
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    for per_write in (1, 100):
        print(f"{per_write} chunk(s) per write; ratios to the first row")
        with loopback(per_write, given.chunks) as base:
            asyncio.run(run(base, given.chunks, given.rounds))


if __name__ == "__main__":
    main()
