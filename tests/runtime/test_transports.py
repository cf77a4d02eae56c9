"""One contract, every transport, over real sockets."""

from __future__ import annotations

import asyncio
import gc
import gzip
import socket
import ssl
import struct
import sys
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import fluent_ai as ai
import fluent_ai.http.transports
import pytest
import trustme
from fluent_ai.http.messages import HttpRequest
from scripted_server import Answer, Server, reply, sse, stream, text_chunks
from transports import KINDS, Caller

PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(params=KINDS)
def caller(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Caller]:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    made = Caller(request.param)
    yield made
    made.close()


def post(url: str, body: bytes = b"{}") -> HttpRequest:
    return HttpRequest("POST", url, {"content-type": "application/json", "authorization": "Bearer secret-key"}, body)


def test_request_and_answer_arrive_unchanged(server: Server, caller: Caller) -> None:
    server.say(reply(201, b"\x00\xff body", headers={"X-Request-Id": "r1"}))
    response = caller.send(post(server.url + "/a/b?c=%20d&e=f", b'{"x": 1}'))
    assert (response.status, response.headers["x-request-id"]) == (201, "r1")
    assert all(name == name.lower() for name in response.headers)
    assert caller.read(response) == b"\x00\xff body"
    caller.do(response.close())
    (sent,) = server.sent
    assert (sent.method, sent.path, sent.body) == ("POST", "/a/b?c=%20d&e=f", b'{"x": 1}')
    assert sent.headers["authorization"] == "Bearer secret-key"
    assert sent.headers["content-type"] == "application/json"


def test_chunks_come_while_the_body_is_written(server: Server, caller: Caller) -> None:
    server.say(stream([b"one", 30.0]))
    response = caller.send(post(server.url))
    assert caller.do(first(response)) == b"one"
    caller.do(response.close())
    assert server.dropped.wait(5)


async def first(response: ai.interfaces.AsyncResponse) -> bytes:
    return await response.chunks().__anext__()


def test_a_compressed_body_is_decoded(server: Server, caller: Caller) -> None:
    server.say(reply(200, gzip.compress(b"Hello" * 1000), headers={"content-encoding": "gzip"}))
    assert caller.get(server.url) == (200, b"Hello" * 1000)


def test_a_broken_compressed_body_is_a_connection_failure(server: Server, caller: Caller) -> None:
    server.say(reply(200, b"this is no gzip", headers={"content-encoding": "gzip"}))
    with pytest.raises(ai.ConnectionFailed):
        caller.get(server.url)


def test_redirects_are_not_followed(server: Server, caller: Caller) -> None:
    server.say(reply(307, b"", headers={"location": server.url + "/elsewhere"}))
    assert caller.get(server.url) == (307, b"")
    assert len(server.sent) == 1


def test_what_came_before_a_break_is_read_first(server: Server, caller: Caller) -> None:
    """Also where the break was seen before anybody read."""
    server.say(stream([b"one", b"two"], end=False))

    async def read() -> bytes:
        response = await caller.transport.send(post(server.url), ai.Timeouts())
        if not caller.blocking:
            await asyncio.sleep(0.1)
        chunks, body = response.chunks(), b""
        with pytest.raises(ai.ConnectionFailed):
            while True:
                body += await chunks.__anext__()
        await response.close()
        return body

    assert caller.do(read()) == b"onetwo"


def test_a_connection_is_used_again_after_a_whole_body(server: Server, caller: Caller) -> None:
    server.say(stream(sse(*text_chunks("Hello"))))
    for _ in range(5):
        assert caller.get(server.url)[0] == 200
    assert server.connections == 1


def test_a_connection_is_dropped_after_half_a_body(server: Server, caller: Caller) -> None:
    server.say(stream([b"one", 30.0]), reply(200, b"two"))
    response = caller.send(post(server.url))
    caller.do(response.close())
    caller.settle()
    assert server.dropped.wait(5)
    assert caller.get(server.url) == (200, b"two")
    assert server.connections == 2


def test_cookies_are_not_kept(server: Server, caller: Caller) -> None:
    server.say(reply(200, b"", headers={"set-cookie": "a=b"}))
    caller.get(server.url)
    caller.get(server.url)
    assert "cookie" not in server.sent[1].headers


@pytest.mark.parametrize(
    "answer",
    [
        Answer([None]),
        Answer([b"SSH-2.0-OpenSSH_9.6\r\n\r\n", None]),
        Answer([b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", None]),
        stream([b"half"], end=False),
        Answer([b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnot a size\r\n", None]),
    ],
    ids=["no answer", "not HTTP", "short body", "no last chunk", "bad chunk"],
)
def test_what_breaks_is_a_connection_failure(server: Server, caller: Caller, answer: Answer) -> None:
    server.say(answer)
    with pytest.raises(ai.ConnectionFailed, match=r"127\.0\.0\.1") as caught:
        caller.get(server.url + "/?key=secret-key")
    assert caught.value.retryable
    assert caught.value.__cause__ is None
    assert "secret-key" not in str(caught.value)


def test_a_reset_is_a_connection_failure(caller: Caller) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def reset() -> None:
            connection, _ = listener.accept()
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")
            time.sleep(0.05)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()

        thread = threading.Thread(target=reset)
        thread.start()
        with pytest.raises(ai.ConnectionFailed, match=r"127\.0\.0\.1"):
            caller.get(f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread.join()


def test_nobody_listens_and_no_such_host(caller: Caller) -> None:
    for url in ("http://127.0.0.1:9/", "http://no-such-host.invalid/"):
        with pytest.raises(ai.ConnectionFailed) as caught:
            caller.get(url)
        assert url.split("/")[2] in str(caught.value)


def test_each_silence_has_its_stage(server: Server, caller: Caller) -> None:
    server.say(Answer([30.0]))
    with pytest.raises(ai.DeadlineExceeded) as caught:
        caller.get(server.url, first_byte=0.1, read=30)
    assert caught.value.stage == "first_byte"
    server.say(stream([b"one", 30.0]))
    with pytest.raises(ai.DeadlineExceeded) as caught:
        caller.get(server.url, first_byte=30, read=0.1)
    assert caught.value.stage == "read"


def test_a_head_may_take_longer_than_a_chunk(server: Server, caller: Caller) -> None:
    server.say(Answer([0.3, *stream([b"one"]).pieces]))
    assert caller.get(server.url, first_byte=30, read=0.1) == (200, b"one")


def test_a_body_may_take_longer_than_its_reads(server: Server, caller: Caller) -> None:
    server.say(stream([b"a", 0.15, b"b", 0.15, b"c"]))
    assert caller.get(server.url, first_byte=0.25, read=0.25) == (200, b"abc")


def test_a_server_that_does_not_read_ends_in_a_deadline(caller: Caller) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(ai.DeadlineExceeded) as caught:
            caller.send(post(url, bytes(32 * 1024 * 1024)), connect=30.0, write=0.2, first_byte=0.2)
        assert caught.value.stage == "write"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets connections hang on a full backlog")
def test_a_connect_that_hangs_ends_in_a_deadline(caller: Caller) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for connection in waiting:
            connection.setblocking(False)
            connection.connect_ex(address)
        try:
            with pytest.raises(ai.DeadlineExceeded) as caught:
                caller.get(f"http://127.0.0.1:{address[1]}", connect=0.2)
            assert caught.value.stage == "connect"
        finally:
            for connection in waiting:
                connection.close()


def test_abort_from_another_thread_wakes_a_reader(server: Server, caller: Caller) -> None:
    server.say(stream([b"one", 30.0]))
    response = caller.send(post(server.url))
    timer = threading.Timer(0.1, response.abort)
    timer.start()
    with pytest.raises(ai.ConnectionFailed):
        caller.read(response)
    timer.join()
    caller.do(response.close())
    assert server.dropped.wait(5)


def test_a_response_that_is_forgotten_drops_its_connection(server: Server, caller: Caller) -> None:
    server.say(stream([b"one", 30.0]))
    for begun in (False, True):
        server.dropped.clear()
        response = caller.send(post(server.url))
        if begun:
            caller.do(first(response))
        del response
        gc.collect()
        caller.settle()
        assert server.dropped.wait(5)
    server.say(reply(200, b"two"))
    assert caller.get(server.url) == (200, b"two")


def test_a_cancelled_read_drops_the_connection(server: Server, caller: Caller) -> None:
    if caller.blocking:
        pytest.skip("a thread cannot be cancelled")
    for answer in (stream([b"one", 30.0]), Answer([30.0])):
        server.dropped.clear()
        server.say(answer)

        async def main() -> None:
            async with asyncio.timeout(0.1):
                response = await caller.transport.send(post(server.url), ai.Timeouts())
                try:
                    async for _ in response.chunks():
                        pass
                finally:
                    await response.close()

        with pytest.raises(TimeoutError):
            caller.do(main())
        assert server.dropped.wait(5)


@pytest.mark.parametrize(
    "url",
    ["http://[::1", "http://127.0.0.1:99999/", "http://a b/", "ftp://a/", "http:///", "http://a\u20ac/", "http://a\n/"],
)
def test_a_malformed_url_is_named_without_its_parts(caller: Caller, url: str) -> None:
    with pytest.raises(ai.ConfigError, match="URL") as caught:
        caller.get(url + "?key=secret-key")
    assert "secret-key" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("x", "secret-key\r\ny: z"), ("x", "secret-key\n"), ("x", "\u20ac-secret-key"), ("x y", "secret-key")],
)
def test_a_malformed_header_is_refused(server: Server, caller: Caller, name: str, value: str) -> None:
    with pytest.raises(ai.ConfigError, match="header") as caught:
        caller.send(HttpRequest("GET", server.url, {name: value}))
    assert "secret-key" not in str(caught.value)
    assert server.sent == []


def test_proxies_come_from_the_environment(server: Server, caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    server.say(reply(200, b"from the proxy"))
    monkeypatch.setenv("HTTP_PROXY", server.url)
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("NO_PROXY", "direct.invalid")
    monkeypatch.setenv("no_proxy", "direct.invalid")
    caller.do(caller.transport.close())
    caller.transport = caller.new_transport()
    assert caller.get("http://api.acme.invalid/v1") == (200, b"from the proxy")
    assert server.sent[0].path == "http://api.acme.invalid/v1"
    with pytest.raises(ai.ConnectionFailed):
        caller.get("http://direct.invalid/v1")


def test_a_proxy_that_cannot_be_used_is_named(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    if caller.kind.endswith("curl") or (caller.kind != "aiohttp" and find_spec("socksio") is not None):
        pytest.skip("this transport can use the proxy")

    with pytest.raises(ai.ConfigError, match="proxy"):
        caller.transport = caller.new_transport()
        caller.get("http://api.acme.invalid/v1")


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The URL of an HTTPS server and the authority that vouches for it."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = Server(context)
    server.say(stream([b"over TLS"]), stream([b"over TLS"]), stream([b"half", 30.0]))
    yield server.url.replace("http://127.0.0.1", "https://localhost"), tmp_path / "ca.pem"
    server.close()


def test_certificates_are_verified(caller: Caller, tls: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    url, authority = tls
    with pytest.raises(ai.ConnectionFailed, match="(?i)certificate"):
        caller.get(url)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    caller.do(caller.transport.close())
    caller.transport = caller.new_transport()
    for _ in range(2):
        assert caller.get(url) == (200, b"over TLS")
    response = caller.send(post(url))
    threading.Timer(0.1, response.abort).start()
    with pytest.raises(ai.ConnectionFailed):
        caller.read(response)
    caller.do(response.close())
