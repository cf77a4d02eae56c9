"""Azure's ways of proving who calls: a key, a token, and the identities of azure-identity over loopback sockets."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import fluent_ai as ai
import pytest
from fluent_ai.auth.azure import AzureTokens
from scripted_server import Answer, Server, reply, sse, stream, text_chunks

HELLO = stream(sse(*text_chunks("Hello")))
SCOPE = "https://cognitiveservices.azure.com/.default"


class AccessToken(NamedTuple):
    token: str
    expires_on: int


class Credential:
    """What azure-identity's credentials look like."""

    def __init__(self) -> None:
        self.scopes: list[tuple[str, ...]] = []

    def get_token(self, *scopes: str) -> AccessToken:
        self.scopes.append(scopes)
        return AccessToken(f"entra-token-{len(self.scopes)}", int(time.time()) + 3600)


def client(server: Server, key: Any = None) -> ai.Client:
    keys = {} if key is None else {"azure": key}
    return ai.Client(keys=keys, base_urls={"azure": server.url}, retries=0)


def test_a_key_goes_before_a_token(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.say(HELLO)
    monkeypatch.setenv("AZURE_OPENAI_AD_TOKEN", "entra-token")
    with client(server) as azure:
        azure.complete("azure:my-deployment", "hi")
        monkeypatch.setenv("AZURE_OPENAI_API_KEY", "azure-key")
        azure.complete("azure:my-deployment", "hi")
        azure.set_key("azure", Credential())
        azure.complete("azure:my-deployment", "hi")
    shown = [(sent.headers.get("authorization"), sent.headers.get("api-key")) for sent in server.sent]
    assert shown == [("Bearer entra-token", None), (None, "azure-key"), ("Bearer entra-token-1", None)]


def test_a_credential_is_asked_for_the_scope_once_and_again_when_refused(server: Server) -> None:
    credential = Credential()
    server.say(HELLO, HELLO, reply(401, {"error": {"message": "expired"}}), HELLO)
    with client(server, credential) as azure:
        for _ in range(3):
            assert azure.complete("azure:my-deployment", "hi").text == "Hello"
    assert credential.scopes == [(SCOPE,)] * 2
    assert server.sent[-1].headers["authorization"] == "Bearer entra-token-2"


class TestLibrary:
    """azure-identity itself."""

    @pytest.fixture(autouse=True)
    def library(self) -> None:
        pytest.importorskip("azure.identity", reason="the extra azure is not installed")

    @pytest.fixture
    def identity(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
        """The managed identity of an App Service."""
        issuer = Server()
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{issuer.url}/msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", "a-secret-header")
        monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential")
        yield issuer
        issuer.close()

    def issued(self) -> Answer:
        end = str(int(time.time()) + 3600)
        return reply(200, {"access_token": "managed-token", "expires_on": end, "resource": "r", "token_type": "Bearer"})

    def test_a_managed_identity(self, server: Server, identity: Server) -> None:
        server.say(HELLO)
        identity.say(self.issued())
        with client(server) as azure:
            azure.complete("azure:my-deployment", "hi")
            azure.complete("azure:my-deployment", "hi")
            assert next(status for status in azure.providers() if status.id == "azure").ready
        assert [sent.headers["authorization"] for sent in server.sent] == ["Bearer managed-token"] * 2
        (asked,) = identity.sent
        assert asked.headers["x-identity-header"] == "a-secret-header"
        assert parse_qs(urlsplit(asked.path).query)["resource"] == ["https://cognitiveservices.azure.com"]

    @pytest.mark.parametrize("answer", [reply(200, b"hunter2-secret"), reply(400, {"message": "hunter2-secret"})])
    def test_what_the_identity_answers_is_not_repeated(
        self, answer: Answer, server: Server, identity: Server, caplog: pytest.LogCaptureFixture
    ) -> None:
        identity.say(answer)
        with client(server) as azure, pytest.raises(ai.FluentError, match="Entra ID") as caught:
            azure.complete("azure:my-deployment", "hi")
        assert "hunter2" not in str(caught.value) + repr(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__
        assert server.sent == []

    def test_no_identity_at_all(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential")
        with client(server) as azure:
            status = next(status for status in azure.providers() if status.id == "azure")
            assert not status.ready
            assert "AZURE_OPENAI_AD_TOKEN" in status.reason
            with pytest.raises(ai.FluentError, match="Entra ID"):
                azure.complete("azure:my-deployment", "hi")
        assert server.sent == []

    def test_errors_of_the_library_are_typed(self) -> None:
        from azure.core.exceptions import ClientAuthenticationError, ServiceRequestError

        class Failing:
            def __init__(self, error: Exception) -> None:
                self.error = error

            def get_token(self, *scopes: str) -> AccessToken:
                raise self.error

        for error, kind, message in [
            (ClientAuthenticationError("AADSTS700016: hunter2 not found. AADSTS700016"), ai.AuthError, "AADSTS700016"),
            (ServiceRequestError("hunter2"), ai.ConnectionFailed, "cannot be reached"),
            (ValueError("hunter2"), ai.ConfigError, "no usable identity"),
        ]:
            with pytest.raises(kind, match=message) as caught:
                AzureTokens(SCOPE, Failing(error))()
            assert "hunter2" not in str(caught.value)


def test_without_the_library_the_extra_is_named(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("azure.identity")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "azure.identity", None)
    with client(server) as azure, pytest.raises(ai.ConfigError, match=r"azure: no key\. .*fluent-ai\[azure\]"):
        azure.complete("azure:my-deployment", "hi")


def test_the_scope_is_that_of_the_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("azure.core", reason="the extra azure is not installed")
    credential = Credential()
    for host, ending in (("https://login.microsoftonline.us/", "us"), ("login.chinacloudapi.cn", "cn"), ("", "com")):
        monkeypatch.setenv("AZURE_AUTHORITY_HOST", host)
        AzureTokens(SCOPE, credential)()
        assert credential.scopes[-1] == (f"https://cognitiveservices.azure.{ending}/.default",)
