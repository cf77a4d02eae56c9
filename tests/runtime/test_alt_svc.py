"""Servers tell that they speak HTTP/3; what does not come through by it comes by TCP."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme
from caddy import Front, caddy_before, needs_caddy
from fluent_ai.http.messages import HttpRequest, HttpVersion
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, reply
from transports import BLOCKING_CURL, Caller

pycurl = pytest.importorskip("pycurl", reason="the extra http3 is not installed")

from fluent_ai.http.transports.curl.alt_svc import FILE, LONGEST_SECONDS, AltServices, http3_seconds  # noqa: E402
from fluent_ai.http.transports.curl.routes import place  # noqa: E402
from fluent_ai.http.transports.curl.versions import HAS_HTTP3  # noqa: E402

needs_http3 = pytest.mark.skipif(not HAS_HTTP3, reason="libcurl was built without HTTP/3 here")
HERE = place("https://api.acme.example/v1")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FLUENT_AI_HOME", str(tmp_path))
    for name in ("http_proxy", "https_proxy", "all_proxy", "SSLKEYLOGFILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('h3=":443"; ma=86400', 86400),
        ('h3=":443"', 86400),
        ('h3=":443";ma="60";persist=1', 60),
        ('h3-29=":443"; ma=5, h3=":443"; ma=60', 60),
        ('h2="other.example:443", h3=":443"', 86400),
        ('h3="api.acme.example:443"; ma=60', 60),
        ('h3=":443"; ma=9999999999', LONGEST_SECONDS),
        ('h3=":443"; ma=0', 0),
        ("clear", 0),
        ('h2=":443"', 0),
        ('h3=":8443"', 0),
        ('h3="other.example:443"', 0),
        ('h3-29=":443"', 0),
        ("", None),
        ("h3", None),
        ('h3=":443', None),
        ("h3=:443", None),
    ],
)
def test_what_a_server_says_of_http_3(value: str, expected: float | None) -> None:
    assert http3_seconds(value, "api.acme.example", 443) == expected


@given(st.text('h3=":40 ;,ma"\\clear-', max_size=40))
def test_no_header_is_an_error(value: str) -> None:
    found = http3_seconds(value, "a.example", 443)
    assert found is None or found >= 0


def test_what_is_learnt_expires_and_is_taken_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    services = AltServices()
    services.learn(HERE, 'h3=":443"; ma=60')
    assert services.speaks_http3(HERE)
    assert not services.speaks_http3(place("https://api.acme.example:8443/v1"))
    services.failed(HERE)
    assert not services.speaks_http3(HERE)
    again = remembered(home)
    assert again.speaks_http3(HERE), "another process may have another network"
    now = time.time()
    with monkeypatch.context() as later:
        later.setattr("fluent_ai.http.transports.curl.alt_svc.time", lambda: now + 61)
        assert not again.speaks_http3(HERE)
    again.learn(HERE, "clear")
    assert not again.speaks_http3(HERE)


def remembered(home: Path) -> AltServices:
    """Those of another process, once this one has written its file."""
    end = time.monotonic() + 30
    while not (home / FILE).exists() and time.monotonic() < end:
        time.sleep(0.01)
    return AltServices()


def test_a_damaged_file_is_set_aside(home: Path) -> None:
    (home / FILE).write_bytes(b"{oops")
    with pytest.warns(RuntimeWarning, match="HTTP/3 is learnt anew"):
        assert not AltServices().speaks_http3(HERE)


@pytest.fixture(params=[BLOCKING_CURL, "curl"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def versions(kind: str, http: HttpVersion, url: str, number: int = 1) -> list[str]:
    """Those by which so many requests of a new transport are answered."""
    caller, used = Caller(kind, http=http), []
    for _ in range(number):
        response = caller.send(HttpRequest("GET", url, {}))
        used.append(getattr(response, "_response", response).http_version)
        caller.read(response)
        caller.do(response.close())
    caller.close()
    return used


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    server = Server()
    server.say(reply(200, b"hi"))
    with caddy_before(server, tmp_path_factory.mktemp("caddy")) as made:
        yield made
    server.close()


@pytest.fixture
def front(running: Front, monkeypatch: pytest.MonkeyPatch) -> Front:
    monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
    return running


@needs_caddy
@needs_http3
def test_auto_goes_over_to_http_3_and_begins_with_it_later(front: Front, kind: str, home: Path) -> None:
    assert versions(kind, "auto", front.url, 3) == ["2", "3", "3"]
    remembered(home)
    assert versions(kind, "auto", front.url) == ["3"]
    assert versions(kind, 2, front.url, 2) == ["2", "2"]


@needs_http3
def test_a_server_whose_udp_is_closed_is_reached_by_tcp(kind: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And HTTP/3 is not tried again for a while."""
    with Secure() as server:
        url = server.url
        server.say(reply(200, b"hi", headers={"alt-svc": f'h3=":{urlsplit(url).port}"'}))
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority(home)))
        assert versions(kind, 3, url, 2) == ["1.1", "1.1"]
        assert versions(kind, "auto", url, 4) == ["1.1"] * 4


@needs_http3
def test_udp_that_goes_nowhere_costs_a_moment_once(kind: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Secure() as server, ExitStack() as holes:
        port = urlsplit(server.url).port or 0
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            hole = holes.enter_context(socket.socket(family, socket.SOCK_DGRAM))
            try:
                hole.bind((address, port))
            except OSError:
                assert family is socket.AF_INET6, "this machine has no IPv6"
        server.say(reply(200, b"hi", headers={"alt-svc": f'h3=":{port}"'}))
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority(home)))
        assert versions(kind, "auto", server.url, 4) == ["1.1"] * 4


def test_plain_http_stays_http_1_1(kind: str) -> None:
    server = Server()
    server.say(reply(200, b"hi", headers={"alt-svc": 'h3=":443"'}))
    assert versions(kind, "auto", server.url, 2) == ["1.1", "1.1"]
    server.close()


class Secure(Server):
    """A server that knows HTTP/1.1 over TLS alone, and has no UDP."""

    def __init__(self) -> None:
        self._authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert("localhost").configure_cert(context)
        super().__init__(context)

    def authority(self, folder: Path) -> Path:
        self._authority.cert_pem.write_to_path(folder / "ca.pem")
        return folder / "ca.pem"

    @property
    def url(self) -> str:
        return super().url.replace("http://127.0.0.1", "https://localhost")

    def __enter__(self) -> Secure:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
