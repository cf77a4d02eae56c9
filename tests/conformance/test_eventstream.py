"""The event-stream vectors of botocore, smithy and aws-c-event-stream, whole, byte by byte and two in one chunk."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from eventstream import raw_message
from fluent_ai.errors import ProtocolError
from fluent_ai.framing.aws_eventstream import EventMessage, EventStreamDecoder
from recordings import REASON, recorded

SUITE = recorded("suites", "eventstream", "cases.json")
CASES: dict[str, list[dict[str, Any]]] = (
    json.loads(SUITE.read_text(encoding="utf-8")) if SUITE.exists() else {"positive": [], "negative": []}
)
pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def decode(pieces: Iterable[bytes]) -> list[EventMessage]:
    decoder = EventStreamDecoder()
    return [message for piece in pieces for message in decoder.feed(piece)]


def plain(value: object) -> object:
    """A header's value as the suite's first spelling writes it."""
    match value:
        case bytes():
            return {"b64": base64.b64encode(value).decode()}
        case datetime():
            return {"timestamp_ms": (value - EPOCH) // timedelta(milliseconds=1)}
        case UUID():
            return str(value)
        case _:
            return value


def official(value: object) -> object:
    """A header's value as the official vectors write it, where text is base64 as well."""
    match plain(value):
        case {"b64": text}:
            return text
        case {"timestamp_ms": number}:
            return number
        case str() as text:
            data = UUID(text).bytes if isinstance(value, UUID) else text.encode()
            return base64.b64encode(data).decode()
        case other:
            return other


def check(case: dict[str, Any], message: EventMessage) -> None:
    if "decoded" in case:
        rows = case["decoded"]["headers"]
        assert {name: official(value) for name, value in message.headers.items()} == {
            row["name"]: row["value"] for row in rows
        }
        assert message.payload == base64.b64decode(case["decoded"]["payload"])
    if "payload_b64" in case:
        assert message.payload == base64.b64decode(case["payload_b64"])
    if "headers" in case:
        assert message.headers.keys() == case["headers"].keys()
    for name, wanted in case.get("headers", {}).items():
        assert wanted in spellings(message.headers[name]), name


def spellings(value: object) -> tuple[object, ...]:
    """botocore gives times as integers and UUIDs as bytes; both are the same value."""
    match value:
        case datetime():
            return plain(value), (value - EPOCH) // timedelta(milliseconds=1)
        case UUID():
            return plain(value), plain(value.bytes)
        case _:
            return (plain(value),)


@pytest.mark.parametrize("case", CASES["positive"], ids=lambda case: case["id"])
def test_good_message(case: dict[str, Any]) -> None:
    data = base64.b64decode(case["encoded_b64"])
    (message,) = decode([data])
    check(case, message)
    assert decode(data[i : i + 1] for i in range(len(data))) == [message]
    assert decode([data + data]) == [message, message]
    assert decode([data + data[:7], data[7:]]) == [message, message]


@pytest.mark.parametrize("case", CASES["negative"], ids=lambda case: case["id"])
def test_bad_message(case: dict[str, Any]) -> None:
    data = base64.b64decode(case["encoded_b64"]) if "encoded_b64" in case else raw_message(bytes(1_048_560), b"")
    for pieces in ([data], [data[i : i + 1] for i in range(len(data))]):
        with pytest.raises(ProtocolError, match="^event stream: "):
            decode(pieces)
    seen = []
    with pytest.raises(ProtocolError):
        for message in EventStreamDecoder().feed(raw_message(b"", b"before") + data):
            seen.append(message)
    assert seen == [EventMessage({}, b"before")]
