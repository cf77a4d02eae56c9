"""The SQLite file of collections, whose failures are those of the toolkit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from fluent_ai.sqlite_file import SqliteFile

from fluent_ai_toolkit.errors import CollectionsFailed

_SCHEMA: Final = """
CREATE TABLE collections (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, model TEXT NOT NULL);
CREATE TABLE items (
    collection INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE, id TEXT NOT NULL, digest BLOB NOT NULL,
    text TEXT, vector BLOB NOT NULL, PRIMARY KEY (collection, id)
) WITHOUT ROWID;
"""


class CollectionsFile(SqliteFile):
    """A file of the owner's alone. Methods raise CollectionsFailed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA, 1, private=True)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with super().writing() as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise self._failure(error) from None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with super().reading() as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise self._failure(error) from None

    def _failure(self, error: sqlite3.Error | OSError) -> CollectionsFailed:
        why = error.strerror if isinstance(error, OSError) else str(error)
        return CollectionsFailed(why or type(error).__name__, path=str(self.path))
