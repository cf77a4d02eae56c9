"""Arguments that are written between tags, one by one, as Qwen3-Coder writes them: texts as they are, others as JSON.

The form is that of the model's chat template. What a value is follows from the schema of its tool: `42` is a text where
the schema wants a string, and a number elsewhere.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from fluent_ai.errors import ConfigError

OPENING: Final = "<parameter="
BETWEEN: Final = ">\n"
CLOSING: Final = "\n</parameter>\n"
END: Final = "</function>"
"""What stands behind the last argument."""
_PLAIN: Final = (bool, int, float, list, dict, type(None))
_SAYING: Final = frozenset({"title", "description", "default", "examples", "deprecated", "$comment"})
_DEFINITIONS: Final = ("$defs", "definitions")
_OF_OBJECTS: Final = _SAYING | {"type", "properties", "required", "additionalProperties", "$schema", *_DEFINITIONS}
_OF_TEXTS: Final = _SAYING | {"type", "enum", "const", "minLength", "maxLength"}


def write(arguments: str) -> str:
    """Arguments in JSON, as a model would write them.

    >>> write('{"city": "Rome", "days": 3}')
    '<parameter=city>\\nRome\\n</parameter>\\n<parameter=days>\\n3\\n</parameter>\\n'
    """
    try:
        values = msgspec.json.decode(arguments, type=dict[str, Any])
    except msgspec.MsgspecError:  # not the arguments of a valid call
        values = {}
    return "".join(
        f"{OPENING}{name}{BETWEEN}{value if isinstance(value, str) else msgspec.json.encode(value).decode()}{CLOSING}"
        for name, value in values.items()
    )


def is_text(parameters: Mapping[str, Any], name: str) -> bool:
    """Whether the argument `name` of a tool with such a schema can only be a string; one that it does not know is."""
    schema = _resolved(parameters, _properties(parameters).get(name, {"type": "string"}))
    kind = schema.get("type")
    if kind is None:
        values = [schema["const"]] if "const" in schema else schema.get("enum")
        return isinstance(values, list) and bool(values) and all(isinstance(value, str) for value in values)
    return bool(kind == "string")


def to_json(text: str) -> str:
    """A value that is no plain text as JSON: it is JSON, or what Python writes for it, or a text after all.

    >>> to_json("[1, 2]"), to_json("True"), to_json("ten")
    ('[1, 2]', 'true', '"ten"')
    """
    try:
        msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError):
        pass
    else:
        return text.strip()
    try:
        value = ast.literal_eval(text.strip())
        return msgspec.json.encode(value if isinstance(value, _PLAIN) else text).decode()
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return msgspec.json.encode(text).decode()


def escaped(text: str) -> str:
    """A piece of a string in JSON, without its quotes."""
    return msgspec.json.encode(text).decode()[1:-1]


def schemas(tool: str, parameters: Mapping[str, Any]) -> Iterator[tuple[str, bool, Mapping[str, Any]]]:
    """Each argument's name, whether a call must have it, and its schema, which stands for itself.

    Raises ConfigError, which names the tool, for what cannot be enforced where each argument stands alone.
    """
    _refuse_others(f"the schema of the tool {tool!r}", parameters, _OF_OBJECTS)
    definitions = {name: parameters[name] for name in _DEFINITIONS if name in parameters}
    properties = _properties(parameters)
    required = parameters.get("required", ())
    if unknown := [name for name in required if name not in properties]:
        raise ConfigError(
            f"the schema of the tool {tool!r} requires {unknown[0]!r}, which it does not describe", provider="local"
        )
    for name, schema in properties.items():
        text = is_text(parameters, name)
        found = _resolved(parameters, schema) if text else schema
        if text:
            _refuse_others(f"the argument {name!r} of the tool {tool!r}", found, _OF_TEXTS)
        yield name, name in required, found if text else {**found, **definitions}


def _refuse_others(what: str, schema: Mapping[str, Any], allowed: frozenset[str]) -> None:
    for name in schema:
        if name not in allowed:
            raise ConfigError(f"{what} holds {name!r}, which cannot be enforced in a call with tags", provider="local")


def _properties(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    found = parameters.get("properties")
    return found if isinstance(found, Mapping) else {}


def _resolved(parameters: Mapping[str, Any], schema: Any) -> Mapping[str, Any]:
    """A schema, or the one that it refers to."""
    seen: set[str] = set()
    while isinstance(schema, Mapping) and isinstance(path := schema.get("$ref"), str) and path not in seen:
        seen.add(path)
        found: Any = parameters
        for step in path.removeprefix("#/").split("/"):
            found = found.get(step) if isinstance(found, Mapping) else None
        schema = found
    return schema if isinstance(schema, Mapping) else {}
