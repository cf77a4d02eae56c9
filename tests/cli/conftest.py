"""Ways to run the command line against a loopback provider."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fluent_ai.cli import app, terminal
from loopback import KEY, MANIFEST, Provider, serve


@pytest.fixture(scope="session")
def command() -> list[str]:
    return [sys.executable, "-c", "from fluent_ai.cli import main; main()"]


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serve() as server:
        yield server


@pytest.fixture
def manifest(provider: Provider, tmp_path: Path) -> Path:
    path = tmp_path / "loop.toml"
    path.write_text(MANIFEST.format(url=provider.url))
    return path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """No keys but the loopback's, so a developer's own never leave the machine."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith(("_API_KEY", "_BASE_URL"))}
    return {**kept, "LOOP_API_KEY": KEY, "FLUENT_AI_HOME": str(tmp_path / "home")}


@pytest.fixture
def cli(command: list[str], environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `fluent-ai` as its own process; its output is pipes."""

    def run(*arguments: str, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*command, *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env=environment,
            check=False,
            timeout=60,
        )
        result = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
        assert KEY not in result.stdout + result.stderr
        assert "Traceback" not in result.stderr
        return result

    return run


class Here:
    """`fluent-ai` in this process: quicker, for what does not depend on how a process starts and ends."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        code = app.run(arguments)
        shown = self._capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, shown.out, shown.err)


@pytest.fixture
def here(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], tmp_path: Path
) -> Iterator[Here]:
    for name in set(os.environ) - set(environment):
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    yield Here(capsys)
    terminal.errors_as_json(False)
