"""JSON schemas of callers' types, and values of those types from JSON, by msgspec and, where needed, pydantic.

Types may be anything that msgspec supports (structs, dataclasses, TypedDicts, containers, literals, `Annotated` with
`msgspec.Meta`), with pydantic models anywhere inside. pydantic is imported only for types that use it. A pydantic
dataclass is treated as a plain dataclass: its own validators do not run.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast

import msgspec

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.schema.unions import OneOf, separable
from fluent_ai.schema.wire_form import Restorer
from fluent_ai.type_info import prepare_callers

T = TypeVar("T")

ANY = cast("type[object]", Any)
"""The type of every JSON value."""
_REF = "#/$defs/"


class JsonType(Generic[T]):
    """A type, its JSON schema (whose root is an object, not a reference, for object types), and its decoder.

    Raises TypeError for a type that JSON cannot express.
    """

    def __init__(self, kind: type[T]) -> None:
        self.schema = schema_of(kind)
        self._decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(separable(kind), dec_hook=_from_builtins)

    def decode(self, text: str) -> T:
        """The value in the text. Raises ValueError, which says where the text does not fit the type."""
        try:
            return self._decoder.decode(text)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        except UnicodeError:
            raise ValueError("not valid Unicode") from None


def json_type(kind: type[T]) -> JsonType[T]:
    """The JsonType of a type, made once. Raises TypeError for a type that JSON cannot express."""
    try:
        return cast("JsonType[T]", _json_type(cast("Hashable", kind), repr(kind)))
    except RecursionError:
        raise TypeError("nested too deeply") from None
    except NameError as error:  # an annotation that is a string and names nothing
        raise TypeError(str(error)) from None


@lru_cache(maxsize=256)
def _json_type(kind: Hashable, order: str) -> JsonType[Any]:
    """`order` is part of the key because Python ignores it when it compares unions."""
    return JsonType(cast("type[Any]", kind))


def convert(value: object, kind: type[T]) -> T:
    """A value of the type from plain dicts, lists and scalars. Raises ValueError, which says where they do not fit."""
    prepare_callers(kind)
    try:
        return msgspec.convert(value, kind, dec_hook=_from_builtins, str_keys=True)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def to_json(value: object) -> str:
    """The JSON text of such a value. Raises TypeError or ValueError for a value that JSON cannot express."""
    try:
        return msgspec.json.encode(value, enc_hook=_to_builtins).decode()
    except RecursionError:
        raise ValueError("nested too deeply") from None


def schema_of(kind: object) -> JsonObject:
    """The JSON schema of a type. Raises TypeError if it has none, or if two of its types share a name."""
    known: dict[str, JsonObject] = {}

    def define(definitions: Mapping[str, JsonObject]) -> None:
        for name, definition in definitions.items():
            if known.setdefault(name, definition) != definition:
                raise TypeError(f"two types are named {name!r}")

    def hook(inner: type) -> JsonObject:
        if issubclass(inner, OneOf):
            return {"anyOf": schemas(inner.members)}
        if not is_pydantic(inner):
            raise NotImplementedError
        from pydantic import TypeAdapter

        schema = TypeAdapter(inner).json_schema()
        define(schema.pop("$defs", {}))
        return schema

    def schemas(kinds: tuple[Any, ...]) -> list[JsonObject]:
        made, definitions = msgspec.json.schema_components(kinds, schema_hook=hook, ref_template=_REF + "{name}")
        define(definitions)
        return list(made)

    try:
        told_apart = separable(kind)
        prepare_callers(told_apart)
        (schema,) = schemas((told_apart,))
        return at_root({**schema, "$defs": known})
    except RecursionError:
        raise TypeError("nested too deeply") from None


def is_pydantic(kind: object) -> bool:
    """True for a pydantic model."""
    return isinstance(kind, type) and hasattr(kind, "model_json_schema") and hasattr(kind, "__pydantic_validator__")


def _from_builtins(kind: type, value: object) -> object:
    """msgspec's hook for types that it does not support. msgspec adds the path to errors raised here."""
    if issubclass(kind, OneOf):
        return _member(kind.members, value)
    if not is_pydantic(kind):
        raise NotImplementedError
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_json(msgspec.json.encode(value))
    except ValidationError as error:
        # str(error) would show the values.
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise ValueError("; ".join(f"{_dotted(fault['loc'])}{fault['msg']}" for fault in faults)) from None


def _member(members: tuple[Any, ...], value: object) -> object:
    """The value as the first member that has all its names, else as the first that accepts it."""
    text = msgspec.json.encode(value).decode()
    kinds = [json_type(member) for member in members]
    faults = []
    for kind in sorted(kinds, key=lambda kind: not Restorer(kind.schema).fits(value)):
        try:
            return kind.decode(text)
        except ValueError as error:
            faults.append(str(error))
    raise ValueError("; or ".join(faults))


def _to_builtins(value: object) -> object:
    if not is_pydantic(type(value)):
        raise NotImplementedError
    from pydantic import TypeAdapter

    return TypeAdapter(type(value)).dump_python(value, mode="json")


def _dotted(place: tuple[int | str, ...]) -> str:
    return f"{'.'.join(map(str, place))}: " if place else ""


def at_root(schema: Mapping[str, Any]) -> JsonObject:
    """The schema with a bare reference at its root replaced by what it refers to, and without empty definitions."""
    root = dict(schema)
    definitions = root.pop("$defs", None)
    if not isinstance(definitions, Mapping):
        return dict(schema)
    kept = dict(definitions)
    reference = root.get("$ref")
    name = reference.removeprefix(_REF) if isinstance(reference, str) else None
    if name in kept:
        definition = kept.pop(name)
        if any(_refers(other, reference) for other in (definition, *kept.values())):
            kept[name] = definition
        root = {**definition, **{key: value for key, value in root.items() if key != "$ref"}}
    if kept:
        root["$defs"] = kept
    return root


def _refers(schema: object, reference: object) -> bool:
    """True if `reference` occurs anywhere in the schema."""
    if isinstance(schema, Mapping):
        return schema.get("$ref") == reference or any(_refers(value, reference) for value in schema.values())
    return isinstance(schema, list | tuple) and any(_refers(value, reference) for value in schema)
