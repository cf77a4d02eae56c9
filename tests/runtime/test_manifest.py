from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.manifest import files as module
from fluent_ai.manifest.files import data_folder, load_manifests, parse_manifest
from fluent_ai.manifest.schema import Manifest

SOUND = """
id = "acme"
name = "Acme AI"
client = "Acme"
docs = "https://docs.acme.example"
base_url = "https://api.acme.example/v1"
[auth]
env = ["ACME_API_KEY"]
[[chat]]
protocol = "openai_chat"
path = "/chat/completions"
[options]
user = "string"
"""


def refusal(text: str | bytes) -> str:
    with pytest.raises(ConfigError) as caught:
        parse_manifest(text, "acme.toml")
    return str(caught.value)


def test_one_file_is_one_provider() -> None:
    row = parse_manifest(SOUND, "acme.toml")
    assert (row.id, row.client_name, row.chat[0].models, row.auth.scheme) == ("acme", "Acme", "*", "bearer")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "acme"', 'id = "Acme AI"', "id = 'Acme AI'; allowed: lower-case letters, digits and _"),
        ('id = "acme"', "", "missing required field `id`"),
        ('id = "acme"', "id = 7", "Expected `str`, got `int` - at `$.id`"),
        ('id = "acme"', 'id = "acme"\ncolour = "red"', "unknown field `colour`"),
        ("https://docs.acme.example", "docs.acme.example", "docs = 'docs.acme.example'; allowed: an http(s) URL"),
        ("https://api", "ftp://api", "base_url = 'ftp://api.acme.example/v1'; allowed: an http(s) URL"),
        ("example/v1", "example/v1/", "allowed: no trailing slash"),
        ('["ACME_API_KEY"]', "[]", "auth.env = (); allowed: at least one environment variable"),
        ('["ACME_API_KEY"]', '["acme key"]', "env = 'acme key'; allowed: names of environment variables"),
        ('"/chat/completions"', '"chat"', "chat[0].path = 'chat'; allowed: a path that starts with /"),
        ('user = "string"', 'user = "text"', "Invalid enum value 'text' - at `$.options[...]`"),
        ('[auth]', '[auth]\nscheme = "magic"', "Invalid enum value 'magic' - at `$.auth.scheme`"),
        ('id = "acme"', "id = ", "not valid TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_the_file(old: str, new: str, message: str) -> None:
    assert old in SOUND
    found = refusal(SOUND.replace(old, new))
    assert found.startswith("acme.toml: ")
    assert message in found


def test_bytes_that_are_no_text_are_refused() -> None:
    assert refusal(b"\xff").startswith("acme.toml: not valid TOML")


def test_the_rendered_rows_are_all_providers() -> None:
    rows = load_manifests()
    assert list(rows) == sorted(rows)
    assert all(isinstance(row, Manifest) and row.id == name for name, row in rows.items())
    assert rows["anthropic"].aliases == ("claude",)
    assert load_manifests() is rows


def test_the_rows_are_read_without_importing_what_was_generated() -> None:
    program = (
        "import sys; before = set(sys.modules); from fluent_ai.manifest import load_manifests; load_manifests();"
        "print(sorted({'fluent_ai_providers', 'tomllib', 'httpx2', 'pydantic'} & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.fixture
def other_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "data_folder", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize("text", [None, "{", '{"providers":[{"id":1}]}'])
def test_damaged_rows_are_one_clear_error(other_folder: Path, text: str | None) -> None:
    if text is not None:
        (other_folder / "providers.json").write_text(text)
    with pytest.raises(ConfigError, match=r"providers\.json.*reinstall fluent-ai, or run `fluent-ai generate`"):
        load_manifests.__wrapped__()


def test_without_the_generated_packages_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="fluent_ai_providers is not installed; reinstall fluent-ai"):
        data_folder()


def test_who_needs_patience_has_it() -> None:
    rows = load_manifests()
    for row in rows.values():
        for capability in ("images", "transcription"):
            for route in row.routes(capability):
                assert row.timeout_for(capability, route).first_byte >= 300
    ollama, openai = rows["ollama"], rows["openai"]
    assert ollama.timeout_for("chat", ollama.chat[0]).first_byte == 600
    assert openai.timeout_for("embeddings", openai.embeddings[0]).first_byte == 60
    assert openai.timeout_for("chat", openai.chat[0]).first_byte == 120
