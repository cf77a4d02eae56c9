"""`fluent-ai chats`: what was kept, found, written to files, taken over and deleted."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def chats(environment: dict[str, str]) -> list[str]:
    """The ids of two chats in the user's store."""
    store = Path(environment["FLUENT_AI_HOME"]) / "chats.db"
    with fake_provider("In the north.", "At \x1b[31m night."):
        found = []
        for said in ("Where are the penguins?", "When do owls hunt?"):
            chat = ai.Chat(ai.Client(), "fake:x", store=store, tags=[said.split()[0].lower()])
            chat.say(said).collect()
            found.append(str(chat.id))
    return found


def test_chats_are_listed_and_shown(cli: Run, chats: list[str]):
    listed = [line.split("\t") for line in cli("chats", "list").stdout.splitlines()]
    assert listed[0] == ["chat", "used", "messages", "USD", "model", "title"]
    assert [(row[0], row[2], row[4]) for row in listed[1:]] == [(chat, "2", "fake:x") for chat in reversed(chats)]
    assert [each["id"] for each in json.loads(cli("chats", "list", "--tag", "when", "--json").stdout)] == [chats[1]]
    assert "## Assistant\n\nIn the north." in cli("chats", "show", chats[0][:8]).stdout
    assert len(json.loads(cli("chats", "show", chats[0], "--json").stdout)["messages"]) == 2


def test_a_search_says_what_it_corrected_and_how_long_it_took(cli: Run, chats: list[str]):
    done = cli("chats", "search", "pengiuns")
    (line,) = done.stdout.splitlines()
    assert line.startswith(chats[0])
    assert line.endswith("Where are the [penguins]?")
    assert "no message has 'pengiuns'; searched for penguins" in done.stderr
    assert "1 found in" in done.stderr
    assert cli("chats", "search", "pengiuns", "--exact").stdout == ""
    hit = json.loads(cli("chats", "search", "night", "--json", "--role", "assistant").stdout)
    assert (hit["chat"], hit["match"]) == (chats[1], "words")
    assert "\x1b" not in cli("chats", "search", "night").stdout


def test_chats_go_to_files_and_come_back(cli: Run, chats: list[str], tmp_path: Path):
    assert cli("chats", "export", chats[0], str(tmp_path / "a.json")).returncode == 0
    done = cli("chats", "import", str(tmp_path / "a.json"), "--store", str(tmp_path / "b.db"))
    assert (done.returncode, done.stderr) == (0, "1 chats imported\n")
    assert "0 chats" in cli("chats", "import", str(tmp_path / "a.json"), "--store", str(tmp_path / "b.db")).stderr
    assert cli("chats", "list", "--store", str(tmp_path / "b.db")).stdout.count("penguins") == 1
    for arguments in (("export", chats[0], "a.pdf"), ("import", "missing"), ("show", "nope"), ("delete",)):
        wrong = cli("chats", *arguments)
        assert (wrong.returncode, wrong.stdout, wrong.stderr[:7]) == (2, "", "error: "), arguments


def test_chats_are_deleted_by_id_and_by_age(cli: Run, chats: list[str]):
    assert cli("chats", "delete", chats[0]).stderr == "1 chats deleted\n"
    assert cli("chats", "delete", "--before", "90d").stderr == "0 chats deleted\n"
    assert cli("chats", "list").stdout.count("fake:x") == 1
