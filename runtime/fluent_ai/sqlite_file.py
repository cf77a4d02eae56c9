"""A SQLite file of this package, and connections to it that survive other processes, threads and forks.

Write-ahead logging (https://sqlite.org/wal.html) lets readers and one writer work at once; `synchronous=NORMAL` means
that what a process has committed survives its death, and that a power failure may take the last commits.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final
from weakref import WeakSet

from fluent_ai.threads import new_lock, new_rlock

BUSY_SECONDS: Final = 5.0
"""How long to wait for another process that writes."""
_PAUSE: Final = 0.01
"""Seconds between two attempts to open a new file."""


class SqliteFile:
    """One connection for all threads of this process, opened on first use. Methods raise `sqlite3.Error`.

    `schema` makes the tables of a file that has none yet, or a `version` below this one, and waits up to `busy` seconds
    for another process that writes; as a function it is given the version of the file, 0 for a new one. A file that is
    `private` is made for its owner alone.
    """

    def __init__(
        self,
        path: Path,
        schema: str | Callable[[int], str],
        version: int,
        busy: float = BUSY_SECONDS,
        *,
        private: bool = False,
    ) -> None:
        self.path = path
        self._schema = schema
        self._version = version
        self._busy = busy
        self._private = private
        self._lock = new_rlock()
        self._connection: sqlite3.Connection | None = None
        _files.add(self)

    def __del__(self) -> None:
        # Nobody else has it any more. Python 3.13 and later warn of a connection that is collected while it is open.
        if self._connection is not None:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writer can come between; it is undone if the block raises."""
        with self._lock:
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The file as it is now."""
        with self._lock:
            yield self._open()

    def close(self) -> None:
        """Close the connection; the next use opens another."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            os.makedirs(self.path.parent, exist_ok=True)
            if self._private and not self.path.exists():
                os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
            deadline = monotonic() + self._busy
            while self._connection is None:
                try:
                    self._connection = self._connect()
                except sqlite3.OperationalError as error:
                    # SQLite does not wait where two connections turn a new file to WAL at once.
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() >= deadline:
                        raise
                    sleep(_PAUSE)
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        made = sqlite3.connect(self.path, timeout=self._busy, isolation_level=None, check_same_thread=False)
        try:
            (version,) = made.execute("PRAGMA user_version").fetchone()
            if version > self._version:
                raise sqlite3.DatabaseError(f"a later version of fluent-ai wrote it (format {version})")
            if version < self._version:
                made.execute("PRAGMA journal_mode = WAL")
                self._bring_up_to_date(made)
            made.execute("PRAGMA synchronous = NORMAL")
            made.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            made.close()
            raise
        return made

    def _bring_up_to_date(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < self._version:  # another process may just have done it
            schema = self._schema if isinstance(self._schema, str) else self._schema(version)
            for statement in _statements(schema):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {self._version}")
        connection.execute("COMMIT")

    def hold(self) -> None:
        """Before a fork, which no connection may cross: SQLite would take the parent's locks for the child's own."""
        self._lock.acquire()
        self.close()

    def let_go(self) -> None:
        """After a fork, in the parent; in the child the lock is a new one."""
        self._lock.release()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, because `executescript` would end the transaction that they belong to."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


_files: WeakSet[SqliteFile] = WeakSet()
_held: list[SqliteFile] = []
_forking = new_lock()
"""Lets one thread fork at a time."""


def _hold_all() -> None:
    _forking.acquire()
    _held[:] = _files
    for each in _held:
        each.hold()


def _let_all_go() -> None:
    for each in _held:
        each.let_go()
    _held.clear()
    _forking.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_hold_all, after_in_parent=_let_all_go)
