"""A whole regeneration of a fictional checkout, and the summary that people read."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from fluent_ai.cli import app
from fluent_ai.cli.commands import OWN
from fluent_ai.registry.facts import ModelInfo, Prices
from fluent_ai_codegen.__main__ import COMMANDS
from fluent_ai_codegen.publish.summary import MAX_LINES, read_catalogs, summarise
from hypothesis import given
from hypothesis import strategies as st

from .conftest import Answer, ListServer

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("specs", "cache", "generated"):
        shutil.copytree(GOLDEN / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACME_API_KEY", "a-key-for-tests")
    for name, command in COMMANDS.items():
        monkeypatch.setitem(OWN, name, command)
    return tmp_path


def listed(checkout: Path, *more: str) -> bytes:
    """The models of the committed cache, and more of them."""
    cache = json.loads((checkout / "cache" / "acme.json").read_text())
    return json.dumps(
        {"data": [{"id": model["id"]} for model in cache["models"]] + [{"id": name} for name in more]}
    ).encode()


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_new_models_are_fetched_rendered_and_said(checkout: Path, list_server: ListServer) -> None:
    list_server.answer = lambda path: Answer(listed(checkout, "anvil-9"))
    summary, report = checkout / "summary.md", checkout / "report.json"
    command = ["regenerate", "--base-url", list_server.url, "--summary", str(summary), "--report", str(report)]
    assert app.run(command) == 0
    assert "## New models (1)\n\n- `acme:anvil-9`\n" in summary.read_text()
    assert "anvil-9" in {model.id for model in read_catalogs(checkout / "generated")["acme"]}
    assert {row["provider"]: row["status"] for row in json.loads(report.read_text())} == {
        "acme": "updated",
        "house": "no list",
    }
    assert app.run(["generate", "--check"]) == 0

    before = tree(checkout / "generated"), tree(checkout / "cache")
    assert app.run(command) == 0
    assert summary.read_text() == "No model changed.\n"
    assert (tree(checkout / "generated"), tree(checkout / "cache")) == before


def test_a_failure_stops_before_anything_is_rendered(
    checkout: Path, list_server: ListServer, capsys: pytest.CaptureFixture[str]
) -> None:
    list_server.answer = lambda path: Answer(b"<html>")
    before = tree(checkout)
    summary = checkout / "summary.md"
    assert app.run(["regenerate", "--base-url", list_server.url, "--summary", str(summary)]) == 1
    assert f"acme: {list_server.url}/acme/v1/models: expected a model list" in capsys.readouterr().err
    after = tree(checkout)
    assert {path: data for path, data in after.items() if not path.startswith(".fetch/")} == before
    assert app.run(["regenerate", "--base-url", list_server.url, "--hold", "acme"]) == 0


def test_a_shrunk_list_waits_for_a_word(
    checkout: Path, list_server: ListServer, capsys: pytest.CaptureFixture[str]
) -> None:
    list_server.answer = lambda path: Answer(b'{"data":[{"id":"anvil.2"}]}')
    before = tree(checkout / "generated")
    assert app.run(["regenerate", "--base-url", list_server.url]) == 1
    assert "models are gone" in capsys.readouterr().err
    assert tree(checkout / "generated") == before
    assert app.run(["regenerate", "--base-url", list_server.url, "--accept-shrink", "acme"]) == 0
    assert "## Gone models (" in capsys.readouterr().out


def test_bad_arguments_end_with_two(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["regenerate", "--hold", "acne"]) == 2
    assert app.run(["regenerate", "--report", "x.txt"]) == 2
    assert app.run(["regenerate", "--frobnicate"]) == 2
    (checkout / "cache" / "acme.json").write_text("{}")
    assert app.run(["regenerate"]) == 2


def test_a_summary_that_cannot_be_written_is_said_so(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "file").touch()
    assert app.run(["regenerate", "--hold", "acme", "--base-url", "http://127.0.0.1:9", "--summary", "file/x.md"]) == 2
    assert "error: --summary file/x.md: " in capsys.readouterr().err


def test_the_module_runs_the_commands(checkout: Path) -> None:
    command = [sys.executable, "-m", "fluent_ai_codegen", "generate", "--check", "--root", str(checkout)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "generated/ is up to date: 13 files\n")


def model(name: str, **facts: object) -> ModelInfo:
    return ModelInfo(id=name, provider="acme", **facts)  # type: ignore[arg-type]


def test_the_summary_has_a_section_for_each_kind_of_change() -> None:
    before = [
        model("cheap", prices=Prices(input=1.0, output=2.0), context_window=1000),
        model("old"),
        model("gone"),
        model("kept", tools=True),
    ]
    after = [
        model("cheap", prices=Prices(input=0.5, output=2.0, cache_read=0.1), context_window=2000),
        model("old", deprecated_on=date(2026, 1, 2), successor="new"),
        model("new"),
        model("gone", last_listed=date(2026, 1, 1)),
        model("kept", tools=True),
    ]
    assert summarise({"acme": before}, {"acme": after}) == (
        "## New models (1)\n\n- `acme:new`\n\n"
        "## Gone models (1)\n\n- `acme:gone`\n\n"
        "## Repriced, in dollars (tokens: per million) (2)\n\n"
        "- `acme:cheap`: cache_read unknown → 0.1\n"
        "- `acme:cheap`: input 1.0 → 0.5\n\n"
        "## Deprecated or retiring (2)\n\n"
        "- `acme:old`: deprecated_on unknown → 2026-01-02\n"
        "- `acme:old`: successor unknown → `new`\n\n"
        "## Other facts (1)\n\n- acme: context_window of 1 models\n"
    )


def test_a_long_section_is_cut_and_a_name_is_no_markup() -> None:
    many = [model(f"m{number:04}") for number in range(MAX_LINES + 5)]
    text = summarise({}, {"acme": [*many, model("a`[x](y)\n# b")]})
    assert f"## New models ({MAX_LINES + 6})" in text
    assert text.endswith("- and 6 more\n")
    assert "- ``acme:a`[x](y) # b``\n" in text


NAMES = st.sets(st.text(alphabet="abc", min_size=1, max_size=2), max_size=6)


@given(NAMES, NAMES)
def test_new_and_gone_are_the_two_sides(one: set[str], other: set[str]) -> None:
    text = summarise({"acme": [model(name) for name in one]}, {"acme": [model(name) for name in other]})
    new, _, gone = text.partition("## Gone")
    assert new.count("- `") == len(other - one)
    assert gone.count("- `") == len(one - other)
    assert (text == "No model changed.\n") == (one == other)
