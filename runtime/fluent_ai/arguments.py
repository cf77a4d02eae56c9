"""Checks of arguments: each returns the value in the form that the package uses, or raises ConfigError.

A ConfigError names the argument and what is allowed. It never shows what may be private: prompts, header values, keys.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from fluent_ai.errors import ConfigError

T = TypeVar("T")

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_TEXT = re.compile(r"[\t -~]*")


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """` Did you mean ...?` with the known words that are similar to `word`, or `""`."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(close)}?" if close else ""


def toml_table(text: str | bytes, source: str) -> dict[str, Any]:
    """The tables of a TOML document. Raises ConfigError, whose message begins with `source`, for anything else."""
    import tomllib

    try:
        return tomllib.loads(text.decode() if isinstance(text, bytes) else text)
    except RecursionError:
        raise ConfigError(f"{source}: not valid TOML: nested too deeply") from None
    except ValueError as error:  # also of int, which reads no more than 4,300 digits, and of decode
        raise ConfigError(f"{source}: not valid TOML: {error}") from None


def as_mapping(value: object, name: str) -> dict[str, Any]:
    """A copy of a dict whose keys are str, or an empty dict for None. Raises ConfigError for anything else."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: a dict")
    for key in value:
        if not isinstance(key, str):
            raise ConfigError(f"{name} has a key of type {type(key).__name__}; allowed: str")
    return dict(value)


def as_headers(value: object, name: str) -> dict[str, str]:
    """A copy of headers (RFC 9110, section 5) with lower-case names. Raises ConfigError, which shows no value."""
    headers = as_mapping(value, name)
    for header, text in headers.items():
        if not _HEADER_NAME.fullmatch(header):  # not shown: it may hold a whole header with its value
            raise ConfigError(f"{name} holds a malformed header name; allowed: letters, digits and !#$%&'*+.^_`|~-")
        if not isinstance(text, str):
            raise ConfigError(f"{name}[{header!r}] is of type {type(text).__name__}; allowed: str")
        if not _HEADER_TEXT.fullmatch(text):
            raise ConfigError(f"{name}[{header!r}] cannot stand in a header; allowed: printable ASCII")
    return {header.lower(): text for header, text in headers.items()}


def as_many(value: object, name: str, *kinds: type) -> Sequence[object]:
    """One input or many, as a sequence; a single str or instance of `kinds` becomes a list of one.

    Raises ConfigError for other types and for an empty sequence.
    """
    found = (value,) if isinstance(value, (str, *kinds)) else value
    if not isinstance(found, Sequence) or isinstance(found, bytes | bytearray):
        raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: a str or a list of str")
    if not found:
        raise ConfigError(f"{name} is empty; allowed: at least one text")
    return found


def as_text(value: object, name: str) -> str:
    """The text, unchanged. Raises ConfigError, which never shows it, for an empty text and for other types."""
    if not isinstance(value, str):
        raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: a str")
    if not value:
        raise ConfigError(f"{name} is empty; allowed: a text")
    return value


def as_texts(value: object, name: str) -> tuple[str, ...]:
    """One text or many, none of them empty. Raises what `as_many` and `as_text` raise."""
    return tuple(as_text(each, f"{name}[{index}]") for index, each in enumerate(as_many(value, name)))


def with_methods(value: T, name: str, *methods: str) -> T:
    """The value, unchanged. Raises ConfigError unless it is None or has these methods."""
    if value is not None and not all(callable(getattr(value, method, None)) for method in methods):
        raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: an object with {' and '.join(methods)}")
    return value


def as_flag(value: object, name: str) -> bool:
    """The value, unchanged. Raises ConfigError unless it is True or False."""
    if not isinstance(value, bool):
        raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: True or False")
    return value


def check_text(options: Mapping[str, Any], name: str) -> None:
    """Raises ConfigError for an option that is given and is not a str, or is empty."""
    if name in options:
        as_text(options[name], name)


def check_whole(options: Mapping[str, Any], name: str, low: int) -> None:
    """Raises ConfigError for an option that is given and is not a whole number of at least `low`."""
    if name in options:
        check_number(name, options[name], int, low, math.inf)


def check_number(name: str, value: object, kind: type, low: float, high: float) -> object:
    """The value, unchanged. Raises ConfigError unless it is a number of that kind within these bounds."""
    word = "a whole number" if kind is int else "a number"
    allowed = f"{word} from {low:g}" + ("" if high == math.inf else f" to {high:g}")
    if isinstance(value, bool) or not isinstance(value, int if kind is int else (int, float)):
        raise ConfigError(f"{name} is of type {type(value).__name__}; allowed: {allowed}")
    if not low <= value <= high:
        raise ConfigError(f"{name} is {value}; allowed: {allowed}")
    return value


def check_choice(options: Mapping[str, Any], name: str, allowed: Sequence[str]) -> None:
    """Raises ConfigError for an option that is given and is not one of `allowed`."""
    if name in options and options[name] not in allowed:
        raise ConfigError(f"{name} is {options[name]!r}; allowed: {', '.join(allowed)}")


def check_flag(options: Mapping[str, Any], name: str) -> None:
    """Raises ConfigError for an option that is given and is neither True nor False."""
    if name in options:
        as_flag(options[name], name)


def unsupported(option: str, provider: str) -> ConfigError:
    """The error for a common option that the protocol does not support."""
    return ConfigError(f"{option} is not supported by {provider}; fields of its own can be sent with extra_body=")


def first_set(names: Iterable[str]) -> tuple[str, str] | None:
    """The name and value of the first of these environment variables that is set and not empty, or None.

    Each is looked up once, because another thread may delete it at any time.
    """
    for name in names:
        if value := os.environ.get(name, "").strip():
            return name, value
    return None
