"""The requests for managed identities, as azure-identity makes them when the client asks it for a token."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import fluent_ai as ai
import pytest
from fluent_ai.auth.azure import AzureTokens
from recordings import REASON, recorded
from scripted_server import Server, reply

SUITE = recorded("suites", "azure", "managed_identity.json")
pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)
pytest.importorskip("azure.identity", reason="the extra azure is not installed")

SCOPE = "https://cognitiveservices.azure.com/.default"
RESOURCE = "https://cognitiveservices.azure.com"


@pytest.fixture
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SUITE.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in tuple(os.environ):
        if name.startswith(("AZURE_", "IDENTITY_", "IMDS_", "MSI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential")
    server = Server()
    end = str(int(time.time()) + 3600)
    server.say(reply(200, {"access_token": "t", "expires_on": end, "expires_in": "3600", "token_type": "Bearer"}))
    yield server
    server.close()


def test_app_service(expected: dict[str, Any], issuer: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint, header = expected["app_service"]["env"]
    monkeypatch.setenv(endpoint, f"{issuer.url}/msi/token")
    monkeypatch.setenv(header, "a-secret-header")
    assert AzureTokens(SCOPE)().text == "t"
    (sent,) = issuer.sent
    assert "api-version=2019-08-01" in expected["app_service"]["request"]
    assert parse_qs(urlsplit(sent.path).query) == {"api-version": ["2019-08-01"], "resource": [RESOURCE]}
    (name,) = expected["app_service"]["headers"]
    assert sent.headers[name.lower()] == "a-secret-header"


def test_the_metadata_service_of_a_virtual_machine(
    expected: dict[str, Any], issuer: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    imds = expected["imds"]
    monkeypatch.setenv(imds["env_override"], issuer.url)
    assert AzureTokens(SCOPE)().text == "t"
    sent = issuer.sent[-1]
    wanted = urlsplit(imds["request"].split(" ")[1].partition("[")[0])
    assert (sent.method, urlsplit(sent.path).path) == ("GET", wanted.path)
    version = parse_qs(wanted.query)["api-version"]
    assert parse_qs(urlsplit(sent.path).query) == {"api-version": version, "resource": [RESOURCE]}
    assert sent.headers["metadata"] == imds["headers"]["Metadata"]


def test_no_byte_of_a_malformed_answer_is_shown(
    expected: dict[str, Any], issuer: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import traceback

    assert "no byte of the body" in expected["privacy_anchor"]
    issuer.say(reply(200, b'{"access_token": hunter2-secret'))
    monkeypatch.setenv(expected["imds"]["env_override"], issuer.url)
    with pytest.raises(ai.FluentError) as caught:
        AzureTokens(SCOPE)()
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(caught.value.args)
    assert "hunter2" not in shown
