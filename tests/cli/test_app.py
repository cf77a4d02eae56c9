"""The frame around the commands: help, version, other packages' commands, exit codes, a reader that leaves."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import typer
from fluent_ai.cli import app

Cli = Callable[..., subprocess.CompletedProcess[str]]


def test_version_is_the_distributions(cli: Cli) -> None:
    assert cli("--version").stdout == importlib.metadata.version("fluent-ai") + "\n"


def test_help_lists_own_and_joined_commands(cli: Cli) -> None:
    done = cli("--help")
    assert done.returncode == 0
    listed = [line.split()[0] for line in done.stdout.partition("Commands:\n")[2].splitlines() if line]
    joined = {entry.name for entry in importlib.metadata.entry_points(group=app.ENTRY_POINTS)}
    assert {"drift", "generate"} <= joined  # which are there depends on the packages that are installed
    assert set(listed) == {*app.OWN} | joined


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_has_help(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in app.OWN:
        assert app.run([name, flag]) == 0
        assert capsys.readouterr().out.startswith(f"Usage: fluent-ai {name}")


def test_no_summary_is_cut(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert app.run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert [name for name, command in app.OWN.items() if command.summary not in shown] == []
    assert "..." not in shown.partition("Commands:")[2]
    assert "generate     Render generated/ from specs/ and cache/.\n" in shown


def test_what_has_no_summary_refers_to_its_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "entry_points", lambda group: [other(None)])
    assert app.run(["--help"]) == 0
    assert "See fluent-ai other --help." in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["modells"], ["models", "--toools"], ["--nonsense"]])
def test_wrong_usage_is_one_line_that_names_the_help(cli: Cli, arguments: list[str]) -> None:
    done = cli(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: No such ")
    assert done.stderr.endswith("--help)\n")
    assert done.stderr.count("\n") == 1


def test_help_loads_nothing_heavy(environment: dict[str, str]) -> None:
    heavy = [
        "fluent_ai.cli.replies",
        "fluent_ai.verbs.image",
        "fluent_ai.config.config",
        "httpx2",
        "jinja2",
        "pydantic",
        "rich",
        "torch",
        "fluent_ai.client.client",
        "fluent_ai.registry.lookup",
    ]
    code = (
        f"import sys; from fluent_ai.cli.app import run; run(['--help']); "
        f"sys.exit(str([name for name in {heavy} if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"


def test_without_the_extra_the_command_says_how_to_get_it(environment: dict[str, str]) -> None:
    code = "import sys; sys.modules['typer'] = None; from fluent_ai.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "error: the command line needs its extra: pip install 'fluent-ai[cli]'\n"


def test_reader_that_leaves_ends_the_command_quietly(
    command: list[str], environment: dict[str, str], manifest: Path
) -> None:
    arguments = ["ask", "-m", "loop:endless", "hi", "--manifest", str(manifest)]
    with subprocess.Popen(
        [*command, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"line\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def other(command: object) -> EntryPoint:
    class Other(EntryPoint):
        def load(self) -> object:
            if isinstance(command, Exception):
                raise command
            return command

    return Other("other", "other_package.cli:command [extra]", app.ENTRY_POINTS)


def run_with(monkeypatch: pytest.MonkeyPatch, command: object, *arguments: str) -> int:
    monkeypatch.setattr(app, "entry_points", lambda group: [other(command)])
    return app.run(["other", *arguments])


def test_function_of_another_package(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def command(word: str) -> None:
        typer.echo(word)

    assert run_with(monkeypatch, command, "hello") == 0
    assert capsys.readouterr().out == "hello\n"


def test_app_of_another_package(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    group = typer.Typer()
    group.command("one")(lambda: typer.echo("one"))
    group.command("two")(lambda: typer.echo("two"))
    assert run_with(monkeypatch, group, "two") == 0
    assert capsys.readouterr().out == "two\n"


def test_other_package_that_misses_a_module(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = ModuleNotFoundError("no", name="jinja2")
    assert run_with(monkeypatch, missing) == 2
    assert capsys.readouterr().err == "error: other needs jinja2: pip install 'fluent-ai[extra]'\n"


@pytest.mark.parametrize(
    ("failure", "code", "says"),
    [
        (KeyboardInterrupt(), 130, ""),
        (OSError(28, "No space left on device", "/dev/full"), 1, "error: /dev/full: No space left on device\n"),
        (RuntimeError("the secret prompt"), 1, "error: RuntimeError, which is a bug; set FLUENT_AI_DEBUG=1"),
        (typer.Exit(7), 7, ""),
    ],
    ids=lambda value: type(value).__name__,
)
def test_ways_to_end(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failure: BaseException,
    code: int,
    says: str,
) -> None:
    def command() -> None:
        raise failure

    assert run_with(monkeypatch, command) == code
    said = capsys.readouterr().err
    assert said.startswith(says)
    assert "secret" not in said


def test_bug_shows_its_place_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def command() -> None:
        raise RuntimeError("here")

    monkeypatch.setenv("FLUENT_AI_DEBUG", "1")
    with pytest.raises(RuntimeError, match="here"):
        run_with(monkeypatch, command)
