"""Ctrl-C while the command line is being imported."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys

class Interrupts:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts())
signal.signal(signal.SIGINT, {before})
from fluent_ai_command import main
main()
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself Ctrl-C there")


def run(name: str, before: str = "signal.default_int_handler") -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(name=name, before=before)
    command = [sys.executable, "-c", program, "providers"]
    # What measures coverage looks for the same modules, and would be interrupted first.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)


@pytest.mark.parametrize(
    "name", ["fluent_ai", "fluent_ai.cli", "fluent_ai.cli.app", "typer", "fluent_ai.errors", "fluent_ai.cli.providers"]
)
def test_it_ends_the_program_with_130_and_says_nothing(name: str) -> None:
    done = run(name)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_program_that_ignores_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("fluent_ai.cli.app", before="signal.SIG_IGN").returncode == 0
