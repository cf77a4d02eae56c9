"""`fluent-ai keys`: keys come from a prompt or a pipe, and are never shown."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback import KEY

pytest.importorskip("cryptography", reason="the extra `keys` is not installed")

Cli = Callable[..., subprocess.CompletedProcess[str]]
OTHER = "canary-other-9876543210"


@pytest.fixture
def environment(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "unlock"
    path.write_bytes(base64.b64encode(b"k" * 32))
    del environment["LOOP_API_KEY"]
    return environment | {
        "FLUENT_AI_KEY_FILE": str(path),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


def test_the_life_of_a_key(cli: Cli, manifest: Path, tmp_path: Path) -> None:
    done = cli("keys", "set", "openai", stdin=f"{KEY}\n")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"the key default of openai is in {tmp_path / 'home' / 'keys.json'}\n"
    listed = cli("keys", "list").stdout.splitlines()
    assert listed[0].split("\t") == ["provider", "name", "set", "retires"]
    assert listed[1].split("\t")[:2] == ["openai", "default"]
    assert cli("keys", "rotate", "openai", "--overlap", "60", stdin=OTHER).returncode == 0
    found = json.loads(cli("keys", "list", "--json").stdout)
    assert [(each["provider"], each["retires"] is None) for each in found] == [("openai", False), ("openai", True)]
    assert cli("keys", "remove", "openai").returncode == 0
    assert json.loads(cli("keys", "list", "--json").stdout) == []
    actions = [line.split("\t")[1] for line in cli("keys", "audit").stdout.splitlines()]
    assert actions == ["what", "set", "rotate", "remove"]
    assert cli("keys", "audit").stderr == "3 entries, none changed or missing\n"
    log = tmp_path / "home" / "keys.json.audit"
    whole = log.read_text()
    log.write_text(whole.replace('"rotate"', '"remove"'))
    changed = cli("keys", "audit")
    assert (changed.returncode != 0, changed.stdout) == (True, "")
    assert "entry 2 was changed or is missing" in changed.stderr
    log.write_text("".join(whole.splitlines(keepends=True)[:-1]))
    assert "entry 3 was changed or is missing" in cli("keys", "audit").stderr


def test_a_key_is_checked_with_its_provider(
    cli: Cli, manifest: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import fluent_ai as ai

    monkeypatch.setenv("FLUENT_AI_KEY_FILE", environment["FLUENT_AI_KEY_FILE"])
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", environment["PYTHON_KEYRING_BACKEND"])
    ai.KeyStore(tmp_path / "home" / "keys.json").set("loop", KEY)
    done = cli("keys", "check", "loop", "--manifest", str(manifest))
    assert (done.returncode, done.stdout.startswith("loop answers in ")) == (0, True), done.stderr
    assert "there is no key of openai" in cli("keys", "check", "openai").stderr
    ai.KeyStore(tmp_path / "home" / "keys.json").set("loop", OTHER, "team")
    every = cli("keys", "check", "--manifest", str(manifest))
    assert every.returncode == 0
    assert [line.split(" in ")[0] for line in every.stdout.splitlines()] == ["loop answers", "loop/team answers"]
    assert OTHER not in every.stdout + every.stderr


def test_what_it_refuses(cli: Cli, environment: dict[str, str]) -> None:
    assert "provider 'opnai' is not known. Did you mean openai" in cli("keys", "set", "opnai", stdin=KEY).stderr
    assert "the key holds no usable key" in cli("keys", "set", "openai", stdin="").stderr
    assert "unexpected extra argument" in cli("keys", "set", "openai", "sk-as-an-argument").stderr
    assert "there is no key 'default' of openai" in cli("keys", "remove", "openai").stderr
    assert cli("keys", "set", "openai", stdin=KEY).returncode == 0
    environment["FLUENT_AI_KEY_FILE"] = "/nowhere"
    done = cli("keys", "list")
    assert (done.returncode, "FLUENT_AI_KEY_FILE names '/nowhere'" in done.stderr) == (2, True)


def test_a_passphrase_is_read_before_the_key(cli: Cli, environment: dict[str, str]) -> None:
    del environment["FLUENT_AI_KEY_FILE"]
    # A new store asks for the key first, and for what it is locked with when it is written.
    assert cli("keys", "set", "openai", stdin=f"{KEY}\nright\n").returncode == 0
    assert cli("keys", "list", stdin="right\n").returncode == 0
    wrong = cli("keys", "list", stdin="wrong\n")
    assert (wrong.returncode, "passphrase" in wrong.stderr) == (2, True)
