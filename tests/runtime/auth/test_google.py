"""Google's access tokens, from a token server on the loopback interface."""

from __future__ import annotations

import base64
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import fluent_ai as ai
import pytest
from fluent_ai.auth import google
from fluent_ai.auth.google import GoogleTokens
from fluent_ai.manifest.schema import Auth
from scripted_server import Answer, Server, manifest_for, reply, sse, stream, text_chunks

pytest.importorskip("google.auth", reason="the extra google is not installed")

SCOPE = "https://www.googleapis.com/auth/cloud-platform"
HELLO = stream(sse(*text_chunks("Hello")))
GOOGLE = Auth(scheme="google", scope=SCOPE)


@pytest.fixture(scope="module")
def private_key() -> str:
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture
def issuer() -> Iterator[Server]:
    """The token server: ya29.token-1, ya29.token-2, ..."""
    server = Server()
    server.say(lambda sent: issued(len(server.sent)))
    yield server
    server.close()


def issued(number: int, life: int = 3600) -> Answer:
    return reply(200, {"access_token": f"ya29.token-{number}", "expires_in": life, "token_type": "Bearer"})


@pytest.fixture
def account(issuer: Server, private_key: str) -> dict[str, str]:
    """A service account's key file."""
    return {
        "type": "service_account", "client_email": "me@project.example", "private_key": private_key,
        "private_key_id": "1", "token_uri": f"{issuer.url}/token", "project_id": "my-project",
    }  # fmt: skip


def client(server: Server, key: object = None) -> ai.Client:
    keys: Any = {} if key is None else {"acme": key}
    return ai.Client(keys=keys, manifests=[manifest_for(server.url, auth=GOOGLE)], retries=0)


def used(server: Server) -> list[str]:
    return [sent.headers["authorization"] for sent in server.sent]


@pytest.mark.parametrize("form", ["file", "content", "environment"])
def test_a_service_account(
    form: str, server: Server, issuer: Server, account: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key.json"
    file.write_text(json.dumps(account))
    key: ai.GoogleServiceAccount | None = ai.GoogleServiceAccount(account if form == "content" else file)
    if form == "environment":
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
        key = None
    server.say(HELLO)
    with client(server, key) as google_client:
        assert google_client.complete("acme:m", "hi").text == "Hello"
        google_client.complete("acme:m", "hi")
        assert next(status for status in google_client.providers() if status.id == "acme").ready
    assert used(server) == ["Bearer ya29.token-1"] * 2
    (asked,) = issuer.sent
    form_fields = parse_qs(asked.body.decode())
    assert form_fields["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    header, claims, _ = form_fields["assertion"][0].split(".")
    assert json.loads(base64.urlsafe_b64decode(header + "==")) == {"typ": "JWT", "alg": "RS256", "kid": "1"}
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert (said["iss"], said["scope"]) == ("me@project.example", SCOPE)
    assert said["exp"] - said["iat"] == 3600


def test_credentials_of_a_user_carry_their_project(
    server: Server, issuer: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = {
        "type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r",
        "quota_project_id": "billed-project", "token_uri": f"{issuer.url}/token",
    }  # fmt: skip
    folder = tmp_path / "gcloud"
    folder.mkdir()
    (folder / "application_default_credentials.json").write_text(json.dumps(user))
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(folder))
    from google.oauth2 import credentials

    monkeypatch.setattr(credentials, "_GOOGLE_OAUTH2_TOKEN_ENDPOINT", f"{issuer.url}/token")
    server.say(HELLO)
    with client(server) as google_client:
        google_client.complete("acme:m", "hi")
    assert server.sent[0].headers["x-goog-user-project"] == "billed-project"


def test_a_token_that_ends_in_mid_run_is_replaced(server: Server, account: dict[str, str]) -> None:
    server.say(lambda sent: reply(401, {"error": {"message": "expired"}}) if "token-1" in used(server)[-1] else HELLO)
    with client(server, ai.GoogleServiceAccount(account)) as google_client:
        for _ in range(2):
            assert google_client.complete("acme:m", "hi").text == "Hello"
    assert [token[-1] for token in used(server)] == ["1", "2", "2"]


def test_fifty_calls_at_once_ask_for_one_token(server: Server, issuer: Server, account: dict[str, str]) -> None:
    server.say(HELLO)
    with client(server, ai.GoogleServiceAccount(account)) as google_client:
        threads = [threading.Thread(target=google_client.complete, args=("acme:m", "hi")) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(issuer.sent) == 1
    assert used(server) == ["Bearer ya29.token-1"] * 50


def test_what_the_token_server_refuses(server: Server, issuer: Server, account: dict[str, str]) -> None:
    issuer.say(reply(400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}))
    with client(server, ai.GoogleServiceAccount(account)) as google_client:
        with pytest.raises(ai.AuthError, match=r"invalid_grant: Invalid JWT Signature\.") as caught:
            google_client.complete("acme:m", "hi")
        assert caught.value.provider == "acme"
        assert caught.value.__cause__ is None
    assert server.sent == []


@pytest.mark.parametrize(
    "body",
    [b"not json: hunter2-secret", b'{"access_token": "hunter2-secret"', b'["hunter2-secret"]', b'"hunter2-secret"'],
)
@pytest.mark.parametrize("status", [200, 400])
def test_a_malformed_answer_is_not_repeated(
    body: bytes, status: int, server: Server, issuer: Server, account: dict[str, str]
) -> None:
    issuer.say(reply(status, body))
    with client(server, ai.GoogleServiceAccount(account)) as google_client, pytest.raises(ai.FluentError) as caught:
        google_client.complete("acme:m", "hi")
    assert "hunter2" not in repr(caught.value) + str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_token_server_that_is_not_there(account: dict[str, str]) -> None:
    account["token_uri"] = "http://127.0.0.1:9/token"
    with pytest.raises(ai.ConnectionFailed, match="Google's token server"):
        GoogleTokens(SCOPE, ai.GoogleServiceAccount(account))()


@pytest.mark.parametrize("content", ["{", "{}", '{"type": "service_account", "private_key": "hunter2-secret"}'])
def test_a_key_file_that_is_none(content: str, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text(content)
    for key in (file, tmp_path / "nowhere.json"):
        with (
            client(server, ai.GoogleServiceAccount(key)) as google_client,
            pytest.raises(
                ai.ConfigError, match=r"Google's credentials cannot be used .*GoogleServiceAccount"
            ) as caught,
        ):
            google_client.complete("acme:m", "hi")
        assert "hunter2" not in str(caught.value)


def test_no_other_http_library_is_needed(account: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "requests", None)
    monkeypatch.setitem(sys.modules, "urllib3", None)
    assert GoogleTokens(SCOPE, ai.GoogleServiceAccount(account))().text == "ya29.token-1"


def test_a_token_of_the_callers_own(server: Server, issuer: Server) -> None:
    server.say(HELLO)
    with client(server, "ya29.my-own") as google_client:
        google_client.complete("acme:m", "hi")
    assert used(server) == ["Bearer ya29.my-own"]
    assert issuer.sent == []


def test_what_is_missing_is_said_without_asking_anybody(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with client(server) as google_client:
        status = next(status for status in google_client.providers() if status.id == "acme")
        assert not status.ready
        assert "GOOGLE_APPLICATION_CREDENTIALS" in status.reason
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nowhere.json"))
        assert google.problem() == "GOOGLE_APPLICATION_CREDENTIALS does not name a file"
        monkeypatch.setitem(sys.modules, "google.auth", None)
        with pytest.raises(ai.ConfigError, match=r"acme: no key\. .*pip install 'fluent-ai\[google\]'"):
            google_client.stream("acme:m", "hi")


def test_nothing_shows_the_account(account: dict[str, str]) -> None:
    assert repr(ai.GoogleServiceAccount(account)) == "GoogleServiceAccount(...)"


def test_nothing_is_sent_to_build_a_request(issuer: Server, account: dict[str, str], tmp_path: Path) -> None:
    from fluent_ai.protocols import build_request

    file = tmp_path / "key.json"
    file.write_text(json.dumps(account))
    row = ai.register_provider(manifest_for("https://acme.example", id="acmecloud", auth=GOOGLE))
    try:
        with pytest.raises(ai.ConfigError, match="nothing is sent here"):
            build_request(row.id, "m", "hi")
    finally:
        ai.unregister_provider(row.id)
    assert issuer.sent == []
