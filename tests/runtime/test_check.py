"""`check` says in a word what is wrong, over real sockets."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

import fluent_ai as ai
import pytest
import trustme
from fluent_ai.client import live
from fluent_ai.manifest.schema import Auth, Manifest, ModelList, Route
from scripted_server import Answer, Server, reply

LIST = ModelList(path="/models", shape="openai")
KEY = "a-secret-key-0123"


def row(url: str, **fields: Any) -> Manifest:
    route = Route(protocol="openai_chat", path="/chat/completions")
    return Manifest(
        **{"id": "acme", "name": "Acme", "docs": "https://acme.test", "base_url": url, "auth": Auth(env=("ACME_KEY",))}
        | {"chat": (route,), "model_list": LIST}
        | fields
    )


def check(url: str, **fields: Any) -> ai.CheckResult:
    with ai.Client(keys={"acme": KEY}, manifests=[row(url, **fields)], retries=0, timeout=2.0) as client:
        return client.check("acme")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (reply(401, {"error": {"message": f"no such key {KEY}"}}), "key"),
        (reply(400, {"error": {"message": "API key not valid", "status": "API_KEY_INVALID"}}), "key"),
        (reply(403, {"error": {"message": "not for you"}}), "permission"),
        (reply(402, {"error": {"message": "pay first"}}), "quota"),
        (reply(429, {"error": {"message": "slow down"}}), "rate limit"),
        (reply(429, {"error": {"message": "no credit", "code": "insufficient_quota"}}), "quota"),
        (reply(404, {"error": {"message": "what?"}}), "address"),
        (reply(200, b"<html>hello</html>", headers={"content-type": "text/html"}), "address"),
        (reply(500, {"error": {"message": "oh no"}}), "provider"),
        (reply(403, {"error": {"code": "unsupported_country_region_territory", "message": "not there"}}), "region"),
        (Answer([None]), "connection"),
    ],
)
def test_what_is_wrong(server: Server, answer: Answer, problem: str) -> None:
    server.answers = [answer]
    result = check(server.url)
    assert (result.ok, result.problem, result.models) == (False, problem, None)
    assert KEY not in str(result.error)


def test_no_such_host_and_nobody_there() -> None:
    assert check("https://no-such-host.invalid").problem == "dns"
    assert check("http://127.0.0.1:9").problem == "connection"


def test_a_certificate_that_nobody_vouches_for() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server = Server(context)
    try:
        url = server.url.replace("http:", "https:")
        assert check(url).problem == "tls"

        async def again() -> ai.CheckResult:
            async with ai.AsyncClient(keys={"acme": KEY}, manifests=[row(url)], retries=0) as client:
                return await client.check("acme")

        assert asyncio.run(again()).problem == "tls"
    finally:
        server.close()


def test_silence(server: Server) -> None:
    server.answers = [Answer([5.0])]
    with ai.Client(keys={"acme": KEY}, manifests=[row(server.url)], retries=0, timeout=0.2) as client:
        assert client.check("acme").problem == "timeout"


def test_a_missing_key_is_said_before_anything_is_sent(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACME_KEY", raising=False)
    with ai.Client(manifests=[row(server.url)]) as client:
        result = client.check("acme")
    assert (result.problem, server.sent) == ("configuration", [])


@pytest.mark.parametrize("listed", [None, ModelList(path="/models", shape="openai", key_required=False)])
def test_where_the_list_proves_nothing_an_empty_request_does(server: Server, listed: ModelList | None) -> None:
    server.answers = [reply(422, {"error": {"message": "model is missing"}})]
    assert check(server.url, model_list=listed).ok
    (sent,) = server.sent
    assert (sent.method, sent.path, sent.body) == ("POST", "/chat/completions", b"{}")
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    server.answers = [reply(401, {"error": {"message": "no"}})]
    assert check(server.url, model_list=listed).problem == "key"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (reply(200, b"<html>", headers={"content-type": "text/html"}), "address"),
        (reply(200, {"choices": []}), "address"),
        (reply(200, b""), "address"),
        (reply(302, b"", headers={"location": "/login"}), "address"),
        (reply(200, {"error": {"message": "Incorrect API key provided", "code": 401}}), "key"),
        (reply(200, {"error": {"message": "model is missing", "code": 400}}), None),
    ],
)
def test_an_empty_request_that_is_accepted_proves_nothing(server: Server, answer: Answer, problem: str | None) -> None:
    server.answers = [answer]
    result = check(server.url, model_list=None)
    assert (result.ok, result.problem) == (problem is None, problem)


def test_a_check_ends_in_time_whatever_the_retries(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """All attempts and pages together; a server that answers nothing would else hold it for minutes."""
    monkeypatch.setattr(live, "CHECK_SECONDS", 0.4)
    server.answers = [Answer([5.0])]
    with ai.Client(keys={"acme": KEY}, manifests=[row(server.url)], retries=6) as client:
        result = client.check("acme")
    assert (result.ok, result.problem) == (False, "timeout")
