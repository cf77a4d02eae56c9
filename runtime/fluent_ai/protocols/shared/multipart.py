"""Forms with files: multipart/form-data by RFC 7578; names are escaped as in section 4.10.22.8 of the HTML standard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from fluent_ai.content.files import File
from fluent_ai.errors import ConfigError
from fluent_ai.protocols.shared.encoding import to_json

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
    parts = [_part(f'name="{_quoted(name)}"', "", text.encode("utf-8", "replace")) for name, text in fields]
    for name, file in files:
        if not _MEDIA_TYPE.fullmatch(file.media_type):
            raise ConfigError(f"media_type is {file.media_type!r}; allowed: type/subtype")
        where = f'name="{_quoted(name)}"; filename="{_quoted(file.name)}"'
        parts.append(_part(where, f"content-type: {file.media_type}\r\n", file.data))
    # The hash of what it parts: the same form has the same bytes, and no file holds the hash of itself.
    digest = sha256()
    for part in parts:
        digest.update(part)
    boundary = digest.hexdigest().encode()
    opened = b"".join(piece for part in parts for piece in (b"--", boundary, b"\r\n", part, b"\r\n"))
    return opened + b"--" + boundary + b"--\r\n", f"multipart/form-data; boundary={boundary.decode()}"


def _part(where: str, more: str, data: bytes) -> bytes:
    return f"content-disposition: form-data; {where}\r\n{more}\r\n".encode("utf-8", "replace") + data


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _text(value: object) -> str:
    return value if isinstance(value, str) else to_json(value).decode()
