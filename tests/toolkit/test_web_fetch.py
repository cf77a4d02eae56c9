"""The tool that fetches pages, over real sockets: what it reads, and where it refuses to go."""

from __future__ import annotations

import gzip
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
import trustme
from scripted_server import Answer, Server, reply

LOOPBACK = ("127.0.0.0/8",)
METADATA = "http://169.254.169.254/latest/meta-data/"


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def page(body: str | bytes, kind: str = "text/html", **headers: str) -> Answer:
    data = body if isinstance(body, bytes) else body.encode()
    return reply(200, data, headers={"content-type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}})


def moved(to: str, status: int = 302) -> Answer:
    return reply(status, b"", headers={"location": to})


def failure(tool: Callable[..., Any], url: str) -> ai.tools.FetchFailed:
    with pytest.raises(ai.tools.FetchFailed) as caught:
        tool(url)
    return caught.value


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What names mean, one answer after the other; the last one stays."""
    answers: dict[str, list[str]] = {}

    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        left = answers[host]
        address = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in address.split()]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return answers


def test_a_page_is_fetched_and_read(server: Server) -> None:
    server.say(page("<title>Birds</title><p>A <a href='/robin'>robin</a> sings.</p>"))
    found = ai.tools.web_fetch(networks=LOOPBACK)(server.url + "/birds?x=1#part")
    assert found == ai.tools.WebPage(
        url=f"{server.url}/birds?x=1",
        media_type="text/html",
        title="Birds",
        text=f"A [robin]({server.url}/robin) sings.",
        next_start=None,
    )
    assert server.sent[0].path == "/birds?x=1"
    assert not {"cookie", "authorization", "referer"} & server.sent[0].headers.keys()


def test_a_model_calls_it(server: Server) -> None:
    server.say(page('{"a": 1}', "application/json"))
    tool = ai.tools.web_fetch(networks=LOOPBACK)
    found = ai.call_tool(ai.ToolCall("1", "web_fetch", {"url": server.url}), [tool])
    assert not found.is_error
    assert '{\\"a\\": 1}' in found.content
    refused = ai.call_tool(ai.ToolCall("2", "web_fetch", {"url": METADATA}), [tool])
    assert refused.is_error
    assert "169.254.169.254" in refused.content


def test_a_long_text_is_read_on(server: Server) -> None:
    server.say(page("0123456789" * 3, "text/plain"))
    tool = ai.tools.web_fetch(networks=LOOPBACK, text_limit=12)
    first = tool(server.url)
    assert (first.text, first.next_start) == ("012345678901", 12)
    assert (tool(server.url, 24).text, tool(server.url, 24).next_start) == ("456789", None)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("é".encode("latin-1"), "text/plain; charset=ISO-8859-1"),
        ("é".encode("latin-1"), "text/plain"),
        ("é".encode(), "text/plain; charset=unicode_escape"),
        ("é".encode(), "text/plain; charset=unheard-of"),
        ("é".encode("utf-16"), "text/plain"),
        (b'<meta charset="koi8-r">' + "\u0438".encode("koi8-r"), "text/html"),
    ],
)
def test_charsets(server: Server, data: bytes, kind: str) -> None:
    server.say(page(data, kind))
    assert ai.tools.web_fetch(networks=LOOPBACK)(server.url).text in ("é", "\u0438")


def test_networks_of_ones_own_are_not_connected_to(server: Server) -> None:
    tool = ai.tools.web_fetch()
    port = server.url.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "127.1", "0"):
        assert failure(tool, f"http://{host}:{port}/").reason == "address", host
    assert server.connections == 0


@pytest.mark.parametrize(
    "to", [METADATA, "file:///etc/passwd", "http://10.0.0.1/", "//[fd00:ec2::254]/", "http://[::1/"]
)
def test_redirects_are_checked_like_the_first_address(server: Server, to: str) -> None:
    server.say(moved("/second"), moved(to))
    assert failure(ai.tools.web_fetch(networks=LOOPBACK), server.url).reason in ("address", "url", "redirects")
    assert [sent.path for sent in server.sent] == ["/", "/second"]


def test_redirects_end(server: Server) -> None:
    server.say(moved("/again", 307))
    assert failure(ai.tools.web_fetch(networks=LOOPBACK), server.url).reason == "redirects"
    assert len(server.sent) == 11
    server.say(moved("/there", 301), page("there", "text/plain"))
    assert ai.tools.web_fetch(networks=LOOPBACK)(server.url).url.endswith("/there")


def test_a_name_is_looked_up_once_and_all_its_addresses_count(server: Server, resolved: dict[str, list[str]]) -> None:
    port = server.url.rpartition(":")[2]
    server.say(page("hello", "text/plain"))
    resolved["pages.example"] = ["127.0.0.1", "10.0.0.1"]
    assert ai.tools.web_fetch(networks=LOOPBACK)(f"http://pages.example:{port}/").text == "hello"
    assert resolved["pages.example"] == ["10.0.0.1"]
    assert server.sent[0].headers["host"] == f"pages.example:{port}"
    resolved["mixed.example"] = ["127.0.0.1 10.0.0.1"]
    refused = failure(ai.tools.web_fetch(networks=LOOPBACK), f"http://mixed.example:{port}/")
    assert (refused.reason, server.connections) == ("address", 1)


def test_the_certificate_is_that_of_the_name(
    resolved: dict[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("pages.example").configure_cert(context)
    server = Server(context)
    server.say(page("secret", "text/plain"))
    port = server.url.rpartition(":")[2]
    resolved |= {"pages.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    tool = ai.tools.web_fetch(networks=LOOPBACK)
    try:
        assert tool(f"https://pages.example:{port}/").text == "secret"
        assert failure(tool, f"https://other.example:{port}/").reason == "connection"
    finally:
        server.close()


def test_the_proxies_of_the_environment_are_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("HTTP_PROXY", server.url)
    server.say(page("from the proxy", "text/plain"))
    assert failure(ai.tools.web_fetch(), "http://192.168.1.1/").reason == "address"
    assert server.connections == 0


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(404, b"no"), "status"),
        (reply(500, b"no"), "status"),
        (page(b"\x89PNG", "image/png"), "media_type"),
        (page(b"PK", "application/zip"), "media_type"),
        (page("x" * 1001, "text/plain"), "too_large"),
        (page(gzip.compress(b"\0" * 50_000_000), "text/plain", content_encoding="gzip"), "too_large"),
        (page(gzip.compress(b"x" * 900)[:-9], "text/plain", content_encoding="gzip"), "connection"),
        (page("x", "text/plain", content_encoding="unheard-of"), "connection"),
        (Answer([b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx", None]), "connection"),
        (Answer([b"nonsense\r\n\r\n", None]), "connection"),
    ],
)
def test_answers_that_are_refused(server: Server, answer: Answer, reason: str) -> None:
    server.say(answer)
    error = failure(ai.tools.web_fetch(networks=LOOPBACK, byte_limit=1000), server.url + "/a?key=hidden")
    assert error.reason == reason
    assert "hidden" not in str(error) + repr(error.to_dict())
    assert error.limit == (1000 if reason == "too_large" else None)


def test_a_server_that_does_not_answer_in_time(server: Server) -> None:
    tool = ai.tools.web_fetch(networks=LOOPBACK, timeout=0.2)
    server.say(Answer([60.0]))
    assert failure(tool, server.url).reason == "timeout"
    trickle: list[bytes | float | None] = [b"x", 0.05]
    server.say(Answer([b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n", *trickle * 1000]))
    assert failure(tool, server.url).reason == "timeout"


def test_domains(server: Server, resolved: dict[str, list[str]]) -> None:
    server.say(page("hello", "text/plain"))
    port = server.url.rpartition(":")[2]
    for name in ("good.example", "a.good.example", "bad.good.example", "notgood.example"):
        resolved[name] = ["127.0.0.1"]
    tool = ai.tools.web_fetch(domains=["Good.Example."], blocked_domains=["bad.good.example"], networks=LOOPBACK)
    assert tool(f"http://A.GOOD.example.:{port}/").text == "hello"
    for name in ("bad.good.example", "x.bad.good.example", "notgood.example", "127.0.0.1"):
        assert failure(tool, f"http://{name}:{port}/").reason == "domain", name


@pytest.mark.parametrize(
    "settings",
    [{"networks": ["x"]}, {"networks": ["10.0.0.1/8"]}, {"domains": ["a b"]}, {"timeout": 0}, {"byte_limit": 0}],
)
def test_settings_that_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ai.ConfigError):
        ai.tools.web_fetch(**settings)
