"""Tools from functions of every kind, and calls that models get right and wrong."""

from __future__ import annotations

import asyncio
import contextvars
import dataclasses
import functools
import operator
from typing import Annotated, Any, Literal

import fluent_ai as ai
import msgspec
import pydantic
import pytest
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.schema.docstrings import split_docstring
from fluent_ai.schema.tools import acall_tool, call_tool, to_tools


class Place(pydantic.BaseModel):
    city: str = pydantic.Field(min_length=2)


@dataclasses.dataclass
class Window:
    days: int = 1


def weather(
    place: Place,
    window: Window,
    unit: Annotated[Literal["C", "F"], msgspec.Meta(description="degrees")] = "C",
    tags: list[str] = ["a"],  # noqa: B006  # as some write it
) -> str:
    """The weather in a place.

    It is not always right.

    Args:
        place (Place): where,
            as a city
        window: for how long
        unit: hidden by what the annotation says

    Returns:
        A sentence.
    """
    return f"{place.city} {window.days} {unit} {tags}"


def made(function: Any) -> ai.Tool:
    (tool,) = to_tools([function])
    return tool


def called(name: str, arguments: JsonObject | str, *tools: Any, valid: bool = True) -> tuple[bool, str]:
    """`is_error` and content, by both twins."""
    call = ai.ToolCall("1", name, arguments, valid)
    result = call_tool(call, tools)
    assert asyncio.run(acall_tool(call, tools)) == result
    assert result.call_id == "1"
    return result.is_error, result.content


def test_descriptions_come_from_the_docstring() -> None:
    tool = made(weather)
    assert tool.description == "The weather in a place.\n\nIt is not always right.\n\nReturns:\n    A sentence."
    properties = tool.parameters["properties"]
    assert {name: schema.get("description") for name, schema in properties.items()} == {
        "place": "where, as a city",
        "window": "for how long",
        "unit": "degrees",
        "tags": None,
    }
    assert tool.parameters["required"] == ["place", "window"]
    assert properties["place"]["properties"]["city"]["minLength"] == 2


def test_docstrings_of_both_styles_and_of_none() -> None:
    rest = """Adds.

    :param a: the first,
        on two lines
    :param int b: the second
    :type a: int
    :returns: the sum
    """
    assert split_docstring(rest) == ("Adds.\n\n:returns: the sum", {"a": "the first, on two lines", "b": "the second"})
    google = "Adds.\n\nArguments:\n  a: the first: x\n    Note: still a\n\n  *b: the rest\nMore."
    assert split_docstring(google) == ("Adds.\n\nMore.", {"a": "the first: x Note: still a", "b": "the rest"})
    assert split_docstring("Plain text: no parameters.") == ("Plain text: no parameters.", {})
    assert split_docstring("") == ("", {})


class Counter:
    """Counts."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, number: int) -> int:
        """Add a number."""
        self.total += number
        return self.total

    def __call__(self, number: int) -> int:
        return self.add(number)


def test_methods_partials_and_callable_objects() -> None:
    counter = Counter()
    call = ai.ToolCall("1", "add", {"number": 2})
    assert call_tool(call, [counter.add]) == ai.ToolResultPart("1", "2")
    assert asyncio.run(acall_tool(call, [counter.add])) == ai.ToolResultPart("1", "4")
    assert made(counter).name == "Counter"
    assert list(made(counter).parameters["properties"]) == ["number"]
    bound = functools.partial(weather, window=Window(3))
    assert made(bound).name == "weather"
    assert list(made(bound).parameters["properties"]) == ["place", "unit", "tags"]
    assert called("weather", {"place": {"city": "Oslo"}, "unit": "F"}, bound) == (False, "Oslo 3 F ['a']")


def test_arguments_arrive_as_their_types_and_results_leave_as_json() -> None:
    def look(place: Place, windows: dict[int, Window]) -> dict[str, Any]:
        return {"place": place, "days": sum(window.days for window in windows.values())}

    arguments = {"place": {"city": "Rome"}, "windows": {"7": {"days": 2}}}
    assert called("look", arguments, look) == (False, '{"place":{"city":"Rome"},"days":2}')


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("whether", {}, "There is no tool 'whether'. Tools: weather."),
        ("weather", '{"place": {"ci', "The arguments are not a JSON object: the JSON ends too early, at character 14"),
        ("weather", "{place}", "not a JSON object: not JSON at character 1: expected a key in double quotes"),
        ("weather", "[1]", "not a JSON object: it is of type list"),
        ("weather", "{}", "not a JSON object: the call was cut"),
        ("weather", {"place": {"city": "Oslo"}}, "missing required field `window`"),
        ("weather", {"place": {"city": "O"}, "window": {}}, "city: String should have at least 2 characters"),
        (
            "weather",
            {"place": {"city": "Oslo"}, "window": {"days": "x"}},
            "Expected `int`, got `str` - at `$.window.days`",
        ),
        ("weather", {"plaice": 1}, "There is no argument 'plaice'. Arguments: place, window, unit, tags."),
    ],
)
def test_what_the_model_got_wrong_is_told_to_it(name: str, arguments: JsonObject | str, message: str) -> None:
    is_error, content = called(name, arguments, weather, valid=isinstance(arguments, dict))
    assert is_error
    assert message in content


def test_a_tool_may_refuse_and_other_errors_are_the_programs() -> None:
    def refuse() -> None:
        raise ai.ToolError("the database has no such table")

    def fail() -> None:
        raise KeyError("x")

    assert called("refuse", {}, refuse) == (True, "the database has no such table")
    with pytest.raises(KeyError):
        call_tool(ai.ToolCall("1", "fail", {}), [fail])
    with pytest.raises(KeyError):
        asyncio.run(acall_tool(ai.ToolCall("1", "fail", {}), [fail]))


def test_a_function_that_runs_out_of_items_does_not_hang_who_waits() -> None:
    def find(x: int) -> int:
        return next(each for each in (1, 2) if each == x)

    call = ai.ToolCall("1", "find", {"x": 3})
    with pytest.raises(RuntimeError, match="tool 'find' raised StopIteration") as caught:
        call_tool(call, [find])
    assert isinstance(caught.value.__cause__, StopIteration)
    with pytest.raises(RuntimeError, match="tool 'find' raised StopIteration") as caught:
        asyncio.run(asyncio.wait_for(acall_tool(call, [find]), 20))
    assert isinstance(caught.value.__cause__, StopIteration)


@dataclasses.dataclass
class Walk:
    steps: int


@dataclasses.dataclass
class Talk:
    words: str


def test_a_parameter_may_be_one_of_several_classes() -> None:
    def act(deeds: list[Walk | Talk]) -> str:
        return " ".join(type(deed).__name__ for deed in deeds)

    members = made(act).parameters["properties"]["deeds"]["items"]["anyOf"]
    assert members == [{"$ref": "#/$defs/Walk"}, {"$ref": "#/$defs/Talk"}]
    assert called("act", {"deeds": [{"words": "a"}, {"steps": 1}]}, act) == (False, "Talk Walk")
    assert called("act", {"deeds": [{}]}, act)[0]


def holding_itself() -> JsonObject:
    schema: JsonObject = {"type": "object", "properties": {}}
    schema["properties"]["a"] = schema
    return schema


def shared(levels: int) -> JsonObject:
    schema: JsonObject = {"type": "object"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema, "b": schema}}
    return schema


@pytest.mark.parametrize(
    ("tool", "message"),
    [
        (dict, "'dict' does not say which parameters it has"),
        (functools.partial(int, base=2), "'int' does not say which parameters it has"),
        (operator.itemgetter(1), "'itemgetter'.* (does not say which parameters it has|is positional-only)"),
        (ai.Tool("f", parameters=holding_itself()), "'f': the schema is nested deeper than 200 levels"),
        (ai.Tool("f", parameters=shared(40)), "'f': the schema has more than 50,000 parts"),
        ({"type": "function", "function": {"name": "f", "parameters": holding_itself()}}, "deeper than 200 levels"),
    ],
)
def test_what_no_schema_can_be_made_of_is_refused(tool: Any, message: str) -> None:
    with pytest.raises(ai.ToolError, match=message):
        to_tools([tool])


def test_asynchronous_functions() -> None:
    async def wait(seconds: float) -> str:
        """Wait."""
        await asyncio.sleep(0)
        return f"{seconds:g}"

    class Waiter:
        async def __call__(self, seconds: float) -> str:
            return await wait(seconds)

    def indirect(seconds: float) -> Any:
        return wait(seconds)

    for tool in (wait, Waiter(), indirect):
        call = ai.ToolCall("1", made(tool).name, {"seconds": 2})
        assert asyncio.run(acall_tool(call, [tool])).content == "2"
        with pytest.raises(ai.ToolError, match="is asynchronous; call it with acall_tool"):
            call_tool(call, [tool])


def test_a_blocking_function_leaves_the_loop_free_and_sees_its_context() -> None:
    import threading

    user = contextvars.ContextVar("user", default="nobody")
    released = threading.Event()

    def block() -> str:
        assert released.wait(10)
        return user.get()

    async def main() -> str:
        user.set("somebody")
        task = asyncio.create_task(acall_tool(ai.ToolCall("1", "block", {}), [block]))
        await asyncio.sleep(0)
        released.set()
        return (await task).content

    assert asyncio.run(main()) == "somebody"


def test_a_tool_with_a_schema_of_its_own() -> None:
    def raw(known, **others):  # type: ignore[no-untyped-def]  # annotations are not needed here
        return [known, others]

    tool = ai.Tool("raw", "", {"type": "object"}, raw)
    assert called("raw", {"known": {"a": 1}, "more": None}, tool) == (False, '[{"a":1},{"more":null}]')
    with pytest.raises(ai.ToolError, match="'raw': parameter 'others' is variadic keyword"):
        to_tools([raw])


def test_what_the_program_got_wrong_is_an_error() -> None:
    def odd(x: complex) -> object:
        return object()

    def result() -> object:
        return object()

    for tool, message in [
        (ai.Tool("odd", "", {}), "'odd' has no function"),
        (ai.Tool("odd", "", {}, odd), "'odd': a parameter's type cannot be made from JSON"),
        (result, "'result' returned object, which has no JSON"),
    ]:
        with pytest.raises(ai.ToolError, match=message):
            call_tool(ai.ToolCall("1", made(tool).name, {"x": "1"} if made(tool).name == "odd" else {}), [tool])


def test_a_conversation_with_a_tool() -> None:
    from fluent_ai.testing import fake_provider

    arguments = {"place": {"city": "Oslo"}, "window": {}}
    with fake_provider(ai.ToolCall("7", "weather", arguments), "Cold.") as fake, ai.Client() as client:
        history = [ai.Message("user", (ai.TextPart("Is Oslo cold?"),))]
        reply = client.complete("fake:m", history, tools=[weather])
        results = tuple(call_tool(call, [weather]) for call in reply.tool_calls)
        history += [reply.message, ai.Message("tool", results)]
        assert client.complete("fake:m", history, tools=[weather]).text == "Cold."
    assert fake.requests[1].messages[2].parts == (ai.ToolResultPart("7", "Oslo 1 C ['a']"),)
