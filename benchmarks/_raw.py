"""HTTP libraries by themselves, which read bytes and parse nothing: the floor of what a streaming client can cost."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeAlias

Began: TypeAlias = Callable[[], object]
"""Called with the first item of an answer."""
AsyncAsk: TypeAlias = Callable[[str, Began], Awaitable[int]]
"""Sends a prompt and reads the whole answer; returns how many items it came in."""
Ask: TypeAlias = Callable[[str, Began], int]

HEADERS = {"content-type": "application/json", "accept": "text/event-stream"}


async def drain(items: AsyncIterator[object], began: Began) -> int:
    await anext(items)
    began()
    count = 1
    async for _ in items:
        count += 1
    return count


def drain_blocking(items: Iterator[object], began: Began) -> int:
    next(items)
    began()
    return 1 + sum(1 for _ in items)


@asynccontextmanager
async def aiohttp(base: str) -> AsyncIterator[AsyncAsk]:
    import aiohttp as library

    connector = library.TCPConnector(limit=0, ssl=ssl.create_default_context())
    async with library.ClientSession(connector=connector) as session:

        async def ask(prompt: str, began: Began) -> int:
            async with session.post(_url(base), headers=HEADERS, data=_body(prompt)) as response:
                return await drain(response.content.iter_any(), began)

        yield ask


@asynccontextmanager
async def httpx2(base: str) -> AsyncIterator[AsyncAsk]:
    import httpx2 as library

    async with library.AsyncClient(limits=library.Limits(max_connections=None)) as client:

        async def ask(prompt: str, began: Began) -> int:
            async with client.stream("POST", _url(base), headers=HEADERS, content=_body(prompt)) as response:
                return await drain(response.aiter_raw(), began)

        yield ask


@asynccontextmanager
async def pyreqwest(base: str) -> AsyncIterator[AsyncAsk]:
    from pyreqwest.client import ClientBuilder

    async with ClientBuilder().build() as client:

        async def ask(prompt: str, began: Began) -> int:
            # Without the limit of 0 it keeps a reply back until 64 kB of it have come.
            request = client.post(_url(base)).headers(HEADERS).body_bytes(_body(prompt)).streamed_read_buffer_limit(0)
            reads = 0
            async with request.build_streamed() as response:
                while await response.body_reader.read_chunk() is not None:
                    reads += 1
                    if reads == 1:
                        began()
            return reads

        yield ask


@contextmanager
def httpx2_blocking(base: str) -> Iterator[Ask]:
    import httpx2 as library

    with library.Client(limits=library.Limits(max_connections=None)) as client:

        def ask(prompt: str, began: Began) -> int:
            with client.stream("POST", _url(base), headers=HEADERS, content=_body(prompt)) as response:
                return drain_blocking(response.iter_raw(), began)

        yield ask


def _url(base: str) -> str:
    return f"{base}/chat/completions"


def _body(prompt: str) -> bytes:
    return b'{"prompt": "%s"}' % prompt.encode()
