"""How long a wait goes on after `close()`, and after its deadline: over each transport, for all that a call waits for.

    python benchmarks/reliability.py [--times 20]

Milliseconds, median and worst. The servers are on the loopback interface and say nothing, or a byte now and then; the
resolver is made slow. Then the sockets that 60 runs of an event loop leave behind.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib.util import find_spec
from typing import Any

import fluent_ai as ai
import httpx2
from fluent_ai.http.messages import AsyncTransport
from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport, Httpx2Transport
from fluent_ai.manifest.schema import Auth, Manifest, Route

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
EVENT = b'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n'
LAST = b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
WHOLE = HEAD + b"content-length: %d\r\n\r\n" % len(EVENT + LAST) + EVENT + LAST
BUSY = b"HTTP/1.1 503 Busy\r\nretry-after: 30\r\ncontent-length: 0\r\n\r\n"
WAITING = 0.1
"""Seconds after which a call surely waits."""
LIMIT = 0.3
"""Seconds that a call may take where deadlines are measured."""


@contextmanager
def server(said: bytes, again: bytes = b"", backlog: int = 64, *, answers: bool = True) -> Iterator[str]:
    """Says `said` to each request, then `again` every 20 ms."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=backlog)

    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                while connection.recv(65536):
                    connection.sendall(said)
                    while again:
                        connection.sendall(again)
                        time.sleep(0.02)
            except OSError:
                pass  # the client has left

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    if answers:
        threading.Thread(target=accept, daemon=True).start()
    with listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def unreachable() -> Iterator[str]:
    """A host that does not answer: its queue of new connections is full, where the system has it so (Linux)."""
    with server(b"", backlog=0, answers=False) as url, ExitStack() as stack:
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", int(url.rpartition(":")[2])))
        yield url


@contextmanager
def unresolved() -> Iterator[str]:
    """A host whose name is never found."""
    real, done = socket.getaddrinfo, threading.Event()

    def slow(host: Any, *rest: Any, **options: Any) -> Any:
        if host == "slow":
            done.wait()
        return real(host, *rest, **options)

    socket.getaddrinfo = slow
    try:
        yield "http://slow"
    finally:
        done.set()
        socket.getaddrinfo = real


@contextmanager
def secret() -> Iterator[str]:
    """A host that accepts and then says nothing of TLS."""
    with server(b"", answers=False) as url:
        yield url.replace("http:", "https:")


WAITS: dict[str, Callable[[], Any]] = {
    "name resolution": unresolved,
    "connect": unreachable,
    "TLS": secret,
    "head": lambda: server(b""),
    "head that trickles": lambda: server(HEAD + b"x: ", b"x"),
    "body": lambda: server(HEAD + b"\r\n" + EVENT),
    "pause before a retry": lambda: server(BUSY),
}
LATE: dict[str, Callable[[], Any]] = {
    "head that trickles": WAITS["head that trickles"],
    "comments only": lambda: server(HEAD + b"\r\n", b": ping\n\n"),
    "half an event": lambda: server(HEAD + b"\r\n" + EVENT[:40], b"x"),
}


def manifest(url: str) -> Manifest:
    free = Auth(scheme="none", required=False)
    return Manifest(
        id="acme", name="", docs="", base_url=url, auth=free, chat=(Route(protocol="openai_chat", path="/c"),)
    )


Measure = Callable[[bool], float]
"""When a call ended, in seconds: after `close()`, else since it began."""


@contextmanager
def blocking(url: str, settings: dict[str, Any]) -> Iterator[Measure]:
    client = ai.Client(manifests=[manifest(url)], validate=False, **settings)

    def measure(close: bool) -> float:
        began = [time.perf_counter()]

        def closes() -> None:
            began[0] = time.perf_counter()
            client.close()

        if close:
            threading.Timer(WAITING, closes).start()
        try:
            client.complete("acme:m", "hi")
        except ai.FluentError:
            return time.perf_counter() - began[0]
        raise AssertionError("the call was answered")

    yield measure
    client.close()


def looped(
    new: Callable[[Any], AsyncTransport], lend: Callable[[], Any] = lambda: None
) -> Callable[[str, dict[str, Any]], AbstractContextManager[Measure]]:
    """The same with an event loop, and perhaps with a client of the caller's."""

    async def opened() -> tuple[Any, AsyncTransport]:
        lent = lend()
        return lent, new(lent)

    @contextmanager
    def contender(url: str, settings: dict[str, Any]) -> Iterator[Measure]:
        loop = asyncio.new_event_loop()
        lent, transport = loop.run_until_complete(opened())
        client = ai.AsyncClient(manifests=[manifest(url)], validate=False, transport=transport, **settings)

        async def measure(close: bool) -> float:
            began = time.perf_counter()
            task = asyncio.ensure_future(client.complete("acme:m", "hi"))
            if close:
                await asyncio.sleep(WAITING)
                began = time.perf_counter()
                await client.close()
            await asyncio.wait([task])
            assert isinstance(task.exception(), ai.FluentError)
            return time.perf_counter() - began

        yield lambda close: loop.run_until_complete(measure(close))
        loop.run_until_complete(transport.close())
        if lent is not None:
            loop.run_until_complete(lent.__aexit__(None, None, None))

    return contender


def lending(url: str, settings: dict[str, Any]) -> AbstractContextManager[Measure]:
    """A `Client` that sends with a client of the caller's."""
    return blocking(url, settings | {"transport": Httpx2Transport(httpx2.Client())})


def sockets() -> int:
    links = (f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd"))
    return sum(os.readlink(link).startswith("socket:") for link in links if os.path.lexists(link))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--times", type=int, default=20)
    times = arguments.parse_args().times
    contenders = {"Client": blocking, "AsyncClient, httpx2": looped(AsyncHttpx2Transport)}
    lent = {"Client": lending, "AsyncClient, httpx2": looped(AsyncHttpx2Transport, httpx2.AsyncClient)}
    if find_spec("aiohttp") is not None:
        import aiohttp
        from fluent_ai.http.transports.aiohttp import AiohttpTransport

        contenders["AsyncClient, aiohttp"] = looped(AiohttpTransport)
        lent["AsyncClient, aiohttp"] = looped(AiohttpTransport, aiohttp.ClientSession)
    limits = {"timeout": ai.Timeouts(first_byte=LIMIT, read=LIMIT), "retries": 0, "breaker": False}
    for title, measured, places, settings, close in (
        ("after close()", contenders, WAITS, {}, True),
        ("of a lent client", lent, WAITS, {}, True),
        ("after the deadline", contenders, LATE, limits, False),
    ):
        print(f"{title + ', ms:':28}" + "".join(f"{name:>24}" for name in measured))
        for wait, place in places.items():
            cells = []
            for contender in measured.values():
                with place() as url, contender(url, settings) as measure:
                    measure(close)
                    taken = [(measure(close) - (0 if close else LIMIT)) * 1e3 for _ in range(times)]
                cells.append(f"{statistics.median(taken):12.1f}, at most {max(taken):.1f}")
            print(f"  {wait:26}" + "".join(f"{cell:>24}" for cell in cells))
    if not os.path.isdir("/proc/self/fd"):
        return
    with server(WHOLE) as url:
        client = ai.AsyncClient(manifests=[manifest(url)], validate=False)
        gc.collect()
        before = sockets()
        for _ in range(60):
            asyncio.run(client.complete("acme:m", "hi"))
        time.sleep(0.1)
        print(f"sockets that 60 event loops leave open: {sockets() - before}")


if __name__ == "__main__":
    main()
