"""A frame that does not decode is read once more, slowly: side fields of another type are passed over or made to fit.

Gateways number ids, send log probabilities as one number, and cut text between the two halves of a character, each of
which JSON can write by itself (RFC 8259, section 8.2). None of this is a reason to end a reply. What the reply is made
of must be right all the same.
"""

from __future__ import annotations

import json
import re
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin

import msgspec

from fluent_ai.content.json_struct import JsonObject

T = TypeVar("T")
Path: TypeAlias = tuple[str | int, ...]

CONTENT = frozenset({
    "arguments", "candidates", "choices", "content", "content_block", "delta", "function", "functionCall", "item",
    "message", "output", "partial_json", "parts", "reasoning_content", "response", "text", "thinking", "tool_calls",
    "toolUse",
})  # fmt: skip
"""Fields of which a reply is made; one of another type is an error."""

_HALVES = re.compile("[\ud800-\udfff]")


class Misfit(Exception):
    """A value that is not of the type that its place needs, and cannot be made so."""


class Halves:
    """Ends of text that were cut within a character, until their other half comes at the same place."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[Path, str] = {}

    def join(self, value: Any, path: Path = ()) -> Any:
        """The value with whole characters only; a half without its other half becomes U+FFFD."""
        if isinstance(value, dict):
            return {self._text(key, (*path, "")): self.join(inner, (*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.join(inner, (*path, place)) for place, inner in enumerate(value)]
        return self._text(value, path, keep=True) if isinstance(value, str) else value

    def _text(self, text: str, path: Path, *, keep: bool = False) -> str:
        if keep and (before := self._kept.pop(path, "")):
            text = before + text
        if _HALVES.search(text) is None:
            return text
        # Pairs that stand together become one character.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if _paired(text) else text
        if keep and "\ud800" <= text[-1:] <= "\udbff":
            self._kept[path] = text[-1]
            text = text[:-1]
        return _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)


def _paired(text: str) -> bool:
    return re.search("[\ud800-\udbff][\udc00-\udfff]", text) is not None


def plain(data: bytes, halves: Halves) -> JsonObject:
    """The document with all its fields, for what is kept as it came. Raises Misfit."""
    try:
        found = halves.join(json.loads(data.decode()))
    except (ValueError, RecursionError):
        raise Misfit("not JSON") from None
    if not isinstance(found, dict):
        raise Misfit("an object")
    return found


def read_again(data: bytes, kind: type[T], halves: Halves) -> T:
    """The document as a struct, as far as it can be read. Raises Misfit."""
    try:
        found = json.loads(data.decode())
        return fit(halves.join(found), kind)
    except (ValueError, RecursionError):
        raise Misfit("not JSON") from None


def fit(found: object, kind: type[T]) -> T:
    """Plain data as a struct, as far as it can be read. Raises Misfit."""
    if found is None:
        raise Misfit("an object")
    return cast("T", _read(found, kind))


def _read(value: Any, kind: Any, strict: bool = False) -> Any:
    if kind is Any or (value is None and NoneType in get_args(kind)):
        return value
    if value is None:
        raise Misfit("a value")
    if get_origin(kind) in (Union, UnionType):
        return _first_that_fits(value, get_args(kind), strict)
    if get_origin(kind) is list:
        if not isinstance(value, list):
            raise Misfit("a list")
        return [_read(item, get_args(kind)[0], strict) for item in value]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _struct(value, kind)
    if strict and not isinstance(value, kind):
        raise Misfit("a value of its type")
    return _scalar(value, kind)


def _first_that_fits(value: Any, kinds: tuple[Any, ...], strict: bool) -> Any:
    for kind in kinds:
        if kind is not type(None):
            try:
                return _read(value, kind, strict)
            except Misfit:
                continue
    raise Misfit("none of its types")


def _struct(value: Any, kind: type[msgspec.Struct]) -> msgspec.Struct:
    if not isinstance(value, dict):
        raise Misfit("an object")
    read: JsonObject = {}
    for name, wire_name, field in _fields(kind):
        if wire_name in value:
            try:
                read[name] = _read(value[wire_name], field, wire_name in CONTENT)
            except Misfit:
                if wire_name in CONTENT and value[wire_name] is not None:
                    raise
    return kind(**read)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, str, Any], ...]:
    return tuple((field.name, field.encode_name, field.type) for field in msgspec.structs.fields(kind))


def _scalar(value: Any, kind: Any) -> Any:
    if isinstance(value, bool | dict | list):
        if kind is bool and isinstance(value, bool):
            return value
        raise Misfit("a value")
    if isinstance(value, kind):
        return value
    if kind is str:
        return json.dumps(value)
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise Misfit("a number") from None
    if kind is float:
        return number
    if kind is int and number.is_integer():
        return int(number)
    raise Misfit("a whole number")
