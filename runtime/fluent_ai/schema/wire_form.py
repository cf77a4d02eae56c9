"""The form in which a model writes a value that a protocol cannot request directly, and the way back to the value.

Providers require an object at the root, so any other root becomes `{"value": ...}`. Strict providers allow no objects
with free keys, which become lists of `{"key": ..., "value": ...}`, and no tuples, which become objects of `item1`,
`item2`, ...

The way back follows the schema of the value. It does not depend on the protocol: a value that was written directly is
kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias, cast

from fluent_ai.content.json_struct import JsonObject

Plain: TypeAlias = Any  # a JSON value whose containers are read and created here

VALUE: Final = "value"
KEY: Final = "key"
_DEFINITIONS: Final = ("$defs", "definitions")
_PYTHON: Final[Mapping[str, tuple[type, ...]]] = {
    "array": (list,), "boolean": (bool,), "integer": (int,), "null": (type(None),), "number": (int, float),
    "object": (dict,), "string": (str,),
}  # fmt: skip


def is_object(schema: Mapping[str, Any]) -> bool:
    """True if the schema can be the root as it is."""
    return (schema.get("type") == "object" or "properties" in schema) and not is_open(schema)


def is_open(schema: Mapping[str, Any]) -> bool:
    """An object with free keys, whose values have a schema."""
    values = schema.get("additionalProperties")
    return (
        schema.get("type") == "object" and not schema.get("properties") and isinstance(values, Mapping) and bool(values)
    )


def is_tuple(schema: Mapping[str, Any]) -> bool:
    """An array with a fixed number of items, each with its own schema."""
    return isinstance(schema.get("prefixItems"), list | tuple) and schema.get("items") in (None, False)


def wrapped(schema: Mapping[str, Any]) -> JsonObject:
    """The schema of an object that holds the value."""
    definitions = {name: schema[name] for name in _DEFINITIONS if name in schema}
    inner = {name: part for name, part in schema.items() if name not in _DEFINITIONS}
    root: JsonObject = {
        "type": "object",
        "properties": {VALUE: _moved(inner)},
        "required": [VALUE],
        "additionalProperties": False,
    }
    return root | cast("JsonObject", _moved(definitions))


def entries(schema: Mapping[str, Any]) -> JsonObject:
    """The list of entries that represents an object with free keys."""
    bounds = {"minProperties": "minItems", "maxProperties": "maxItems"}
    others = {
        bounds.get(name, name): part
        for name, part in schema.items()
        if name not in ("type", "properties", "required", "additionalProperties", "propertyNames")
    }
    key = {"type": "string", **(schema.get("propertyNames") or {})}
    return others | {"type": "array", "items": _closed({KEY: key, VALUE: schema["additionalProperties"]})}


def numbered(schema: Mapping[str, Any]) -> JsonObject:
    """The object that represents a tuple."""
    left_out = ("type", "prefixItems", "items", "minItems", "maxItems")
    others = {name: part for name, part in schema.items() if name not in left_out}
    return others | _closed({item_name(number): part for number, part in enumerate(schema["prefixItems"])})


def _closed(properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def item_name(number: int) -> str:
    return f"item{number + 1}"


def _moved(schema: object) -> object:
    """The schema, with references to the root and its parts changed to their places inside the wrapper."""
    if isinstance(schema, Mapping):
        made = {name: _moved(part) for name, part in schema.items()}
        reference = schema.get("$ref")
        if isinstance(reference, str) and not reference.startswith(tuple(f"#/{name}/" for name in _DEFINITIONS)):
            made["$ref"] = reference.replace("#", f"#/properties/{VALUE}", 1)
        return made
    return [_moved(part) for part in schema] if isinstance(schema, list | tuple) else schema


def can_differ(schema: object) -> bool:
    """True if a part of the schema has another form for strict protocols."""
    if isinstance(schema, Mapping):
        return is_open(schema) or is_tuple(schema) or any(can_differ(part) for part in schema.values())
    return isinstance(schema, list | tuple) and any(can_differ(part) for part in schema)


class Pointers:
    """A schema with its references resolved."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root

    def found(self, schema: object) -> Mapping[str, Any]:
        """The schema after its references; empty for a dangling reference."""
        for _ in range(100):
            if not isinstance(schema, Mapping):
                return {}
            reference = schema.get("$ref")
            if not isinstance(reference, str):
                return schema
            schema = self.root
            for step in reference.split("/")[1:]:
                name = step.replace("~1", "/").replace("~0", "~")
                schema = schema.get(name) if isinstance(schema, Mapping) else None
        return {}

    def branches(self, schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The members of a union, and of unions in it; the schema itself if it is not a union."""
        made: list[Mapping[str, Any]] = []
        waiting: list[object] = [schema]
        opened: set[int] = set()
        while waiting:
            part = self.found(waiting.pop())
            members = part.get("anyOf", part.get("oneOf"))
            if not isinstance(members, list | tuple):
                made.append(part)
            elif id(part) not in opened:  # a union may contain itself
                opened.add(id(part))
                waiting += reversed(members)
        return made


class Restorer:
    """The way back from a whole answer to the value. Use one instance for each answer."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._pointers = Pointers(schema)
        self._known: dict[tuple[int, int, bool], tuple[bool, Plain]] = {}

    def value(self, written: object) -> Plain:
        """The value in the form of its own schema; parts that do not fit the schema stay as they are."""
        for closed in (True, False):
            fits, made = self._read(written, self._pointers.root, closed)
            if fits:
                return made
        return written

    def fits(self, written: object) -> bool:
        """True if this has exactly the form of the schema."""
        return self._read(written, self._pointers.root, closed=True)[0]

    def _read(self, written: Plain, schema: object, closed: bool) -> tuple[bool, Plain]:
        # Without the memory, nested unions would be tried exponentially often.
        place = (id(written), id(schema), closed)
        if isinstance(written, list | dict) and place in self._known:
            return self._known[place]
        for native in (True, False):
            for branch in self._pointers.branches(self._pointers.found(schema)):
                answer = self._branch(written, branch, closed, native)
                if answer[0]:
                    self._known[place] = answer
                    return answer
        self._known[place] = False, written
        return False, written

    def _branch(self, written: Plain, schema: Mapping[str, Any], closed: bool, native: bool) -> tuple[bool, Plain]:
        if not native:
            return self._other_form(written, schema, closed)
        if not _is_of(written, schema):
            return False, written
        if isinstance(written, list):
            first = schema.get("prefixItems") or ()
            rest = schema.get("items")
            if (len(written) < len(first)) if not is_tuple(schema) else (len(written) != len(first)):
                return False, written
            kinds = [*first, *[rest] * (len(written) - len(first))]
            return _all([self._read(each, kind, closed) for each, kind in zip(written, kinds, strict=True)])
        if isinstance(written, dict):
            named = schema.get("properties") or {}
            free = schema.get("additionalProperties")
            unknown = written.keys() - named.keys()
            if not set(schema.get("required") or ()) <= written.keys() or (
                unknown and (free is False or (closed and named and free is None))
            ):
                return False, written
            fits, made = _all([self._read(each, named.get(name, free), closed) for name, each in written.items()])
            return fits, dict(zip(written, made, strict=True))
        return True, written

    def _other_form(self, written: Plain, schema: Mapping[str, Any], closed: bool) -> tuple[bool, Plain]:
        if is_open(schema) and isinstance(written, list) and all(map(is_entry, written)):
            fits, made = _all([self._read(each[VALUE], schema["additionalProperties"], closed) for each in written])
            return fits, {each[KEY]: value for each, value in zip(written, made, strict=True)}
        if is_tuple(schema) and isinstance(written, dict):
            kinds = schema["prefixItems"]
            names = [item_name(number) for number in range(len(kinds))]
            if written.keys() == set(names):
                return _all([self._read(written[name], kind, closed) for name, kind in zip(names, kinds, strict=True)])
        return False, written


def _all(answers: Sequence[tuple[bool, Plain]]) -> tuple[bool, list[Plain]]:
    return all(fits for fits, _ in answers), [made for _, made in answers]


def is_entry(written: object) -> bool:
    return isinstance(written, dict) and written.keys() == {KEY, VALUE} and isinstance(written[KEY], str)


def _is_of(written: object, schema: Mapping[str, Any]) -> bool:
    """True if a value has the type, and is one of the constants, that the schema names."""
    kinds = schema.get("type")
    names = [kinds] if isinstance(kinds, str) else kinds or ()
    if names and not any(_is_a(written, name) for name in names):
        return False
    if "const" in schema and not _same(written, schema["const"]):
        return False
    return "enum" not in schema or any(_same(written, each) for each in schema["enum"])


def _is_a(written: object, name: str) -> bool:
    if isinstance(written, bool):
        return name == "boolean"
    if name == "integer" and isinstance(written, float):
        return written.is_integer()
    return isinstance(written, _PYTHON.get(name, (object,)))


def _same(one: object, other: object) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)
