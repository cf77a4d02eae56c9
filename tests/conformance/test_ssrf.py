"""URLs and addresses by which servers are made to ask for what only they can reach: none leads to a connection."""

from __future__ import annotations

import json
import socket
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.http.transports import blocking_network
from recordings import REASON, recorded

from fluent_ai_toolkit.tools.web.addresses import is_metadata, is_public

SUITE = recorded("suites", "security", "ssrf.json")
PUBLIC = "93.184.215.14"

pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were connected to; every name has a public one, and nobody answers."""
    found: list[str] = []

    def connect(addresses: Any, *_: Any) -> socket.socket:
        found.extend(str(each.address[0]) for each in addresses)
        raise OSError("nobody answers")

    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if ":" in host:
            return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (host, port, 0, 0))]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, port))]

    monkeypatch.setattr(blocking_network, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return found


def load(group: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(SUITE.read_text(encoding="utf-8"))[group]
    return found


def reached(url: str, connected: list[str]) -> bool:
    """Whether a connection was tried."""
    connected.clear()
    with pytest.raises(ai.tools.FetchFailed) as caught:
        ai.tools.web_fetch()(url)
    assert (caught.value.reason == "connection") == bool(connected), url
    return bool(connected)


def test_urls(connected: list[str]) -> None:
    """A data URL needs no network; what it holds, a model has already."""
    cases = [case for case in load("urls") if not case["url"].startswith("data:")]
    assert len(cases) > 50
    for case in cases:
        assert reached(case["url"], connected) == (case["expect"] == "allow"), case


def test_addresses(connected: list[str]) -> None:
    cases = load("ips")
    assert len(cases) > 70
    for case in cases:
        address = case["ip"]
        if case["check"] == "private":
            assert is_public(address) != case["expect"], case
            host = f"[{address}]" if ":" in address else address
            assert reached(f"http://{host}/", connected) != case["expect"], case
        else:
            assert is_metadata(address) == case["expect"], case


def test_what_else_is_said_of_urls(connected: list[str]) -> None:
    by_name = {case["test"]: case["values"] for case in load("other")}
    for url in by_name["test_allowed_protocols"]:
        assert reached(url, connected), url
    for url, _ in by_name["test_blocked_protocols"]:
        assert not reached(url, connected), url
    for test, domain in (
        ("test_allowed_domains_normalizes_host", "example.com"),
        ("test_blocked_domains_normalizes_host", "evil.com"),
    ):
        for url in by_name[test]:
            with pytest.raises(ai.tools.FetchFailed) as caught:
                ai.tools.web_fetch(domains=[domain])(url)
            assert caught.value.reason == "connection", url
            with pytest.raises(ai.tools.FetchFailed) as caught:
                ai.tools.web_fetch(blocked_domains=[domain])(url)
            assert caught.value.reason == "domain", url
