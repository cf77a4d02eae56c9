"""What came or went over the wire never stands in an error, not even in the locals of its traceback's frames."""

from __future__ import annotations

import asyncio
import logging
import traceback
from typing import Any

import fluent_ai as ai
import httpx2
import pytest
from fluent_ai.auth.google import GoogleServiceAccount
from fluent_ai.auth.sigv4 import AwsKeys
from fluent_ai.auth.tokens import Token
from fluent_ai.content.requests import ChatRequest
from fluent_ai.http.messages import AsyncTransport, HttpRequest
from fluent_ai.http.transports import default_async_transport
from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport
from fluent_ai.manifest.schema import Route
from fluent_ai.protocols.table import chat_codec, codecs
from rich.pretty import pretty_repr
from scripted_server import Server, manifest_for, reply, stream

WIRE = [
    b'data: {"patient":"hunter22-record","credential":"sk-synthetic-secret-74f1"\n\n',
    b'data: {"choices": "hunter22-record"}\n\n',
    b"data: hunter22-record\n\n",
]


def held_by(error: BaseException) -> str:
    """All that a debugger or an error tracker would show of it."""
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(report.format()) + repr(error) + repr(error.args) + repr(error.__cause__) + repr(error.__context__)


@pytest.mark.parametrize("protocol", codecs("chat"))
@pytest.mark.parametrize("body", WIRE)
def test_malformed_answers_stay_out_of_parse_errors(protocol: str, body: bytes) -> None:
    parser = chat_codec(protocol).parser("acme")
    with pytest.raises(ai.FluentError) as caught:
        parser.feed(body)
        parser.finish()
    error = caught.value
    frames = traceback.extract_tb(error.__traceback__)
    assert [frame.name for frame in frames][1:] == ["finish"]
    assert "hunter22" not in str(error) + repr(error)
    assert error.__context__ is None


@pytest.mark.parametrize("body", WIRE)
def test_malformed_answers_stay_out_of_a_streams_errors(server: Server, client: ai.Client, body: bytes) -> None:
    server.say(stream([body]))
    assert_private(client)


@pytest.mark.parametrize("status", [200, 400, 500])
def test_refusals_keep_the_rest_of_the_body_to_themselves(server: Server, client: ai.Client, status: int) -> None:
    body: Any = {"error": {"message": "no"}, "echo": "hunter22-record"}
    server.say(reply(status, body, headers={"x-should-retry": "false", "set-cookie": "hunter22"}))
    assert_private(client)


def chain(error: BaseException | None) -> str:
    """Every frame's locals and every attribute, along the chain that `from None` only hides."""
    shown = []
    while error is not None:
        frames = traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), capture_locals=True)
        inside = [frame for frame in frames if frame.filename != __file__]
        request = getattr(error, "_request", None)  # httpx2 keeps it, with its headers
        shown.append(f"{[frame.locals for frame in inside]} {vars(error)} {request and request.headers.raw}")
        error = error.__context__
    return "".join(shown)


@pytest.mark.parametrize("verb", ["complete", "embed", "models"])
@pytest.mark.parametrize("failure", ["nobody", "refused", "broken", "proxy"])
def test_no_key_stands_in_what_an_error_holds(
    server: Server, verb: str, failure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "acme-secret-key"
    url = "http://127.0.0.1:1" if failure == "nobody" else server.url
    if failure == "proxy":
        monkeypatch.setenv("HTTP_PROXY", "foo://user:acme-secret-key@127.0.0.1")
        monkeypatch.setenv("NO_PROXY", "")
    answer = reply(401, {"error": {"message": f"not a key: {secret}"}, "sent": secret})
    server.say(stream([b"data: {"], end=False) if failure == "broken" else answer)
    row = manifest_for(url, embeddings=(Route(protocol="openai_embeddings", path="/embeddings"),))
    with ai.Client(keys={"acme": [secret, "other-secret-key"]}, manifests=[row], retries=0) as client:
        with pytest.raises(ai.FluentError) as caught:
            client.models("acme") if verb == "models" else getattr(client, verb)("acme:m", "hi")
        assert "-secret-key" not in chain(caught.value)


def test_no_key_stands_in_the_logs_of_any_library(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "acme-secret-key"
    server.say(reply(401, {"error": {"message": secret}}, headers={"x-echo": secret, "set-cookie": secret}))
    row = manifest_for(server.url, chat=(Route(protocol="openai_chat", path=f"/chat?key={secret}"),))
    settings: Any = {"keys": {"acme": secret}, "manifests": [row], "retries": 0}
    with ai.Client(**settings) as client, pytest.raises(ai.AuthError):
        client.complete("acme:m", "hi")

    async def ask(transport: AsyncTransport) -> None:
        async with ai.AsyncClient(**settings, transport=transport) as client:
            with pytest.raises(ai.AuthError):
                await client.complete("acme:m", "hi")
        await transport.close()

    asyncio.run(ask(AsyncHttpx2Transport()))
    asyncio.run(ask(default_async_transport()))
    assert "receive_response_headers.complete return_value=(b'HTTP/1.1', 401" in caplog.text
    assert secret not in caplog.text


def test_requests_of_others_are_logged_as_ever(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.say(reply(200, b"{}", headers={"x-echo": "visible"}))
    httpx2.get(server.url)
    assert "visible" in caplog.text


def test_rich_shows_no_more_than_a_repr() -> None:
    message = ai.Message("user", (ai.TextPart("hunter22"),))
    held = [
        message,
        HttpRequest("POST", "https://acme.example/?key=hunter22", {"authorization": "hunter22"}, b"hunter22"),
        AwsKeys("hunter22", "hunter22", "hunter22"),
        GoogleServiceAccount({"private_key": "hunter22"}),
        Token("hunter22", None, {"x": "hunter22"}),
        ChatRequest(model="m", messages=(message,), system="hunter22", extra_headers={"x-api-key": "hunter22"}),
    ]
    for value in held:
        assert pretty_repr(value) == repr(value)
        assert "hunter22" not in repr(value)


def assert_private(client: ai.Client) -> None:
    def ask() -> None:
        client.complete("acme:m", "hunter22-prompt", system="hunter22-system")

    with pytest.raises(ai.FluentError) as caught:
        ask()
    error = caught.value
    body, error.body = error.body, None
    try:
        assert "hunter22" not in str(error) + repr(error)
        shown = held_by(error.with_traceback(None))
        assert "hunter22" not in shown
    finally:
        error.body = body
