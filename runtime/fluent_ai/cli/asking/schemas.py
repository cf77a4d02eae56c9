"""JSON schemas on the command line: a file, JSON itself, or a list of fields such as `name, age int, bio: one line`.

The short form is that of llm (https://llm.datasette.io/en/stable/schemas.html#concise-llm-schema-syntax): fields are
separated by commas, or by lines if there are several; each is a name, a type (str, int, float, bool) and, after a
colon, a description. All fields are required.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, Final

from fluent_ai.arguments import did_you_mean
from fluent_ai.errors import ConfigError

TYPES: Final = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
_NAME = re.compile(r"[^\W\d][\w-]*")


def read_schema(given: str, *, many: bool = False) -> dict[str, Any]:
    """The schema; with `many` one of an object whose `items` are a list of such. Raises ConfigError, with the place."""
    schema = _of_json(given, "--schema") if given.lstrip().startswith("{") else _of_file(given) or _of_fields(given)
    if many:
        items = {"type": "array", "items": schema}
        return {"type": "object", "properties": {"items": items}, "required": ["items"], "additionalProperties": False}
    return schema


def _of_file(given: str) -> dict[str, Any] | None:
    path = Path(given)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        return None
    if not is_file:
        if path.suffix == ".json" or os.sep in given:
            raise ConfigError(f"--schema {given!r:.200}: there is no such file")
        return None
    try:
        return _of_json(path.read_text("utf-8"), given)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"--schema {given!r:.200}: {error}") from None


def _of_json(text: str, source: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except RecursionError:
        raise ConfigError(f"{source}: nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ConfigError(f"{source}:{error.lineno}:{error.colno}: not valid JSON: {error.msg}") from None
    if not isinstance(found, dict):
        raise ConfigError(f"{source} is a JSON {type(found).__name__}; allowed: an object")
    return found


def _of_fields(given: str) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    separator = "\n" if "\n" in given.strip() else ","
    for number, field in enumerate(given.strip().split(separator), 1):
        head, _, description = field.partition(":")
        words = head.split()
        if not words and separator == "\n":
            continue
        if not words or len(words) > 2 or not _NAME.fullmatch(words[0]):
            raise ConfigError(
                f"--schema: field {number}, {field.strip()!r:.80}; allowed: a name, a type and a description, such as "
                "'age int: in years', or the path of a JSON schema"
            )
        name, kind = words[0], words[1] if len(words) == 2 else "str"
        if kind not in TYPES:
            hint = did_you_mean(kind, list(TYPES))
            raise ConfigError(f"--schema: the type of {name} is {kind!r:.80}.{hint} Allowed: {', '.join(TYPES)}")
        if name in properties:
            raise ConfigError(f"--schema: {name} is there twice; allowed: once")
        properties[name] = {"type": TYPES[kind]} | ({"description": text} if (text := description.strip()) else {})
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
