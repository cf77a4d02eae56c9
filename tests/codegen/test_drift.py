"""Specifications of a fictional API, over a real loopback server, through the command line."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from fluent_ai.cli import app
from fluent_ai.cli.commands import OWN
from fluent_ai.errors import ConfigError, ProtocolError
from fluent_ai_codegen.__main__ import COMMANDS
from fluent_ai_codegen.drift.apis import ApiSpec, Field, prune
from fluent_ai_codegen.drift.differences import differences, load_apis
from fluent_ai_codegen.files.specs import load_specs
from hypothesis import given
from hypothesis import strategies as st

from .conftest import ROOT, Answer, ListServer

GOLDEN = Path(__file__).parents[1] / "golden"
TABLE = """
[[api]]
name = "echo"
url = "https://docs.echo.example/openapi.yaml?raw=1"
[api.roots]
"echo.Answer" = ["EchoReply", "EchoEvent"]
"""
SPEC: dict[str, Any] = {
    "components": {
        "schemas": {
            "EchoReply": {
                "allOf": [
                    {"$ref": "#/components/schemas/Base"},
                    {
                        "type": "object",
                        "properties": {
                            "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
                            "unread": {"type": "string", "enum": ["x", "y"]},
                        },
                    },
                ]
            },
            "EchoEvent": {"type": "object", "properties": {"text": {"type": ["string", "null"], "const": "b"}}},
            "Base": {"type": "object", "properties": {"text": {"type": "string", "enum": ["a"]}}},
            "Part": {"type": "object", "properties": {"next": {"anyOf": [{"$ref": "#/components/schemas/Part"}]}}},
            "Elsewhere": {"type": "object", "properties": {"nobody": {"type": "string"}}},
        }
    }
}
WIRE = {"echo": yaml.safe_load((GOLDEN / "specs/wire/echo.yaml").read_text())["components"]["schemas"]}
ROOTS = {"echo.Answer": ["EchoReply", "EchoEvent"]}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(GOLDEN / "specs", tmp_path / "specs")
    (tmp_path / "specs" / "apis.toml").write_text(TABLE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(OWN, "drift", COMMANDS["drift"])
    return tmp_path


def pruned(spec: object) -> dict[str, dict[str, Field]]:
    return prune(ApiSpec("echo", msgspec.json.encode(spec)), WIRE, ROOTS)


def changed(**schemas: Any) -> dict[str, Any]:
    spec = copy.deepcopy(SPEC)
    for name, properties in schemas.items():
        spec["components"]["schemas"][name]["properties"] |= properties
    return spec


def test_a_specification_is_cut_to_the_objects_that_are_read() -> None:
    assert pruned(SPEC) == {
        "echo.Answer": {
            "parts": Field(("array",), (), read=True),
            "text": Field(("string",), ("a", "b"), read=True),
            "unread": Field(("string",), (), read=False),
        },
        "echo.Part": {"next": Field(("object",), (), read=True)},
    }


def test_yaml_discovery_documents_and_aws_models_are_read_alike() -> None:
    discovery = {"schemas": json.loads(json.dumps(SPEC["components"]["schemas"]).replace("#/components/schemas/", ""))}
    aws = {
        "shapes": {
            "EchoReply": {
                "type": "structure",
                "members": {name: {"shape": name} for name in ("text", "parts", "unread")},
            },
            "EchoEvent": {"type": "structure", "members": {}},
            "text": {"type": "string", "enum": ["a", "b"]},
            "unread": {"type": "string", "enum": ["x"]},
            "parts": {"type": "list", "member": {"shape": "Part"}},
            "Part": {"type": "structure", "members": {"next": {"shape": "Part"}}},
        }
    }
    assert pruned(discovery) == pruned(aws) == pruned(SPEC)
    assert prune(ApiSpec("echo", yaml.safe_dump(SPEC).encode()), WIRE, ROOTS) == pruned(SPEC)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (SPEC, []),
        (changed(Elsewhere={"news": {"type": "string"}}), []),
        (changed(EchoEvent={"unread": {"type": "string", "enum": ["z"]}}), []),
        (changed(Part={"news": {"type": "integer"}}), ["echo.Part.news: new field integer"]),
        (changed(Base={"text": {"enum": ["a", "c"]}}), ["echo.Answer.text: new value 'c'"]),
        (changed(Base={"text": {"type": "string"}}), ["echo.Answer.text: gone value 'a', which is read"]),
        (changed(Part={"next": {"type": "string"}}), ["echo.Part.next: type object -> string"]),
    ],
)
def test_differences(spec: object, expected: list[str]) -> None:
    assert [str(each) for each in differences("echo", pruned(SPEC), pruned(spec))] == expected


def test_a_field_that_goes_is_said_to_be_read_where_it_is() -> None:
    spec = copy.deepcopy(SPEC)
    reply = spec["components"]["schemas"]["EchoReply"]["allOf"][1]["properties"]
    del reply["unread"]
    del spec["components"]["schemas"]["Part"]["properties"]["next"]
    assert [str(each) for each in differences("echo", pruned(SPEC), pruned(spec))] == [
        "echo.Answer.unread: gone field",
        "echo.Part.next: gone field, which is read",
    ]


def test_nothing_reviewed_then_accepted_then_changed(
    checkout: Path, list_server: ListServer, capsys: pytest.CaptureFixture[str]
) -> None:
    list_server.answer = lambda path: Answer(json.dumps(SPEC).encode(), headers={"etag": '"1"'})
    command = ["drift", "--base-url", list_server.url]
    assert app.run(command) == 1
    assert "apis/echo: " in (shown := capsys.readouterr().err)
    assert "nothing was reviewed yet; look at it, then run drift --accept" in shown
    assert list_server.requests == []

    assert app.run([*command, "--accept", "--observed", "2026-08-01"]) == 0
    assert "echo: echo.Part.next: new field object\n" in capsys.readouterr().out
    assert list_server.requests[-1][0] == "/echo/openapi.yaml?raw=1"
    reviewed = checkout / "cache" / "apis" / "echo.json"
    assert '"observed": "2026-08-01"' in reviewed.read_text()
    before = reviewed.read_bytes()

    list_server.answer = lambda path: Answer(status=304)
    assert app.run(command) == 0
    assert (capsys.readouterr().out, reviewed.read_bytes()) == ("", before)

    list_server.answer = lambda path: Answer(json.dumps(changed(Part={"news": {"type": "integer"}})).encode())
    assert app.run([*command, "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "differences": [
            {"api": "echo", "field": "echo.Part.news", "what": "new field", "value": "integer", "read": False}
        ],
        "failed": {},
    }
    assert reviewed.read_bytes() == before
    assert app.run([*command, "--accept"]) == 0
    assert app.run(command) == 0


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"<html>"), "expected an API specification, got 6 bytes that are none"),
        (Answer(b'{"openapi"'), "expected an API specification, got 10 bytes that are none"),
        (Answer(b"{}"), "expected an OpenAPI, discovery or AWS document, got one without schemas"),
        (Answer(b'{"schemas":{"EchoReply":{}}}'), "the specification has no schema 'EchoEvent' any more"),
        (Answer(b"", 404), "404"),
    ],
)
def test_a_specification_that_cannot_be_read_is_no_drift(
    checkout: Path, list_server: ListServer, capsys: pytest.CaptureFixture[str], answer: Answer, reason: str
) -> None:
    list_server.answer = lambda path: Answer(json.dumps(SPEC).encode())
    assert app.run(["drift", "--accept", "--base-url", list_server.url]) == 0
    list_server.answer = lambda path: answer
    capsys.readouterr()
    assert app.run(["drift", "--base-url", list_server.url]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"apis/echo: {list_server.url}/echo/openapi.yaml?raw=1: ")
    assert reason in shown.err


def test_deep_nesting_is_no_specification() -> None:
    with pytest.raises(ProtocolError):
        ApiSpec("echo", b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


WORDS = ("$ref", "type", "properties", "items", "enum", "const", "anyOf", "text", "parts", "members", "member", "shape")
LOOSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["EchoReply", "Part", "list", "a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=15,
)


@given(st.sampled_from(["schemas", "definitions", "shapes", "components"]), LOOSE, LOOSE)
def test_any_document_is_a_specification_or_a_protocol_error(envelope: str, reply: object, part: object) -> None:
    document = {envelope: {"EchoReply": reply, "EchoEvent": reply, "Part": part}}
    try:
        found = pruned(document)
    except ProtocolError:
        return
    assert differences("echo", found, found) == []


def test_a_cycle_of_references_ends() -> None:
    spec = copy.deepcopy(SPEC)
    spec["components"]["schemas"]["Base"] = {"$ref": "#/components/schemas/EchoReply"}
    assert set(pruned(spec)) == {"echo.Answer", "echo.Part"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "specs/apis.toml: Object missing required field `api`"),
        ("[[api]", "specs/apis.toml: "),
        (
            TABLE.replace("echo.Answer", "echo.Question"),
            "specs/apis.toml: echo: echo.Question is no schema of specs/wire",
        ),
        (TABLE + "x = 1", "specs/apis.toml: "),
    ],
)
def test_a_bad_table_is_said_so(checkout: Path, capsys: pytest.CaptureFixture[str], text: str, message: str) -> None:
    (checkout / "specs" / "apis.toml").write_text(text)
    assert app.run(["drift"]) == 2
    assert capsys.readouterr().err.startswith(f"error: {message}")


def test_an_unknown_api_and_a_damaged_review_are_said_so(
    checkout: Path, list_server: ListServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.run(["drift", "ecko"]) == 2
    assert capsys.readouterr().err == "error: API 'ecko' is not known. Did you mean echo? Known: echo\n"
    (checkout / "cache" / "apis").mkdir(parents=True)
    (checkout / "cache" / "apis" / "echo.json").write_text("{}")
    assert app.run(["drift", "--base-url", list_server.url]) == 2
    assert "error: cache/apis/echo.json: " in capsys.readouterr().err
    (checkout / "specs" / "apis.toml").unlink()
    with pytest.raises(ConfigError, match=r"specs/apis\.toml is missing"):
        load_apis(checkout / "specs", load_specs(checkout / "specs"))


def test_every_api_of_this_repository_was_reviewed() -> None:
    apis = load_apis(ROOT / "specs", load_specs(ROOT / "specs"))
    assert sorted(apis) == sorted(path.stem for path in (ROOT / "cache" / "apis").glob("*.json"))
