"""The JSON vectors by which trusted parsers are tested: strict documents, and JSON that was cut anywhere."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from typing import Any

import pytest
from fluent_ai.content.fold import parse_tool_call
from fluent_ai.errors import InvalidJSON
from fluent_ai.schema.partial_json import PartialJSON, parse_partial
from recordings import REASON, recorded

SUITES = recorded("suites", "json")

pytestmark = pytest.mark.skipif(not SUITES.exists(), reason=REASON)


def load(name: str) -> Any:
    return json.loads((SUITES / name).read_text(encoding="utf-8"))


def outcome(data: bytes) -> tuple[str, str]:
    """The value with its types, or that there is none."""
    try:
        return "value", repr(parse_partial(data))
    except InvalidJSON:
        return "error", ""


def strict(data: bytes, step: int) -> object:
    """The whole document, fed in pieces of `step` bytes."""
    reader = PartialJSON()
    for at in range(0, len(data), step):
        reader.feed(data[at : at + step])
    return reader.finish()


def test_every_prefix_of_the_goldens() -> None:
    wrong: list[tuple[str, int]] = []
    count = 0
    for document in load("jiter_prefix_goldens.json")["docs"]:
        data = base64.b64decode(document["bytes_b64"])
        reader = PartialJSON()
        for length, either in enumerate(document["prefixes"]):
            expected = either.get("both") or either["trailing-strings"]
            wanted = ("error", "") if "error" in expected else ("value", repr(expected["value"]))
            reader.feed(data[length - 1 : length] if length else b"")
            grown = ("value", repr(reader.value)) if reader.started else ("error", "")
            if not outcome(data[:length]) == grown == wanted:
                wrong.append((document["doc"], length))
            count += 1
    assert wrong == []
    assert count > 1000


def test_the_cases_of_the_dialect() -> None:
    cases = [case for case in load("partial_json_cases.json") if case["dialect"] == "jiter-trailing-strings"]
    for case in cases:
        wanted = ("error", "") if case.get("error") else ("value", repr(case["value"]))
        assert outcome(base64.b64decode(case["input_b64"])) == wanted, case["id"]
    assert len(cases) > 10


def test_the_strict_cases() -> None:
    for case in load("partial_json_cases.json"):
        if case["dialect"] != "strict":
            continue
        data = base64.b64decode(case["input_b64"])
        if case.get("error"):
            with pytest.raises(InvalidJSON):
                strict(data, 7)
        else:
            assert strict(data, 7) == case["value"], case["id"]


@pytest.mark.parametrize("step", [1, 13, 1 << 20])
def test_documents_that_are_valid_and_that_are_not(step: int) -> None:
    files = sorted((SUITES / "JSONTestSuite" / "test_parsing").glob("*.json"))
    seen = {"y": 0, "n": 0, "i": 0}
    for file in files:
        data = file.read_bytes()
        seen[file.name[0]] += 1
        if file.name.startswith("y"):
            assert repr(strict(data, step)) == repr(json.loads(data)), file.name
        elif file.name.startswith("n"):
            with pytest.raises(InvalidJSON):
                strict(data, step)
        else:
            with suppress(InvalidJSON):
                strict(data, step)
    assert min(seen.values()) > 20


def test_arguments_of_tool_calls_are_decided_alike() -> None:
    """The parser of whole arguments accepts no document that is not JSON, and never crashes."""
    for file in sorted((SUITES / "JSONTestSuite" / "test_parsing").glob("*.json")):
        text = file.read_text(encoding="utf-8", errors="surrogateescape")
        call = parse_tool_call("1", "f", text)
        if file.name.startswith("n") and text.strip():
            assert not call.valid, file.name
            assert call.arguments == text
        if file.name.startswith("y"):
            value = json.loads(text)
            assert call.valid is isinstance(value, dict), file.name
            assert call.arguments == (value if call.valid else text), file.name


def test_keys_of_other_languages_prototypes_are_plain_keys() -> None:
    for case in load("prototype_keys.json"):
        value = parse_partial(case["input"])
        assert value == json.loads(case["input"])
        assert type(value) is dict
