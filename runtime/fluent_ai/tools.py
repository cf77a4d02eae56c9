"""Tools from what callers pass: `Tool` structs, OpenAI-style dicts, or plain typed functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from fluent_ai.errors import ToolError
from fluent_ai.vocabulary import Tool

ToolInput: TypeAlias = Tool | Mapping[str, Any] | Callable[..., Any]

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def to_tools(tools: Sequence[ToolInput]) -> tuple[Tool, ...]:
    """Raises ToolError naming the tool and what is wrong with it."""
    made = tuple(_tool(tool, f"tools[{number}]") for number, tool in enumerate(tools))
    names = [tool.name for tool in made]
    for tool in made:
        if not _NAME.fullmatch(tool.name):
            raise ToolError(f"tool name {tool.name!r}; allowed: 1 to 64 of letters, digits, _ and -")
        if names.count(tool.name) > 1:
            raise ToolError(f"tool name {tool.name!r} is used twice")
        if tool.parameters and tool.parameters.get("type") != "object":
            raise ToolError(f"tool {tool.name!r}: parameters is not a JSON schema of type object")
    return made


def _tool(tool: ToolInput, where: str) -> Tool:
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
    """A tool whose schema comes from the function's annotations and whose description is its docstring.

    Raises ToolError for a parameter without an annotation, for *args and **kwargs, and for types without a JSON schema.
    """
    import inspect
    import typing

    import msgspec

    name = getattr(function, "__name__", type(function).__name__)
    try:
        hints = typing.get_type_hints(function, include_extras=True)
    except Exception as error:  # annotations are arbitrary code of the caller
        raise ToolError(f"tool {name!r}: annotations cannot be evaluated: {error}") from None
    fields: list[Any] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY):
            raise ToolError(
                f"tool {name!r}: parameter {parameter.name!r} is {parameter.kind.description}; name each one"
            )
        if parameter.name not in hints:
            raise ToolError(f"tool {name!r}: parameter {parameter.name!r} has no type annotation")
        required = parameter.default is parameter.empty
        fields.append((parameter.name, hints[parameter.name], *(() if required else (parameter.default,))))
    try:
        struct = msgspec.defstruct("Parameters", fields, kw_only=True)
        _, components = msgspec.json.schema_components((struct,), ref_template="#/$defs/{name}")
    except TypeError as error:
        raise ToolError(f"tool {name!r}: {error}") from None
    parameters = components.pop("Parameters")
    parameters.pop("title", None)
    if components:
        parameters["$defs"] = components
    return Tool(name, inspect.getdoc(function) or "", parameters, function)
