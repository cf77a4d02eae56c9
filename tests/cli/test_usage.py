"""`fluent-ai usage`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.cli import app
from fluent_ai.cli.account.usage import BAR, bars
from fluent_ai.config.config import Config
from fluent_ai.config.values import Values
from fluent_ai.observe.call import Price
from fluent_ai.observe.ledger_reports import Spent
from loopback import Provider

Cli = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "usage.db"
    book = ai.Ledger(path)
    for name, cost in (("dear", 0.5), ("dear", 0.25), ("cheap", 0.000000001), ("unknown", None)):
        usage = ai.Usage(input_tokens=1200, output_tokens=30, cost=cost)
        call = ai.Call(id=f"{name}{cost}", verb="chat", provider="acme", model=name, ended="complete", started=1.7e9)
        call.result = ai.Reply(usage=usage)
        call.known_price = Price(cost, estimated=False)
        call.tags = {"team": name[0]}
        book.finished(call)
    assert book.flush()
    return path


def test_it_shows_what_was_spent(cli: Cli, ledger: Path) -> None:
    done = cli("usage", "--ledger", str(ledger))
    assert [line.split("\t") for line in done.stdout.splitlines()] == [
        ["model", "calls", "failed", "input", "output", "USD"],
        ["acme:dear", "2", "0", "2,400", "60", "0.75"],
        ["acme:cheap", "1", "0", "1,200", "30", "0.000000001"],
        ["acme:unknown", "1", "0", "1,200", "30", "unknown"],
    ]
    assert done.stderr == "1 of the calls have no known cost\n"


def test_as_json_and_by_other_things(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["usage", "--ledger", str(ledger), "--by", "tag:team", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(each["name"], each["calls"], each["cost"]) for each in found] == [
        ("d", 2, 0.75),
        ("c", 1, 1e-9),
        ("u", 1, 0.0),
    ]
    assert app.run(["usage", "--ledger", str(ledger), "--since", "30d", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_it_exports(cli: Cli, ledger: Path, tmp_path: Path) -> None:
    done = cli("usage", "--ledger", str(ledger), "--export", str(tmp_path / "calls.json"))
    assert (done.returncode, done.stderr) == (0, f"4 calls are in {tmp_path / 'calls.json'}\n")
    assert len(json.loads((tmp_path / "calls.json").read_text())) == 4


def test_what_it_refuses(cli: Cli, ledger: Path, tmp_path: Path) -> None:
    for arguments, reason in (
        (["--ledger", str(tmp_path / "none.db")], "there is no ledger"),
        (["--ledger", str(ledger), "--by", "colour"], "by is 'colour'; allowed: provider, model, key"),
        (["--ledger", str(ledger), "--since", "soon"], "the period is 'soon'"),
        (["--ledger", str(ledger), "--export", "calls.xls"], "allowed: .csv, .json, .parquet"),
    ):
        done = cli("usage", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert reason in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_fresh_user_has_no_ledger(cli: Cli) -> None:
    assert "there is no ledger; pass observe=[ai.Ledger()]" in cli("usage").stderr


def spent(calls: int, nanodollars: int) -> Spent:
    return Spent(name="x", calls=calls, failed=0, input_tokens=0, output_tokens=0, nanodollars=nanodollars, unpriced=0)


def test_bars_are_as_long_as_their_share() -> None:
    assert bars([spent(1, 16), spent(1, 8), spent(9, 1), spent(1, 0)]) == ["█" * BAR, "█" * 12, "█▌", ""]
    assert bars([spent(4, 0), spent(1, 0)]) == ["█" * BAR, "█" * 6]
    assert bars([]) == []


def test_what_commands_ask_is_booked_without_what_was_said(cli: Cli, manifest: Path, provider: Provider) -> None:
    for command in (["ask", "a secret", "-m", "loop:echo"], ["chat", "loop:echo"]):
        assert cli(*command, "--manifest", str(manifest), stdin="a secret\n").returncode == 0
    assert cli("ask", "hi", "-m", "loop:denied", "--manifest", str(manifest)).returncode == 1
    found = json.loads(cli("usage", "--json").stdout)
    assert [(each["name"], each["calls"], each["failed"]) for each in found] == [
        ("loop:echo", 2, 0),
        ("loop:denied", 1, 1),
    ]
    assert found[0]["input_tokens"] > 0


def test_nothing_is_booked_where_the_user_wants_that(here: Cli, manifest: Path, tmp_path: Path) -> None:
    here("config", "set", "ledger", "false")
    assert here("ask", "hi", "-m", "loop:echo", "--manifest", str(manifest)).returncode == 0
    assert not (tmp_path / "home" / "usage.db").exists()
    assert "there is no ledger" in here("usage").stderr


def test_a_folder_that_cannot_be_written_stops_nobody(cli: Cli, manifest: Path, environment: dict[str, str]) -> None:
    environment["FLUENT_AI_HOME"] = "/proc/none"
    done = cli("ask", "hi", "-m", "loop:echo", "--manifest", str(manifest))
    assert (done.stdout, done.stderr) == ("You said: hi\n", "")


def test_the_configuration_is_read_once_for_a_command(
    here: Cli, manifest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    load = Config._load

    def counted(self: Config, version: tuple[int, int, int] | None) -> Values:
        read.append(version)
        return load(self, version)

    monkeypatch.setattr(Config, "_load", counted)
    here("ask", "hi", "-m", "loop:echo", "--manifest", str(manifest))
    assert len(read) == 1
