"""Forms with files: multipart/form-data by RFC 7578; names are escaped as in section 4.10.22.8 of the HTML standard."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from fluent_ai.errors import ConfigError
from fluent_ai.files import File

_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:; ?[\w!#$&^.+-]+=[\w!#$&^.+-]+)*", re.ASCII)


def form_fields(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A JSON object as the fields of a form: a list is a field for each of its items, named with `[]`."""
    fields: list[tuple[str, str]] = []
    for name, value in body.items():
        if isinstance(value, list | tuple):
            fields.extend((f"{name}[]", _text(item)) for item in value)
        else:
            fields.append((name, _text(value)))
    return fields


def encode_form(fields: Iterable[tuple[str, str]], files: Iterable[tuple[str, File]]) -> tuple[bytes, str]:
    """The body and its media type. Raises ConfigError for a file whose media type is none."""
    parts: list[bytes] = []
    boundary = secrets.token_hex(24)  # 192 random bits stand in nobody's file
    for name, text in fields:
        parts.append(_part(boundary, f'name="{_quoted(name)}"', "", text.encode("utf-8", "replace")))
    for name, file in files:
        if not _MEDIA_TYPE.fullmatch(file.media_type):
            raise ConfigError(f"media_type is {file.media_type!r}; allowed: type/subtype")
        where = f'name="{_quoted(name)}"; filename="{_quoted(file.name)}"'
        parts.append(_part(boundary, where, f"content-type: {file.media_type}\r\n", file.data))
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


def _part(boundary: str, where: str, more: str, data: bytes) -> bytes:
    head = f"--{boundary}\r\ncontent-disposition: form-data; {where}\r\n{more}\r\n"
    return head.encode("utf-8", "replace") + data + b"\r\n"


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
