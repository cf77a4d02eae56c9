"""A ledger books each call once, and loses nothing that it has booked."""

from __future__ import annotations

import csv
import json
import logging
import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.observe import ledger as module
from fluent_ai.observe.ledger_file import COLUMNS
from scripted_server import Server, reply, sse, stream, text_chunks
from together import together

from .conftest import USAGE, WHOLE

SUPPORT = str(Path(__file__).parents[2] / "support")
HALF = stream(sse(*text_chunks("Hel", finish=None), {"choices": [], "usage": USAGE}, done=False), end=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "books" / "usage.db"


def book(settings: dict[str, Any], ledger: ai.Ledger, times: int = 1) -> None:
    with ai.Client(**settings, observe=[ledger]) as client:
        for _ in range(times):
            client.complete("acme:m", "the-prompt")


def test_one_row_a_call(settings: dict[str, Any], server: Server, path: Path) -> None:
    server.say(stream(sse(*text_chunks("the-answer", usage={**USAGE, "cost": 0.25}))), HALF, reply(401, {}))  # type: ignore[dict-item]
    ledger = ai.Ledger(path)
    with ai.Client(**settings, observe=[ledger]) as client, ai.tags(feature="search"):
        client.complete("acme:m", "the-prompt")
        with pytest.raises(ai.StreamInterrupted):
            client.complete("acme:m", "the-prompt")
        with pytest.raises(ai.AuthError):
            client.models("acme")
    first, second, third = ledger.rows()
    assert tuple(first) == COLUMNS
    assert (first["provider"], first["model"], first["verb"], first["key"]) == ("acme", "m", "chat", "keys['acme']")
    assert (first["nanodollars"], first["how"], first["ended"]) == (250_000_000, "reported", "complete")
    assert (first["input_tokens"], first["output_tokens"], first["tags"]) == (7, 2, {"feature": "search"})
    assert (second["ended"], second["error"], second["input_tokens"]) == ("failed", "StreamInterrupted", 7)
    assert (second["nanodollars"], second["how"]) == (None, None)
    assert (third["verb"], third["model"], third["error"], third["status"]) == ("models", None, "AuthError", 401)
    text = b"".join(each.read_bytes() for each in path.parent.iterdir())
    for secret in (b"acme-secret-key", b"the-prompt", b"the-answer"):
        assert secret not in text


def test_what_was_spent(settings: dict[str, Any], server: Server, path: Path) -> None:
    costs = iter((0.1, 0.2, 0.0000000014))
    server.say(lambda sent: stream(sse(*text_chunks("a", usage={**USAGE, "cost": next(costs)}))))  # type: ignore[dict-item]
    ledger = ai.Ledger(path)
    with ai.Client(**settings, observe=[ledger]) as client:
        client.complete("acme:one", "hi")
        with ai.tags(customer="x"):
            client.complete("acme:two", "hi")
            client.complete("acme:two", "hi")
    (total,) = ledger.spent()
    assert (total.calls, total.nanodollars, total.cost, total.input_tokens) == (3, 300_000_001, 0.300000001, 21)
    assert [(each.name, each.calls) for each in ledger.spent(by="model", since="1h")] == [
        ("acme:two", 2),
        ("acme:one", 1),
    ]
    assert [(each.name, each.calls) for each in ledger.spent(by="tag:customer")] == [("x", 2), (None, 1)]
    assert [each.name for each in ledger.spent(by="day")] == [datetime.now(UTC).date().isoformat()]
    assert ledger.spent(since=datetime.now(UTC) + timedelta(days=1)) == ()
    for by in ("provider", "key", "verb"):
        assert len(ledger.spent(by=by)) == 1


@pytest.mark.parametrize("wrong", ["yesterday", "30", "d", datetime(2026, 1, 1), 7, "1y"])
def test_a_wrong_period_or_sum_is_refused(path: Path, wrong: Any) -> None:
    with pytest.raises(ai.ConfigError, match=r"period is .*allowed: a datetime with a time zone"):
        ai.Ledger(path).spent(since=wrong)
    with pytest.raises(ai.ConfigError, match="by is 'colour'; allowed: provider, model"):
        ai.Ledger(path).spent(by="colour")
    with pytest.raises(ai.ConfigError, match="before is None"):
        ai.Ledger(path).forget(before=None)
    for no_path in ("", 7, "a\0b"):
        with pytest.raises(ai.ConfigError, match="path is"):
            ai.Ledger(no_path)  # type: ignore[arg-type]


def test_export_and_retention(settings: dict[str, Any], path: Path, tmp_path: Path) -> None:
    ledger = ai.Ledger(path)
    book(settings, ledger, 3)
    assert ledger.export(tmp_path / "calls.json") == ledger.export(tmp_path / "calls.csv") == 3
    rows = list(ledger.rows())
    assert json.loads((tmp_path / "calls.json").read_text()) == rows
    with (tmp_path / "calls.csv").open(newline="") as file:
        written = list(csv.DictReader(file))
    assert [each["id"] for each in written] == [each["id"] for each in rows]
    assert [int(each["input_tokens"]) for each in written] == [7, 7, 7]
    with pytest.raises(ai.ConfigError, match=r"path ends with '.xls'; allowed: .csv, .json, .parquet"):
        ledger.export(tmp_path / "calls.xls")
    assert ledger.forget(before="1d") == 0
    assert ledger.forget(before=datetime.now(UTC) + timedelta(days=1)) == 3
    assert list(ledger.rows()) == []


def warned(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.name == "fluent_ai.observe.ledger"]


def test_a_locked_file_is_written_later(
    settings: dict[str, Any], path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.0)
    ledger = ai.Ledger(path)
    ledger._file._busy = 0.0
    book(settings, ledger)
    ledger._file.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    book(settings, ledger, 5)
    assert not ledger.flush()
    assert len(warned(caplog)) == 1
    assert "cannot be written (database is locked)" in warned(caplog)[0]
    other.execute("COMMIT")
    other.close()
    assert ledger.flush()
    assert len(list(ledger.rows())) == 6


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is a thing of Linux")
READ_ONLY = pytest.mark.skipif(not Path("/proc/self").exists(), reason="/proc is a thing of Linux")


def full(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to("/dev/full")


def read_only(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to("/proc/usage.db")  # where not even root may make a file


def corrupt(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 1000)


def no_folder(path: Path) -> None:
    path.parent.write_text("a file where the folder should be")


def later(path: Path) -> None:
    path.parent.mkdir()
    made = sqlite3.connect(path)
    made.execute("PRAGMA user_version = 99")
    made.close()


@pytest.mark.parametrize(
    "damage", [pytest.param(full, marks=FULL), pytest.param(read_only, marks=READ_ONLY), corrupt, no_folder, later]
)
def test_a_file_that_cannot_be_used_ends_no_call(
    settings: dict[str, Any],
    path: Path,
    caplog: pytest.LogCaptureFixture,
    damage: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    damage(path)
    before = path.read_bytes() if damage in (corrupt, later) else None
    ledger = ai.Ledger(path)
    book(settings, ledger, 5)
    assert not ledger.flush()
    assert len(warned(caplog)) == 1
    with pytest.raises(ai.ConfigError, match="cannot be read"):
        ledger.spent()
    if before is not None:
        assert path.read_bytes() == before
    ledger._last()
    assert "5 calls could not be booked; they wait in" in warned(caplog)[1]
    (path.unlink() if path.is_file() or path.is_symlink() else path.parent.unlink())
    assert len(list(ai.Ledger(path).rows())) == 5
    assert list(tmp_path.rglob("*.jsonl")) == []


def test_a_clock_that_jumps_loses_nothing(
    settings: dict[str, Any], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = ai.Ledger(path)
    for now in (1e9, 5e9, -5.0, 1.7e9):
        monkeypatch.setattr("fluent_ai.observe.watching.time", lambda now=now: now)
        book(settings, ledger)
    assert [each["time"] for each in ledger.rows()] == [-5.0, 1e9, 1.7e9, 5e9]
    assert all(0 <= each["total"] < 60 for each in ledger.rows())


PROGRAM = """
import sys
import fluent_ai as ai
sys.path.insert(0, {support!r})
from scripted_server import manifest_for
ledger = ai.Ledger({path!r})
client = ai.Client(keys={{"acme": "k"}}, manifests=[manifest_for({url!r})], observe=[ledger])
for _ in range({times}):
    client.complete("acme:m", "hi")
"""


def test_several_processes_book_into_one_file(server: Server, path: Path) -> None:
    server.say(WHOLE)
    program = PROGRAM.format(support=SUPPORT, path=str(path), url=server.url, times=40)
    running = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) for _ in range(3)]
    assert [each.communicate(timeout=120)[1] for each in running] == [b""] * 3
    assert len(list(ai.Ledger(path).rows())) == 120


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX thing")
def test_a_forked_child_books_its_own(server: Server, path: Path) -> None:
    server.say(WHOLE)
    program = PROGRAM.format(support=SUPPORT, path=str(path), url=server.url, times=2)
    program += """
import os
if not (child := os.fork()):
    client.complete("acme:m", "hi")
    client.close()
    os._exit(0)
os.waitpid(child, 0)
client.complete("acme:m", "hi")
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
    assert len(list(ai.Ledger(path).rows())) == 4


def test_a_budget_is_never_exceeded(path: Path) -> None:
    ledgers = [ai.Ledger(path) for _ in range(4)]
    taken: list[object] = []
    refused: list[ai.BudgetExceeded] = []
    lock = threading.Lock()

    def take(ledger: ai.Ledger) -> None:
        for _ in range(10):
            try:
                held = ledger.reserve("team", 0.1, limit=1.0)
            except ai.BudgetExceeded as error:
                with lock:
                    refused.append(error)
            else:
                with lock:
                    taken.append(held)

    threads = [threading.Thread(target=take, args=(ledger,)) for ledger in ledgers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(taken), len(refused)) == (10, 30)
    error = refused[0]
    assert (error.budget, error.limit, error.spent + error.reserved) == ("team", 1.0, 1.0)


def test_a_new_file_may_be_opened_by_many_at_once(tmp_path: Path) -> None:
    for number in range(30):
        ledgers = [ai.Ledger(tmp_path / f"{number}.db") for _ in range(8)]
        start = threading.Barrier(len(ledgers))
        taken: list[object] = []

        def take(ledger: ai.Ledger, start: threading.Barrier = start, taken: list[object] = taken) -> None:
            start.wait(60)
            taken.append(ledger.reserve("team", 0.1, limit=1.0))

        threads = [threading.Thread(target=take, args=(ledger,)) for ledger in ledgers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len(taken) == len(ledgers)


def test_reservations_are_settled_once_or_released(path: Path) -> None:
    ledger = ai.Ledger(path)
    held = ledger.reserve("team", 0.6, limit=1.0)
    with pytest.raises(ai.BudgetExceeded, match="0 are spent and 0.6 reserved"):
        ledger.reserve("team", 0.5, limit=1.0)
    assert ledger.reserve("other", 0.5, limit=1.0).reserved == 0.5
    held.settle(0.1)
    held.settle(0.9)
    held.release()
    second = ledger.reserve("team", 0.9, limit=1.0)
    second.release()
    with pytest.raises(ai.BudgetExceeded, match="0.1 are spent and 0 reserved"):
        ledger.reserve("team", 0.95, limit=1.0)
    assert ledger.reserve("team", 0.95, limit=1.0, since=datetime.now(UTC) + timedelta(days=1)).budget == "team"
    for wrong in (-1, True, "1", 1e9, float("nan")):
        with pytest.raises(ai.ConfigError, match="dollars is"):
            ledger.reserve("team", wrong, limit=1.0)  # type: ignore[arg-type]


def test_a_reservation_lapses_with_its_process_and_still_settles(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = ai.Ledger(path)
    held = ledger.reserve("team", 1.0, limit=1.0)
    now = datetime.now(UTC).timestamp()
    monkeypatch.setattr("fluent_ai.observe.budgets.time", lambda: now + 4000)
    ledger.reserve("team", 1.0, limit=1.0).release()
    held.settle(0.4)
    with pytest.raises(ai.BudgetExceeded, match="0.4 are spent"):
        ledger.reserve("team", 0.7, limit=1.0)


def test_many_threads_may_use_one_ledger(settings: dict[str, Any], path: Path) -> None:
    ledger = ai.Ledger(path)
    with ai.Client(**settings, observe=[ledger]) as client:
        together(*[lambda: client.complete("acme:m", "hi")] * 4, ledger.spent, lambda: ledger.flush())
        calls = sum(1 for _ in ledger.rows())
        client.complete("acme:m", "hi")
        assert sum(1 for _ in ledger.rows()) == calls + 1


def test_the_warning_comes_again_after_it_was_well(
    settings: dict[str, Any], path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    ledger = ai.Ledger(path)
    ledger._file._busy = 0.0
    book(settings, ledger)
    for number in (1, 2):
        ledger._file.close()
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        book(settings, ledger)
        assert not ledger.flush()
        assert len(warned(caplog)) == number
        other.execute("COMMIT")
        other.close()
        assert ledger.flush()
