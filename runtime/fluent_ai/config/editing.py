"""Changing a configuration file by key: comments and order stay, and a change that is not allowed is not written."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from fluent_ai.arguments import did_you_mean
from fluent_ai.config.config import config_file, config_path
from fluent_ai.config.reading import read_values
from fluent_ai.config.values import KEYS
from fluent_ai.errors import ConfigError
from fluent_ai.kept_files import locked, replace_file

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

Table: TypeAlias = MutableMapping[str, Any]


def set_value(key: str, value: str, path: str | os.PathLike[str] | None = None) -> Path:
    """Set a dotted key to a TOML value, or to the text itself where it is none; returns the file.

    Raises ConfigError, and leaves the file as it is, for a key or a value that is not allowed.
    """
    names, given = key_names(key), _value(value)

    def change(document: TOMLDocument) -> None:
        table = cast("Table", document)
        for name in names[:-1]:
            inner = table.setdefault(name, {})
            if not isinstance(inner, MutableMapping):
                raise ConfigError(f"{key} lies within {name}, which is no table")
            table = inner
        table[names[-1]] = given

    return _change(path, change)


def remove_value(key: str, path: str | os.PathLike[str] | None = None) -> Path:
    """Remove a dotted key; returns the file. Raises ConfigError for one that is not in it."""
    names = key_names(key)

    def change(document: TOMLDocument) -> None:
        table: object = document
        for name in names[:-1]:
            table = table.get(name) if isinstance(table, MutableMapping) else None
        if not isinstance(table, MutableMapping) or names[-1] not in table:
            raise ConfigError(f"{key} is not in {config_path(path)}")
        del table[names[-1]]

    return _change(path, change)


def check_text(text: bytes, path: Path) -> None:
    """Raises ConfigError for a text that is no valid configuration."""
    read_values(text, str(path))


def _change(path: str | os.PathLike[str] | None, change: Callable[[TOMLDocument], None]) -> Path:
    try:
        import tomlkit
    except ModuleNotFoundError:
        raise ConfigError("a configuration is changed with tomlkit: pip install 'fluent-ai[cli]'") from None
    file = config_file(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    with locked(file.with_name(f".{file.name}.lock")):
        before = file.read_bytes() if file.exists() else b""
        check_text(before, file)
        document = tomlkit.parse(before)
        change(document)
        after = tomlkit.dumps(document).encode()
        check_text(after, file)
        replace_file(file, after)
    return file


def key_names(key: str) -> list[str]:
    """The parts of a dotted key, of which any may be quoted as in TOML. Raises ConfigError for one that is none."""
    try:
        found: Any = tomllib.loads(f"{key} = 0")
    except tomllib.TOMLDecodeError:
        found = None
    names: list[str] = []
    while isinstance(found, dict) and len(found) == 1:
        name, found = next(iter(found.items()))
        names.append(name)
    if found != 0 or not names or "\n" in key:
        raise ConfigError(
            f"key is {key!r:.80}; allowed: a dotted key, such as models.chat or 'options.chat.\"gpt-*\".seed'"
        )
    if names[0] not in KEYS:
        raise ConfigError(f"{names[0]!r} is not known.{did_you_mean(names[0], KEYS)} Allowed: {', '.join(KEYS)}")
    return names


def _value(text: str) -> object:
    try:
        found = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return found["value"] if len(found) == 1 else text
