"""Every transport behind one synchronous handle, so that one test speaks of all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from importlib.util import find_spec
from typing import Any, TypeVar, cast

import fluent_ai as ai
import httpx2
import pytest
from fluent_ai.http.blocking import BlockingTransport, run_blocking
from fluent_ai.http.messages import AsyncResponse, AsyncTransport, HttpRequest, HttpVersion, Transport
from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport, Httpx2Transport
from fluent_ai.manifest.schema import Manifest

T = TypeVar("T")

BLOCKING = "blocking httpx2"
BLOCKING_CURL = "blocking curl"
no_aiohttp = pytest.mark.skipif(find_spec("aiohttp") is None, reason="the extra `fast` is not installed")
no_curl = pytest.mark.skipif(find_spec("pycurl") is None, reason="the extra `http3` is not installed")
LENDING = [
    BLOCKING,
    "httpx2",
    pytest.param("aiohttp", marks=no_aiohttp),
]
"""Those that can send with a client of the caller's own."""
KINDS = [
    *LENDING,
    pytest.param(BLOCKING_CURL, marks=no_curl),
    pytest.param("curl", marks=no_curl),
]


class Caller:
    """Runs the coroutines of one transport: on the spot for a blocking one, else in an event loop of its own."""

    def __init__(
        self,
        kind: str,
        *,
        lends: bool = False,
        new_loop: Callable[[], asyncio.AbstractEventLoop] | None = None,
        http: HttpVersion = "auto",
    ) -> None:
        """With `lends`, the transports send with a client of the library that is the test's own.

        `http` is the version of HTTP that those over libcurl begin with.
        """
        self.kind = kind
        self.http: HttpVersion = http
        self.blocking = kind in (BLOCKING, BLOCKING_CURL)
        self._lends = lends
        self._lent: list[Any] = []
        self._runner = None if self.blocking else asyncio.Runner(loop_factory=new_loop)
        self.transport = self.new_transport()

    def do(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return run_blocking(coroutine) if self._runner is None else self._runner.run(coroutine)

    def new_transport(self) -> AsyncTransport:
        if self.blocking:
            return BlockingTransport(self.new_blocking_transport())

        async def make() -> AsyncTransport:
            if self.kind == "aiohttp":
                import aiohttp
                from fluent_ai.http.transports.aiohttp import AiohttpTransport

                return AiohttpTransport(self._lend(aiohttp.ClientSession))
            if self.kind == "curl":
                from fluent_ai.http.transports.curl.looped import AsyncCurlTransport

                return AsyncCurlTransport(self.http)
            return AsyncHttpx2Transport(self._lend(httpx2.AsyncClient))

        return self.do(make())

    def new_blocking_transport(self) -> Transport:
        if self.kind == BLOCKING_CURL:
            from fluent_ai.http.transports.curl.blocking import CurlTransport

            return CurlTransport(self.http)
        return Httpx2Transport(self._lend(httpx2.Client))

    def _lend(self, new: Callable[[], T]) -> T | None:
        if not self._lends:
            return None
        self._lent.append(new())
        return cast("T", self._lent[-1])

    def send(self, request: HttpRequest, **timeouts: float) -> AsyncResponse:
        return self.do(self.transport.send(request, ai.Timeouts(**timeouts)))

    def read(self, response: AsyncResponse) -> bytes:
        """The body to its end."""

        async def whole() -> bytes:
            return b"".join([chunk async for chunk in response.chunks()])

        return self.do(whole())

    def get(self, url: str, **timeouts: float) -> tuple[int, bytes]:
        response = self.send(HttpRequest("GET", url, {}), **timeouts)
        try:
            return response.status, self.read(response)
        finally:
            self.do(response.close())

    def client(self, *manifests: Manifest, **options: Any) -> Conversation:
        return Conversation(self, manifests, options)

    def settle(self, seconds: float = 0.02) -> None:
        """Let the event loop do what garbage collections and closed sockets left to it."""
        if self._runner is not None:
            self._runner.run(asyncio.sleep(seconds))

    @property
    def tasks(self) -> int:
        async def count() -> int:
            return len(asyncio.all_tasks()) - 1

        return 0 if self.blocking else self.do(count())

    def close(self) -> None:
        self.do(self.transport.close())
        for lent in self._lent:
            if self.blocking:
                lent.close()
            else:
                self.do(lent.aclose() if self.kind == "httpx2" else lent.close())
        self.settle()
        if self._runner is not None:
            self._runner.close()


class Conversation:
    """Streams of a `Client` or an `AsyncClient` over the caller's transport, both through the same words."""

    def __init__(self, caller: Caller, manifests: tuple[Manifest, ...], options: dict[str, Any]) -> None:
        self.caller = caller
        options = {"keys": {"acme": "k"}, "manifests": manifests, "retries": 0} | options
        if caller.blocking:
            self._blocking_transport = caller.new_blocking_transport()
            self.client: Any = ai.Client(**options, transport=self._blocking_transport)
        else:
            self.client = ai.AsyncClient(**options, transport=caller.transport)

    def stream(self, prompt: str = "hi") -> Any:
        return self.client.stream("acme:m", prompt)

    def enter(self, stream: Any) -> None:
        stream.__enter__() if self.caller.blocking else self.caller.do(stream.__aenter__())

    def next(self, stream: Any) -> ai.Event:
        return next(stream) if self.caller.blocking else self.caller.do(stream.__anext__())

    def until_text(self, stream: Any) -> ai.TextDelta:
        while not isinstance(event := self.next(stream), ai.TextDelta):
            pass
        return event

    def collect(self, stream: Any) -> ai.Reply:
        return stream.collect() if self.caller.blocking else self.caller.do(stream.collect())

    def leave(self, stream: Any) -> None:
        stream.close() if self.caller.blocking else self.caller.do(stream.close())

    def close(self) -> None:
        if self.caller.blocking:
            self._blocking_transport.close()
