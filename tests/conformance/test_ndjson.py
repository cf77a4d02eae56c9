"""Lines of JSON by the published cases, however they are cut."""

from __future__ import annotations

import base64
import json
from typing import Any

import msgspec
import pytest
from fluent_ai.errors import ProtocolError
from fluent_ai.framing.ndjson import NDJSONDecoder
from fluent_ai.protocols.chat.ollama_chat_parser import OllamaChatParser
from recordings import REASON, recorded

PATH = recorded("suites", "sse", "ndjson_cases.json")
CASES: list[dict[str, Any]] = json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else []
pytestmark = pytest.mark.skipif(not CASES, reason=REASON)


def lines(pieces: list[bytes]) -> list[bytes]:
    decoder = NDJSONDecoder()
    return [line for piece in pieces for line in decoder.feed(piece)] + decoder.finish()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_lines(case: dict[str, Any]) -> None:
    pieces = [base64.b64decode(chunk) for chunk in case["chunks_b64"]]
    found = lines(pieces)
    data = b"".join(pieces)
    assert lines([data]) == found
    assert lines([data[i : i + 1] for i in range(len(data))]) == found
    for cut in range(len(data)):
        assert lines([data[:cut], data[cut:]]) == found
    if "error" not in case:
        assert [msgspec.json.decode(line) for line in found] == case["values"]
        return
    parser = OllamaChatParser("acme")
    parser.feed(data)
    with pytest.raises(ProtocolError) as caught:
        parser.finish()
    assert caught.value.__cause__ is caught.value.__context__ is None
    for secret in case["error"].rpartition(": ")[2].split(", "):
        assert secret not in f"{caught.value!r} {caught.value}"
