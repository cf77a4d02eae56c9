"""The SQLite file of a store of chats: for its owner alone, copied before it changes, read-only where it must be."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from fluent_ai.sqlite_file import BUSY_SECONDS, SqliteFile
from fluent_ai.threads import new_rlock

from fluent_ai_toolkit.chat import tables
from fluent_ai_toolkit.errors import ChatStoreFailed

_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_LOCKED: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class ChatFile:
    """Connections to the file at `path`, or to a database in memory if it is None. Methods raise ChatStoreFailed.

    What cannot be opened for writing is still read, as far as that is possible.
    """

    def __init__(self, path: Path | None, busy: float = BUSY_SECONDS) -> None:
        self.path = path
        self.problem: ChatStoreFailed | None = None
        """Why nothing can be written any more; None while it can."""
        self._lock = new_rlock()
        self._memory: sqlite3.Connection | None = None
        version = len(tables.STEPS)
        self._file = None if path is None else SqliteFile(path, self._schema, version, busy, private=True)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writer can come between; it is undone if the block raises."""
        if self._file is None:
            with self._lock, self._in_memory() as connection:
                yield connection
            return
        if self.problem is not None:
            raise self.problem
        try:
            with self._file.writing() as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise self._failure(error) from None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The file as it is now."""
        if self._file is None:
            with self._lock, self._in_memory() as connection:
                yield connection
            return
        with ExitStack() as stack:
            try:
                if self.problem is not None:
                    raise self.problem
                connection = stack.enter_context(self._file.reading())
            except (sqlite3.Error, OSError, ChatStoreFailed) as error:
                failure = error if isinstance(error, ChatStoreFailed) else self._failure(error)
                connection = stack.enter_context(closing(self._read_only(self._file.path, failure)))
            try:
                yield connection
            except sqlite3.Error as error:
                raise self._failure(error) from None

    def close(self) -> None:
        """Close the connection; the next use opens another. A database in memory stays."""
        if self._file is not None:
            self._file.close()

    def __del__(self) -> None:
        if self._memory is not None:
            self._memory.close()

    def backup(self, to: Path) -> None:
        """Write a copy of the whole file, as it is at one moment (https://sqlite.org/backup.html)."""
        try:
            os.close(os.open(to, os.O_CREAT | os.O_WRONLY, 0o600))
            with self.reading() as connection, closing(sqlite3.connect(to)) as copy:
                connection.backup(copy)
        except (sqlite3.Error, OSError) as error:
            why = f"no copy can be written to {os.fspath(to)!r}: {error}"
            raise ChatStoreFailed(why, reason="unwritable", path=self._name) from None

    @property
    def _name(self) -> str:
        return "memory" if self.path is None else os.fspath(self.path)

    @contextmanager
    def _in_memory(self) -> Iterator[sqlite3.Connection]:
        if self._memory is None:
            self._memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            self._memory.executescript(f"PRAGMA foreign_keys = ON; {tables.steps_from(0)}")
        self._memory.execute("SAVEPOINT block")
        try:
            yield self._memory
        except BaseException:
            self._memory.execute("ROLLBACK TO block")
            raise
        finally:
            self._memory.execute("RELEASE block")

    def _schema(self, version: int) -> str:
        if version and self.path is not None:  # a file of an earlier format stays beside it as it was
            kept = self.path.with_name(f"{self.path.name}.format-{version}")
            with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(kept)) as copy:
                kept.chmod(0o600)
                source.backup(copy)
        return tables.steps_from(version)

    def _read_only(self, path: Path, failure: ChatStoreFailed) -> sqlite3.Connection:
        """A connection of its own, where there is no other. Raises the failure if there is nothing to read."""
        uri = f"{path.absolute().as_uri()}?mode=ro"
        for way in (uri, f"{uri}&immutable=1"):  # in a folder that may not be written, WAL files cannot be made
            with suppress(sqlite3.Error):
                connection = sqlite3.connect(way, uri=True, timeout=0.1, check_same_thread=False)
                try:
                    connection.execute("SELECT count(*) FROM chats").fetchone()
                except sqlite3.Error:
                    connection.close()
                    raise
                return connection
        raise failure

    def _failure(self, error: sqlite3.Error | OSError) -> ChatStoreFailed:
        code = getattr(error, "sqlite_errorcode", None)
        primary = None if code is None else code & 0xFF
        if primary in _DAMAGED:
            backup = self._keep_damaged(Path(self._name))
            where = f"; a copy is in {backup!r}" if backup else ""
            self.problem = ChatStoreFailed(
                f"the file is damaged ({error}): it is only read from now on{where}",
                reason="damaged",
                path=self._name,
                backup=backup,
            )
            return self.problem
        if primary in _LOCKED:
            return ChatStoreFailed("another process keeps the file locked", reason="locked", path=self._name)
        if type(error) is sqlite3.DatabaseError and code is None:
            self.problem = ChatStoreFailed(f"{error}: it is only read", reason="newer_format", path=self._name)
            return self.problem
        return ChatStoreFailed(f"it cannot be used ({error})", reason="unwritable", path=self._name)

    def _keep_damaged(self, path: Path) -> str | None:
        """Copy a damaged file, once for each state of it, with what has not been moved from its log yet."""
        try:
            kept = path.with_name(f"{path.name}.damaged-{path.stat().st_mtime_ns:x}")
            if not kept.exists():
                for suffix in ("", "-wal"):
                    with suppress(FileNotFoundError):
                        shutil.copy2(f"{path}{suffix}", f"{kept}{suffix}")
        except OSError:  # the disk may be what is damaged
            return None
        return os.fspath(kept)
