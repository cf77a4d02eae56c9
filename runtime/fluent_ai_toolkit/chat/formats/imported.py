"""Chats on their way from another program into a store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from time import time
from typing import Any

import msgspec
from fluent_ai.content.parts import Part
from fluent_ai.content.reply import Usage

from fluent_ai_toolkit.chat import rows
from fluent_ai_toolkit.chat.chat_rows import add_tags, beginning, make_chat
from fluent_ai_toolkit.chat.messages import ChatStatus
from fluent_ai_toolkit.chat.rows import NewMessage, text_of


class ImportedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message of another program. `parent` is the key of the message before it."""

    key: str
    parent: str | None
    role: str
    parts: Sequence[Part]
    created: float | None = None
    provider: str | None = None
    model: str | None = None
    usage: Usage | None = None
    cost: float | None = None
    cost_estimated: bool | None = True
    cost_unknown: str | None = "it was imported"
    seconds: float | None = None
    status: ChatStatus = "complete"
    error: str | None = None


class ImportedChat(msgspec.Struct, frozen=True, kw_only=True):
    """A chat of another program. `source` names it for ever, so that it is imported once."""

    source: str
    messages: Sequence[ImportedMessage]
    title: str = ""
    created: float | None = None
    model: str | None = None
    system: str | None = None
    options: Mapping[str, Any] = {}
    head: str | None = None
    tags: Sequence[str] = ()


def write(connection: sqlite3.Connection, chat: ImportedChat) -> str | None:
    """Write a chat with all its branches; its id, or None if it has been imported before, or is empty."""
    if connection.execute("SELECT 1 FROM chats WHERE source = ?", (chat.source,)).fetchone():
        return None
    ordered = _parents_first(chat.messages)
    if not ordered:
        return None
    times = [each.created for each in ordered if each.created is not None]
    began = chat.created if chat.created is not None else min(times, default=time())
    made = make_chat(
        connection,
        title=beginning(chat.title) or beginning(text_of(ordered[0].parts)),
        created=began,
        updated=max(times, default=began),
        model=chat.model,
        system=chat.system,
        options=json.dumps(dict(chat.options)),
        source=chat.source,
    )
    ids: dict[str, int] = {}
    for each in ordered:
        new = NewMessage(
            role=each.role,
            parts=each.parts,
            text=text_of(each.parts),
            created=began if each.created is None else each.created,
            provider=each.provider,
            model=each.model,
            usage=each.usage,
            cost=each.cost,
            cost_estimated=None if each.cost is None else each.cost_estimated,
            cost_unknown=each.cost_unknown if each.role == "assistant" and each.cost is None else None,
            seconds=each.seconds,
            status=each.status,
            error=each.error,
        )
        ids[each.key] = rows.insert(connection, made, ids.get(each.parent or ""), new)
    head = ids.get(chat.head or "", ids[ordered[-1].key])
    connection.execute("UPDATE chats SET head = ? WHERE id = ?", (head, made))
    add_tags(connection, made, chat.tags)
    return made


def moment_of(value: object) -> float | None:
    """Seconds since 1970 from a number or from ISO 8601, UTC where it names no zone; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e11 else None
    try:
        found = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def text_at(data: object, *path: str) -> str:
    """The text at a place of nested objects; empty if there is none."""
    for name in path:
        data = data.get(name) if isinstance(data, Mapping) else None
    return data if isinstance(data, str) else ""


def list_at(data: object, name: str) -> Sequence[Any]:
    """The list at a place of an object; empty if there is none."""
    found = data.get(name) if isinstance(data, Mapping) else None
    return found if isinstance(found, list) else ()


def _parents_first(messages: Iterable[ImportedMessage]) -> list[ImportedMessage]:
    """The messages in an order in which each comes after its parent; those in circles are left out."""
    given = list(messages)
    keys = {each.key for each in given}
    children: dict[str | None, list[ImportedMessage]] = {}
    for each in given:
        children.setdefault(each.parent if each.parent in keys else None, []).append(each)
    found: list[ImportedMessage] = []
    waiting = children.get(None, [])[::-1]
    while waiting:
        found.append(message := waiting.pop())
        waiting += children.get(message.key, ())[::-1]
    return found
