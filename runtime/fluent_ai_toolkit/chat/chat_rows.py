"""Writing the rows of chats, within a transaction of the caller's."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from time import time
from typing import Any, Final

from fluent_ai.arguments import as_text

BEGINNING: Final = 80
"""Characters of a message that stand for it in titles and lists."""


def make_chat(connection: sqlite3.Connection, **values: Any) -> str:
    """Add a chat; its id."""
    chat, now = secrets.token_hex(8), time()
    made: dict[str, Any] = {"id": chat, "title": "", "created": now, "updated": now, "options": "{}"} | values
    names, marks = ", ".join(made), ", ".join("?" * len(made))
    connection.execute(f"INSERT INTO chats ({names}) VALUES ({marks})", tuple(made.values()))  # noqa: S608  # our names
    return chat


def add_tags(connection: sqlite3.Connection, chat: str, tags: Iterable[str]) -> None:
    """Add tags to a chat."""
    connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", [(chat, as_text(tag, "tag")) for tag in tags])


def beginning(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text[: 4 * BEGINNING].split())
    return line if len(line) <= BEGINNING else f"{line[: BEGINNING - 1]}…"
