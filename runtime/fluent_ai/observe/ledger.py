"""A ledger of calls in a SQLite file."""

from __future__ import annotations

import atexit
import json
import logging
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakMethod

from fluent_ai.errors import ConfigError, FluentError
from fluent_ai.observe.budgets import NANO, Reservation, reserve
from fluent_ai.observe.call import Call
from fluent_ai.observe.ledger_file import COLUMNS, SCHEMA, VERSION
from fluent_ai.observe.ledger_reports import Period, Spent, export, moment, rows, spent, used_by
from fluent_ai.observe.observer import Observer
from fluent_ai.sqlite_file import SqliteFile
from fluent_ai.threads import new_rlock
from fluent_ai.user_folder import data_file

if TYPE_CHECKING:
    from fluent_ai.content.parts import PathLike

TOGETHER: Final = 500
"""How many rows are written in one transaction, where so many wait."""
RETRY_SECONDS: Final = 1.0
"""How long a file that could not be written is left alone."""
_BOOK: Final = f"INSERT OR IGNORE INTO calls VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608  # no input

_log = logging.getLogger("fluent_ai.observe.ledger")


class Ledger(Observer):
    """Books each call as one row of a SQLite file: who was asked, with which key's name, how much was used, what it
    cost, and how it ended; never keys, prompts or answers. Several processes may use one file.

    `path` is by default `usage.db` in `FLUENT_AI_HOME`, or in the user's folder for data. Rows that cannot be written,
    because the disk is full or the file locked or damaged, are kept and written when that is possible again; what is
    left when the process ends goes to a file beside it, or in the folder for temporary files, and is booked by the next
    ledger of the same path. Raises ConfigError for a path that is none.

        >>> import fluent_ai as ai
        >>> ledger = ai.Ledger("usage.db")
        >>> client = ai.Client(observe=[ledger])
        >>> ledger.spent(since="30d", by="model")
        ()
    """

    def __init__(self, path: PathLike | None = None) -> None:
        self.path = data_file(path, "usage.db")
        """Where the rows are."""
        self._file = SqliteFile(self.path, SCHEMA, VERSION)
        self._lock = new_rlock()
        self._unwritten: list[tuple[Any, ...]] = []
        self._retry_at = 0.0
        self._failing = False
        self._process = os.getpid()
        self._recovered = False
        atexit.register(_end, WeakMethod(self._last))

    def finished(self, call: Call) -> None:
        with self._lock:
            if os.getpid() != self._process:  # what waited before a fork is the parent's
                self._unwritten, self._process = [], os.getpid()
            self._unwritten.append(_row(call))
            waits = self._mailbox is not None and self._mailbox.waiting
            if (not waits or len(self._unwritten) >= TOGETHER) and monotonic() >= self._retry_at:
                self._write()

    def flush(self, seconds: float = 10.0) -> bool:
        """Wait until all calls so far are booked; False if that took too long or the file cannot be written."""
        told = super().flush(seconds)
        with self._lock:
            return told and self._write()

    def spent(self, *, since: Period = None, by: str | None = None) -> tuple[Spent, ...]:
        """What the calls since then used and cost, by `provider`, `model`, `key`, `verb`, `day` or `tag:name`.

        `since` is a datetime with a time zone, or a time until now such as `"30d"`, `"12h"` or `"2w"`. The most
        expensive come first. Raises ConfigError for another period or another `by`, and where the file cannot be read.
        """
        self.flush()
        return spent(self._file, since, by)

    def used_by(self, key: str, *, since: Period = None) -> tuple[int, float, float]:
        """What the calls with the key of that name used and cost since then: tokens, US dollars, and when the first of
        them began (0 if there is none). Raises what `spent` raises.
        """
        self.flush(1.0)
        return used_by(self._file, key, since)

    def rows(self, *, since: Period = None) -> Iterator[dict[str, Any]]:
        """The rows since then, oldest first, by the names of their columns. Raises what `spent` raises."""
        self.flush()
        return rows(self._file, since)

    def export(self, path: PathLike, *, since: Period = None) -> int:
        """Write the rows since then to a file, and return how many they are. Its suffix decides: `.csv`, `.json`, or
        `.parquet` where pyarrow is installed. Raises ConfigError for another suffix, and what `spent` raises.
        """
        self.flush()
        return export(self._file, Path(path), since)

    def forget(self, *, before: Period) -> int:
        """Delete the rows that are older, and return how many they were. Raises what `spent` raises.

        Nothing is deleted by itself: a clock that jumps would take everything.
        """
        self.flush()
        until = moment(before)
        if until is None:
            raise ConfigError(
                "before is None; allowed: a datetime with a time zone, or a time until now such as '400d'"
            )
        try:
            with self._file.writing() as connection:
                return connection.execute("DELETE FROM calls WHERE time < ?", (until,)).rowcount
        except sqlite3.Error as error:
            raise ConfigError(f"the ledger {self.path} cannot be used: {error}") from None

    def reserve(self, budget: str, dollars: float, *, limit: float, since: Period = None) -> Reservation:
        """Set money of a budget aside, across all processes that use the file; `settle` or `release` it.

        Raises BudgetExceeded if what was settled since then, what others have reserved and this together exceed
        `limit`. Reservations whose process has died lapse after an hour.
        """
        return reserve(self._file, budget, dollars, limit, moment(since) or 0.0)

    def _write(self) -> bool:
        """Write what waits; if that fails, keep it and warn once."""
        try:
            if not self._recovered:
                self._recover()
            while batch := self._unwritten[:TOGETHER]:
                if len(batch) == 1:
                    with self._file.reading() as connection:  # one statement is a transaction of its own
                        connection.execute(_BOOK, batch[0])
                else:
                    with self._file.writing() as connection:
                        connection.executemany(_BOOK, batch)
                del self._unwritten[: len(batch)]
        except (sqlite3.Error, OSError) as error:
            self._retry_at = monotonic() + RETRY_SECONDS
            self._file.close()
            if not self._failing:
                self._failing = True
                _log.warning("%s cannot be written (%s): calls go on, and are booked once it can be", self.path, error)
            return False
        self._failing = False
        self._retry_at = 0.0
        return True

    def _recover(self) -> None:
        """Book what earlier processes could not."""
        for folder in (self.path.parent, Path(tempfile.gettempdir())):
            for left in folder.glob(f"{self.path.name}.unbooked-*.jsonl"):
                with suppress(ValueError):  # another's file of this name
                    found = [tuple(json.loads(line)) for line in left.read_text("utf-8").splitlines()]
                    if all(len(row) == len(COLUMNS) for row in found):
                        with self._file.writing() as connection:
                            connection.executemany(_BOOK, found)
                        left.unlink(missing_ok=True)
        self._recovered = True

    def _last(self) -> None:
        """Before the process ends: what cannot be booked is put aside."""
        if os.getpid() != self._process:
            return
        self.flush()
        with self._lock:
            if self._unwritten:
                self._put_aside()
            self._file.close()

    def _put_aside(self) -> None:
        text = "".join(json.dumps(row) + "\n" for row in self._unwritten)
        name = f"{self.path.name}.unbooked-{secrets.token_hex(8)}.jsonl"
        for folder in (self.path.parent, Path(tempfile.gettempdir())):
            try:
                (folder / name).write_text(text, "utf-8")
            except OSError:
                continue
            _log.warning("%s calls could not be booked; they wait in %s", len(self._unwritten), folder / name)
            self._unwritten.clear()
            return
        _log.warning("%s calls could not be booked, and there is no place to keep them", len(self._unwritten))


def _end(last: WeakMethod[Any]) -> None:
    if (method := last()) is not None:
        method()


def _row(call: Call) -> tuple[Any, ...]:
    usage, timing, error, price = call.usage, call.timing, call.error, call.priced()
    tags = json.dumps(dict(call.tags)) if call.tags else "{}"
    cost = None if price.total is None or not 0 <= price.total < 1e9 else round(price.total * NANO)
    how = None if cost is None else "cached" if call.from_cache else "estimated" if price.estimated else "reported"
    tokens = (
        (None,) * 5
        if usage is None
        else (
            usage.input_tokens, usage.output_tokens, usage.reasoning_tokens, usage.cached_input_tokens,
            usage.cache_write_tokens,
        )
    )  # fmt: skip
    return (
        call.id, call.started, call.verb, call.provider, call.model, call.key, tags, *tokens,
        cost, how, call.ended, call.attempts, call.retries, timing and timing.first_event, timing and timing.total,
        None if error is None else type(error).__name__,
        error.status if isinstance(error, FluentError) else None,
    )  # fmt: skip
