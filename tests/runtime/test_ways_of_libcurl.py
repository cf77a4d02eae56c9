"""The ways that requests over libcurl take: proxies, IPv6, and never a proxy that libcurl finds by itself."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import fluent_ai as ai
import pytest
import trustme
from fluent_ai.http.messages import HttpRequest
from scripted_server import Server, reply
from transports import BLOCKING_CURL, Caller
from tunnels import Tunnels

pytest.importorskip("pycurl", reason="the extra http3 is not installed")


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(params=[BLOCKING_CURL, "curl"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Of a server that is api.acme.invalid and localhost, which the clients trust."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("api.acme.invalid", "localhost").configure_cert(context)
    return context


@pytest.fixture
def secure(tls: ssl.SSLContext) -> Iterator[Server]:
    server = Server(tls)
    server.say(reply(200, b"through the tunnel"))
    yield server
    server.close()


def port_of(server: Server) -> int:
    return int(server.url.rpartition(":")[2])


@pytest.mark.parametrize("way", ["http", "https", "socks5", "socks5h"])
def test_a_tunnel_leads_to_the_provider(
    way: str, kind: str, secure: Server, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(
        Tunnels(port_of(secure), socks=way.startswith("socks"), tls=tls if way == "https" else None)
    ) as tunnels:
        user = "" if way.startswith("socks") else "user:pw-secret@"
        monkeypatch.setenv("https_proxy", f"{way}://{user}localhost:{tunnels.port}")
        caller = Caller(kind)
        for _ in range(2):
            response = caller.send(HttpRequest("GET", "https://api.acme.invalid/v1", {"authorization": "Bearer key"}))
            assert (response.status, caller.read(response)) == (200, b"through the tunnel")
            assert "x-proxy" not in response.headers
            caller.do(response.close())
        caller.close()
        (asked,) = tunnels.asked
    assert b"api.acme.invalid" in asked, "the proxy looks the name up"
    assert b"Bearer key" not in asked
    assert way.startswith("socks") or b"Proxy-Authorization: Basic dXNlcjpwdy1zZWNyZXQ=" in asked


def test_a_proxy_that_refuses_is_a_failure_without_its_password(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Server()
    proxy.say(reply(407, b"no"))
    monkeypatch.setenv("https_proxy", proxy.url.replace("//", "//user:pw-secret@"))
    caller = Caller(kind)
    with pytest.raises(ai.ConnectionFailed, match="407") as caught:
        caller.get("https://api.acme.invalid/v1")
    assert "pw-secret" not in str(caught.value)
    caller.close()
    proxy.close()


def test_libcurl_reads_no_proxy_from_the_environment_itself(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    server.say(reply(200, b"direct"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.0/8")
    caller = Caller(kind)
    assert caller.get(server.url) == (200, b"direct")
    caller.close()
    server.close()


def test_an_address_of_ipv6(kind: str) -> None:
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nv6")

    thread = threading.Thread(target=answer)
    thread.start()
    caller = Caller(kind)
    assert caller.get(f"http://[::1]:{listener.getsockname()[1]}/") == (200, b"v6")
    caller.close()
    thread.join(30)
    listener.close()


def test_a_name_with_several_addresses_is_reached_by_the_one_that_answers(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of them does not listen."""
    server = Server()
    server.say(reply(200, b"here"))
    real = socket.getaddrinfo

    def both(host: object, port: object, *args: object, **kwargs: object) -> object:
        if host != "two.acme.invalid":
            return real(host, port, *args, **kwargs)  # type: ignore[arg-type]  # as it came
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in ("127.0.0.9", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    caller = Caller(kind)
    assert caller.get(f"http://two.acme.invalid:{port_of(server)}/") == (200, b"here")
    caller.close()
    server.close()


class Blind(asyncio.SelectorEventLoop):
    """As Windows' default loop, which cannot watch sockets."""

    def add_reader(self, fd: object, callback: object, *args: object) -> None:
        if getattr(self, "_blind", False):
            raise NotImplementedError
        super().add_reader(fd, callback, *args)  # type: ignore[arg-type]  # as it came

    add_writer = add_reader  # type: ignore[assignment]  # both are refused


def test_an_event_loop_that_cannot_watch_sockets_is_named() -> None:
    server = Server()
    server.say(reply(200, b"hi"))
    loop = Blind()
    caller = Caller("curl", new_loop=lambda: loop)
    caller.settle()
    loop._blind = True
    with pytest.raises(ai.ConfigError, match=r"the event loop Blind cannot watch .*SelectorEventLoop"):
        caller.get(server.url)
    loop._blind = False
    caller.close()
    server.close()
