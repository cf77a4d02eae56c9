"""Credentials of every kind stay out of messages, however a server repeats them."""

from __future__ import annotations

import pytest
from fluent_ai.http.redact import redact

SECRET = "hunter2-Aa0/Bb1+Cc2"


@pytest.mark.parametrize(
    "said",
    [
        "Authorization: Bearer {}",
        "x-api-key: {}",
        "api-key={}",
        '{{"secret_access_key": "{}"}}',
        '{{"SecretAccessKey":"{}"}}',
        '{{"SessionToken": "{}"}}',
        "AWS_SECRET_ACCESS_KEY={}",
        "see https://h.example/?X-Amz-Security-Token={}&x=1",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/r/s/aws4_request, SignedHeaders=host, Signature={}",
        '{{"refresh_token": "{}", "client_secret": "{}"}}',
        "grant_type=x&assertion={}",
        "-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----",
    ],
)
def test_what_looks_like_a_credential_is_masked(said: str) -> None:
    assert SECRET not in redact("it said " + said.format(SECRET, SECRET))


@pytest.mark.parametrize(
    "said", ["the token limit is 4096", "max_tokens: 4096 is too many", "no key was given", "keys"]
)
def test_what_only_speaks_of_them_is_not(said: str) -> None:
    assert redact(said) == said


@pytest.mark.parametrize("secret", ["short", "a+b.c*(d)", "日本語の鍵"])
def test_known_secrets_are_masked_as_they_are(secret: str) -> None:
    assert secret not in redact(f"wrong: <{secret}>", [secret])
