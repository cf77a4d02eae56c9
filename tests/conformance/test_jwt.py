"""The assertions that service accounts sign (RS256), byte for byte.

Tokens are signed here and never verified, so of the suites only what signs applies: RFC 7515 A.2 and Google's golden
assertions. The verify vectors of wycheproof and of the RFC 7520 cookbook have nothing to be run against.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import fluent_ai as ai
import pytest
from fluent_ai.auth.google import GoogleTokens
from fluent_ai.auth.tokens import RENEW_BEFORE
from recordings import REASON, recorded
from scripted_server import Server, reply

SUITE = recorded("suites", "jwt")
pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)
pytest.importorskip("google.auth", reason="the extra google is not installed")


def load(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SUITE / name).read_text(encoding="utf-8"))
    return found


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def number(text: str) -> int:
    return int.from_bytes(decoded(text), "big")


def private_key(jwk: dict[str, str]) -> str:
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    n, e, d = (number(jwk[name]) for name in ("n", "e", "d"))
    p, q = rsa.rsa_recover_prime_factors(n, e, d)
    rest = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    key = rsa.RSAPrivateNumbers(p, q, d, *rest, rsa.RSAPublicNumbers(e, n)).private_key()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_rs256_of_rfc_7515() -> None:
    from google.auth.crypt import RSASigner

    case = load("rfc7515_a2.json")
    signature = RSASigner.from_string(private_key(case["jwk"])).sign(case["signing_input"])
    assert signature == decoded(case["signature"])


def test_the_assertion_of_a_service_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Header and claims are Google's; the golden's private key is not published, so ours is that of RFC 7515."""
    from google.auth import _helpers

    golden = load("google_service_account.json")
    case = golden["cases"][0]
    now = datetime.fromisoformat(case["now"]).replace(tzinfo=None)
    monkeypatch.setattr(_helpers, "utcnow", lambda: now)
    server = Server()
    server.say(reply(200, {"access_token": "t", "expires_in": 3600}))
    account = {
        "client_email": case["claims"]["iss"], "private_key": private_key(load("rfc7515_a2.json")["jwk"]),
        "private_key_id": case["header"]["kid"], "token_uri": f"{server.url}/token",
    }  # fmt: skip
    GoogleTokens(case["claims"]["scope"], ai.GoogleServiceAccount(account))()
    server.close()
    (sent,) = server.sent
    form = parse_qs(sent.body.decode())
    assert sent.headers["content-type"] == "application/x-www-form-urlencoded"
    assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    assert form["assertion"][0].split(".")[:2] == case["assertion"].split(".")[:2], "the same bytes are signed"


def test_tokens_are_renewed_when_google_renews_them() -> None:
    assert load("google_service_account.json")["refresh_threshold_s"] == RENEW_BEFORE


@pytest.mark.parametrize("status", [500, 503, 504, 408, 429])
def test_what_passes_is_tried_again(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from google.auth import _exponential_backoff

    golden = load("google_service_account.json")
    assert status in golden["retry"]["statuses"]
    pauses: list[float] = []
    monkeypatch.setattr(_exponential_backoff.time, "sleep", pauses.append)
    server = Server()
    server.say(reply(status, {"error": "x"}), reply(status, {"error": "x"}), reply(200, {"access_token": "t"}))
    account = {
        "client_email": "me", "private_key": private_key(load("rfc7515_a2.json")["jwk"]),
        "token_uri": f"{server.url}/token",
    }  # fmt: skip
    assert GoogleTokens("s", ai.GoogleServiceAccount(account))().text == "t"
    server.close()
    assert [round(pause) for pause in pauses] == [1, 2]
