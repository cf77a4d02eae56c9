"""No reader of bodies reads without an end: servers that never stop are left, with an error that says so."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import fluent_ai as ai
import pytest
from fluent_ai.auth.google import MAX_ANSWER, _Request
from fluent_ai.http.transports.httpx2 import Httpx2Transport
from fluent_ai.manifest.schema import Manifest, Route
from fluent_ai.resilience.attempts import MAX_ERROR_BODY
from fluent_ai.streams.whole_answers import MAX_BODY
from scripted_server import Answer, Server, manifest_for

SLACK = 32 * 1024 * 1024
"""What lies in the buffers of both sockets and of the client when it leaves."""


class Endless:
    """An answer whose body has no end; `size` counts what was written of it."""

    def __init__(self, status: int, start: bytes) -> None:
        self.size = 0
        self.left = threading.Event()
        head = f"HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        self._first = head.encode() + b"%x\r\n%s\r\n" % (len(start), start)

    def __iter__(self) -> Iterator[bytes]:
        filler = b" " * 65536
        try:
            yield self._first
            for _ in itertools.repeat(None):
                self.size += len(filler)
                yield b"%x\r\n%s\r\n" % (len(filler), filler)
        finally:
            self.left.set()


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    yield found
    found.close()


def acme(server: Server) -> Manifest:
    return manifest_for(
        server.url,
        embeddings=(Route(protocol="openai_embeddings", path="/embeddings"),),
        speech=(Route(protocol="openai_speech", path="/speech"),),
        pull=(Route(protocol="ollama_pull", path="/pull"),),
    )


def client(server: Server) -> ai.Client:
    return ai.Client(keys={"acme": "test-key-0123456789"}, manifests=[acme(server)], retries=0)


READERS: dict[str, Callable[[ai.Client], object]] = {
    "chat": lambda caller: caller.complete("acme:m", "hi"),
    "embed": lambda caller: caller.embed("acme:m", ["hi"]),
    "speak": lambda caller: caller.speak("acme:m", "hi", voice="v"),
    "pull": lambda caller: caller.pull("acme:m"),
    "models": lambda caller: caller.models("acme"),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_the_body_of_an_error_is_read_up_to_a_limit(server: Server, read: Callable[[ai.Client], object]) -> None:
    body = Endless(503, b'{"error": {"message": "sorry"}, "more": "')
    server.say(Answer(body))
    with client(server) as caller, pytest.raises(ai.Overloaded) as caught:
        read(caller)
    assert caught.value.status == 503
    assert caught.value.body is not None
    assert len(caught.value.body) <= MAX_ERROR_BODY
    assert body.left.wait(10)
    assert body.size <= MAX_ERROR_BODY + SLACK


def test_a_list_is_read_up_to_a_limit(server: Server) -> None:
    body = Endless(200, b'{"data": [')
    server.say(Answer(body))
    with client(server) as caller, pytest.raises(ai.ProtocolError, match=f"larger than {MAX_BODY} bytes"):
        caller.models("acme")
    assert body.left.wait(10)
    assert body.size <= MAX_BODY + SLACK


def test_the_answer_of_a_token_service_is_read_up_to_a_limit(server: Server) -> None:
    exceptions = pytest.importorskip("google.auth.exceptions", reason="the extra google is not installed")
    body = Endless(200, b'{"access_token": "')
    server.say(Answer(body))
    with closing(Httpx2Transport()) as transport, pytest.raises(exceptions.TransportError, match="too large"):
        _Request(transport, exceptions)(server.url + "/token", "POST")
    assert body.left.wait(10)
    assert body.size <= MAX_ANSWER + SLACK
