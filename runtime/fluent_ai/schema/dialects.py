"""The JSON schemas that each protocol accepts for structured output, and schemas narrowed to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import ConfigError
from fluent_ai.schema.wire_form import Pointers, entries, is_open, is_tuple, numbered

_NOTES = frozenset({
    "$comment", "$id", "$schema", "default", "deprecated", "discriminator", "examples", "readOnly", "writeOnly",
})  # fmt: skip
"""Keywords that do not constrain values; omitted silently."""
_STRUCTURE = frozenset({
    "$defs", "$ref", "additionalProperties", "anyOf", "const", "definitions", "description", "enum", "items", "oneOf",
    "properties", "required", "title", "type",
})  # fmt: skip
_BOUNDS = frozenset({
    "exclusiveMaximum", "exclusiveMinimum", "format", "maxItems", "maxLength", "maximum", "minItems", "minLength",
    "minimum", "multipleOf", "pattern", "uniqueItems",
})  # fmt: skip
"""Keywords that narrow one value. If a provider does not support one, it moves into the description."""

_NAMES: dict[type, str] = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}
_CONTAINERS: dict[str, type] = {
    "$defs": dict, "anyOf": list, "definitions": dict, "enum": list, "oneOf": list, "properties": dict,
    "propertyNames": dict, "required": list,
}  # fmt: skip


class Dialect(msgspec.Struct, frozen=True):
    """The JSON schemas that a provider accepts for enforced output."""

    bounds: frozenset[str]
    formats: frozenset[str]
    all_required: bool
    recursion: bool


_FORMATS = frozenset({"date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "time", "uuid"})
_OPENAI = Dialect(_BOUNDS - {"maxLength", "minLength", "uniqueItems"}, _FORMATS, all_required=True, recursion=True)
_ANTHROPIC = Dialect(frozenset({"format"}), _FORMATS | {"uri"}, all_required=False, recursion=False)

DIALECTS: dict[str, Dialect] = {
    "anthropic_messages": _ANTHROPIC,
    "bedrock_converse": _ANTHROPIC,
    "mistral_conversations": _OPENAI,
    "openai_chat": _OPENAI,
    "openai_responses": _OPENAI,
    "perplexity_agent": _OPENAI,
}
"""The protocols that restrict schemas; others get them unchanged."""


def for_protocol(schema: JsonObject, protocol: str) -> JsonObject:
    """The schema as the protocol accepts it. Apart from bounds, it allows nothing that the given one forbids.

    Objects are closed and, for OpenAI, all their properties are required. A bound that the provider does not support
    moves into the description. Raises ConfigError, which names path and keyword, for what the provider cannot express.
    """
    dialect = DIALECTS.get(protocol)
    if dialect is None:
        return schema
    if schema.get("type") != "object":
        raise ConfigError("output: the schema is not of type object at its root")
    if not dialect.recursion and (cycle := _recursive(schema)):
        raise ConfigError(f"output at {cycle}: the definition refers to itself; {protocol} allows no recursion")
    return _translate(schema, "", dialect, protocol, Pointers(schema))


def _translate(schema: object, path: str, dialect: Dialect, protocol: str, pointers: Pointers) -> JsonObject:
    def refuse(keyword: str, why: str) -> ConfigError:
        return ConfigError(f"output at {path or 'its root'}: {keyword!r} {why} in a schema for {protocol}")

    def inner(part: object, step: str) -> JsonObject:
        return _translate(part, f"{path}.{step}" if path else step, dialect, protocol, pointers)

    if not isinstance(schema, Mapping):
        raise ConfigError(f"output at {path}: a schema of type {type(schema).__name__}; allowed: a dict")
    for keyword, allowed in _CONTAINERS.items():
        if not isinstance(schema.get(keyword, allowed()), allowed):
            raise ConfigError(f"output at {path or 'its root'}: {keyword!r} is not a {allowed.__name__}")
    if is_open(schema):
        return _translate(entries(schema), path, dialect, protocol, pointers)
    if is_tuple(schema):
        return _translate(numbered(schema), path, dialect, protocol, pointers)
    made: JsonObject = {}
    lost: list[str] = []
    for keyword, value in schema.items():
        if keyword in _NOTES:
            continue
        if keyword in _BOUNDS:
            known = keyword in dialect.bounds and (keyword != "format" or value in dialect.formats)
            if known:
                made[keyword] = value
            else:
                lost.append(f"{keyword}: {value}")
        elif keyword not in _STRUCTURE:
            raise refuse(keyword, "is not supported")
        elif keyword in ("properties", "$defs", "definitions"):
            made[keyword] = {name: inner(part, f"{keyword}.{name}") for name, part in value.items()}
        elif keyword in ("anyOf", "oneOf"):
            members = pointers.branches(schema)
            if any(map(is_open, members)) and any(member.get("type") == "array" for member in members):
                raise refuse(keyword, "of an array and an object whose keys are not named cannot be told apart")
            made["anyOf"] = [inner(part, f"{keyword}[{number}]") for number, part in enumerate(value)]
        elif keyword == "items":
            made[keyword] = inner(value, keyword)
        else:
            made[keyword] = value
    if lost:
        made["description"] = " ".join(filter(None, (made.get("description"), f"({', '.join(lost)})")))
    kinds = named if isinstance(named := schema.get("type"), list) else [named]
    if "object" in kinds or "properties" in schema:
        properties = made.setdefault("properties", {})
        if schema.get("additionalProperties") not in (None, False) or ("properties" not in schema):
            raise refuse("additionalProperties", "(an object whose keys are not named) is not supported")
        made["additionalProperties"] = False
        made["required"] = list(properties) if dialect.all_required else list(schema.get("required", ()))
    if "$ref" in made and len(made) > 1:
        made = {"anyOf": [{"$ref": made.pop("$ref")}], **made}
    if "array" in kinds and "items" not in made:
        raise refuse("items", "is missing, and a list of values of any type is not supported")
    if "type" not in made and (constants := [made["const"]] if "const" in made else made.get("enum")):
        made["type"] = _type_of(constants)
    if not made.keys() & {"$ref", "anyOf", "const", "enum", "type"}:
        raise refuse("type", "is missing, and a value of any type is not supported")
    return made


def _type_of(constants: Iterable[object]) -> str | list[str]:
    names = list(dict.fromkeys(_NAMES[type(each)] for each in constants if type(each) in _NAMES))
    return names[0] if len(names) == 1 else names


def _recursive(schema: JsonObject) -> str | None:
    """The first definition that refers to itself, directly or indirectly; None if there is none."""
    edges: dict[str, set[str]] = {}
    for group in ("$defs", "definitions"):
        found = schema.get(group)
        for name, definition in found.items() if isinstance(found, Mapping) else ():
            edges[f"{group}.{name}"] = set(_references(definition))
    for start in edges:
        seen: set[str] = set()
        waiting = set(edges[start])
        while waiting:
            name = waiting.pop()
            if name == start:
                return start
            if name not in seen:
                seen.add(name)
                waiting |= edges.get(name, set())
    return "its root" if "" in set(_references(schema)) else None


def _references(schema: object) -> list[str]:
    """The references in a schema, as paths from its root."""
    if isinstance(schema, Mapping):
        own = [str(schema["$ref"]).removeprefix("#").removeprefix("/").replace("/", ".")] if "$ref" in schema else []
        return own + [name for value in schema.values() for name in _references(value)]
    if isinstance(schema, list | tuple):
        return [name for value in schema for name in _references(value)]
    return []
