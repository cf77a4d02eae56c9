"""Which transport a client has: one that it was given, or the fastest that is installed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import fluent_ai as ai
import fluent_ai.http.transports
import pytest
from fluent_ai.http.messages import HttpRequest
from scripted_server import Server, reply, sse, stream, text_chunks
from transports import no_aiohttp, no_curl


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


@pytest.mark.parametrize("client", [ai.Client, ai.AsyncClient])
@pytest.mark.parametrize("http", [0, 4, "2", "HTTP/3", True, 2.0, b"3", []])
def test_a_version_of_http_that_is_none_is_refused(client: Any, http: object) -> None:
    with pytest.raises(ai.ConfigError, match="http is .*; allowed: 'auto', 1, 2, 3"):
        client(http=http)


@pytest.mark.parametrize("client", [ai.Client, ai.AsyncClient])
def test_a_version_of_http_names_the_extra_that_it_needs(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fluent_ai.http.version_setting.find_spec", lambda name: None)
    with pytest.raises(ai.ConfigError, match=r"http is 2, which needs .* pip install 'fluent-ai\[http3\]'"):
        client(http=2)


@no_curl
def test_a_version_of_http_and_a_transport_exclude_each_other() -> None:
    with pytest.raises(ai.ConfigError, match="http and transport are both given"):
        ai.Client(http=2, transport=fluent_ai.http.transports.default_transport())


@no_curl
def test_http_3_is_refused_where_libcurl_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from fluent_ai.http.transports import CurlTransport
    from fluent_ai.http.transports.curl import versions

    monkeypatch.setattr(versions, "HAS_HTTP3", False)
    with pytest.raises(ai.ConfigError, match="http is 3, which the installed libcurl .* was built without"):
        CurlTransport(3)
    CurlTransport("auto").close()


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
