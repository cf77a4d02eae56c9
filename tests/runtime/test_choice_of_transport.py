"""Which transport a client has: one that it was given, or the fastest that is installed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from importlib.util import find_spec

import fluent_ai as ai
import fluent_ai.http.transports
import pytest
from fluent_ai.http.messages import HttpRequest
from scripted_server import Server, reply, sse, stream, text_chunks
from transports import no_aiohttp


def post(url: str, body: bytes = b"{}") -> HttpRequest:
    return HttpRequest("POST", url, {"content-type": "application/json", "authorization": "Bearer secret-key"}, body)


def test_a_given_client_stays_open(server: Server) -> None:
    import httpx2
    from fluent_ai.http.transports.httpx2 import Httpx2Transport

    server.say(reply(200, b"{}"))
    with httpx2.Client(headers={"x-own": "1"}) as own:
        transport = Httpx2Transport(own)
        transport.send(post(server.url), ai.Timeouts()).close()
        transport.close()
        assert not own.is_closed
    assert server.sent[0].headers["x-own"] == "1"


@no_aiohttp
def test_a_given_session_stays_open(server: Server) -> None:
    import aiohttp
    from fluent_ai.http.transports.aiohttp import AiohttpTransport

    server.say(reply(200, b"{}"))

    async def main() -> None:
        async with aiohttp.ClientSession(headers={"x-own": "1"}) as own:
            transport = AiohttpTransport(own)
            response = await transport.send(post(server.url), ai.Timeouts(connect=None))
            assert [chunk async for chunk in response.chunks()] == [b"{}"]
            await transport.close()
            del transport
            assert not own.closed

    asyncio.run(main())
    assert server.sent[0].headers["x-own"] == "1"


def test_the_fastest_installed_transport_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = "AiohttpTransport" if find_spec("aiohttp") else "AsyncHttpx2Transport"
    assert type(fluent_ai.http.transports.default_async_transport()).__name__ == expected
    monkeypatch.setattr(fluent_ai.http.transports, "find_spec", lambda name: None)
    assert type(fluent_ai.http.transports.default_async_transport()).__name__ == "AsyncHttpx2Transport"
    assert type(fluent_ai.http.transports.default_transport()).__name__ == "Httpx2Transport"


QUIET = """
import asyncio, sys
import fluent_ai as ai
from fluent_ai.manifest.schema import Auth, Route, Manifest
row = Manifest(id="acme", name="Acme", docs="https://acme.example", base_url=sys.argv[1], auth=Auth(env=("K",)),
               chat=(Route(protocol="openai_chat", path="/chat/completions"),))
client = ai.AsyncClient(keys={"acme": "k"}, manifests=[row])
print("aiohttp" in sys.modules, "httpx2" in sys.modules)
async def main():
    print((await client.complete("acme:m", "hi")).text)
    stream = client.stream("acme:m", "hi")
    await stream.__aenter__()
asyncio.run(main())
"""


def test_a_client_that_is_never_closed_is_quiet(server: Server) -> None:
    server.say(stream(sse(*text_chunks("Hello"))))
    command = [sys.executable, "-c", QUIET, server.url]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["False", "False", "Hello"]
    assert done.stderr == ""
