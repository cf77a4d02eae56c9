"""Tools from `Tool` structs, OpenAI-style dicts or plain typed functions, and calls of them."""

from __future__ import annotations

import functools
import inspect
import re
import time
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Protocol, TypeAlias, runtime_checkable

import msgspec

from fluent_ai.content.parts import (
    AudioPart,
    DocumentPart,
    HostedTool,
    ImagePart,
    Tool,
    ToolCall,
    ToolResultPart,
    ToolTiming,
)
from fluent_ai.errors import InvalidJSON, ToolError
from fluent_ai.schema.bounds import check_size
from fluent_ai.schema.docstrings import split_docstring
from fluent_ai.schema.json_types import convert, schema_of, to_json
from fluent_ai.schema.unions import separable
from fluent_ai.threads import stop_iteration_raised

OneTool: TypeAlias = Tool | Mapping[str, Any] | Callable[..., Any]


@runtime_checkable
class Toolset(Protocol):
    """Several tools that belong together, such as `ai.tools.Files`: among `tools`, it stands for all of them."""

    def tools(self) -> Sequence[OneTool]:
        """The tools."""
        ...


ToolInput: TypeAlias = OneTool | Toolset | HostedTool

_File = ImagePart | AudioPart | DocumentPart
_UNTYPED = Annotated[Any, "a parameter without an annotation"]
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def to_tools(tools: Sequence[ToolInput]) -> tuple[Tool, ...]:
    """The tools as `Tool` structs. Raises ToolError, which names the tool and what is wrong with it."""
    made = tuple(_tool(tool, f"tools[{number}]") for number, tool in enumerate(unpack(tools)[0]))
    for tool in made:
        for field, kind in (("name", str), ("description", str), ("parameters", dict)):
            if not isinstance(value := getattr(tool, field), kind):
                raise ToolError(f"{field} of a tool is of type {type(value).__name__}; allowed: {kind.__name__}")
        if not _NAME.fullmatch(tool.name):
            raise ToolError(f"tool name {tool.name!r}; allowed: 1 to 64 of letters, digits, _ and -")
        if [other.name for other in made].count(tool.name) > 1:
            raise ToolError(f"tool name {tool.name!r} is used twice")
        check_size(tool.parameters, f"tool {tool.name!r}", ToolError)
        if tool.parameters and tool.parameters.get("type") != "object":
            raise ToolError(f"tool {tool.name!r}: parameters is not a JSON schema of type object")
    return made


def unpack(tools: Sequence[ToolInput]) -> tuple[list[OneTool], tuple[HostedTool, ...]]:
    """The tools that we can call, one by one, with those of each toolset in its place; and those that providers run.

    Raises ToolError for anything but a sequence.
    """
    if not isinstance(tools, Sequence) or isinstance(tools, str | bytes | bytearray | memoryview):
        raise ToolError(f"tools is of type {type(tools).__name__}; allowed: a list of Tools, dicts and typed functions")
    found: list[OneTool] = []
    for tool in tools:
        if isinstance(tool, HostedTool):
            continue
        if isinstance(tool, Tool | Mapping) or callable(tool) or not isinstance(tool, Toolset):
            found.append(tool)  # what is no tool at all is refused later, with its place
        else:
            found += tool.tools()
    return found, tuple(tool for tool in tools if isinstance(tool, HostedTool))


def _tool(tool: OneTool, where: str) -> Tool:
    if isinstance(tool, Tool):
        return tool
    if isinstance(tool, Mapping):
        match tool:
            case {"type": "function", "function": {"name": str(name), **rest}}:
                parameters = rest.get("parameters") or {}
                if not isinstance(parameters, Mapping):
                    raise ToolError(f"{where}: parameters is of type {type(parameters).__name__}; allowed: a dict")
                return Tool(name, str(rest.get("description") or ""), dict(parameters))
            case _:
                raise ToolError(f"{where}: a dict needs type 'function' and function.name")
    if callable(tool):
        return tool_from_function(tool)
    raise ToolError(f"{where} is of type {type(tool).__name__}; allowed: a Tool, a dict, a typed function")


def tool_from_function(function: Callable[..., Any]) -> Tool:
    """A tool whose schema comes from the function's annotations and whose descriptions come from its docstring.

    Accepts functions, methods, asynchronous functions, callable objects and `functools.partial`, whose bound arguments
    the model does not see. A description in `Annotated[..., msgspec.Meta(...)]` takes precedence over the docstring.
    Raises ToolError for a parameter without an annotation, for *args and **kwargs, and for types without a JSON schema.
    """
    name = _name(function)
    arguments, extra = _arguments(function, name)
    for parameter in extra:
        raise ToolError(f"tool {name!r}: parameter {parameter!r} is variadic keyword; name each one")
    for parameter in arguments.__struct_fields__:
        if arguments.__annotations__[parameter] == _UNTYPED:
            raise ToolError(f"tool {name!r}: parameter {parameter!r} has no type annotation")
    try:
        parameters = schema_of(arguments)
    except TypeError as error:
        raise ToolError(f"tool {name!r}: {str(error).splitlines()[-1]}") from None
    parameters.pop("title", None)
    description, descriptions = split_docstring(inspect.getdoc(function_of(function)) or "")
    for parameter, schema in parameters["properties"].items():
        if parameter in descriptions:
            schema.setdefault("description", descriptions[parameter])
    return Tool(name, description, parameters, function)


def call_tool(call: ToolCall, tools: Sequence[ToolInput]) -> ToolResultPart:
    """Run the tool that the model called. The model's mistakes become a result with `is_error` that explains them.

    Mistakes are an unknown tool, arguments that are not JSON or do not fit the function's types, and a ToolError that
    the function raises. Arguments are converted to the annotated types; a result that is not a str is encoded as JSON,
    except files, such as ImagePart, alone or in a list: they become the `files` of the result. A ToolResultPart is
    taken as it is, with the id of the call.
    Other exceptions of the function propagate. Raises ToolError for a tool without a function or with an asynchronous
    one, and for a result that JSON cannot express.
    """
    found = prepare_call(call, {tool.name: tool for tool in to_tools(tools)})
    if isinstance(found, ToolResultPart):
        return found
    function, arguments = found
    begun = _Start()
    try:
        value = function(**arguments)
    except ToolError as error:
        return ToolResultPart(call.id, error.message, is_error=True, timing=begun.timing())
    except StopIteration as error:
        raise stop_iteration_raised(f"tool {call.name!r}") from error
    if inspect.isawaitable(value):
        if inspect.iscoroutine(value):
            value.close()
        raise ToolError(f"tool {call.name!r} is asynchronous; call it with acall_tool")
    return tool_result(call, value, begun.timing())


async def acall_tool(call: ToolCall, tools: Sequence[ToolInput]) -> ToolResultPart:
    """The asynchronous twin of `call_tool`; functions that are not asynchronous run in a thread."""
    import asyncio

    found = prepare_call(call, {tool.name: tool for tool in to_tools(tools)})
    if isinstance(found, ToolResultPart):
        return found
    function, arguments = found
    begun = _Start()
    try:
        if inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(type(function).__call__):
            value = await function(**arguments)
        else:
            value = await asyncio.to_thread(functools.partial(_call_in_thread, call.name, function, arguments))
            if inspect.isawaitable(value):
                value = await value
    except ToolError as error:
        return ToolResultPart(call.id, error.message, is_error=True, timing=begun.timing())
    return tool_result(call, value, begun.timing())


class _Start:
    """When a tool was called."""

    def __init__(self) -> None:
        self._time = time.time()
        self._began = time.perf_counter()

    def timing(self) -> ToolTiming:
        """It has finished now."""
        return ToolTiming(self._time, time.time(), time.perf_counter() - self._began)


def _call_in_thread(name: str, function: Callable[..., Any], arguments: Mapping[str, object]) -> object:
    try:
        return function(**arguments)
    except StopIteration as error:
        raise stop_iteration_raised(f"tool {name!r}") from error


def prepare_call(
    call: ToolCall, known: Mapping[str, Tool]
) -> tuple[Callable[..., Any], dict[str, object]] | ToolResultPart:
    """The function and its arguments, or the error result for the model. `known` holds the tools by name."""

    def refuse(why: str) -> ToolResultPart:
        return ToolResultPart(call.id, why, is_error=True)

    if not isinstance(call, ToolCall) or not isinstance(call.id, str) or not isinstance(call.name, str):
        raise ToolError(f"call is of type {type(call).__name__}; allowed: a ToolCall, whose id and name are str")
    tool = known.get(call.name)
    if tool is None:
        return refuse(f"There is no tool {call.name!r}. Tools: {', '.join(known)}.")
    if tool.function is None:
        raise ToolError(f"tool {call.name!r} has no function to call")
    if (
        not call.valid
        or not isinstance(call.arguments, dict)
        or not all(isinstance(key, str) for key in call.arguments)
    ):
        return refuse(f"The arguments are not a JSON object: {_why_not_json(call.arguments)}. Nothing was called.")
    kind, extra = _arguments(tool.function, tool.name)
    unknown = sorted(call.arguments.keys() - set(kind.__struct_fields__))
    if unknown and not extra:
        named = ", ".join(kind.__struct_fields__) or "none"
        return refuse(f"There is no argument {unknown[0]!r}. Arguments: {named}. Nothing was called.")
    try:
        made = convert(call.arguments, kind)
    except ValueError as error:
        return refuse(f"The arguments are wrong: {error}. Nothing was called.")
    except (TypeError, NotImplementedError):
        raise ToolError(f"tool {call.name!r}: a parameter's type cannot be made from JSON") from None
    given = {name: getattr(made, name) for name in kind.__struct_fields__ if name in call.arguments}
    return tool.function, given | {name: call.arguments[name] for name in unknown}


def _why_not_json(arguments: object) -> str:
    from fluent_ai.schema.partial_json import PartialJSON

    reader = PartialJSON()
    try:
        reader.feed(arguments if isinstance(arguments, str) else "")
        value = reader.finish()
    except InvalidJSON as error:
        return error.message
    return f"it is of type {type(value).__name__}" if not isinstance(value, dict) else "the call was cut"


def tool_result(call: ToolCall, value: object, timing: ToolTiming | None = None) -> ToolResultPart:
    """What a tool returned, as the model is shown it. Raises ToolError for a value that JSON cannot express."""
    if isinstance(value, str):
        return ToolResultPart(call.id, value, timing=timing)
    if isinstance(value, ToolResultPart):
        return msgspec.structs.replace(value, call_id=call.id, timing=timing)
    several = list(value) if isinstance(value, list | tuple) else [value]
    if files := tuple(each for each in several if isinstance(each, _File)):
        texts = [each if isinstance(each, str) else to_json(each) for each in several if not isinstance(each, _File)]
        return ToolResultPart(call.id, "\n".join(texts), files=files, timing=timing)
    try:
        return ToolResultPart(call.id, to_json(value), timing=timing)
    except (TypeError, ValueError, NotImplementedError):
        raise ToolError(f"tool {call.name!r} returned {type(value).__name__}, which has no JSON form") from None


def function_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """What stands behind `functools.partial` and decorators that name what they wrap."""
    while isinstance(function, functools.partial) or hasattr(function, "__wrapped__"):
        function = function.func if isinstance(function, functools.partial) else inspect.unwrap(function)
    return function


def routine_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """What runs when a tool is called: the function, or the `__call__` of a callable object."""
    target = function_of(function)
    return target if inspect.isroutine(target) else type(target).__call__


def _name(function: Callable[..., Any]) -> str:
    while isinstance(function, functools.partial):
        function = function.func
    return str(getattr(function, "__name__", type(function).__name__))


def _arguments(function: Callable[..., Any], name: str) -> tuple[type[msgspec.Struct], tuple[str, ...]]:
    """A struct with a field for each parameter that the model may pass, and the name of **kwargs, if any."""
    try:
        hints = typing.get_type_hints(routine_of(function), include_extras=True)
    except Exception as error:  # annotations may run any code of the caller
        raise ToolError(f"tool {name!r}: annotations cannot be evaluated: {error}") from None
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        raise ToolError(f"tool {name!r} does not say which parameters it has; allowed: a typed function") from None
    bound = function.keywords.keys() if isinstance(function, functools.partial) else ()
    fields: list[Any] = []
    extra: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.name in bound:
            continue
        if parameter.kind is parameter.VAR_KEYWORD:
            extra.append(parameter.name)
            continue
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.POSITIONAL_ONLY):
            raise ToolError(
                f"tool {name!r}: parameter {parameter.name!r} is {parameter.kind.description}; name each one"
            )
        fields.append((parameter.name, separable(hints.get(parameter.name, _UNTYPED)), *_default(parameter)))
    try:
        return msgspec.defstruct("Parameters", fields, kw_only=True), tuple(extra)
    except TypeError as error:
        raise ToolError(f"tool {name!r}: {error}") from None


def _default(parameter: inspect.Parameter) -> tuple[Any, ...]:
    """The default as a struct field declares it; the schema shows only plain values."""
    default = parameter.default
    if default is parameter.empty:
        return ()
    if default is None or isinstance(default, bool | int | float | str):
        return (default,)
    return (msgspec.field(default_factory=lambda: default),)
