"""The tables of a store of chats, and the steps that lead from one version of them to the next."""

from __future__ import annotations

from typing import Final

_FIRST: Final = """
CREATE TABLE chats (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created REAL NOT NULL, updated REAL NOT NULL, model TEXT, system TEXT,
    options TEXT NOT NULL, head INTEGER, source TEXT UNIQUE
);
CREATE INDEX chats_by_time ON chats (updated);
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    parent INTEGER REFERENCES messages (id) ON DELETE CASCADE, role TEXT NOT NULL, parts TEXT NOT NULL,
    text TEXT NOT NULL, status TEXT NOT NULL, created REAL NOT NULL, provider TEXT, model TEXT, usage TEXT, cost REAL,
    cost_estimated INTEGER, cost_unknown TEXT, seconds REAL, error TEXT
);
CREATE INDEX messages_by_chat ON messages (chat);
CREATE INDEX messages_by_parent ON messages (parent);
CREATE INDEX messages_unfinished ON messages (id) WHERE status = 'partial';
CREATE TABLE tags (
    chat TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE, tag TEXT NOT NULL, PRIMARY KEY (chat, tag)
) WITHOUT ROWID;
CREATE INDEX chats_by_tag ON tags (tag);
CREATE TABLE media (hash TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE message_media (
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    hash TEXT NOT NULL REFERENCES media (hash), PRIMARY KEY (message, position)
) WITHOUT ROWID;
CREATE INDEX messages_by_media ON message_media (hash);
"""
STEPS: tuple[str, ...] = (_FIRST,)
"""The script that leads from version n to n + 1, for each n from 0. A script that has been released never changes."""


def steps_from(version: int) -> str:
    """The script that brings a file of that version up to date."""
    return "".join(STEPS[version:])
