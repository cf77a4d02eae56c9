"""`close` ends every wait at once, whatever is waited for, through both clients and every transport."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import ssl
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
import trustme
from fluent_ai.manifest.schema import Auth, Manifest, Route
from scripted_server import Answer, Server, manifest_for, reply, sse, stream, text_chunks
from transports import KINDS, LENDING, Caller, Conversation

SOON = 5.0
"""Seconds: far more than it takes on a machine under load, far less than any of the waits."""
HALF = stream([*sse(*text_chunks("Hel", finish=None), done=False), 30.0])


class Waits:
    """Addresses at which a call waits for something that does not come."""

    def __init__(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server = server
        self._patch = monkeypatch
        self._stack = ExitStack()
        self._released = threading.Event()
        self._stack.callback(self._released.set)

    def close(self) -> None:
        self._stack.close()

    def name_resolution(self) -> str:
        real = socket.getaddrinfo

        def slow(host: Any, *args: Any, **kwargs: Any) -> Any:
            if host == "slow":
                self._released.wait(30)
            return real(host, *args, **kwargs)

        self._patch.setattr(socket, "getaddrinfo", slow)
        return "http://slow"

    def connect(self) -> str:
        if sys.platform != "linux":
            pytest.skip("only Linux lets connections hang on a full backlog")
        listener = self._stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = self._stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    def tls(self) -> str:
        listener = self._stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        return f"https://127.0.0.1:{listener.getsockname()[1]}"

    def head(self) -> str:
        self.server.say(Answer([30.0]))
        return self.server.url

    def half_a_head(self) -> str:
        self.server.say(Answer([b"HTTP/1.1 200 OK\r\nx: ", *[b"x", 0.02] * 1500]))
        return self.server.url

    def head_on_a_kept_connection(self) -> str:
        self.server.say(stream(sse(*text_chunks("Hello"))), Answer([30.0]))
        return self.server.url

    def body(self) -> str:
        self.server.say(HALF)
        return self.server.url

    def error_body(self) -> str:
        self.server.say(Answer([b"HTTP/1.1 400 No\r\ncontent-length: 500\r\n\r\nhalf", 30.0]))
        return self.server.url

    def pause_before_a_retry(self) -> str:
        self.server.say(reply(503, {}, headers={"retry-after": "30"}))
        return self.server.url


WAITS = [name for name in vars(Waits) if not name.startswith("_") and name != "close"]


@pytest.fixture
def waits(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Waits]:
    made = Waits(server, monkeypatch)
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("whole", [False, True], ids=["stream", "client"])
@pytest.mark.parametrize("wait", WAITS)
def test_close_ends_every_wait(waits: Waits, kind: str, whole: bool, wait: str) -> None:
    end_a_wait(waits, wait, Caller(kind), whole=whole)


@pytest.mark.parametrize("kind", LENDING)
@pytest.mark.parametrize("wait", [name for name in WAITS if name != "pause_before_a_retry"])
def test_close_ends_the_wait_of_a_client_that_was_lent(waits: Waits, kind: str, wait: str) -> None:
    end_a_wait(waits, wait, Caller(kind, lends=True), whole=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # httpcore2 leaves the socket of a cancelled handshake open
        gc.collect()


def end_a_wait(waits: Waits, wait: str, caller: Caller, *, whole: bool) -> None:
    talk = caller.client(manifest_for(getattr(waits, wait)()), retries=2)
    if wait == "head_on_a_kept_connection":
        assert talk.collect(talk.stream()).text == "Hello"
    events = talk.stream()
    closed_at = end(talk, talk.client if whole else events, events)
    assert time.monotonic() - closed_at < SOON
    waits.close()  # an event loop ends only after its resolver
    talk.close()
    caller.close()


def end(talk: Conversation, closes: Any, events: Any) -> float:
    """Read until another thread, or task, closes this; when it did."""
    closed_at = []

    def close() -> None:
        closed_at.append(time.monotonic())
        closes.close()

    if talk.caller.blocking:
        timer = threading.Timer(0.3, close)
        timer.start()
        with pytest.raises(ai.Cancelled):
            events.collect()
        timer.join()
        return closed_at[0]

    async def main() -> None:
        reader = asyncio.ensure_future(events.collect())
        await asyncio.sleep(0.3)
        closed_at.append(time.monotonic())
        await closes.close()
        with pytest.raises(ai.Cancelled):
            await reader
        assert not reader.cancelled()

    talk.caller.do(main())
    return closed_at[0]


class Endless:
    """A provider in this process that never says anything."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def chat_model(self, model: str) -> Endless:
        return self

    def run(self, request: ai.ChatRequest, emit: Callable[[ai.Event], None]) -> None:
        emit(ai.StreamStart(model="m", provider="endless"))
        try:
            while True:
                time.sleep(0.01)
                emit(ai.Ping())
        finally:
            self.ended.set()


@pytest.mark.parametrize("whole", [False, True], ids=["stream", "client"])
@pytest.mark.parametrize("kind", KINDS[:2])
def test_close_ends_a_wait_for_a_worker(kind: str, whole: bool) -> None:
    free = Auth(scheme="none", required=False)
    row = Manifest(id="endless", name="E", docs="", auth=free, chat=(Route(protocol="worker"),))
    endless = Endless()
    ai.register_provider(row, lambda: endless)
    caller = Caller(kind)
    try:
        talk = caller.client(keys={})
        events = talk.client.stream("endless:m", "hi")
        end(talk, talk.client if whole else events, events)
        assert endless.ended.wait(SOON)
    finally:
        ai.unregister_provider("endless")
        caller.close()


def test_a_closed_client_can_be_used_again(server: Server, client: ai.Client) -> None:
    for _ in range(2):
        server.say(stream(sse(*text_chunks("Hello"))))
        assert client.complete("acme:m", "hi").text == "Hello"
        client.close()


def test_a_connection_in_the_pool_is_not_the_callers_any_more(server: Server, client: ai.Client) -> None:
    """Who aborts a call after its end must not hit the next one, which has the same connection."""
    server.say(stream(sse(*text_chunks("Hello"))))
    first = client.stream("acme:m", "hi")
    first.collect()
    server.say(HALF)
    second = client.stream("acme:m", "hi")
    assert next(second.text()) == "Hel"
    first._source.abort()
    server.say(stream(sse(*text_chunks("Hello"))))
    assert not server.dropped.wait(0.2)
    second.close()
    assert server.connections == 1


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = Server(context)
    yield server
    server.close()


def test_a_tls_client_may_be_closed_while_others_read(secure: Server) -> None:
    secure.say(HALF)
    client = ai.Client(
        keys={"acme": "k"}, manifests=[manifest_for(secure.url.replace("http://127.0.0.1", "https://localhost"))]
    )
    outcomes: list[str] = []

    def read() -> None:
        stream = client.stream("acme:m", "hi")
        try:
            stream.collect()
        except ai.FluentError as error:
            outcomes.append(f"{type(error).__name__} after {stream.partial.text}")

    for _ in range(3):
        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        time.sleep(0.3)
        client.close()
        for reader in readers:
            reader.join(SOON)
    assert len(outcomes) == 12
    assert set(outcomes) <= {"Cancelled after Hel", "Cancelled after "}
    client.close()


def test_ctrl_c_ends_a_read_that_no_signal_interrupts(server: Server, client: ai.Client) -> None:
    """As when it comes just before the system call: here another thread gets it, and Python's handler has to wait."""
    if not hasattr(signal, "pthread_kill"):
        pytest.skip("signals for threads are a POSIX thing")
    server.say(HALF)
    events = client.stream("acme:m", "hi")
    done = threading.Event()

    def interrupt() -> None:
        time.sleep(0.2)
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        done.wait(SOON)

    other = threading.Thread(target=interrupt)
    other.start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        events.collect()
    assert time.monotonic() - began < SOON
    done.set()
    other.join()
    events.close()
