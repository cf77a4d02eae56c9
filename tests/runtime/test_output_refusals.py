"""Outputs that a protocol cannot express, and schemas without end, are refused before anything is sent."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
import msgspec
import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import Route
from fluent_ai.schema.dialects import for_protocol
from fluent_ai.schema.output import output_schema
from scripted_server import Server, manifest_for
from wire_answers import SAYING


class Dangling(msgspec.Struct):
    field: "Undefined"  # type: ignore[name-defined]  # noqa: F821, UP037


@pytest.mark.parametrize("protocol", ["openai_chat", "anthropic_messages"])
@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (Dangling, "output Dangling: name 'Undefined' is not defined"),
        ({"enum": 3}, "'enum' is not a list"),
        ({"type": "array", "items": {"type": "string"}, "$defs": 3}, r"'\$defs' is not a dict"),
        ({"type": "object", "additionalProperties": {"type": "integer"}, "propertyNames": 3}, "'propertyNames' is not"),
        (list[list[int] | dict[str, int]], "cannot be told apart"),
        (tuple[int, str] | dict[str, int], "cannot be told apart"),
        (dict[str, object], "output dict"),
        (Any, "'type' is missing"),
        (list[Any], "'items' is missing"),
    ],
    ids=str,
)
def test_what_strict_protocols_cannot_express_is_refused(protocol: str, kind: Any, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        for_protocol(output_schema(kind), protocol)


def holding_itself() -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "array"}
    schema["items"] = schema
    return schema


def shared(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema, "b": schema}, "required": ["a", "b"]}
    return schema


def nested(levels: int) -> Any:
    kind: Any = int
    for _ in range(levels):
        kind = list[kind]
    return kind


@pytest.mark.parametrize("protocol", sorted(SAYING))
@pytest.mark.parametrize(
    ("output", "message"),
    [
        (holding_itself(), "nested deeper than 200 levels"),
        (shared(22), "more than 50,000 parts"),
        (nested(300), "output list.*: "),
        (nested(2000), "output .*: nested too deeply"),
    ],
    ids=["cycle", "shared", "deep type", "deeper type"],
)
def test_schemas_without_end_are_refused(server: Server, protocol: str, output: Any, message: str) -> None:
    route = Route(protocol=protocol, path="/chat")
    with (
        ai.Client(keys={"acme": "k" * 20}, manifests=[manifest_for(server.url, chat=(route,))]) as client,
        pytest.raises(ConfigError, match=message),
    ):
        client.stream("acme:m", "?", output=output, max_tokens=9)
    assert server.sent == []
