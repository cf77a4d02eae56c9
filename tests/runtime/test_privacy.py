"""What came or went over the wire never stands in an error, not even in the locals of its traceback's frames."""

from __future__ import annotations

import traceback
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols import CODECS, chat_codec
from scripted_server import Server, reply, stream

WIRE = [
    b'data: {"patient":"hunter22-record","credential":"sk-synthetic-secret-74f1"\n\n',
    b'data: {"choices": "hunter22-record"}\n\n',
    b"data: hunter22-record\n\n",
]


def held_by(error: BaseException) -> str:
    """All that a debugger or an error tracker would show of it."""
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(report.format()) + repr(error) + repr(error.args) + repr(error.__cause__) + repr(error.__context__)


@pytest.mark.parametrize("protocol", CODECS["chat"])
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
