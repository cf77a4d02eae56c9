"""Outputs that are no objects, over every chat protocol: what is asked for, what comes back, what grows meanwhile."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import json
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Literal, Optional, Union

import fluent_ai as ai
import msgspec
import pydantic
import pytest
from fluent_ai.errors import OutputInvalid
from fluent_ai.manifest.schema import Manifest, Route
from fluent_ai.schema.dialects import DIALECTS, for_protocol
from fluent_ai.schema.growing_output import GrowingOutput
from fluent_ai.schema.output import output_form, output_schema
from fluent_ai.schema.partial_json import PartialJSON
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_server import Server, manifest_for
from wire_answers import SAYING

jsonschema = pytest.importorskip("jsonschema", reason="schemas are judged by jsonschema")

PROTOCOLS = sorted(SAYING)
ALL_REQUIRED = ("mistral_conversations", "openai_chat", "openai_responses", "perplexity_agent")


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Size(Enum):
    SMALL = "small"
    LARGE = "large"


@dataclasses.dataclass
class Move:
    x: int
    y: int = 0


@dataclasses.dataclass
class Say:
    words: str
    x: int | None = None


class Circle(msgspec.Struct, tag=True):
    radius: int


class Square(msgspec.Struct, tag=True):
    side: int


class City(pydantic.BaseModel):
    name: str
    people: dict[str, int] = {}


class Page(msgspec.Struct):
    scores: dict[str, float]
    size: tuple[int, int]
    next: Page | None = None


CASES: list[tuple[Any, object]] = [
    (int, 7),
    (float, 0.5),
    (bool, True),
    (str, "words"),
    (Color, Color.BLUE),
    (Literal["a", "b", 3], 3),
    (Optional[int], None),  # noqa: UP045  # as many write it
    (int | str | None, "seven"),
    (Union[Color, Size], Size.SMALL),  # noqa: UP007
    (list[Move], [Move(1, 2), Move(3, 4)]),
    (list[str], []),
    (set[int], {1, 2}),
    (tuple[int, str], (1, "one")),
    (tuple[Move, ...], (Move(1, 1),)),
    (dict[str, int], {"value": 1, "key": 2}),
    (dict[str, list[int]], {"value": []}),
    (dict[str, int], {}),
    (dict[int, str], {1: "one"}),
    (dict[str, dict[str, tuple[int, bool]]], {"a": {"b": (1, True), "c": (2, False)}, "d": {}}),
    (Move | Say, Say("hello", None)),
    (Say | Move, Move(1, 0)),
    (Circle | Square, Square(2)),
    (City | Move | None, City(name="Oslo", people={"centre": 3})),
    (list[Move | Say | None], [Say("a", 1), None, Move(1, 2)]),
    (dict[str, Move | Say], {"go": Move(1, 2), "talk": Say("a", 3)}),
    (Page, Page({"a": 0.5}, (1, 2))),
]


@dataclasses.dataclass
class Words:
    text: str


def names(value: object) -> str:
    return str(value).replace(__name__ + ".", "")


def manifest(server: Server, protocol: str) -> Manifest:
    return manifest_for(server.url, chat=(Route(protocol=protocol, path="/chat"),))


def sent_schema(protocol: str, body: Mapping[str, Any]) -> dict[str, Any]:
    places: dict[str, Callable[[Any], Any]] = {
        "anthropic_messages": lambda body: body["output_config"]["format"]["schema"],
        "bedrock_converse": lambda body: json.loads(
            body["outputConfig"]["textFormat"]["structure"]["jsonSchema"]["schema"]
        ),
        "cohere_v2": lambda body: body["response_format"]["json_schema"],
        "gemini": lambda body: body["generationConfig"]["responseJsonSchema"],
        "mistral_conversations": lambda body: body["completion_args"]["response_format"]["json_schema"]["schema"],
        "ollama_chat": lambda body: body["format"],
        "openai_chat": lambda body: body["response_format"]["json_schema"]["schema"],
        "openai_responses": lambda body: body["text"]["format"]["schema"],
        "perplexity_agent": lambda body: body["response_format"]["json_schema"]["schema"],
    }
    schema: dict[str, Any] = places[protocol](body)
    return schema


def check_strict(schema: object, protocol: str) -> None:
    """What strict protocols demand of every part of a schema."""
    if isinstance(schema, list):
        for part in schema:
            check_strict(part, protocol)
    if not isinstance(schema, dict):
        return
    assert not schema.keys() & {"prefixItems", "oneOf", "propertyNames", "patternProperties", "not", "allOf"}
    if schema.get("type") == "object":
        assert schema["additionalProperties"] is False
        assert protocol not in ALL_REQUIRED or schema["required"] == list(schema["properties"])
    if schema.get("type") == "array":
        assert schema["items"]
    for name, part in schema.items():
        check_strict(list(part.values()) if name in ("properties", "$defs") else part, protocol)


def written(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    """What a model that keeps to the schema writes for a plain value. Raises ValueError where it cannot."""
    if "$ref" in schema:
        return written(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    for branch in schema.get("anyOf", ()):
        try:
            return written(value, branch, root)
        except ValueError:
            continue
    properties = schema.get("properties", {})
    made = value
    if isinstance(value, dict) and list(schema.get("items", {}).get("properties", {})) == ["key", "value"]:
        kind = schema["items"]["properties"]["value"]
        made = [{"key": name, "value": written(each, kind, root)} for name, each in value.items()]
    elif isinstance(value, list) and properties:
        if list(properties) != [f"item{number + 1}" for number in range(len(value))]:
            raise ValueError
        made = {name: written(each, kind, root) for (name, kind), each in zip(properties.items(), value, strict=True)}
    elif isinstance(value, list):
        first = schema.get("prefixItems", ())
        made = [
            written(each, first[number] if number < len(first) else schema.get("items", {}), root)
            for number, each in enumerate(value)
        ]
    elif isinstance(value, dict):
        free = schema.get("additionalProperties")
        if free is False and value.keys() - properties.keys():
            raise ValueError
        made = {name: written(each, properties.get(name, free or {}), root) for name, each in value.items()}
    if not jsonschema.Draft202012Validator({**schema, "$defs": root.get("$defs", {})}).is_valid(made):
        raise ValueError
    return made


def plain(value: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value, enc_hook=lambda inner: inner.model_dump()))


def answer_to(kind: Any, value: object, schema: dict[str, Any]) -> str:
    """The text that a model writes which was asked with this schema."""
    jsonschema.Draft202012Validator.check_schema(schema)
    form = output_form(kind)
    text = json.dumps(written({"value": plain(value)} if form.wrapped else plain(value), schema, schema))
    assert not form.wrapped or list(schema["properties"]) == ["value"]
    return text


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(("kind", "value"), CASES, ids=names)
def test_every_type_over_every_protocol(server: Server, protocol: str, kind: Any, value: object) -> None:
    if protocol in ("anthropic_messages", "bedrock_converse") and kind is Page:
        pytest.skip("takes no recursive schemas, and says so")
    keys: Any = {"acme": "acme-secret-key"}
    schema = for_protocol(output_schema(kind), protocol)
    text = answer_to(kind, value, schema)
    server.say(SAYING[protocol](text))
    with ai.Client(keys=keys, manifests=[manifest(server, protocol)]) as client:
        reply = client.complete("acme:m", "?", output=kind, max_tokens=9)
        with client.stream("acme:m", "?", output=kind, max_tokens=9) as stream:
            *_, last = stream.outputs()

    async def again() -> tuple[object, object]:
        async with ai.AsyncClient(keys=keys, manifests=[manifest(server, protocol)]) as client:
            reply = await client.complete("acme:m", "?", output=kind, max_tokens=9)
            async with client.stream("acme:m", "?", output=kind, max_tokens=9) as stream:
                return reply.output, [each async for each in stream.outputs()][-1]

    assert (reply.output, reply.warnings) == (value, ())
    assert type(reply.output) is type(value)
    assert reply.output_as(kind) == value
    assert last == plain(value)
    assert asyncio.run(again()) == (value, last)
    for sent in server.sent:
        assert sent_schema(protocol, sent.json()) == schema
    assert schema["type"] == "object"
    if protocol in DIALECTS:
        check_strict(schema, protocol)


@pytest.mark.parametrize("protocol", ["openai_chat", "gemini"])
@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "array", "items": {"type": "string"}}, ["a", "b"]),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"a": 1}),
        ({"enum": ["a", 1]}, 1),
        ({"type": "array", "items": {"anyOf": [{"type": "integer"}, {"$ref": "#"}]}}, [1, [2, []]]),
        ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": False}, [1, "a"]),
    ],
    ids=str,
)
def test_schemas_are_asked_for_as_types_are(protocol: str, schema: dict[str, Any], value: object) -> None:
    before = copy.deepcopy(schema)
    asked = for_protocol(output_schema(schema), protocol)
    if "#/properties/value" in str(asked):
        text = json.dumps({"value": value})
        jsonschema.Draft202012Validator(asked).validate({"value": value})
    else:
        text = answer_to(schema, value, asked)
    assert output_form(schema).decode(text) == value
    assert schema == before


def test_what_was_written_without_the_object_is_read_too() -> None:
    def reply(text: str) -> ai.Reply:
        return ai.Reply(parts=(ai.TextPart(text),))

    assert reply("[1, 2]").output_as(list[int]) == [1, 2]
    assert reply('{"a": 1}').output_as(dict[str, int]) == {"a": 1}
    assert reply('{"value": 3}').output_as(dict[str, int]) == {"value": 3}
    assert reply('{"value": {"value": 3}}').output_as(dict[str, int]) == {"value": 3}
    with pytest.raises(OutputInvalid, match=r"the reply is not list\[int\]: Expected `int`, got `str` - at `\$\[0\]`"):
        reply('{"value": ["secret"]}').output_as(list[int])
    with pytest.raises(OutputInvalid, match="the reply is not .*Move.*Say.*: Object missing required field `x`; or "):
        reply('{"value": {}}').output_as(Move | Say)
    for text in ('{"value":' * 20_000, '{"value": ' + "[" * 900 + "]" * 900 + "}"):
        with pytest.raises(OutputInvalid):
            reply(text).output_as(dict[str, list[dict[str, int]]])


def test_a_union_that_holds_itself_is_read_in_bounded_time() -> None:
    form = output_form({"anyOf": [{"$ref": "#"}, {"type": "integer"}]})
    assert form.decode('{"value": 1}') == 1
    assert form.decode('{"value": "a"}') == "a"
    assert list(GrowingOutput(form.schema, wrapped=form.wrapped).values({"value": [1]})) == [[1]]


def test_a_union_goes_to_the_member_that_has_all_its_names() -> None:
    reply = ai.Reply(parts=(ai.TextPart('{"value": {"words": "a", "x": 3}}'),))
    assert reply.output_as(Move | Say) == Say("a", 3)
    assert reply.output_as(Say | Move) == Say("a", 3)


def test_the_first_of_two_members_that_are_alike_wins_whatever_was_read_before() -> None:
    two = msgspec.defstruct("Two", [("x", int), ("y", int)])
    text = '{"value": {"x": 1, "y": 2}}'
    for _ in range(2):
        assert type(output_form(Move | two).decode(text)) is Move
        assert type(output_form(two | Move).decode(text)) is two
        assert type(output_form(list[two | Move]).decode(f'{{"value": [{text[10:-1]}]}}')[0]) is two  # type: ignore[index]


LEAVES: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (int, st.integers(-(2**53), 2**53)),
    (str, st.text(max_size=4)),
    (bool, st.booleans()),
    (float, st.floats(allow_nan=False, allow_infinity=False)),
    (Color, st.sampled_from(Color)),
    (Literal["value", "key", "item1"], st.sampled_from(["value", "key", "item1"])),
    (
        Move | Say,
        st.builds(Move, st.integers(0, 9)) | st.builds(Say, st.text(max_size=3), st.none() | st.integers(0, 9)),
    ),
    (Circle | Square, st.builds(Circle, st.integers(0, 9)) | st.builds(Square, st.integers(0, 9))),
    (Color | Size | int, st.sampled_from([*Color, *Size]) | st.integers(0, 9)),
]
NAMES = st.sampled_from(["value", "key", "item1", "item2", "a", ""])
Typed = tuple[Any, st.SearchStrategy[Any]]


def containers(inner: st.SearchStrategy[Typed]) -> st.SearchStrategy[Typed]:
    return st.one_of(
        inner.map(lambda one: (list[one[0]], st.lists(one[1], max_size=3))),  # type: ignore[index]
        inner.map(lambda one: (dict[str, one[0]], st.dictionaries(NAMES, one[1], max_size=3))),  # type: ignore[index]
        inner.map(lambda one: (one[0] | None, one[1] | st.none())),
        st.tuples(inner, inner).map(
            lambda two: (tuple[two[0][0], two[1][0]], st.tuples(two[0][1], two[1][1]))  # type: ignore[index]
        ),
    )


TYPED = st.recursive(st.sampled_from(LEAVES), containers, max_leaves=4)


@settings(max_examples=150)
@given(TYPED, st.sampled_from(["openai_chat", "anthropic_messages", "gemini"]), st.data())
def test_any_value_of_any_type_comes_back(typed: Typed, protocol: str, data: st.DataObject) -> None:
    kind, values = typed
    value = data.draw(values)
    schema = for_protocol(output_schema(kind), protocol)
    if protocol in DIALECTS:
        check_strict(schema, protocol)
        assert for_protocol(schema, protocol) == schema
    text = answer_to(kind, value, schema)
    assert output_form(kind).decode(text) == value
    form = output_form(kind)
    reader, output = PartialJSON(), GrowingOutput(form.schema, wrapped=form.wrapped)
    last: object = None
    for character in text:
        reader.feed(character)
        if reader.started:
            last = next(iter(output.values(reader.value)), last)
    assert last == plain(value)
