"""fetch and generate as a user runs them: through the command line, in a checkout of a fictional provider."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fluent_ai.cli.app import run

from .conftest import Answer, ListServer

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "checkout")
    monkeypatch.chdir(tmp_path / "checkout" / "specs")
    return tmp_path / "checkout"


def test_generate_and_its_check(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generate", "--check"]) == 0
    assert capsys.readouterr().out == "generated/ is up to date: 13 files\n"
    client = checkout / "generated" / "fluent_ai_providers" / "acme.py"
    committed = client.read_text()
    client.write_text(committed.replace("The whole reply.", "Half the reply."))
    (checkout / "generated" / "stale.py").write_text("")
    assert run(["generate", "--check"]) == 1
    errors = capsys.readouterr().err
    assert "changed: generated/fluent_ai_providers/acme.py\n" in errors
    assert '-        """Half the reply."""\n+        """The whole reply."""\n' in errors
    assert "extra: generated/stale.py\n" in errors
    assert "error: 2 files are not what their sources render to; run `fluent-ai generate`\n" in errors
    assert "Half" in client.read_text()
    assert run(["generate"]) == 0
    assert capsys.readouterr().out == "generated/ has 13 files, 2 of them changed\n"
    assert client.read_text() == committed
    assert not (checkout / "generated" / "stale.py").exists()


def test_the_check_holds_the_ledger_of_names_too(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "specs" / "names" / "acme.toml").unlink()
    assert run(["generate", "--check"]) == 1
    assert "missing: specs/names/acme.toml\n" in capsys.readouterr().err
    assert run(["generate"]) == 0
    assert run(["generate", "--check"]) == 0


def test_generate_works_without_a_generated_tree(checkout: Path) -> None:
    shutil.rmtree(checkout / "generated")
    assert run(["generate"]) == 0
    assert run(["generate", "--check"]) == 0


def test_generate_says_how_old_its_facts_are_and_what_is_missing(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["generate", "--check"]) == 0
    notes = capsys.readouterr().err
    assert "warning: rendered from old facts: acme (" in notes
    assert "note: specs/providers/acme.toml: snail-v1 and snail.v1 would all be SNAIL_V1" in notes
    (checkout / "cache" / "acme.json").unlink()
    (checkout / "specs" / "models" / "acme.toml").unlink()
    assert run(["generate"]) == 0
    assert "warning: the own list of acme was never fetched; run `fluent-ai fetch`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("specs/providers/acme.toml", "id = [", "error: specs/providers/acme.toml: not valid TOML"),
        ("specs/wire/echo.yaml", "{", "error: specs/wire/echo.yaml: not valid YAML"),
        ("cache/acme.json", "{}", "error: cache/acme.json: Object missing required field `provider`"),
    ],
)
def test_a_bad_input_is_one_line_and_changes_nothing(
    checkout: Path, capsys: pytest.CaptureFixture[str], path: str, text: str, message: str
) -> None:
    (checkout / path).write_text(text)
    assert run(["generate"]) == 2
    errors = capsys.readouterr().err
    assert errors.startswith(message)
    assert errors.count("\n") == 1


def test_outside_of_a_checkout_the_way_in_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["generate", "--root", str(tmp_path)]) == 2
    assert "run this in a checkout of the repository" in capsys.readouterr().err


BODY = b'{"data":[{"id":"anvil-2","context_length":9}]}'


def test_fetch_then_generate(
    checkout: Path, list_server: ListServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACME_API_KEY", "a-key-for-tests")
    list_server.answer = lambda path: Answer(BODY)
    assert run(["fetch", "--base-url", list_server.url, "--observed", "2026-03-01"]) == 1
    assert "6 of 7 models are gone" in capsys.readouterr().err
    command = ["fetch", "--base-url", list_server.url, "--observed", "2026-03-01", "--accept-shrink", "acme"]
    assert run(command) == 0
    assert list_server.requests[0][1]["authorization"] == "Bearer a-key-for-tests"
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["provider", "status", "seconds", "bytes", "pages", "models"]
    assert [(line[0], line[1], *line[3:]) for line in lines[1:]] == [
        ("acme", "updated", str(len(BODY)), "1", "1"),
        ("house", "no list", "0", "0", "0"),
    ]
    assert run(["generate"]) == 0
    assert '"date":"2026-03-01"' in (checkout / "generated/fluent_ai_providers/data/catalog/acme.json").read_text()


def test_a_failed_fetch_ends_non_zero_with_the_way_out(
    checkout: Path, list_server: ListServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACME_API_KEY", "a-key-for-tests")
    list_server.answer = lambda path: Answer(b"<html>")
    before = (checkout / "cache" / "acme.json").read_bytes()
    assert run(["fetch", "acme", "--base-url", list_server.url]) == 1
    assert capsys.readouterr().err == (
        f"acme: {list_server.url}/acme/v1/models: expected a model list of shape 'openrouter', got an HTML page\n"
        "error: 1 of 1 failed and keep their last good cache; mend the cause, or add --hold acme\n"
    )
    assert (checkout / "cache" / "acme.json").read_bytes() == before
    assert run(["fetch", "--base-url", list_server.url, "--hold", "acme"]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--hold", "acne"], "error: 'acne' is no provider or source. Did you mean acme? Providers: acme, house. So"),
        (["--accept-shrink", "litelm"], "error: 'litelm' is no provider or source. Did you mean litellm? Providers: "),
        (["acne"], "error: 'acne' is no provider or source. Did you mean acme? Providers: acme, house. Sources: "),
        (["litellm"], "error: --base-url stands in for providers, and 'litellm' is a source; fetch it without\n"),
        (
            ["--report", "report.txt"],
            "error: --report is 'report.txt'; allowed: a file name that ends with .json or .md",
        ),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_sent(
    checkout: Path,
    list_server: ListServer,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    assert run(["fetch", "--base-url", list_server.url, *arguments]) == 2
    assert capsys.readouterr().err.startswith(message)
    assert list_server.requests == []


def test_a_fetch_reports_to_a_file_also_where_it_fails(
    checkout: Path, list_server: ListServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ACME_API_KEY", "a-key-for-tests")
    list_server.answer = lambda path: Answer(b"", 404)
    path = tmp_path / "report.md"
    assert run(["fetch", "--base-url", list_server.url, "--report", str(path)]) == 1
    assert "| acme | failed |" in path.read_text()
    assert f"- acme: {list_server.url}/acme/v1/models: " in path.read_text()
