"""Reading and writing the messages of chats, within a transaction of the caller's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

import msgspec
from fluent_ai.content.json_struct import decoder_of
from fluent_ai.content.parts import Part
from fluent_ai.content.reply import Usage

from fluent_ai_toolkit.chat.media import put_together, take_apart, write_media
from fluent_ai_toolkit.chat.messages import ChatMessage, ChatStatus, as_role
from fluent_ai_toolkit.chat.words import words_of

COLUMNS: Final = (
    "id", "chat", "parent", "role", "parts", "text", "status", "created", "provider", "model", "usage", "cost",
    "cost_estimated", "cost_unknown", "seconds", "error",
)  # fmt: skip
_ALL: Final = ", ".join(f"messages.{name}" for name in COLUMNS)
_INSERT: Final = f"INSERT INTO messages ({', '.join(COLUMNS[1:])}) VALUES ({', '.join('?' * (len(COLUMNS) - 1))})"  # noqa: S608  # no input
_UPDATE: Final = f"UPDATE messages SET {', '.join(f'{name} = ?' for name in COLUMNS[4:])} WHERE id = ?"  # noqa: S608
_PATH: Final = f"""
WITH RECURSIVE path (id, parent, depth) AS (
    SELECT id, parent, 0 FROM messages WHERE id = ?
    UNION ALL SELECT messages.id, messages.parent, depth + 1 FROM messages JOIN path ON messages.id = path.parent
)
SELECT {_ALL} FROM path JOIN messages ON messages.id = path.id ORDER BY depth DESC
"""  # noqa: S608  # the names are our own
_usage = decoder_of(Usage)


class NewMessage(msgspec.Struct, kw_only=True):
    """What is to be written of a message."""

    role: str
    parts: Sequence[Part]
    text: str
    """What a search finds; empty while a reply is being written."""
    status: ChatStatus = "complete"
    created: float
    provider: str | None = None
    model: str | None = None
    usage: Usage | None = None
    cost: float | None = None
    cost_estimated: bool | None = None
    cost_unknown: str | None = None
    seconds: float | None = None
    error: str | None = None


def insert(connection: sqlite3.Connection, chat: str, parent: int | None, new: NewMessage) -> int:
    """Add a message after `parent`; its id."""
    values, media = _values(new)
    written = connection.execute(_INSERT, (chat, parent, new.role, *values)).lastrowid
    write_media(connection, cast("int", written), media)
    _learn_terms(connection, new.text)
    return cast("int", written)


def update(connection: sqlite3.Connection, message: int, new: NewMessage) -> None:
    """Write all of a message but its place and its role."""
    values, media = _values(new)
    connection.execute(_UPDATE, (*values, message))
    write_media(connection, message, media)
    _learn_terms(connection, new.text)


def path_to(connection: sqlite3.Connection, head: int | None) -> list[ChatMessage]:
    """The messages from the first one to `head`."""
    return [] if head is None else _read(connection, connection.execute(_PATH, (head,)).fetchall())


def every(connection: sqlite3.Connection, chat: str) -> list[ChatMessage]:
    """The messages of all branches, in the order in which they were written."""
    found = connection.execute(f"SELECT {_ALL} FROM messages WHERE chat = ? ORDER BY id", (chat,))  # noqa: S608
    return _read(connection, found.fetchall())


def by_ids(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, ChatMessage]:
    """These messages, by their ids."""
    wanted = list(ids)
    marks = ", ".join("?" * len(wanted))
    found = connection.execute(f"SELECT {_ALL} FROM messages WHERE id IN ({marks})", wanted)  # noqa: S608
    return {each.id: each for each in _read(connection, found.fetchall())}


def index_unfinished(connection: sqlite3.Connection) -> None:
    """Let searches find what came of replies whose process died: their text is written only at their end."""
    found = connection.execute("SELECT id, parts FROM messages WHERE status = 'partial' AND text = ''").fetchall()
    for message, parts in found:
        text = text_of(put_together(parts, _none()))
        if text:
            connection.execute("UPDATE messages SET text = ? WHERE id = ?", (text, message))
            _learn_terms(connection, text)


def text_of(parts: Iterable[Part]) -> str:
    """What a search finds of a message: its texts, and those of results of tools."""
    from fluent_ai.content.parts import TextPart, ToolResultPart

    texts = (part.text if isinstance(part, TextPart) else part.content if isinstance(part, ToolResultPart) else ""
             for part in parts)  # fmt: skip
    return "\n".join(filter(None, texts))


def _learn_terms(connection: sqlite3.Connection, text: str) -> None:
    terms = {word for word in words_of(text) if 3 <= len(word) <= 40}
    connection.executemany("INSERT OR IGNORE INTO terms (term) VALUES (?)", [(term,) for term in terms])


def _values(new: NewMessage) -> tuple[tuple[Any, ...], list[bytes]]:
    parts, media = take_apart(new.parts)
    usage = None if new.usage is None else new.usage.to_json()
    values = (
        parts, new.text, new.status, new.created, new.provider, new.model, usage, new.cost, new.cost_estimated,
        new.cost_unknown, new.seconds, new.error,
    )  # fmt: skip
    return values, media


def _read(connection: sqlite3.Connection, found: Sequence[tuple[Any, ...]]) -> list[ChatMessage]:
    media: dict[int, list[bytes]] = {}
    for start in range(0, len(found), 500):  # SQLite takes 999 values in old versions
        ids = [row[0] for row in found[start : start + 500]]
        query = f"""
            SELECT message, data FROM message_media JOIN media USING (hash)
            WHERE message IN ({", ".join("?" * len(ids))}) ORDER BY message, position
        """  # noqa: S608  # only question marks
        for message, data in connection.execute(query, ids):
            media.setdefault(message, []).append(data)
    return [_message(row, media.get(row[0], [])) for row in found]


def _message(row: tuple[Any, ...], media: list[bytes]) -> ChatMessage:
    values = dict(zip(COLUMNS, row, strict=True))
    del values["text"]
    values["role"] = as_role(values["role"])
    values["parts"] = put_together(values["parts"], media)
    values["usage"] = None if values["usage"] is None else _usage(values["usage"].encode())
    values["cost_estimated"] = None if values["cost_estimated"] is None else bool(values["cost_estimated"])
    return ChatMessage(**values)


def _none() -> Iterable[bytes]:
    while True:
        yield b""
