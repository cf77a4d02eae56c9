"""What leaves: bodies that are JSON, headers that are one line each, limits of time that the libraries can count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.http.messages import Timeouts
from fluent_ai.manifest.schema import Route
from scripted_server import Server, manifest_for, reply

CYCLE: dict[str, Any] = {}
CYCLE["again"] = CYCLE

Call = Callable[[ai.Client, str, dict[str, Any]], object]
CALLS: list[Call] = [
    lambda client, text, options: client.complete("acme:m", text, **options),
    lambda client, text, options: client.embed("acme:m", text, **options),
    lambda client, text, options: client.image("acme:m", text, **options),
    lambda client, text, options: client.transcribe("acme:m", b"RIFF0000WAVEfmt ", prompt=text, **options),
]


@pytest.fixture
def wide(server: Server) -> ai.Client:
    """A client of a provider with several verbs, at a server that refuses everything."""
    server.say(reply(400, {"error": {"message": "no"}}))
    row = manifest_for(
        server.url,
        embeddings=(Route(protocol="openai_embeddings", path="/embeddings"),),
        images=(Route(protocol="openai_images", path="/images"),),
        transcription=(Route(protocol="openai_transcription", path="/transcriptions"),),
    )
    return ai.Client(keys={"acme": "k"}, manifests=[row], retries=0)


@pytest.mark.parametrize("call", CALLS[:3])
@pytest.mark.parametrize(
    ("text", "extra", "reason"),
    [
        ("hunter22\ud800", {}, "the request cannot be written as JSON: .*a text holds a lone surrogate"),
        ("hi", {"x": "hunter22\udfff"}, "the request cannot be written as JSON: .*a text holds a lone surrogate"),
        (
            "hi",
            {"x": object()},
            "the request cannot be written as JSON: .*Encoding objects of type object is unsupported",
        ),
        ("hi", {("hunter22",): 1}, "extra_body has a key of type tuple"),
        ("hi", CYCLE, "the request cannot be written as JSON: .*recursion"),
    ],
)
def test_what_is_no_json_is_refused_before_it_is_sent(
    server: Server, wide: ai.Client, call: Call, text: str, extra: Any, reason: str
) -> None:
    with wide, pytest.raises(ai.ConfigError, match=reason) as caught:
        call(wide, text, {"extra_body": extra})
    assert "hunter22" not in str(caught.value)
    assert caught.value.__context__ is None
    assert server.sent == []


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("value", [None, 7, b"hunter22", ["hunter22"]])
def test_a_header_is_a_text(server: Server, wide: ai.Client, call: Call, value: Any) -> None:
    with wide, pytest.raises(ai.ConfigError, match=r"extra_headers\['x-a'\] is of type .*; allowed: str") as caught:
        call(wide, "hi", {"extra_headers": {"x-a": value}})
    assert "hunter22" not in str(caught.value)
    with pytest.raises(ai.ConfigError, match=r"headers\['x-a'\] is of type"):
        ai.Client(headers={"x-a": value})
    assert server.sent == []


@pytest.mark.parametrize("name", ["Content-Length", "transfer-encoding"])
def test_the_length_of_a_body_is_nobody_elses_to_say(server: Server, wide: ai.Client, name: str) -> None:
    with wide, pytest.raises(ai.ConfigError, match=f"the header '{name.lower()}' is given; allowed: any but"):
        wide.complete("acme:m", "hi", extra_headers={name: "5"})
    assert server.sent == []


@pytest.mark.parametrize(
    "timeout",
    [0, -1, True, "5", float("inf"), float("nan"), 1e10, 10**400, Timeouts(read=-1.0), Timeouts(connect=float("inf"))],
)
def test_a_timeout_is_a_time(timeout: Any) -> None:
    for make in (ai.Client, ai.AsyncClient):
        with pytest.raises(ai.ConfigError, match="allowed: seconds above 0, up to 1e"):
            make(timeout=timeout)


@pytest.mark.parametrize("timeout", [None, 3, 2.5, Timeouts(read=None), Timeouts(2.0, 2.0, 2.0, 2.0, 2.0)])
def test_time_may_be_limited_or_not(server: Server, timeout: Any) -> None:
    server.say(reply(400, {"error": {"message": "no"}}))
    with (
        ai.Client(keys={"acme": "k"}, manifests=[manifest_for(server.url)], timeout=timeout) as client,
        pytest.raises(ai.InvalidRequest),
    ):
        client.complete("acme:m", "hi")
