"""`fluent-ai config` and `resolve`, and commands that use what is configured."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback import Provider

Cli = Callable[..., subprocess.CompletedProcess[str]]


def test_set_get_and_unset(cli: Cli, tmp_path: Path) -> None:
    path = cli("config", "path").stdout.strip()
    assert path == str(tmp_path / "home" / "config.toml")
    assert cli("config", "set", "models.chat", "groq:x").stderr == f"models.chat is set in {path}\n"
    assert cli("config", "set", 'options.chat."groq:*".seed', "3").returncode == 0
    assert cli("config", "get", "models.chat").stdout == "groq:x\n"
    assert cli("config", "get", 'options.chat."groq:*"').stdout.splitlines()[1:] == [
        f'options.chat."groq:*".seed\t3\t{path}'
    ]
    assert cli("config", "unset", "models.chat").returncode == 0
    done = cli("config", "get", "models.chat")
    assert (done.returncode, done.stderr) == (2, "error: models.chat is not configured; see fluent-ai config get\n")


def test_get_says_what_the_environment_says(cli: Cli, environment: dict[str, str]) -> None:
    cli("config", "set", "models.chat", "groq:x")
    environment["FLUENT_AI_MODEL"] = "groq:y"
    found = json.loads(cli("config", "get", "--json").stdout)
    assert found == {"models.chat": {"value": "groq:y", "from": "FLUENT_AI_MODEL"}}


def editor(tmp_path: Path, code: str) -> str:
    script = tmp_path / "editor.py"
    script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text()\n{code}")
    return f"{sys.executable} {script}"


def test_edit_replaces_the_file_once_it_is_valid(cli: Cli, environment: dict[str, str], tmp_path: Path) -> None:
    environment.pop("VISUAL", None)
    environment["EDITOR"] = editor(tmp_path, "path.write_text(text + '\\ntheme = \"light\"')")
    assert cli("config", "edit").returncode == 0
    assert cli("config", "get", "theme").stdout == "light\n"
    environment["EDITOR"] = editor(tmp_path, "path.write_text('thme = 1')")
    done = cli("config", "edit")
    assert done.returncode == 2
    assert ":1: thme is not known. Did you mean theme?" in done.stderr
    assert cli("config", "get", "theme").stdout == "light\n"
    environment["EDITOR"] = editor(tmp_path, "sys.exit(3)")
    assert "ended with 3" in cli("config", "edit").stderr
    environment["EDITOR"] = "no-such-editor"
    assert "cannot be run" in cli("config", "edit").stderr


def test_names_and_options_reach_the_provider(cli: Cli, manifest: Path, provider: Provider) -> None:
    cli("config", "set", "aliases.talk", "loop:echo")
    cli("config", "set", 'options.chat."loop:*".temperature', "0.3")
    cli("config", "set", 'options.chat."loop:*".seed', "3")
    done = cli("ask", "-m", "talk", "hi", "--manifest", str(manifest), "--seed", "4", "--base-url", provider.url)
    assert done.stdout == "You said: hi\n"
    assert [provider.requests[0][name] for name in ("model", "temperature", "seed")] == ["echo", 0.3, 4]


def test_resolve_says_why(cli: Cli, manifest: Path) -> None:
    cli("config", "set", "aliases.talk", "loop:echo")
    cli("config", "set", "models.chat", "talk")
    done = cli("resolve", "--manifest", str(manifest))
    assert done.stdout.splitlines()[1] == "loop:echo\talias 'talk' > exact name\t"
    found = json.loads(cli("resolve", "talk", "--json", "--manifest", str(manifest)).stdout)
    assert found == {"model": "loop:echo", "why": ["alias 'talk'", "exact name"], "legs": None, "options": {}}
    assert "talk\tsimilar name" in cli("resolve", "tlak", "--all").stdout


@pytest.mark.parametrize("words", [["ask", "-m", "x", "hi"], ["pull", "x"], ["image", "x", "a cat"], ["resolve", "x"]])
def test_a_broken_file_is_named_by_every_command_that_reads_it(cli: Cli, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "config.toml").write_text("\nthme = 1")
    done = cli(*words)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {tmp_path / 'home' / 'config.toml'}:2: thme is not known.")


def test_without_its_extra_a_change_says_how_to_get_it(
    here: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "tomlkit", None)
    done = here("config", "set", "theme", "light")
    assert (done.returncode, done.stderr) == (
        2,
        "error: a configuration is changed with tomlkit: pip install 'fluent-ai[cli]'\n",
    )
    assert not (tmp_path / "home" / "config.toml").exists()


def test_own_names_are_names_of_models_everywhere(here: Cli) -> None:
    here("aliases", "set", "ours", "openai:gpt-5.1")
    here("config", "set", "routes.both.legs", '["ours", "local:smollm2-135m"]')
    assert here("show", "ours").stdout.startswith("openai:gpt-5.1\n")
    assert "total" in here("cost", "ours", "--input-tokens", "100").stdout
    assert here("compare", "ours", "openai:gpt-5").stdout.startswith("fact\topenai:gpt-5.1\t")
    refused = here("show", "both")
    assert (refused.returncode, "allowed: one of its models, openai:gpt-5.1, local:smollm2-135m" in refused.stderr) == (
        2,
        True,
    )
