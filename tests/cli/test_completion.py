"""Completion: the candidates, and the scripts in the shells that are there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def words(here: Run, *typed: str) -> list[str]:
    done = here("__complete", *typed)
    assert done.returncode == 0
    return [line.partition("\t")[0] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        (["comp"], ["compare", "completion"]),
        (["--v"], ["--version"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["ask", "--schema-"], ["--schema-multi"]),
        (["ask", "-m", "fas"], ["fast"]),
        (["ask", "--model=fas"], ["--model=fast"]),
        (["ask", "-m", "groq"], ["groq:"]),
        (["ask", "-m", "nobody:"], []),
        (["ask", "hi", "more", ""], []),
        (["ask", "-T", "cal"], ["calculator"]),
        (["ask", "-t", ""], ["review"]),
        (["ask", "-a", "x"], [":files"]),
        (["ask", "--manifest", ""], [":files"]),
        (["aliases", "remove", ""], ["fast"]),
        (["config", "se"], ["set"]),
        (["config", "set", "models.ch"], ["models.chat"]),
        (["config", "set", "aliases.f"], ["aliases.fast"]),
        (["config", "set", "ru"], ["rules"]),
        (["config", "set", "options.ch"], ["options.chat."]),
        (["config", "set", 'options.chat."groq:*".see'], ['options.chat."groq:*".seed']),
        (["config", "set", 'options.chat."gpt-5.1".see'], ['options.chat."gpt-5.1".seed']),
        (["config", "set", 'options.chat."gpt-5.se'], []),
        (["config", "set", "routes.smart.re"], ["routes.smart.resume"]),
        (["resolve", "--verb", "em"], ["embed"]),
        (["keys", "set", "openai_"], ["openai_compatible"]),
        (["image", "m", "p", "--preview", "k"], ["kitty"]),
        (["nothing", "x"], []),
    ],
)
def test_candidates(here: Run, tmp_path: Path, typed: list[str], candidates: list[str]) -> None:
    here("aliases", "set", "fast", "groq:llama")
    (tmp_path / "home" / "templates").mkdir()
    (tmp_path / "home" / "templates" / "review.md").write_text("Hi")
    assert words(here, *typed) == candidates


def test_models_of_a_provider(here: Run) -> None:
    assert "local:smollm2-135m" in words(here, "ask", "-m", "local:")
    assert "openai:gpt-5.1" in words(here, "show", "openai:gpt-5")


def test_a_broken_configuration_has_no_candidates_and_no_error(here: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "config.toml").write_text("[")
    done = here("__complete", "ask", "-m", "")
    assert (done.stdout, done.stderr) == ("", "")


SHELLS = {
    "bash": """source {script}
COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; _fluent_ai; printf '%s\\n' "${{COMPREPLY[@]}}" """,
    "fish": "source {script}; complete -C '{line}'",
    "zsh": """compdef() {{ :; }}; compadd() {{ while [[ "$1" != -- ]]; do shift; done; shift; print -l -- "$@"; }}
_files() {{ print -l -- *; }}; source {script}; words=({line_as_words}); CURRENT=${{#words}}; _fluent_ai""",
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "candidate"),
    [
        ("fluent-ai tran", "transcribe"),
        ("fluent-ai ask -m local:smollm2-13", "local:smollm2-135m"),
        ("fluent-ai ask -a note", "notes.txt"),
    ],
)
def test_shells(shell: str, line: str, candidate: str, here: Run, environment: dict[str, str], tmp_path: Path) -> None:
    if (program := shutil.which(shell)) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "completion"
    script.write_text(here("completion", shell).stdout)
    (tmp_path / "notes.txt").touch()
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "fluent-ai"
    command.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from fluent_ai.cli import main; main()' \"$@\"\n")
    command.chmod(0o755)
    text = SHELLS[shell].format(script=script, line=line, line_as_words=line)
    env = {**environment, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    done = subprocess.run(
        [program, "-c", text], env=env, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    found = [each.partition("\t")[0] for each in done.stdout.splitlines()]
    if shell == "bash":  # which replaces what follows the last colon
        candidate = candidate.rpartition(":")[2]
    assert candidate in found, done.stderr
