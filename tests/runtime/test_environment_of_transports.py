"""Proxies and certificates that the environment names, which all transports read alike."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.http.transports import AsyncHttpx2Transport, default_async_transport, default_transport
from fluent_ai.http.transports.environment import Proxies, goes_directly, tls_context
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, reply
from transports import KINDS, Caller

VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(params=KINDS)
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    made = Caller(request.param)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("entry", "host", "port", "expected"),
    [
        ("*", "any.example", 443, True),
        ("example.com", "example.com", 443, True),
        ("example.com", "api.EXAMPLE.com.", 443, True),
        ("example.com", "notexample.com", 443, False),
        (".example.com", "api.example.com", 443, True),
        ("*.example.com", "api.example.com", 443, True),
        ("example.com:8080", "example.com", 8080, True),
        ("example.com:8080", "example.com", 443, False),
        ("https://example.com", "example.com", 443, True),
        ("127.0.0.0/8", "127.9.9.9", 80, True),
        ("127.0.0.0/8", "128.0.0.1", 80, False),
        ("10.0.0.1", "10.0.0.1", 80, True),
        ("10.0.0.1:81", "10.0.0.1", 80, False),
        ("::1/128", "::1", 80, True),
        ("[::1]", "::1", 80, True),
        ("[::1]:80", "::1", 80, True),
        ("fd00::/8", "fd12::1", 80, True),
        ("localhost", "127.0.0.1", 80, False),
        ("10.0.0.0/99", "10.0.0.1", 80, False),
        (".", "example.com", 443, False),
    ],
)
def test_one_matcher_of_no_proxy(entry: str, host: str, port: int, expected: bool) -> None:
    assert goes_directly(entry, host, port) is expected


@given(st.text("abc.*[]:/0189 ", max_size=20), st.sampled_from(["a.b", "127.0.0.1", "::1", ""]))
def test_no_entry_is_an_error(entry: str, host: str) -> None:
    assert goes_directly(entry, host, 443) in (True, False)


def test_what_is_not_to_go_through_the_proxy_does_not(
    server: Server, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key in plain http must not reach a proxy that the range excludes."""
    proxy = Server()
    server.say(reply(200, b"direct"))
    proxy.say(reply(200, b"through the proxy"))
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.0/8, ::1/128")
    caller.do(caller.transport.close())
    caller.transport = caller.new_transport()
    try:
        assert caller.get(f"{server.url}/v1") == (200, b"direct")
        assert caller.get("http://api.acme.invalid/v1") == (200, b"through the proxy")
    finally:
        proxy.close()


@pytest.mark.parametrize("proxy", ["http://user:pw-secret@host:x", "ftp://u:pw-secret@host", "http://", "http://h\n"])
def test_a_proxy_that_cannot_be_used_keeps_its_password(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    with pytest.raises(ai.ConfigError, match="the proxy that the environment names cannot be used") as caught:
        Proxies().for_url("https://api.acme.invalid/v1")
    assert "pw-secret" not in str(caught.value)
    with pytest.raises(ai.ConfigError, match="proxy"), ai.Client(transport=default_transport(proxy=proxy)) as client:
        client.complete("openai:gpt-4.1", "hi")


def test_a_proxy_of_another_scheme_is_not_looked_at(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """It is built only when it is used."""
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:9")
    assert Proxies().for_url("http://acme.example/v1") is None
    assert Proxies().for_url("https://acme.example/v1") == "socks5://127.0.0.1:9"


def test_a_socks_proxy_takes_the_transport_that_can_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5h://127.0.0.1:9")

    async def chosen() -> object:
        transport = default_async_transport()
        await transport.close()
        return transport

    assert isinstance(asyncio.run(chosen()), AsyncHttpx2Transport)
    if find_spec("socksio") is None:
        with pytest.raises(ai.ConfigError, match=r"pip install 'fluent-ai\[socks\]'"):
            ai.Client(keys={"openai": "sk-test0123456789"}, retries=0).complete("openai:gpt-4.1", "hi")


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "SSLKEYLOGFILE"])
def test_a_variable_that_names_nothing_is_named(
    variable: str, server: Server, caller: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "gone" / "file"))
    with pytest.raises(ai.ConfigError, match=variable):
        tls_context()
    caller.do(caller.transport.close())
    caller.transport = caller.new_transport()
    with pytest.raises(ai.ConfigError, match=variable):
        caller.get("https://api.acme.invalid/v1")
    server.say(reply(200, b"plain"))
    assert caller.get(f"{server.url}/v1") == (200, b"plain"), "where no TLS is needed"


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_a_file_without_certificates_is_refused(variable: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("no certificate")
    monkeypatch.setenv(variable, str(tmp_path / "empty.pem"))
    with pytest.raises(ai.ConfigError, match=variable):
        tls_context()
    monkeypatch.setenv(variable, "")
    assert tls_context().cert_store_stats()["x509"] >= 0
