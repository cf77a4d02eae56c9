"""The commands of the verbs besides chat, against a loopback provider."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback import MANIFEST, Provider

Run = Callable[..., subprocess.CompletedProcess[str]]
ROUTES = """
[[embeddings]]
protocol = "openai_embeddings"
path = "/embeddings"

[[rerank]]
protocol = "cohere_rerank"
path = "/rerank"

[[moderation]]
protocol = "openai_moderation"
path = "/moderations"

[[speech]]
protocol = "openai_speech"
path = "/audio/speech"

[[transcription]]
protocol = "openai_transcription"
path = "/audio/transcriptions"
"""


@pytest.fixture
def manifest(provider: Provider, tmp_path: Path) -> Path:
    path = tmp_path / "loop.toml"
    path.write_text(MANIFEST.format(url=provider.url) + ROUTES)
    return path


@pytest.fixture
def verb(here: Run, manifest: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("EMBED", "RERANK", "MODERATE", "SPEAK", "TRANSCRIBE"):
        monkeypatch.setenv(f"FLUENT_AI_{name}_MODEL", "loop:m")
    return lambda name, *words: here(name, *words, "--manifest", str(manifest))


def test_embed_prints_a_vector_a_line(verb: Run) -> None:
    done = verb("embed", "a", "three")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [[1.0, 0.5], [5.0, 0.5]]


def test_embed_reads_lines(cli: Run, manifest: Path) -> None:
    done = cli("embed", "-m", "loop:m", "--manifest", str(manifest), stdin="a\n\nthree\n")
    assert [json.loads(line)[0] for line in done.stdout.splitlines()] == [1.0, 5.0]
    assert cli("embed", "-m", "loop:m", stdin="").stderr == "error: texts is missing; standard input is empty\n"


def test_a_collection_is_filled_and_searched(verb: Run, here: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("abc")
    (tmp_path / "b.txt").write_text("a" * 40)
    done = verb("embed", "-c", "notes", "-f", "*.txt")
    assert done.stderr == "2 of 2 texts were embedded; notes has 2\n"
    assert verb("embed", "-c", "notes", "-f", "*.txt").stderr == "0 of 2 texts were embedded; notes has 2\n"
    assert verb("embed", "x", "-c", "notes", "--id", "short").stderr == "1 of 1 texts were embedded; notes has 3\n"
    found = json.loads(verb("similar", "notes", "abcd", "--json").stdout)
    assert [each["id"] for each in found] == ["a.txt", "b.txt", "short"]
    assert found[0]["text"] == "abc"
    beside = json.loads(verb("similar", "notes", "--id", "a.txt", "-n", "1", "--json").stdout)
    assert [each["id"] for each in beside] == ["b.txt"]
    assert json.loads(here("collections", "list", "--json").stdout) == [
        {"name": "notes", "model": "loop:m", "items": 3}
    ]
    assert here("collections", "delete", "notes").stderr == "notes is gone, with 3 texts\n"
    assert "there is no collection 'notes'" in verb("similar", "notes", "x").stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["embed", "a", "--id", "x"], "name one with --collection"),
        (["embed", "a", "b", "-c", "c", "--id", "x"], "--id is for one text, but there are 2"),
        (["embed", "-c", "c", "-f", "none.txt"], "none.txt"),
        (["similar", "none", "x"], "there is no collection 'none'"),
        (["similar", "none", "x", "--id", "y"], "exclude each other"),
        (["transcribe", "none.wav"], "No such file"),
    ],
)
def test_wrong_uses_are_refused(verb: Run, words: list[str], says: str) -> None:
    done = verb(*words)
    assert (done.returncode, says in done.stderr) == (2, True), done.stderr


def test_a_model_must_be_named_or_configured(here: Run) -> None:
    done = here("rerank", "q", "a")
    assert (done.returncode, "fluent-ai config set models.rerank" in done.stderr) == (2, True)


def test_a_broken_database_is_named(verb: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_text("this is no database, and long enough to be none" * 9)
    done = verb("similar", "notes", "x", "-d", "broken.db")
    message = "error: the collections in 'broken.db' cannot be used: file is not a database\n"
    assert (done.returncode, done.stderr) == (1, message)


def test_rerank(verb: Run) -> None:
    done = verb("rerank", "a query", "one", "three", "seven")
    assert done.returncode == 0, done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines()[1:]]
    scores = [float(row[0]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    ranked = json.loads(verb("rerank", "a query", "one", "three", "--json").stdout)
    assert {each["document"] for each in ranked} == {"one", "three"}


def test_moderate(verb: Run) -> None:
    done = verb("moderate", "one", "two")
    assert done.returncode == 0, done.stderr
    assert {line.split("\t")[0] for line in done.stdout.splitlines()[1:]} <= {"flagged", "fine"}
    assert len(json.loads(verb("moderate", "one", "two", "--json").stdout)) == 2


def test_speak_writes_a_file_or_standard_output(verb: Run, cli: Run, manifest: Path, tmp_path: Path) -> None:
    done = verb("speak", "Hello", "--voice", "alloy")
    assert (done.returncode, done.stdout) == (0, "speech.mp3\n"), done.stderr
    sound = (tmp_path / "speech.mp3").read_bytes()
    assert sound
    assert verb("speak", "Hello", "--voice", "alloy", "--output", "hi.wav").stdout == "hi.wav\n"


def test_transcribe(verb: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.wav").write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt ")
    done = verb("transcribe", "talk.wav")
    assert (done.returncode, bool(done.stdout.strip())) == (0, True), done.stderr
    assert json.loads(verb("transcribe", "talk.wav", "--json").stdout)["text"] == done.stdout.rstrip("\n")


def test_count(verb: Run, here: Run, manifest: Path) -> None:
    done = here("count", "Hello there", "-m", "loop:m", "--manifest", str(manifest))
    assert (done.returncode, int(done.stdout) > 0, "an estimate" in done.stderr) == (0, True, True), done.stderr
    found = json.loads(here("count", "Hello", "-m", "loop:m", "--json", "--manifest", str(manifest)).stdout)
    assert found["most"] == found["tokens"] + found["margin"]
