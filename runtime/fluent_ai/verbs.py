"""What a verb other than chat consists of, apart from the shells that call it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypedDict, TypeVar

from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import Folding
from fluent_ai.manifest import Capability, Manifest, Route
from fluent_ai.options import as_headers, as_mapping, check_number, near
from fluent_ai.protocols.codec import unsupported
from fluent_ai.vocabulary import Request

SubjectT = TypeVar("SubjectT")
RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class Extras(TypedDict, total=False):
    """Options of every verb, sent as they are, unchecked."""

    extra_body: Mapping[str, Any]
    extra_headers: Mapping[str, str]


class Context(NamedTuple):
    """Where a request will go, for those who build it."""

    manifest: Manifest
    route: Route
    model: str


class Verb(NamedTuple, Generic[SubjectT, RequestT, ItemT, ResultT]):
    """`build` checks everything and gives the requests that are needed, in order; `fold` makes the result."""

    capability: Capability
    build: Callable[[Context, SubjectT, Mapping[str, Any]], Sequence[RequestT]]
    fold: Callable[[], Folding[ItemT, ResultT]]


def common_options(context: Context, options: Mapping[str, Any], allowed: Sequence[str]) -> dict[str, Any]:
    """The fields of a request: its model, and the options that are given. ConfigError for one that is not known."""
    for name in options:
        if name not in (*allowed, "extra_body", "extra_headers"):
            raise ConfigError(
                f"option {name!r} is not known for {context.route.protocol}.{near(name, list(allowed))} "
                "Other fields can be sent with extra_body="
            )
    given = {name: value for name, value in options.items() if value is not None}
    given["extra_headers"] = as_headers(given.get("extra_headers", {}), "extra_headers")
    given["extra_body"] = as_mapping(given.get("extra_body", {}), "extra_body")
    for name in context.route.without:
        if given.get(name, False) is not False:
            raise unsupported(name, f"{context.manifest.id} for {context.model}")
    for name in context.route.requires:
        if name not in given:
            raise ConfigError(f"{name} is missing; {context.manifest.id} needs it for {context.model}")
    return given | {"model": context.model}


def several(value: object, name: str, *kinds: type) -> Sequence[object]:
    """One input or many: a str or one of `kinds` alone stands for a list of it. ConfigError where there is none."""
    found = (value,) if isinstance(value, (str, *kinds)) else value
    if not isinstance(found, Sequence) or isinstance(found, bytes | bytearray):
        raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: a str or a list of str")
    if not found:
        raise ConfigError(f"{name} is empty; allowed: at least one text")
    return found


def text(value: object, name: str) -> str:
    """A text that is not empty. ConfigError names the argument and never shows the text."""
    if not isinstance(value, str):
        raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: str")
    if not value:
        raise ConfigError(f"{name} is empty; allowed: a text")
    return value


def texts(value: object, name: str) -> tuple[str, ...]:
    """One text or many, none empty of them. Raises as `several` and `text`."""
    return tuple(text(each, f"{name}[{index}]") for index, each in enumerate(several(value, name)))


def one_text(value: object, name: str) -> str:
    """A text that is not empty. ConfigError names the argument and never shows the text."""
    if not isinstance(value, str):
        raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: a str")
    return texts(value, name)[0]


def check_text(options: Mapping[str, Any], name: str) -> None:
    """ConfigError for an option that is given and is no text, or an empty one."""
    if name in options:
        one_text(options[name], name)


def check_whole(options: Mapping[str, Any], name: str, low: int) -> None:
    """ConfigError for an option that is given and is no whole number from `low`."""
    if name in options:
        check_number(name, options[name], int, low, math.inf)


def check_choice(options: Mapping[str, Any], name: str, allowed: Sequence[str]) -> None:
    """ConfigError for an option that is given and is none of these."""
    if name in options and options[name] not in allowed:
        raise ConfigError(f"{name} is {options[name]!r}; allowed: {', '.join(allowed)}")


def check_flag(options: Mapping[str, Any], name: str) -> None:
    """ConfigError for an option that is given and is neither True nor False."""
    if name in options and not isinstance(options[name], bool):
        raise ConfigError(f"{name} is of type {type(options[name]).__name__}; allowed: bool")
