"""The SQLite file of memories: those of each user, found by their words, and the files of each user."""

from __future__ import annotations

import math
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
from fluent_ai.sqlite_file import SqliteFile

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
_NEWEST: Final = """
SELECT id, kind, text, created, expires FROM memories
WHERE user = ? AND (expires IS NULL OR expires > ?) AND (? IS NULL OR kind = ?)
ORDER BY created DESC, id DESC LIMIT ?
"""
_FITTING: Final = """
SELECT bm25(words), m.id, m.kind, m.text, m.created, m.expires FROM words JOIN memories m ON m.id = words.rowid
WHERE words MATCH ? AND m.user = ? AND (m.expires IS NULL OR m.expires > ?) AND (? IS NULL OR m.kind = ?)
ORDER BY bm25(words) LIMIT ?
"""
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
    """Safe to share between threads, processes and forks. Raises MemoryRefused."""

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, _SCHEMA, _VERSION, private=True)

    def add(self, user: str, kind: str, text: str, expires: float | None, most: int) -> int:
        """Keep a text, or keep it for longer if it is there already. Returns its number."""
        now = time.time()
        with self._writing() as database:
            database.execute("DELETE FROM memories WHERE expires <= ?", (now,))
            row = (user, kind, text)
            found = database.execute("SELECT id FROM memories WHERE user = ? AND kind = ? AND text = ?", row).fetchone()
            if found is not None:
                database.execute("UPDATE memories SET created = ?, expires = ? WHERE id = ?", (now, expires, *found))
                return int(found[0])
            (count,) = database.execute("SELECT count(*) FROM memories WHERE user = ?", (user,)).fetchone()
            if count >= most:
                raise MemoryRefused(f"there are {count} memories already; forget some first", reason="full")
            added = database.execute(
                "INSERT INTO memories (user, kind, text, created, expires) VALUES (?, ?, ?, ?, ?)", (*row, now, expires)
            )
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
        with self._reading() as database:
            if not words:
                return [MemoryEntry(*row) for row in database.execute(_NEWEST, (*given, limit))]
            found = database.execute(_FITTING, (words, *given, max(limit, _LOOKED_AT))).fetchall()
        # BM25 of SQLite is the better the lower it is, and below 0.
        scored = [(rank * _freshness(now - row[3]), -row[3], row) for rank, *row in found]
        return [MemoryEntry(*row) for _, _, row in sorted(scored)[:limit]]

    def remove(self, user: str, number: int) -> bool:
        """Forget a memory. False if there is none of that number."""
        with self._writing() as database:
            done = database.execute("DELETE FROM memories WHERE user = ? AND id = ?", (user, number))
            return done.rowcount > 0

    def clear(self, user: str) -> int:
        """Forget everything of a user, files too. Returns how many memories and files there were."""
        with self._writing() as database:
            memories = database.execute("DELETE FROM memories WHERE user = ?", (user,))
            files = database.execute("DELETE FROM files WHERE user = ?", (user,))
            return memories.rowcount + files.rowcount

    @contextmanager
    def files(self, user: str) -> Iterator[Files]:
        """The files of a user, for one change that happens as a whole."""
        with self._writing() as database:
            yield Files(database, user)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._file.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _readable(self._file.path), self._file.writing() as database:
            yield database

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with _readable(self._file.path), self._file.reading() as database:
            yield database


class Files:
    """Texts by their paths, such as `notes/birds.md`."""

    def __init__(self, database: sqlite3.Connection, user: str) -> None:
        self._database, self._user = database, user

    def paths(self) -> list[str]:
        """In order."""
        rows = self._database.execute("SELECT path FROM files WHERE user = ? ORDER BY path", (self._user,))
        return [path for (path,) in rows]

    def read(self, path: str) -> str | None:
        """The text of a file; None if there is none."""
        row = self._database.execute("SELECT text FROM files WHERE user = ? AND path = ?", (self._user, path))
        found = row.fetchone()
        return None if found is None else str(found[0])

    def write(self, path: str, text: str) -> None:
        """Make a file, or replace it."""
        self._database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (self._user, path, text))

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        self._database.execute("DELETE FROM files WHERE user = ? AND path = ?", (self._user, path))


def _freshness(age: float) -> float:
    return 0.5 + 0.5 * math.pow(0.5, max(age, 0.0) / _HALF_LIFE)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        reason = str(error)
    else:
        return
    # Outside the handler, because the original error may hold a text.
    raise MemoryRefused(f"the file of memories {str(path)!r} cannot be used: {reason}", reason="unreadable")
