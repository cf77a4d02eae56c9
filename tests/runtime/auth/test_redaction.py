"""Credentials of every kind stay out of messages, however a server repeats them."""

from __future__ import annotations

import json
import pickle
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote

import fluent_ai as ai
import pytest
from fluent_ai.http.redact import MASK, SHORTEST_PIECE, mask, redact
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, manifest_for, reply

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


KEY = "acme/key+with=odd%chars-0123456789"
FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "start": lambda key: key[: len(key) // 2],
    "end": lambda key: key[len(key) // 2 :],
    "json": lambda key: key.replace("/", "\\/"),
    "url": lambda key: quote(key, safe=""),
    "path": quote,
    "base64": lambda key: b64encode(key.encode()).decode(),
    "base64 after one byte": lambda key: urlsafe_b64encode(b":" + key.encode()).decode(),
    "base64 after two": lambda key: b64encode(b"a:" + key.encode() + b"b").decode(),
    "url in small letters": lambda key: _with_signs(key, "%{:02x}"),
    "url twice": lambda key: quote(quote(key, safe=""), safe=""),
    "json signs": lambda key: _with_signs(key, "\\u{:04X}"),
    "html": lambda key: _with_signs(key, "&#x{:x};"),
    "hexadecimal": lambda key: key.encode().hex(),
}


def _with_signs(key: str, escape: str) -> str:
    return "".join(char if char.isalnum() else escape.format(ord(char)) for char in key)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", ["message", "code", "request id", "another field"])
def test_no_form_of_a_key_stands_in_an_error(server: Server, form: str, place: str) -> None:
    echo = FORMS[form](KEY)
    body = {
        "error": {"message": f"bad {echo}" if place == "message" else "no", "code": echo if place == "code" else "c"}
    }
    if place == "another field":
        body["echo"] = {"sent": echo}
    server.say(reply(401, body, headers={"x-request-id": f"r-{echo}" if place == "request id" else "r"}))
    client = ai.Client(keys={"acme": KEY}, manifests=[manifest_for(server.url)], retries=0)
    with client, pytest.raises(ai.AuthError) as caught:
        client.complete("acme:m", "hi")
    error = caught.value
    assert error.body is not None
    shown = f"{error} {error!r} {json.dumps(error.to_dict())} {error.body!r} {pickle.dumps(error)!r}"
    assert MASK in shown
    for at in range(3, len(echo) - 3 - SHORTEST_PIECE):  # base64 leaves up to three characters on either side
        assert echo[at : at + SHORTEST_PIECE] not in shown


@given(
    st.text("abcABC019+/=-_%", min_size=16, max_size=60),
    st.sampled_from(sorted(FORMS)),
    st.text(max_size=20),
    st.text(max_size=20),
)
def test_any_key_is_masked_in_any_form(key: str, form: str, before: str, after: str) -> None:
    echo = FORMS[form](key)
    assert echo not in redact(f"{before} {echo} {after}", [key])
    assert len(mask(echo.encode(), [key])) <= len(MASK) + 7  # parts of groups that hold a bit of something else


@given(st.text('0123456789 {}":,'), st.text("abcdefgh", min_size=16, max_size=40))
def test_a_body_without_the_key_stays_as_it_is(body: str, key: str) -> None:
    assert mask(body.encode(), [key]) == body.encode()


def test_what_would_steer_a_terminal_is_left_out() -> None:
    said = "no\x1b[2J such\u202e model\x9b31m \u2066x\u2069\x7f\x00"
    assert redact(said) == "no[2J such model31m x"


def test_a_key_that_is_split_by_invisible_characters_is_masked() -> None:
    assert redact("bad \u2066".join(["", KEY[:9] + "\u202d" + KEY[9:]]), [KEY]) == f"bad {MASK}"


@pytest.mark.parametrize("run", ["\\", "%25", "&amp;", "&#0", "25", "+"])
def test_long_runs_of_escapes_are_read_once(run: str) -> None:
    body = (run * 1_000_000)[:1_000_000].encode()
    assert mask(body, ["+a-key+that=begins&with/a sign"]) == body
