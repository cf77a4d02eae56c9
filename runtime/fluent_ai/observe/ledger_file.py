"""The tables of a ledger."""

from __future__ import annotations

from typing import Final

VERSION: Final = 1
COLUMNS: Final[tuple[str, ...]] = (
    "id", "time", "verb", "provider", "model", "key", "tags", "input_tokens", "output_tokens", "reasoning_tokens",
    "cached_input_tokens", "cache_write_tokens", "nanodollars", "how", "ended", "attempts", "retries", "first_event",
    "total", "error", "status",
)  # fmt: skip
_WHOLE: Final = (
    "input_tokens", "output_tokens", "reasoning_tokens", "cached_input_tokens", "cache_write_tokens", "nanodollars",
    "attempts", "retries", "status",
)  # fmt: skip
TYPES: Final[dict[str, str]] = {
    name: "INTEGER" if name in _WHOLE else "REAL" if name in ("time", "first_event", "total") else "TEXT"
    for name in COLUMNS
}
"""The type of each column, as in the schema."""
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS calls (
    id TEXT PRIMARY KEY, time REAL NOT NULL, verb TEXT NOT NULL, provider TEXT NOT NULL, model TEXT, key TEXT,
    tags TEXT NOT NULL, input_tokens INTEGER, output_tokens INTEGER, reasoning_tokens INTEGER,
    cached_input_tokens INTEGER, cache_write_tokens INTEGER, nanodollars INTEGER, how TEXT, ended TEXT NOT NULL,
    attempts INTEGER NOT NULL, retries INTEGER NOT NULL, first_event REAL, total REAL, error TEXT, status INTEGER
);
CREATE INDEX IF NOT EXISTS calls_by_time ON calls (time);
CREATE TABLE IF NOT EXISTS reservations (
    id TEXT PRIMARY KEY, budget TEXT NOT NULL, nanodollars INTEGER NOT NULL, time REAL NOT NULL, until REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS settled (
    id TEXT PRIMARY KEY, budget TEXT NOT NULL, nanodollars INTEGER NOT NULL, time REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS settled_by_budget ON settled (budget, time);
"""
