"""Values of a struct, or of any type that its fields have, made from the type alone: a new field is covered unasked."""

from __future__ import annotations

import types
from array import array
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import assume
from hypothesis import strategies as st

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | FLOATS | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
SCALARS: dict[object, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(),
    float: FLOATS,
    bool: st.booleans(),
    bytes: st.binary(max_size=6),
    date: st.dates(),
    type(None): st.none(),
    object: JSON,
    Any: JSON,
    array: st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), max_size=3).map(
        lambda v: array("f", v)
    ),
}


def values(kind: Any, special: Mapping[object, st.SearchStrategy[Any]] = SCALARS) -> st.SearchStrategy[Any]:
    """Values of a type; `special` says what the types are that are not put together from others."""
    if kind in special:
        return special[kind]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = {field.name: values(field.type, special) for field in msgspec.structs.fields(kind)}
        return st.fixed_dictionaries(fields).map(lambda found: _made(kind, found))
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.one_of(*(values(each, special) for each in inner))
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is Annotated:
        pattern = next((found.pattern for found in inner[1:] if isinstance(found, msgspec.Meta)), None)
        return values(inner[0], special) if pattern is None else st.from_regex(pattern, fullmatch=True)
    if origin is tuple and len(inner) == 2 and inner[1] is ...:
        return st.lists(values(inner[0], special), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(values(each, special) for each in inner))
    if origin is list:
        return st.lists(values(inner[0], special), max_size=2)
    if origin is dict:
        return st.dictionaries(values(inner[0], special), values(inner[1], special), max_size=2)
    raise TypeError(f"no values of type {kind} are known here; add them to SCALARS")


def _made(kind: type[msgspec.Struct], fields: dict[str, Any]) -> msgspec.Struct:
    """The struct, unless it refuses these fields together."""
    try:
        return kind(**fields)
    except ValueError:
        assume(False)
        raise


def example(kind: Any) -> Any:
    """One value of the type that is neither empty nor None."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return example(next(each for each in inner if each is not type(None)))
    if origin is tuple and inner[1:] == (...,):
        return (example(inner[0]),)
    if origin is tuple:
        return tuple(example(each) for each in inner)
    if origin is Literal:
        return inner[-1]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind(**{field.name: example(field.type) for field in msgspec.structs.fields(kind)})
    simple: dict[object, Any] = {
        str: "else",
        int: 7,
        float: -0.7,
        bytes: b"else",
        bool: True,
        Any: "else",
        date: date.min,
    }
    if origin is dict:
        return {example(inner[0]): example(inner[1])}
    return simple[kind]
