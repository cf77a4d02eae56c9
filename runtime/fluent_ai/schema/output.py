"""Structured output: the values of `output`, the schema that is requested, and the reply as that type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import UnionType
from typing import Any, TypeAlias, _SpecialForm, cast, get_origin

import msgspec

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import Reply
from fluent_ai.errors import ConfigError, OutputInvalid
from fluent_ai.schema.bounds import check_size
from fluent_ai.schema.json_types import ANY, JsonType, at_root, json_type
from fluent_ai.schema.wire_form import VALUE, Restorer, can_differ, is_object, wrapped

_MAX_NAME = 200
OutputInput: TypeAlias = type | UnionType | _SpecialForm | Mapping[str, Any]
"""A type (a class, `list[Item]`, `dict[str, int]`, `Literal["a", "b"]`, `A | B`, ...), or a JSON schema as a dict."""


class OutputForm(msgspec.Struct, frozen=True):
    """The schema of an `output`, whether its values are wrapped in an object, and how text becomes a value."""

    schema: JsonObject
    wrapped: bool
    decode: Callable[[str], object]
    """Raises ValueError, which does not contain the text, if the text is not such a value."""


def output_form(output: object) -> OutputForm:
    """Raises ConfigError for a type without a JSON schema."""
    if isinstance(output, Mapping):
        check_size(output, "output")
        return _form(at_root(output), json_type(ANY))
    if not _is_type(output):
        raise ConfigError(
            f"output is of type {type(output).__name__}; allowed: a type that JSON can express, such as a msgspec "
            "Struct, a dataclass, a TypedDict, a pydantic model, an Enum, list[int], dict[str, int] or int | None, "
            "or a JSON schema as a dict"
        )
    try:
        made = json_type(cast("type[object]", output))
    except (TypeError, ValueError) as error:
        raise ConfigError(f"output {type_name(output)}: {_last_line(error)}") from None
    check_size(made.schema, f"output {type_name(output)}")
    return _form(made.schema, made)


def output_schema(output: object) -> JsonObject:
    """The JSON schema, with an object at its root, that requests an `output`. Raises ConfigError if it has none."""
    form = output_form(output)
    return wrapped(form.schema) if form.wrapped else form.schema


def read_output(reply: Reply, kind: object) -> object:
    """The text of a reply as a value of `kind`. Raises OutputInvalid, which says where they differ."""
    name = type_name(kind)
    try:
        made = json_type(cast("type[object]", kind))
    except (TypeError, ValueError) as error:
        raise ConfigError(f"output_as {name}: {_last_line(error)}") from None
    try:
        return _form(made.schema, made).decode(reply.text)
    except ValueError as error:
        raise OutputInvalid(
            f"the reply is not {name}: {error}",
            provider=reply.provider,
            model=reply.model,
            partial=reply,
        ) from None


def type_name(kind: object) -> str:
    """A type as the user wrote it."""
    if isinstance(kind, type) and get_origin(kind) is None:
        return kind.__name__
    try:
        name = repr(kind)
    except RecursionError:
        return f"a {type(kind).__name__}"
    return name if len(name) <= _MAX_NAME else f"{name[:_MAX_NAME]}..."


def _form(schema: JsonObject, kind: JsonType[Any]) -> OutputForm:
    is_wrapped = not is_object(schema)
    if not is_wrapped and not can_differ(schema):
        return OutputForm(schema, False, kind.decode)

    def decode(text: str) -> object:
        written = json_type(ANY).decode(text)
        # A model on which the schema was not enforced may have omitted the object.
        inside = [written[VALUE]] if is_wrapped and isinstance(written, dict) and written.keys() == {VALUE} else []
        faults = []
        for each in (*inside, written):
            try:
                return kind.decode(msgspec.json.encode(Restorer(schema).value(each)).decode())
            except RecursionError:
                raise ValueError("nested too deeply") from None
            except ValueError as error:
                faults.append(error)
        raise faults[0]

    return OutputForm(schema, is_wrapped, decode)


def _is_type(output: object) -> bool:
    return isinstance(output, type | UnionType) or get_origin(output) is not None or hasattr(output, "__value__")


def _last_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[-1]
