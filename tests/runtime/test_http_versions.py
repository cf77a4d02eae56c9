"""HTTP/1.1, 2 and 3 over libcurl, to a real server."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import fluent_ai as ai
import pytest
from caddy import Front, caddy_before, needs_caddy
from fluent_ai.http.messages import AsyncResponse, HttpRequest, HttpVersion
from scripted_server import Answer, Server, manifest_for, reply, sse, stream, text_chunks
from transports import BLOCKING_CURL, Caller

pycurl = pytest.importorskip("pycurl", reason="the extra http3 is not installed")
pytestmark = needs_caddy
HAS_HTTP3 = bool(pycurl.version_info()[4] & pycurl.VERSION_HTTP3)
no_http3 = pytest.mark.skipif(not HAS_HTTP3, reason="libcurl was built without HTTP/3 here")
PROTOCOLS = {1: "HTTP/1.1", 2: "HTTP/2.0", 3: "HTTP/3.0", "auto": "HTTP/2.0"}
VERSIONS = [1, 2, pytest.param(3, marks=no_http3), "auto"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    server = Server()
    with caddy_before(server, tmp_path_factory.mktemp("caddy")) as made:
        yield made
    server.close()


@pytest.fixture
def front(running: Front, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Front:
    monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
    monkeypatch.setenv("FLUENT_AI_HOME", str(tmp_path))
    monkeypatch.delenv("SSLKEYLOGFILE", raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    running.reset()
    return running


@pytest.fixture(params=VERSIONS)
def http(request: pytest.FixtureRequest) -> HttpVersion:
    version: HttpVersion = request.param
    return version


@pytest.fixture(params=[BLOCKING_CURL, "curl"])
def caller(request: pytest.FixtureRequest, front: Front, http: HttpVersion) -> Iterator[Caller]:
    made = Caller(request.param, http=http)
    yield made
    made.close()


def post(url: str, body: bytes = b"{}") -> HttpRequest:
    return HttpRequest("POST", url, {"content-type": "application/json", "authorization": "Bearer secret-key"}, body)


async def first(response: AsyncResponse) -> bytes:
    return await response.chunks().__anext__()


def test_request_and_answer_arrive_unchanged(front: Front, caller: Caller, http: HttpVersion) -> None:
    front.server.say(reply(201, b"\x00\xff body", headers={"x-request-id": "r1", "x-empty": ""}))
    response = caller.send(post(front.url + "/a/../b?c=%20d&e=%c3%b6", b'{"x": 1}'))
    assert (response.status, response.headers["x-request-id"]) == (201, "r1")
    assert caller.read(response) == b"\x00\xff body"
    caller.do(response.close())
    (sent,) = front.server.sent
    assert (sent.method, sent.path, sent.body) == ("POST", "/a/../b?c=%20d&e=%c3%b6", b'{"x": 1}')
    assert sent.headers["authorization"] == "Bearer secret-key"
    assert front.protocols == {PROTOCOLS[http]}


def test_the_response_knows_its_version(front: Front, caller: Caller, http: HttpVersion) -> None:
    front.server.say(reply(200, b"hi"))
    response = caller.send(post(front.url))
    response = getattr(response, "_response", response)
    assert response.http_version == ("2" if http == "auto" else "1.1" if http == 1 else str(http))  # type: ignore[attr-defined]  # a response of libcurl's


def test_chunks_come_while_the_body_is_written(front: Front, caller: Caller) -> None:
    front.server.say(stream([b"one", 30.0]))
    response = caller.send(post(front.url))
    assert caller.do(first(response)) == b"one"
    caller.do(response.close())
    assert front.server.dropped.wait(30)


def test_a_large_body_arrives_whole(front: Front, caller: Caller) -> None:
    front.server.say(lambda sent: reply(200, sent.body))
    body = bytes(range(256)) * 8_000
    response = caller.send(post(front.url, body))
    assert caller.read(response) == body
    caller.do(response.close())


def test_a_slow_reader_holds_the_server_back(front: Front, caller: Caller) -> None:
    wrote, piece, number = [0], b"x" * 65536, 1024

    def pieces() -> Iterator[bytes]:
        for each in stream([piece] * number).pieces:
            assert isinstance(each, bytes)
            wrote[0] += len(each)
            yield each

    front.server.say(Answer(pieces()))  # type: ignore[arg-type]  # what is iterated once may be an iterator
    response = caller.send(post(front.url))

    async def read() -> tuple[int, int]:
        chunks, size = response.chunks(), len(await first(response))
        if not caller.blocking:
            await asyncio.sleep(0.5)
        before = wrote[0]
        async for chunk in chunks:
            size += len(chunk)
        return before, size

    before, size = caller.do(read())
    assert size == len(piece) * number
    assert before < size / 2, "what lies in buffers on the way"
    caller.do(response.close())


def test_abort_from_another_thread_wakes_a_reader(front: Front, caller: Caller) -> None:
    front.server.say(stream([b"one", 30.0]))
    response = caller.send(post(front.url))
    timer = threading.Timer(0.1, response.abort)
    timer.start()
    with pytest.raises(ai.ConnectionFailed):
        caller.read(response)
    timer.join()
    caller.do(response.close())
    assert front.server.dropped.wait(30)


def test_a_response_that_is_forgotten_drops_its_stream(front: Front, caller: Caller) -> None:
    front.server.say(stream([b"one", 30.0]))
    response = caller.send(post(front.url))
    del response
    gc.collect()
    caller.settle()
    assert front.server.dropped.wait(30)
    front.server.say(reply(200, b"two"))
    assert caller.get(front.url) == (200, b"two")


def test_a_body_that_breaks_off_is_a_connection_failure(front: Front, caller: Caller) -> None:
    front.server.say(stream([b"one"], end=False))
    with pytest.raises(ai.ConnectionFailed, match="localhost") as caught:
        caller.get(front.url + "/?key=secret-key")
    assert "secret-key" not in str(caught.value)


def test_each_silence_has_its_stage(front: Front, caller: Caller) -> None:
    front.server.say(Answer([30.0]))
    with pytest.raises(ai.DeadlineExceeded) as caught:
        caller.get(front.url, first_byte=0.2, read=30)
    assert caught.value.stage == "first_byte"
    front.server.say(stream([b"one", 30.0]))
    with pytest.raises(ai.DeadlineExceeded) as caught:
        caller.get(front.url, first_byte=30, read=0.2)
    assert caught.value.stage == "read"


def test_a_connection_is_used_again(front: Front, caller: Caller, http: HttpVersion) -> None:
    front.server.say(reply(200, b"hi"))
    for _ in range(5):
        assert caller.get(front.url) == (200, b"hi")
    assert len(front.peers) == (2 if http == "auto" and HAS_HTTP3 else 1), "auto goes over to HTTP/3"


def test_a_stream_that_was_left_takes_no_others_along(front: Front, caller: Caller, http: HttpVersion) -> None:
    """With HTTP/2 and 3 the connection itself is kept."""
    for _ in range(3):
        front.server.say(stream([b"one", 30.0]))
        response = caller.send(post(front.url))
        caller.do(first(response))
        caller.do(response.close())
        front.server.say(reply(200, b"two"))
        assert caller.get(front.url) == (200, b"two")
    assert len(front.peers) == (4 if http == 1 else 2 if http == "auto" and HAS_HTTP3 else 1)


def test_many_streams_share_a_connection(front: Front, http: HttpVersion) -> None:
    together = threading.Barrier(32)

    def answer(sent: object) -> Answer:
        together.wait(30)
        return stream([b"one", b"two"])

    front.server.say(answer)
    caller = Caller("curl", http=http)

    async def all_of_them() -> list[bytes]:
        async def one() -> bytes:
            response = await caller.transport.send(post(front.url), ai.Timeouts())
            return b"".join([chunk async for chunk in response.chunks()])

        return await asyncio.gather(*(one() for _ in range(32)))

    assert caller.do(all_of_them()) == [b"onetwo"] * 32
    assert len(front.peers) == (32 if http == 1 else 1)
    caller.close()


def test_clients_take_the_version_as_a_setting(front: Front, http: HttpVersion) -> None:
    front.server.say(stream(sse(*text_chunks("Hel", "lo"))))
    row = manifest_for(front.url)
    with ai.Client(keys={"acme": "k"}, manifests=[row], http=http) as client:
        assert client.complete("acme:m", "hi").text == "Hello"

    async def ask() -> str:
        async with ai.AsyncClient(keys={"acme": "k"}, manifests=[row], http=http) as client:
            return (await client.complete("acme:m", "hi")).text

    assert asyncio.run(ask()) == "Hello"
    assert front.protocols <= {PROTOCOLS[http], "HTTP/3.0"}
