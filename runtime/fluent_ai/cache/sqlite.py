"""Answers in a SQLite file that several processes share."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import time
from typing import TYPE_CHECKING, Final

from fluent_ai.arguments import check_number
from fluent_ai.cache.store import check_seconds
from fluent_ai.sqlite_file import SqliteFile
from fluent_ai.threads import new_lock
from fluent_ai.user_folder import data_file

if TYPE_CHECKING:
    from fluent_ai.content.parts import PathLike

_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, value BLOB NOT NULL, time REAL NOT NULL);
CREATE INDEX IF NOT EXISTS answers_by_time ON answers (time);
"""
_BUSY: Final = 1.0
"""Seconds to wait for another process that writes; after them the call goes on without the cache."""
_EVERY: Final = 32
"""How many answers are kept between two looks at the size of all."""
_OLDEST: Final = """
DELETE FROM answers WHERE key IN (
    SELECT key FROM (SELECT key, sum(length(value)) OVER (ORDER BY time DESC, key) AS newer FROM answers)
    WHERE newer > ?
)
"""


class SQLiteCache:
    """Keeps answers in a SQLite file, which several processes and threads may share: `Client(cache=ai.SQLiteCache())`.

    `path` is by default `replies.db` in the user's folder for data. An answer is used for `ttl` seconds, a day by
    default, or for ever with None. Where the file holds more than `size` bytes of answers, those that were kept longest
    ago go first. Answers are in the file as they are; only its owner may read it. Raises ConfigError for what is no
    path, and for numbers that make no sense.

        >>> import fluent_ai as ai
        >>> client = ai.Client(cache=ai.SQLiteCache("replies.db", ttl=7 * 86400.0))
    """

    def __init__(
        self,
        path: PathLike | None = None,
        *,
        ttl: float | None = 86_400.0,
        size: int = 256 * 1024 * 1024,
        clock: Callable[[], float] = time,
    ) -> None:
        self._ttl = check_seconds(ttl)
        check_number("size", size, int, 1, 1e15)
        self.path = data_file(path, "replies.db")
        """Where the answers are."""
        self._size = size
        self._clock = clock
        self._lock = new_lock()
        self._kept = 0
        self._file = SqliteFile(self.path, _SCHEMA, _VERSION, _BUSY, private=True)

    def __repr__(self) -> str:
        return f"SQLiteCache({os.fspath(self.path)!r})"

    def get(self, key: str, /) -> bytes | None:
        """What was kept under this key, if it is young enough. Raises `sqlite3.Error` and OSError."""
        with self._file.reading() as connection:
            found = connection.execute("SELECT value, time FROM answers WHERE key = ?", (key,)).fetchone()
        if found is None:
            return None
        value, since = found
        if self._ttl is not None and not 0 <= self._clock() - since < self._ttl:  # a clock may have jumped
            return None
        return bytes(value)

    def set(self, key: str, value: bytes, /) -> None:
        """Keep this; what is larger than all that may be kept is not. Raises `sqlite3.Error` and OSError."""
        if len(value) > self._size:
            return
        with self._lock:
            self._kept += 1
            looks = self._kept % _EVERY == 1
        with self._file.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (key, value, self._clock()))
            if looks:
                if self._ttl is not None:
                    connection.execute("DELETE FROM answers WHERE time <= ?", (self._clock() - self._ttl,))
                connection.execute(_OLDEST, (self._size,))

    def clear(self) -> None:
        """Forget all answers. Raises `sqlite3.Error` and OSError."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM answers")

    def close(self) -> None:
        """Close the file, which the next use opens again."""
        self._file.close()
