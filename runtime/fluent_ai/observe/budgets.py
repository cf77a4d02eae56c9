"""Budgets that several processes spend from: reserve before a call, settle after it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import time
from typing import TYPE_CHECKING, Final

from fluent_ai.errors import BudgetExceeded, ConfigError

if TYPE_CHECKING:
    from fluent_ai.sqlite_file import SqliteFile

NANO: Final = 10**9
HELD_SECONDS: Final = 3600.0
"""How long a reservation holds if its process dies before it settles."""


def nanodollars(dollars: float, name: str) -> int:
    """Dollars as whole nano-dollars. Raises ConfigError for what is no amount."""
    if isinstance(dollars, bool) or not isinstance(dollars, int | float) or not 0 <= dollars < 1e9:
        raise ConfigError(f"{name} is {dollars!r}; allowed: US dollars from 0")
    return round(dollars * NANO)


class Reservation:
    """Money that is set aside until `settle` or `release`; the first of them counts, later ones do nothing."""

    def __init__(self, file: SqliteFile, id: str, budget: str, reserved: float) -> None:
        self.id = id
        """An id of our own."""
        self.budget = budget
        """The name of the budget."""
        self.reserved = reserved
        """US dollars that were set aside."""
        self._file = file

    def settle(self, dollars: float) -> None:
        """Spend this much, which may be more or less than was reserved, and set the rest free.

        Also counts if the reservation has lapsed meanwhile.
        """
        spent = nanodollars(dollars, "dollars")
        with _told(), self._file.writing() as connection:
            connection.execute("DELETE FROM reservations WHERE id = ?", (self.id,))
            connection.execute(
                "INSERT OR IGNORE INTO settled VALUES (?, ?, ?, ?)", (self.id, self.budget, spent, time())
            )

    def release(self) -> None:
        """Set all of it free: nothing was spent."""
        self.settle(0.0)


def reserve(file: SqliteFile, budget: str, dollars: float, limit: float, since: float) -> Reservation:
    """Set money aside in one transaction. `since` is when the period of the limit began, in seconds since 1970."""
    wanted, most = nanodollars(dollars, "dollars"), nanodollars(limit, "limit")
    name, now = os.urandom(8).hex(), time()
    with _told(), file.writing() as connection:
        (spent,) = connection.execute(
            "SELECT coalesce(sum(nanodollars), 0) FROM settled WHERE budget = ? AND time >= ?", (budget, since)
        ).fetchone()
        (held,) = connection.execute(
            "SELECT coalesce(sum(nanodollars), 0) FROM reservations WHERE budget = ? AND until > ?", (budget, now)
        ).fetchone()
        if spent + held + wanted > most:
            raise BudgetExceeded(
                f"budget {budget!r}: {dollars:g} USD more would exceed {limit:g} USD: {spent / NANO:g} are spent and "
                f"{held / NANO:g} reserved",
                budget=budget, limit=limit, spent=spent / NANO, reserved=held / NANO,
            )  # fmt: skip
        connection.execute(
            "INSERT INTO reservations VALUES (?, ?, ?, ?, ?)", (name, budget, wanted, now, now + HELD_SECONDS)
        )
    return Reservation(file, name, budget, wanted / NANO)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ConfigError(f"the ledger cannot be used: {error}") from None
