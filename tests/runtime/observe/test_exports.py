"""Ledgers as Parquet, read back by who reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from scripted_server import Server, reply

WITHOUT = """
import sys
sys.modules["pyarrow"] = None
import fluent_ai as ai
try:
    ai.Ledger(sys.argv[1]).export(sys.argv[2])
except ai.ConfigError as error:
    print(error)
"""


def test_parquet_holds_what_the_ledger_holds(settings: dict[str, Any], server: Server, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    ledger = ai.Ledger(tmp_path / "usage.db")
    empty = tmp_path / "empty.parquet"
    assert ledger.export(empty) == 0
    with ai.Client(**settings, observe=[ledger]) as client, ai.tags(customer="acme"):
        client.complete("acme:m", "hi")
        server.say(reply(400, {}))
        with pytest.raises(ai.InvalidRequest):
            client.complete("acme:m", "hi")
    path = tmp_path / "calls.parquet"
    assert ledger.export(path) == 2
    table = parquet.read_table(path)
    rows = [{**row, "tags": json.loads(row["tags"])} for row in table.to_pylist()]
    assert rows == list(ledger.rows())
    assert table.schema == parquet.read_table(empty).schema, "so that files of many months can be read as one"
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["time"], types["nanodollars"], types["error"]) == ("double", "int64", "string")


def test_without_pyarrow_it_says_what_to_install(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", WITHOUT, str(tmp_path / "usage.db"), str(tmp_path / "calls.parquet")]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=True)
    assert "pip install 'fluent-ai[parquet]'" in done.stdout
