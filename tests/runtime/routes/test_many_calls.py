"""Ten thousand calls of a route, one of whose three legs fails whatever it is asked."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import fluent_ai as ai
import pytest
from scripted_server import manifest_for, sse, text_chunks

CALLS = 10_000
AT_ONCE = 40
HELLO = b"".join(sse(*text_chunks("Hello")))
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: %d\r\n\r\n"
BEGUN = b'data: {"choices":[{"index":0,"delta":{"role":"assistant"}}]}\n\n'
FAILURES = (
    b"HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n",
    b"HTTP/1.1 503 No\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n",
    b"HTTP/1.1 429 No\r\ncontent-length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\nSo\r\n",
    HEAD % 1000 + BEGUN,
    b"",
)
"""What the leg that is down says before it closes the connection."""


class Provider:
    def __init__(self, *, down: bool) -> None:
        self.asked = 0
        self._chance = random.Random(7) if down else None

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]))
                self.asked += 1
                writer.write(HEAD % len(HELLO) + HELLO if self._chance is None else self._chance.choice(FAILURES))
                await writer.drain()
                if self._chance is not None:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has left
        finally:
            writer.close()


@pytest.mark.slow
@pytest.mark.parametrize("options", [{}, {"pick": "fastest"}, {"pick": {"one:m": 1, "two:m": 1}}, {"hedge": 0.95}])
def test_999_of_1000_calls_are_answered(options: Any) -> None:
    async def play() -> tuple[int, list[int]]:
        providers = {"one": Provider(down=True), "two": Provider(down=False), "three": Provider(down=False)}
        servers = [await asyncio.start_server(each.answer, "127.0.0.1", 0) for each in providers.values()]
        urls = [f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}" for server in servers]
        manifests = [manifest_for(url, id=name) for name, url in zip(providers, urls, strict=True)]
        route = ai.Route("one:m", "two:m", "three:m", **options)
        left, answered = CALLS, 0
        async with ai.AsyncClient(manifests=manifests, keys=dict.fromkeys(providers, "k")) as client:

            async def call_again_and_again() -> None:
                nonlocal left, answered
                while left > 0:
                    left -= 1
                    try:
                        reply = await client.complete(route, "hi")
                    except ai.FluentError:
                        continue
                    answered += reply.text == "Hello"

            await asyncio.gather(*(call_again_and_again() for _ in range(AT_ONCE)))
        for server in servers:
            server.close()
        return answered, [each.asked for each in providers.values()]

    answered, asked = asyncio.run(play())
    assert answered >= 0.999 * CALLS
    assert sum(asked) <= 1.25 * CALLS
    assert asked[0] < 0.05 * CALLS, "a leg that is down is left alone"
