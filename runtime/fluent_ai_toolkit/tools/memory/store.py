"""The SQLite file of memories: those of each user, found by their words, and the files of each user."""

from __future__ import annotations

import math
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import msgspec
from fluent_ai.sqlite_file import SqliteFile
from fluent_ai.user_folder import data_file

from fluent_ai_toolkit.errors import MemoryRefused

_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE memories (
    id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    created REAL NOT NULL, expires REAL, UNIQUE (user, kind, text)
);
CREATE VIRTUAL TABLE words USING fts5(
    text, content = 'memories', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER memories_in AFTER INSERT ON memories BEGIN
    INSERT INTO words (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER memories_out AFTER DELETE ON memories BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TABLE files (
    user TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (user, path)
) WITHOUT ROWID;
"""
_COLUMNS: Final = "m.id, m.kind, m.text, m.created, m.expires"
_WANTED: Final = "m.user = ? AND (m.expires IS NULL OR m.expires > ?) AND (? IS NULL OR m.kind = ?)"
_NEWEST: Final = f"SELECT {_COLUMNS} FROM memories m WHERE {_WANTED} ORDER BY m.created DESC, m.id DESC LIMIT ?"  # noqa: S608  # ours
_FITTING: Final = f"""
SELECT bm25(words), {_COLUMNS} FROM words JOIN memories m ON m.id = words.rowid
WHERE {_WANTED} AND words MATCH ? ORDER BY bm25(words) LIMIT ?
"""  # noqa: S608  # ours
DAY: Final = 86_400.0
_HALF_LIFE: Final = 30 * DAY
"""A memory of this age counts three quarters of a new one with the same words, and never less than half."""
_LOOKED_AT: Final = 200
"""How many memories with the rarest words are compared by their age."""


class MemoryEntry(msgspec.Struct, frozen=True):
    """Something that was remembered."""

    id: int
    """Its number, by which it is forgotten."""
    kind: str
    """Such as `fact` or `preference`."""
    text: str
    """What was remembered."""
    created: float
    """When it was remembered last, in seconds since 1970."""
    expires: float | None = None
    """When it is forgotten by itself, in seconds since 1970; None for never."""

    def __repr__(self) -> str:
        return f"MemoryEntry({self.id}, {self.kind!r}, {len(self.text)} characters)"


class MemoryStore:
    """Safe to share between threads, processes and forks. Raises MemoryRefused, and ConfigError for what is no path."""

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        self._file = SqliteFile(data_file(path, "memory.db"), _SCHEMA, _VERSION, private=True)

    def add(self, user: str, kind: str, text: str, expires: float | None, most: int) -> int:
        """Keep a text, or keep it for longer if it is there already. Returns its number."""
        now, row = time.time(), (user, kind, text)
        with self.opened() as database:
            database.execute("DELETE FROM memories WHERE expires <= ?", (now,))
            found = database.execute("SELECT id FROM memories WHERE user = ? AND kind = ? AND text = ?", row).fetchone()
            if found is not None:
                database.execute("UPDATE memories SET created = ?, expires = ? WHERE id = ?", (now, expires, *found))
                return int(found[0])
            (count,) = database.execute("SELECT count(*) FROM memories WHERE user = ?", (user,)).fetchone()
            if count >= most:
                raise MemoryRefused(f"there are {count} memories already; forget some first", reason="full")
            added = database.execute("INSERT INTO memories VALUES (NULL, ?, ?, ?, ?, ?)", (*row, now, expires))
            return int(added.lastrowid or 0)

    def find(self, user: str, query: str, kind: str | None, limit: int) -> list[MemoryEntry]:
        """Memories with any of the words, the best first: rare words count most (BM25), and new memories more than old
        ones. Without words, the newest. Words may go on: `bird` finds `birds`.
        """
        now = time.time()
        words = " OR ".join(f'"{word}"*' for word in dict.fromkeys(re.findall(r"\w+", query)))
        if query.strip() and not words:
            return []
        given = (user, now, kind, kind)
        with self.opened(writing=False) as database:
            if not words:
                return [MemoryEntry(*row) for row in database.execute(_NEWEST, (*given, limit))]
            found = database.execute(_FITTING, (*given, words, max(limit, _LOOKED_AT))).fetchall()
        # BM25 of SQLite is the better the lower it is, and below 0.
        scored = [(rank * _freshness(now - row[3]), -row[3], row) for rank, *row in found]
        return [MemoryEntry(*row) for _, _, row in sorted(scored)[:limit]]

    def remove(self, user: str, number: int) -> bool:
        """Forget a memory. False if there is none of that number."""
        with self.opened() as database:
            return database.execute("DELETE FROM memories WHERE user = ? AND id = ?", (user, number)).rowcount > 0

    def clear(self, user: str) -> int:
        """Forget everything of a user, files too. Returns how many memories and files there were."""
        with self.opened() as database:
            memories = database.execute("DELETE FROM memories WHERE user = ?", (user,))
            files = database.execute("DELETE FROM files WHERE user = ?", (user,))
            return memories.rowcount + files.rowcount

    @contextmanager
    def opened(self, *, writing: bool = True) -> Iterator[sqlite3.Connection]:
        """The database, for one change that happens as a whole, or to read it as it is now."""
        try:
            with self._file.writing() if writing else self._file.reading() as database:
                yield database
        except (sqlite3.Error, OSError) as error:
            reason = str(error)
        else:
            return
        # Outside the handler, because the original error may hold a text.
        raise MemoryRefused(
            f"the file of memories {str(self._file.path)!r} cannot be used: {reason}", reason="unreadable"
        )

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._file.close()


def _freshness(age: float) -> float:
    return 0.5 + 0.5 * math.pow(0.5, max(age, 0.0) / _HALF_LIFE)
