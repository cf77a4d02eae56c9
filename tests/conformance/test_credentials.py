"""Choosing between Bedrock's ways of proving who calls, as OpenAI's SDKs for it do, and what a retry sends.

Bodies are always bytes here, so that the suite's cases of bodies that cannot be sent twice cannot come up. Its
signatures are in `test_sigv4.py`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.auth.aws import CredentialChain, FixedKeys, SigV4Authenticator
from fluent_ai.auth.base import Authenticator
from fluent_ai.auth.keys import KeyAuthenticator
from fluent_ai.http.blocking import run_blocking
from fluent_ai.http.messages import HttpRequest
from fluent_ai.providers.table import Credentials, ProviderTable
from fluent_ai.resilience.waiting import ThreadWaiting
from recordings import REASON, recorded
from scripted_server import Server, reply
from wire_answers import HELLO

SUITE = recorded("suites")
CASES = SUITE / "sigv4" / "openai-bedrock" / "bedrock_auth" / "v1" / "cases.json"
REDACTION = SUITE / "redaction" / "cases.json"
pytestmark = pytest.mark.skipif(not CASES.exists(), reason=REASON)


def cases(kind: str) -> list[Any]:
    rows = json.loads(CASES.read_text(encoding="utf-8"))["cases"] if CASES.exists() else []
    return [pytest.param(case, id=case["id"]) for case in rows if case["kind"] == kind]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in tuple(os.environ):
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_REGION", "us-east-1")


def given_key(explicit: dict[str, Any]) -> Any:
    """What the suite gives explicitly, as `keys=` takes it: one thing, or a list of several."""
    keys: list[Any] = []
    if "bearer" in explicit:
        keys.append(explicit["bearer"])
    if "aws" in explicit:
        keys.append(ai.AwsKeys(**explicit["aws"]))
    if "profile" in explicit:
        keys.append(ai.AwsProfile(explicit["profile"]))
    return keys[0] if len(keys) == 1 else keys


def chosen(authenticator: Authenticator, *, explicit: bool) -> dict[str, str]:
    """Mode and source, in the suite's words."""
    if isinstance(authenticator, KeyAuthenticator):
        return {"auth_mode": "bearer", "auth_source": "explicit" if explicit else "environment"}
    assert isinstance(authenticator, SigV4Authenticator)
    if isinstance(authenticator._source, FixedKeys):
        return {"auth_mode": "sigv4", "auth_source": "static"}
    assert isinstance(authenticator._source, CredentialChain)
    return {"auth_mode": "sigv4", "auth_source": "profile" if authenticator._source._profile else "default"}


@pytest.mark.parametrize("case", cases("auth_selection"))
def test_selection(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("botocore", reason="the default chain is that of the extra aws")
    given, expected = case["given"], case["expected"]
    assert given["default_chain_available"]
    for name, value in given["environment"].items():
        monkeypatch.setenv(name, value)
    key = given_key(given["explicit"])
    keys = {"bedrock": key} if given["explicit"] else {}
    if "error" in expected:
        assert expected["error"] == "bedrock_conflicting_auth"
        with pytest.raises(ai.ConfigError, match=r"keys\['bedrock'\] is not a list of keys"):
            Credentials(keys)
        return
    row = ProviderTable().get("bedrock")
    endpoint = Credentials(keys).endpoint(row, row.chat[0])
    assert chosen(endpoint.authenticator, explicit=bool(given["explicit"])) == expected


@pytest.mark.parametrize("case", cases("retry_signing"))
def test_a_retry_takes_keys_and_time_anew(case: dict[str, Any]) -> None:
    from datetime import datetime

    from fluent_ai.auth.aws import Clock

    given, expected = case["given"], case["expected"]
    times = (datetime.fromisoformat(text).timestamp() for text in given["timestamps"])
    asked: list[str] = []

    class Provider(FixedKeys):
        def current(self) -> ai.AwsKeys:
            asked.append(given["access_key_ids"][len(asked)])
            return ai.AwsKeys(asked[-1], "secret")

    authenticator = SigV4Authenticator(
        Provider(ai.AwsKeys("a", "s")), "us-east-1", "bedrock", Clock(lambda: next(times))
    )
    body = base64.b64decode(given["body_base64"])
    request = HttpRequest("POST", "https://bedrock-mantle.us-east-1.api.aws/openai/v1/responses", {}, body)
    sent = [run_blocking(authenticator.authorize(request, ThreadWaiting())) for _ in given["response_statuses"]]
    assert (len(sent), len(asked)) == (expected["attempts"], expected["credential_provider_calls"])
    assert [each.headers["x-amz-date"] for each in sent] == expected["x_amz_dates"]
    assert [hashlib.sha256(each.body).hexdigest() for each in sent] == expected["body_sha256"]


@pytest.mark.parametrize("case", cases("body_replay"))
def test_a_body_is_sent_again_as_it_was(case: dict[str, Any]) -> None:
    if case["given"]["body_kind"] != "bytes":
        assert HttpRequest.__annotations__["body"] == "bytes", "no other body can be given"
        return
    server = Server()
    answers = {500: reply(500, b""), 200: HELLO["bedrock_converse"]}
    server.say(*(answers[status] for status in case["given"]["response_statuses"]))
    with ai.Client(keys={"bedrock": ai.AwsKeys("AKID", "secret")}, base_urls={"bedrock": server.url}) as client:
        assert client.complete("bedrock:m", "hi").text == "Hello"
    server.close()
    assert len(server.sent) == case["expected"]["attempts"]
    assert server.sent[0].body == server.sent[1].body


@pytest.mark.parametrize("case", cases("redaction"))
def test_headers_are_not_shown_at_all(case: dict[str, Any]) -> None:
    shown = repr(HttpRequest("GET", "https://h.example/?sig=a-secret", case["given"]["headers"]))
    for secret in (*case["expected"]["forbidden_substrings"], "a-secret"):
        assert secret not in shown


def test_headers_of_the_redaction_suite_are_not_shown() -> None:
    rows = json.loads(REDACTION.read_text(encoding="utf-8"))["header_redaction"]
    assert len(rows) == 4
    for row in rows:
        shown = repr(HttpRequest("GET", "https://h.example/", row["in"]))
        assert not any(value in shown for value in row["in"].values() if len(value) > 1)
