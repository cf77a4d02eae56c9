"""Structs that convert to JSON and back, alone, inside pydantic models, and with `json` and msgspec.

Bytes become base64 (RFC 4648, section 4), dates ISO 8601, vectors lists of numbers. When reading, unknown fields are
ignored, because a newer version may have added them.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar, cast, get_args

import msgspec

from fluent_ai.errors import ConfigError, FluentError
from fluent_ai.type_info import prepare_callers

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

JsonObject: TypeAlias = dict[str, Any]
T = TypeVar("T")

_REF = "#/$defs/"


class JsonStruct(msgspec.Struct, frozen=True):
    """A value that survives a round trip through JSON; it may be a field of pydantic and FastAPI models."""

    def to_dict(self) -> JsonObject:
        """The fields as plain JSON values, including those of nested structs. Raises what `to_json` raises."""
        return cast("JsonObject", msgspec.json.decode(self.to_json()))

    def to_json(self) -> str:
        """The JSON text. Raises ConfigError for text that is not valid Unicode, and if `output` has no JSON form."""
        try:
            return msgspec.json.encode(self, enc_hook=_plain).decode()
        except UnicodeEncodeError:
            reason = "a text holds a lone surrogate"
        except (TypeError, ValueError, RecursionError) as error:
            reason = str(error)
        # Raised outside the handler, because the original error holds the text.
        raise ConfigError(f"this {type(self).__name__} cannot be written as JSON: {reason}")

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """The value from what `to_dict` returned. Raises ConfigError that says where the data do not fit the type."""
        return from_dict(data, cls, cls.__name__)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The value from what `to_json` returned. Raises ConfigError that says where the text does not fit the type."""
        return from_json(text, cls, cls.__name__)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        def validate(value: object) -> JsonStruct:
            return value if isinstance(value, cls) else cls.from_dict(cast("Mapping[str, object]", value))

        return core_schema.no_info_plain_validator_function(
            validate, serialization=core_schema.plain_serializer_function_ser_schema(to_jsonable)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonObject:
        return json_schema(cls)


def to_jsonable(value: object) -> Any:  # the signature that msgspec, json and pydantic expect
    """The value as plain JSON data, for `json.dumps(x, default=to_jsonable)` and msgspec's `enc_hook=to_jsonable`.

    Accepts results and errors of this package, pydantic models, and everything that msgspec supports. Raises TypeError
    for other types.
    """
    return msgspec.json.decode(msgspec.json.encode(value, enc_hook=_plain))


def from_json(text: str | bytes, kind: type[T], name: str) -> T:
    """A value of the type, which may be a union, from JSON. Raises ConfigError, whose message begins with `name`."""
    try:
        data = msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise ConfigError(f"{name}: not valid JSON") from None
    except TypeError:
        raise ConfigError(f"{name} is read from a {type(text).__name__}; allowed: str or bytes") from None
    return from_dict(data, kind, name)


def from_dict(data: object, kind: type[T], name: str) -> T:
    """A value of the type, which may be a union, from plain JSON values. Raises like `from_json`."""
    if not isinstance(data, Mapping):
        raise ConfigError(f"{name} is read from a {type(data).__name__}; allowed: a JSON object")
    prepare_callers(kind)
    try:
        return msgspec.convert(_known(data, kind), kind, dec_hook=_typed, str_keys=True)
    except (msgspec.ValidationError, RecursionError) as error:
        raise ConfigError(f"{name}: {error}") from None


def decoder_of(kind: type[T]) -> Callable[[bytes], T]:
    """What reads a value of the type from JSON that this process has written, at once and without patience.

    It raises `msgspec.MsgspecError` and RecursionError.
    """
    prepare_callers(kind)
    return msgspec.json.Decoder(kind, dec_hook=_typed).decode


def json_schema(kind: type) -> JsonObject:
    """The JSON schema of a type, complete in itself."""
    prepare_callers(kind)
    (schema,), definitions = msgspec.json.schema_components((kind,), schema_hook=_schema, ref_template=_REF + "{name}")
    return cast("JsonObject", _inlined(schema, definitions))


def _plain(value: object) -> object:
    """msgspec's hook for encoding types that it does not support."""
    if isinstance(value, array):
        return value.tolist()
    if isinstance(value, FluentError):
        return value.to_dict()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if hasattr(type(value), "__pydantic_serializer__"):
        from pydantic_core import to_jsonable_python

        return to_jsonable_python(value)
    raise TypeError(f"a value of type {type(value).__name__} has no JSON form")


def _typed(kind: type, value: object) -> object:
    """msgspec's hook for decoding types that it does not support."""
    if kind is object:
        return value
    if kind is array and isinstance(value, Sequence):
        return array("f", value)
    if issubclass(kind, FluentError) and isinstance(value, Mapping):
        return FluentError.from_dict(value)
    raise TypeError(f"Expected `{kind.__name__}`, got `{type(value).__name__}`")


def _schema(kind: type) -> JsonObject:
    if kind is array:
        return {"type": "array", "items": {"type": "number"}}
    if kind is object:
        return {"description": "Any JSON value."}
    if issubclass(kind, FluentError):
        return {"type": "object"}
    raise NotImplementedError


def _known(data: object, kind: object) -> object:
    """The data without the fields that a strict struct does not have."""
    if isinstance(data, Mapping) and isinstance(kind, type) and issubclass(kind, JsonStruct):
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
        strict = kind.__struct_config__.forbid_unknown_fields
        return {key: _known(value, fields.get(key)) for key, value in data.items() if key in fields or not strict}
    inner = [each for each in get_args(kind) if each not in (type(None), ...)]
    if len(inner) == 1:
        return [_known(each, inner[0]) for each in data] if isinstance(data, list) else _known(data, inner[0])
    return data


def _inlined(schema: object, definitions: Mapping[str, JsonObject]) -> object:
    """The schema with its references replaced by their definitions, because pydantic keeps definitions of its own."""
    if isinstance(schema, Mapping):
        if isinstance(reference := schema.get("$ref"), str):
            return _inlined(definitions[reference.removeprefix(_REF)], definitions)
        return {key: _inlined(value, definitions) for key, value in schema.items()}
    return [_inlined(each, definitions) for each in schema] if isinstance(schema, list | tuple) else schema
