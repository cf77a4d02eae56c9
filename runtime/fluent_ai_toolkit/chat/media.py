"""Parts of messages as rows: JSON without the bytes, and the bytes by their hash, so that each file is kept once."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import msgspec
from fluent_ai.content.files import load
from fluent_ai.content.json_struct import decoder_of, to_jsonable
from fluent_ai.content.parts import AudioPart, DocumentPart, ImagePart, Media, Part, ToolResultPart

_FILES = (ImagePart, AudioPart, DocumentPart)
_decode = decoder_of(tuple[Part, ...])


def with_bytes(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts with the content of files that they name by a path: the file may change. Raises ConfigError."""
    return tuple(_read(part) for part in parts)


def _read(part: Part) -> Part:
    if not isinstance(part, _FILES) or part.path is None:
        return part
    data, media_type = load(part)
    return msgspec.structs.replace(part, data=data, path=None, media_type=media_type)


def take_apart(parts: Sequence[Part]) -> tuple[str, list[bytes]]:
    """The parts as JSON without their bytes, and the bytes in order."""
    found: list[bytes] = []
    bare = [_bare(part, found) for part in parts]
    return msgspec.json.encode(bare, enc_hook=to_jsonable).decode(), found


def put_together(text: str, data: Iterable[bytes]) -> tuple[Part, ...]:
    """The parts from what `take_apart` gave."""
    left = iter(data)
    return tuple(_filled(part, left) for part in _decode(text.encode()))


def write_media(connection: sqlite3.Connection, message: int, found: Sequence[bytes]) -> None:
    """Keep the bytes of a message, in place of those that it had."""
    connection.execute("DELETE FROM message_media WHERE message = ?", (message,))
    for position, data in enumerate(found):
        name = hashlib.sha256(data).hexdigest()
        connection.execute("INSERT OR IGNORE INTO media VALUES (?, ?)", (name, data))
        connection.execute("INSERT INTO message_media VALUES (?, ?, ?)", (message, position, name))


def forget_unused_media(connection: sqlite3.Connection) -> None:
    """Delete the bytes that no message has any more."""
    connection.execute("DELETE FROM media WHERE hash NOT IN (SELECT hash FROM message_media)")


def _bare(part: Part, found: list[bytes]) -> Part:
    if isinstance(part, Media):
        found.append(part.data)
        return msgspec.structs.replace(part, data=b"")
    if isinstance(part, _FILES) and part.data is not None:
        found.append(part.data)
        return msgspec.structs.replace(part, data=b"")
    if isinstance(part, ToolResultPart) and part.files:
        files = tuple(cast("ImagePart | AudioPart | DocumentPart", _bare(file, found)) for file in part.files)
        return msgspec.structs.replace(part, files=files)
    return part


def _filled(part: Part, left: Iterator[bytes]) -> Part:
    if isinstance(part, Media) or (isinstance(part, _FILES) and part.data is not None):
        return msgspec.structs.replace(part, data=next(left))
    if isinstance(part, ToolResultPart) and part.files:
        files = tuple(cast("ImagePart | AudioPart | DocumentPart", _filled(file, left)) for file in part.files)
        return msgspec.structs.replace(part, files=files)
    return part
