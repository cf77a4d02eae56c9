"""Structured output: types in, schemas of each dialect out, replies read as types, values while they grow."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypedDict

import fluent_ai as ai
import msgspec
import pydantic
import pytest
from fluent_ai import testing
from fluent_ai.errors import ConfigError, InvalidJSON, OutputInvalid
from fluent_ai.schema.dialects import DIALECTS, for_protocol
from fluent_ai.schema.json_types import json_type, schema_of
from fluent_ai.schema.output import output_schema
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, sse, stream, text_chunks


class Place(msgspec.Struct):
    """Where it is."""

    city: Annotated[str, msgspec.Meta(min_length=2, description="its name")]
    country: str = "FR"


class Forecast(msgspec.Struct):
    place: Place
    days: Annotated[list[int], msgspec.Meta(min_length=1)]
    sky: Literal["clear", "cloudy"] | None = None


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0


class Row(TypedDict, total=False):
    name: str


class City(pydantic.BaseModel):
    name: str = pydantic.Field(min_length=2)
    people: int = pydantic.Field(ge=0)


class Tree(pydantic.BaseModel):
    label: str
    children: list[Tree] = []


@dataclasses.dataclass
class Mixed:
    city: City
    others: list[City]
    place: Place


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Place, '{"city": "Oslo", "country": "NO"}', Place("Oslo", "NO")),
        (Point, '{"x": 1}', Point(1)),
        (Row, '{"name": "n"}', {"name": "n"}),
        (City, '{"name": "Oslo", "people": 3}', City(name="Oslo", people=3)),
        (Tree, '{"label": "a", "children": [{"label": "b"}]}', Tree(label="a", children=[Tree(label="b")])),
    ],
)
def test_the_output_is_of_the_type(server: Server, client: ai.Client, kind: type, text: str, value: object) -> None:
    server.say(stream(sse(*text_chunks(text[:7], text[7:]))))
    reply = client.complete("acme:m", "?", output=kind)
    assert reply.output == value
    assert type(reply.output) is type(value)
    assert reply.output_as(kind) == value
    assert reply.warnings == ()
    sent = server.sent[0].json()["response_format"]["json_schema"]
    assert sent["strict"] is True
    assert sent["schema"] == for_protocol(output_schema(kind), "openai_chat")


def test_types_of_both_libraries_in_one() -> None:
    value = json_type(Mixed).decode(
        '{"city": {"name": "Oslo", "people": 1}, "others": [], "place": {"city": "Rome"}}',
    )
    assert value == Mixed(City(name="Oslo", people=1), [], Place("Rome"))
    schema = schema_of(Mixed)
    assert schema["properties"]["city"]["properties"]["people"]["minimum"] == 0
    assert schema["$defs"].keys() == {"Place"}


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (Place, '{"city": 3}', "Expected `str`, got `int` - at `$.city`"),
        (City, '{"name": "hidden", "people": -1}', "people: Input should be greater than or equal to 0"),
        (Mixed, '{"city": {"name": "hidden", "people": "x"}}', "unable to parse string as an integer - at `$.city`"),
        (Point, "I would rather say hidden", "malformed"),
        (Point, '{"x": 1e400}', "out of range"),
        (Tree, '{"children":[' * 20_000, "nested too deeply"),
        ({"type": "object", "properties": {"n": {"type": "integer"}}}, "hidden", "malformed"),
        ({"type": "object", "properties": {"n": {"type": "integer"}}}, "[" * 20_000, "nested too deeply"),
    ],
)
def test_other_text_is_told_and_kept(kind: Any, text: str, why: str) -> None:
    with testing.fake_provider(text), ai.Client() as client:
        reply = client.complete("fake:m", "?", output=kind)
    (warning,) = reply.warnings
    assert why in warning
    assert "hidden" not in warning
    assert reply.output is None
    assert reply.text == text


def test_the_error_carries_the_reply() -> None:
    with testing.fake_provider("hidden"), ai.Client() as client:
        reply = client.complete("fake:m", "?", output=Point)
    with pytest.raises(OutputInvalid, match="the reply is not Point: JSON is malformed") as caught:
        reply.output_as(Point)
    assert caught.value.partial == reply
    assert (caught.value.fault, caught.value.provider, caught.value.model) == ("provider", "fake", "m")
    assert "hidden" not in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_reply_can_be_read_without_having_asked() -> None:
    reply = ai.Reply(parts=(ai.TextPart('{"x": 1, "y": 2}'),))
    assert reply.output is None
    assert reply.output_as(Point).y == 2


def test_a_reply_that_calls_a_tool_needs_no_output() -> None:
    with testing.fake_provider(ai.ToolCall("1", "ask", {})), ai.Client() as client:
        reply = client.complete("fake:m", "?", output=Point)
    assert (reply.output, reply.warnings) == (None, ())


def test_a_cut_reply_has_no_output(server: Server, client: ai.Client) -> None:
    server.say(stream(sse(*text_chunks('{"x": 1}', finish=None), done=False)))
    with client.stream("acme:m", "?", output=Point) as events, pytest.raises(ai.StreamTruncated) as caught:
        list(events)
    partial = caught.value.partial
    assert partial is not None
    assert (partial.output, partial.warnings) == (None, ())
    assert partial.output_as(Point) == Point(1)


GROWN = [{"list": []}, {"list": [1]}, {"list": [12, "a"]}, {"list": [12, "ab"]}]
PIECES = ['{"list"', ": [", "1", '2, "a', 'b"', "]}"]


def test_outputs_grow(server: Server, client: ai.Client) -> None:
    server.say(stream(sse(*text_chunks(*PIECES))))
    seen: list[object] = []
    with client.stream("acme:m", "?") as events:
        for value in events.outputs():
            if not seen or seen[-1] != value:
                seen.append(copy.deepcopy(value))
        assert seen == [{}, *GROWN]
        assert events.collect().text == "".join(PIECES)


def test_outputs_grow_asynchronously() -> None:
    async def main() -> list[object]:
        with testing.fake_provider('{"a": "b c d"}'):
            async with ai.AsyncClient() as client, client.stream("fake:m", "?", output=Row) as events:
                return [copy.deepcopy(value) async for value in events.outputs()]

    assert asyncio.run(main()) == [{}, {"a": "b"}, {"a": "b c"}, {"a": "b c d"}]


def test_outputs_of_prose_end_in_an_error_and_the_text_stays() -> None:
    with testing.fake_provider("Sure, here you are"), ai.Client() as client, client.stream("fake:m", "?") as events:
        with pytest.raises(InvalidJSON, match="character 0"):
            list(events.outputs())
        assert events.collect().text == "Sure, here you are"


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (3, "output is of type int; allowed: a type that JSON can express"),
        (complex, "output complex: type <class 'complex'> is not supported"),
        (list[complex], r"output list\[complex\]: type <class 'complex'> is not supported"),
        (object, "output object: type <class 'object'> is not supported"),
        (dataclasses.make_dataclass("Odd", [("z", complex)]), "output Odd: type <class 'complex'> is not supported"),
        (list, r"output at properties\.value: 'items' is missing"),
        (dict, r"output at its root: 'additionalProperties'"),
        (list[int] | dict[str, int], r"properties\.value: 'anyOf' of an array and an object .* cannot be told apart"),
        (
            dataclasses.make_dataclass("Free", [("d", dict[str, Any])]),
            r"output at properties\.d: 'additionalProperties'",
        ),
        (dataclasses.make_dataclass("Any_", [("v", Any)]), r"output at properties\.v: 'type' is missing"),
        ({"type": "object", "properties": {"a": {"not": {}}}}, r"output at properties\.a: 'not' is not supported"),
        ({"type": "object", "properties": {"a": {"anyOf": [{}, {}]}}}, r"properties\.a\.anyOf\[0\]: 'type'"),
        ({"type": "object", "properties": {"a": {"type": ["object", "null"]}}}, r"properties\.a: 'additionalProp"),
        ({"type": "object", "properties": {"a": True}}, r"properties\.a: a schema of type bool"),
        ({"type": "object", "properties": []}, "at its root: 'properties' is not a dict"),
        ({"type": "object"}, "at its root: 'additionalProperties'"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_before_anything_is_sent(
    server: Server, client: ai.Client, output: Any, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        client.stream("acme:m", "?", output=output)
    assert server.sent == []


def test_two_types_of_one_name() -> None:
    inner = msgspec.defstruct("City", [("mayor", str)])
    with pytest.raises(TypeError, match="two types are named 'City'"):
        schema_of(msgspec.defstruct("Pair", [("a", inner), ("b", Holder)]))


class Holder(pydantic.BaseModel):
    city: City


def test_bounds_that_a_provider_does_not_know_become_words() -> None:
    schema = output_schema(Forecast)
    strict = for_protocol(schema, "openai_responses")
    city = strict["$defs"]["Place"]["properties"]["city"]
    assert city == {"type": "string", "description": "its name (minLength: 2)"}
    assert strict["$defs"]["Place"]["required"] == ["city", "country"]
    assert strict["properties"]["days"] == {"type": "array", "items": {"type": "integer"}, "minItems": 1}
    claude = for_protocol(schema, "anthropic_messages")
    assert claude["$defs"]["Place"]["required"] == ["city"]
    assert claude["properties"]["days"]["description"] == "(minItems: 1)"


def test_recursion_where_it_is_known_and_where_not() -> None:
    schema = output_schema(Tree)
    assert for_protocol(schema, "openai_chat")["$defs"]["Tree"]["additionalProperties"] is False
    with pytest.raises(ConfigError, match=r"output at \$defs.Tree: .*refers to itself; anthropic_messages"):
        for_protocol(schema, "anthropic_messages")
    with pytest.raises(ConfigError, match="output at its root"):
        for_protocol({"type": "object", "properties": {"a": {"$ref": "#"}}}, "anthropic_messages")


def test_a_reference_keeps_its_neighbours() -> None:
    schema = {
        "$ref": "#/$defs/A",
        "$defs": {
            "A": {"type": "object", "properties": {"b": {"$ref": "#/$defs/B", "description": "one", "default": 1}}},
            "B": {"oneOf": [{"const": 1}, {"type": "null"}], "title": "B"},
        },
    }
    assert for_protocol(output_schema(schema), "openai_chat") == {
        "type": "object",
        "properties": {"b": {"anyOf": [{"$ref": "#/$defs/B"}], "description": "one"}},
        "$defs": {"B": {"anyOf": [{"const": 1, "type": "integer"}, {"type": "null"}], "title": "B"}},
        "additionalProperties": False,
        "required": ["b"],
    }


def test_protocols_without_a_dialect_get_the_schema_as_it_is() -> None:
    schema = {"type": "object", "patternProperties": {"^x": {}}}
    assert for_protocol(schema, "ollama_chat") is schema


LEAVES = st.sampled_from(
    [
        {"type": "string", "minLength": 1, "description": "d"},
        {"type": "integer", "minimum": 0, "default": 3},
        {"enum": ["a", 1, None]},
        {"type": "string", "format": "uri"},
        {"$ref": "#/$defs/D", "title": "t"},
    ]
)


def objects(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    properties = st.dictionaries(st.sampled_from("abc"), inner, min_size=1)
    return st.builds(lambda made: {"type": "object", "properties": made}, properties)


SCHEMAS = objects(
    st.recursive(
        LEAVES,
        lambda inner: (
            objects(inner)
            | st.builds(lambda item: {"type": "array", "items": item, "uniqueItems": True}, inner)
            | st.builds(lambda some: {"anyOf": some}, st.lists(inner, min_size=1, max_size=3))
        ),
        max_leaves=6,
    )
)


def parts(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(inner)


@given(SCHEMAS, st.sampled_from(sorted(DIALECTS)))
def test_translation_is_stable_and_closes_every_object(schema: dict[str, Any], protocol: str) -> None:
    schema |= {"$defs": {"D": {"type": "boolean"}}}
    before = copy.deepcopy(schema)
    once = for_protocol(schema, protocol)
    assert for_protocol(once, protocol) == once
    assert schema == before
    for part in parts(once):
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert set(part["required"]) <= set(part["properties"])
            assert len(part["required"]) == (len(part["properties"]) if DIALECTS[protocol].all_required else 0)
        if "$ref" in part:
            assert len(part) == 1


def test_nothing_loads_pydantic_for_other_types() -> None:
    code = (
        "import sys, dataclasses, fluent_ai as ai\n"
        "from fluent_ai.schema.output import output_schema\n"
        "made = dataclasses.make_dataclass('Made', [('x', int)])\n"
        "assert output_schema(made)['required'] == ['x']\n"
        "assert ai.Reply(parts=(ai.TextPart('{\"x\": 1}'),)).output_as(made).x == 1\n"
        "assert 'pydantic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
