"""What a ledger says: sums, rows and exports."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import ConfigError
from fluent_ai.observe.ledger_file import COLUMNS, TYPES

if TYPE_CHECKING:
    from fluent_ai.sqlite_file import SqliteFile

Period: TypeAlias = str | datetime | None
"""From when on: a datetime with a time zone, a time until now such as `30d`, or None for always."""

_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_BY: Final = {
    "provider": "provider",
    "model": "provider || coalesce(':' || model, '')",
    "key": "key",
    "verb": "verb",
    "day": "date(time, 'unixepoch')",
}


class Spent(JsonStruct, frozen=True, kw_only=True):
    """What some calls used and cost."""

    name: str | None
    """What they have in common; None for all calls, and for those that lack it."""
    calls: int
    """How many they are."""
    failed: int
    """How many of them an error ended."""
    input_tokens: int
    """Tokens of their prompts, as far as they were stated."""
    output_tokens: int
    """Tokens of their answers, as far as they were stated."""
    nanodollars: int
    """The sum of the known costs, in billionths of a US dollar."""
    unpriced: int
    """How many of them have no known cost."""

    @property
    def cost(self) -> float:
        """The sum of the known costs in US dollars."""
        return self.nanodollars / 1e9


def moment(period: Period) -> float | None:
    """The period's beginning, in seconds since 1970. Raises ConfigError for what is none."""
    if period is None:
        return None
    if isinstance(period, datetime) and period.tzinfo is not None:
        return period.timestamp()
    if isinstance(period, str) and (found := re.fullmatch(r"(\d{1,6})([mhdw])", period)):
        return time() - timedelta(**{_UNITS[found[2]]: int(found[1])}).total_seconds()
    raise ConfigError(
        f"the period is {period!r}; allowed: a datetime with a time zone, or a time until now such as '30d' or '12h'"
    )


def spent(file: SqliteFile, since: Period, by: str | None) -> tuple[Spent, ...]:
    """The sums, the most expensive first."""
    begin, name = moment(since), "NULL"
    more: tuple[str, ...] = ()
    if by is not None and by.startswith("tag:") and by[4:]:
        name, more = "(SELECT value FROM json_each(tags) WHERE key = ?)", (by[4:],)
    elif by is not None:
        if by not in _BY:
            raise ConfigError(f"by is {by!r}; allowed: {', '.join(_BY)}, or tag:name")
        name = _BY[by]
    query = f"""
        SELECT {name} AS name, count(*), sum(ended = 'failed'), coalesce(sum(input_tokens), 0),
            coalesce(sum(output_tokens), 0), coalesce(sum(nanodollars), 0), sum(nanodollars IS NULL)
        FROM calls WHERE time >= ? GROUP BY name ORDER BY 6 DESC, 2 DESC, 1
    """  # noqa: S608  # the names are our own
    with _readable(file) as connection:
        found = connection.execute(query, (*more, begin or float("-inf"))).fetchall()
    return tuple(Spent(**dict(zip(Spent.__struct_fields__, row, strict=True))) for row in found)


def used_by(file: SqliteFile, key: str, since: Period) -> tuple[int, float, float]:
    """Tokens and US dollars of the calls with the key of that name, and when the first of them began."""
    query = """
        SELECT coalesce(sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)), 0), coalesce(sum(nanodollars), 0),
            coalesce(min(time), 0)
        FROM calls WHERE key = ? AND time >= ?
    """
    begin = moment(since)
    with _readable(file) as connection:
        tokens, nanodollars, first = connection.execute(query, (key, -1e18 if begin is None else begin)).fetchone()
    return tokens, nanodollars / 1e9, first


def rows(file: SqliteFile, since: Period) -> Iterator[dict[str, Any]]:
    """The rows since then, oldest first."""
    begin = moment(since)
    with _readable(file) as connection:
        found = connection.execute("SELECT * FROM calls WHERE time >= ? ORDER BY time, rowid", (begin or -1e18,))
        every = found.fetchall()
    return ({**dict(zip(COLUMNS, row, strict=True)), "tags": json.loads(row[COLUMNS.index("tags")])} for row in every)


def export(file: SqliteFile, path: Path, since: Period) -> int:
    """Write the rows as CSV, JSON or Parquet."""
    found = list(rows(file, since))
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            writer.writerows({**row, "tags": json.dumps(row["tags"])} for row in found)
    elif path.suffix == ".json":
        path.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    elif path.suffix == ".parquet":
        _parquet(path, found)
    else:
        raise ConfigError(f"path ends with {path.suffix!r}; allowed: .csv, .json, .parquet")
    return len(found)


def _parquet(path: Path, found: list[dict[str, Any]]) -> None:
    try:
        pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise ConfigError(
            "to write Parquet, install pyarrow: pip install 'fluent-ai[parquet]'; .csv and .json need nothing"
        ) from None
    kinds = {"INTEGER": pyarrow.int64(), "REAL": pyarrow.float64(), "TEXT": pyarrow.string()}
    # Stated, because a column without a value would have no type, and files of two months could not be read as one.
    schema = pyarrow.schema([(name, kinds[TYPES[name]]) for name in COLUMNS])
    columns = {name: [json.dumps(row[name]) if name == "tags" else row[name] for row in found] for name in COLUMNS}
    parquet.write_table(pyarrow.table(columns, schema=schema), path)


@contextmanager
def _readable(file: SqliteFile) -> Iterator[sqlite3.Connection]:
    try:
        with file.reading() as connection:
            yield connection
    except (sqlite3.Error, OSError) as error:
        raise ConfigError(f"the ledger {file.path} cannot be read: {error}") from None
