from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Iterator
from pathlib import Path

import fluent_ai_wire
import msgspec
import pytest
from fluent_ai.errors import ConfigError
from fluent_ai_codegen.render.wire import render_wire
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted((ROOT / "specs" / "wire").glob("*.yaml"))


def structs() -> Iterator[type[msgspec.Struct]]:
    for document in DOCUMENTS:
        module = importlib.import_module(f"fluent_ai_wire.{document.stem}")
        for _, value in sorted(inspect.getmembers(module, inspect.isclass)):
            if issubclass(value, msgspec.Struct) and value is not msgspec.Struct:
                yield value


def test_there_is_a_module_for_each_document() -> None:
    folder = Path(fluent_ai_wire.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} == {"__init__", *(path.stem for path in DOCUMENTS)}


@pytest.mark.parametrize("struct", list(structs()), ids=lambda struct: f"{struct.__module__}.{struct.__name__}")
def test_every_decoder_builds_and_takes_nothing_and_null(struct: type[msgspec.Struct]) -> None:
    decode = msgspec.json.Decoder(struct).decode
    empty = decode(b"{}")
    assert all(getattr(empty, name) is None for name in struct.__struct_fields__)
    nulls: dict[str, object] = dict.fromkeys(struct.__struct_encode_fields__)
    assert decode(json.dumps(nulls)) == empty
    if struct.__struct_config__.forbid_unknown_fields:
        with pytest.raises(msgspec.ValidationError, match="unknown field"):
            decode(b'{"never heard of":[1,{}]}')
    else:
        assert decode(json.dumps(nulls | {"never heard of": [1, {}]})) == empty


def test_only_closed_schemas_refuse_unknown_fields() -> None:
    closed = {struct.__name__ for struct in structs() if struct.__struct_config__.forbid_unknown_fields}
    assert closed == {
        "AssistantMessage", "BlockDelta", "BlockStart", "Candidate", "ChatMessage", "ClosedMessage", "Content",
        "ContentBlock", "Part", "TextMessage",
    }  # fmt: skip


def schema(properties: str) -> str:
    return f"components: {{schemas: {{Answer: {{type: object, properties: {{{properties}}}}}}}}}\nopenapi: 3.1.0\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "x.yaml: not valid YAML"),
        ("openapi: 3.1.0", "x.yaml: expected an OpenAPI document with components.schemas"),
        ("- 1", "x.yaml: expected an OpenAPI document with components.schemas"),
        (schema("kind: {enum: [a]}"), "x.yaml: Answer.kind: `enum` is not allowed"),
        (schema("kind: {oneOf: []}"), "x.yaml: Answer.kind: `oneOf` is not allowed"),
        (schema("list: {type: array, items: {const: 1}}"), "x.yaml: Answer.list.items: `const` is not allowed"),
        ("components: {schemas: {A: {type: string}}}", "x.yaml: A: expected `type: object` with properties"),
        ("components: {schemas: {A: 7}}", "x.yaml: A: expected `type: object` with properties"),
        ("components: {schemas: {A: {type: object, required: [a]}}}", "x.yaml: A: `required` is not allowed"),
        (
            schema("e: {anyOf: [{$ref: '#/components/schemas/A'}, {type: object}, {type: 'null'}]}"),
            "x.yaml: Answer.e: `anyOf` of 2 objects; allowed: one",
        ),
        (schema("e: {anyOf: [{type: array}, {type: array, items: {type: string}}]}"), "x.yaml: "),
        (schema("other: {$ref: '#/components/schemas/Missing'}"), "x.yaml: "),
    ],
)
def test_a_document_that_could_reject_an_answer_is_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        render_wire(text, "x.yaml", "# header")
    assert str(caught.value).startswith(message)


@given(st.lists(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), min_size=1, max_size=4, unique=True))
def test_any_field_name_can_be_decoded(names: list[str]) -> None:
    properties = ", ".join(f'"{name}": {{type: [integer, "null"]}}' for name in names)
    source = render_wire(schema(properties), "x.yaml", "# header")
    scope: dict[str, object] = {"__name__": "rendered"}
    exec(source, scope)  # noqa: S102  # what we have just rendered
    answer = msgspec.json.decode("{" + ",".join(f'"{name}":7' for name in names) + "}", type=scope["Answer"])
    assert msgspec.to_builtins(answer) == dict.fromkeys(names, 7)
