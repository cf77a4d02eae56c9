"""Memory: what is remembered is found by its words, by its own user alone, until it expires; secrets are not kept."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from fluent_ai_toolkit.tools.memory import store as store_module
from fluent_ai_toolkit.tools.memory.store import DAY


class Clock:
    """A time that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(store_module, "time", made)
    monkeypatch.setattr("fluent_ai_toolkit.tools.memory.toolset.time", made)
    return made


@pytest.fixture
def memory(tmp_path: Path) -> ai.tools.Memory:
    return ai.tools.Memory(tmp_path / "memory.db", user="ada")


def texts(memory: ai.tools.Memory, query: str = "") -> list[str]:
    return [found.text for found in memory.find(query)]


def refused(reason: str) -> AbstractContextManager[pytest.ExceptionInfo[ai.tools.MemoryRefused]]:
    return pytest.raises(ai.tools.MemoryRefused, check=lambda error: error.reason == reason)


def test_words_are_found_whole_begun_and_without_accents(memory: ai.tools.Memory, clock: Clock) -> None:
    memory.remember("Ada likes robins and the Café de Flore.", "preference")
    memory.remember("The meeting is on Monday.", "event")
    assert texts(memory, "robin") == texts(memory, "CAFE") == ["Ada likes robins and the Café de Flore."]
    assert texts(memory, "monday OR robins") == texts(memory, 'monday" robins*')
    assert len(texts(memory, "monday robins")) == 2
    assert texts(memory, "penguin") == texts(memory, "!?") == []
    assert [found.kind for found in memory.find(kind="event")] == ["event"]
    assert [found.text for found in memory.recall("monday", "preference")] == []


def test_new_memories_come_before_old_ones_and_better_ones_before_worse(memory: ai.tools.Memory, clock: Clock) -> None:
    memory.remember("The old garden has robins.")
    clock.now += 365 * DAY
    memory.remember("The new garden has robins.")
    assert texts(memory, "robins") == texts(memory) == ["The new garden has robins.", "The old garden has robins."]
    assert texts(memory, "old robins")[0] == "The old garden has robins."


def test_memories_expire_and_are_renewed(memory: ai.tools.Memory, clock: Clock) -> None:
    memory.remember("It rains.", days=1)
    memory.remember("It snows.", days=1)
    clock.now += DAY / 2
    assert memory.remember("It rains.", days=1) == "Remembered as number 1."
    clock.now += DAY * 0.75
    assert texts(memory) == texts(memory, "it") == ["It rains."]
    clock.now += DAY
    assert texts(memory) == []
    assert memory.remember("It is dry.") == "Remembered as number 3."


def test_users_do_not_see_each_other(memory: ai.tools.Memory) -> None:
    memory.remember("Ada's secret garden.")
    bob = memory.of("bob")
    assert texts(bob) == texts(bob, "garden") == []
    with refused("missing"):
        bob.forget(1)
    assert memory.forget(1) == "Forgot number 1."
    assert texts(memory) == texts(memory, "garden") == []


@pytest.mark.parametrize(
    "secret",
    [
        "The key is sk-proj-abcdefghijklmnop1234567890",
        "password: hunter22",
        "https://ada:hunter22@a.test/",
        "AKIAABCDEFGHIJKLMNOP",
    ],
)
def test_secrets_are_not_kept(memory: ai.tools.Memory, secret: str, tmp_path: Path) -> None:
    files = ai.tools.MemoryFiles(tmp_path / "memory.db")
    with refused("secret") as caught:
        memory.remember(secret)
    assert "hunter22" not in str(caught.value)
    with refused("secret"):
        files.memory("create", "/memories/a", file_text=f"notes\n{secret}\n")
    assert texts(memory) == []


def test_limits(tmp_path: Path) -> None:
    memory = ai.tools.Memory(tmp_path / "memory.db", most=2, longest=10)
    for wrong, reason in (("x" * 11, "too_long"), (" \n", "empty"), ("\ud800", "malformed")):
        with refused(reason):
            memory.remember(wrong)
    memory.remember("one")
    memory.remember("two")
    with refused("full"):
        memory.remember("three")
    assert memory.remember("two") == "Remembered as number 2."
    assert memory.of("bob").remember("three") == "Remembered as number 3."
    assert memory.clear() == 2
    wrong_settings: list[dict[str, Any]] = [{"most": 0}, {"longest": "9"}, {"user": 3}]
    for settings in wrong_settings:
        with pytest.raises(ai.ConfigError, match=next(iter(settings))):
            ai.tools.Memory(tmp_path / "memory.db", **settings)


@pytest.mark.parametrize("tool", [ai.tools.Memory, ai.tools.MemoryFiles])
@pytest.mark.parametrize("path", ["", "a\0b", 3])
def test_what_is_no_path_is_refused(tool: type[ai.tools.Memory | ai.tools.MemoryFiles], path: Any) -> None:
    with pytest.raises(ai.ConfigError, match="path is .*; allowed: the path of a file"):
        tool(path)


def test_without_a_path_both_share_a_file_of_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLUENT_AI_HOME", str(tmp_path))
    ai.tools.Memory().remember("Ada likes robins.")
    ai.tools.MemoryFiles().memory("create", "/memories/a", file_text="one")
    assert ai.tools.Memory(tmp_path / "memory.db").clear() == 2


def test_a_damaged_file_is_refused_and_its_content_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    path.write_bytes(b"canary" * 1000)
    with refused("unreadable") as caught:
        ai.tools.Memory(path).remember("x")
    assert "canary" not in str(caught.value)


def test_a_file_in_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    path = tmp_path / "file" / "memory.db"
    with refused("unreadable"):
        ai.tools.Memory(path).remember("x")
    with refused("unreadable"):
        ai.tools.MemoryFiles(path).memory("view", "/memories")


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_the_file_is_its_owners(memory: ai.tools.Memory, tmp_path: Path) -> None:
    memory.remember("x")
    assert (tmp_path / "memory.db").stat().st_mode & 0o077 == 0


REMEMBER = """
import sys
import fluent_ai as ai

for number in range(20):
    ai.tools.Memory(sys.argv[1], user="all").remember(f"{sys.argv[2]} {number}")
"""


def test_threads_and_processes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"

    def remember(name: str) -> None:
        for number in range(20):
            ai.tools.Memory(path, user="all").remember(f"{name} {number}")

    processes = [subprocess.Popen([sys.executable, "-c", REMEMBER, str(path), f"process{number}"]) for number in (1, 2)]
    threads = [threading.Thread(target=remember, args=(f"thread{number}",)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert [process.wait(120) for process in processes] == [0, 0]
    assert len(ai.tools.Memory(path, user="all").find(limit=1000)) == 80


def test_a_model_remembers_in_one_run_and_recalls_in_the_next(memory: ai.tools.Memory) -> None:
    keeps = ai.ToolCall("c1", "remember", {"text": "Ada likes robins.", "kind": "preference"})
    wrong = ai.ToolCall("c2", "remember", {"text": "x", "kind": "rumour"})
    asks = ai.ToolCall("c3", "recall", {"query": "birds robins"})
    with fake_provider(keeps, wrong, "Noted.", asks, "Robins."), ai.Client() as client:
        with client.run("fake:m", "I like robins.", tools=[memory]) as run:
            first = run.collect()
        with client.run("fake:m", "What do I like?", tools=[memory]) as run:
            second = run.collect()
    results = [part for result in (first, second) for message in result.history for part in message.parts]
    said = [part for part in results if isinstance(part, ai.ToolResultPart)]
    assert said[0].content == "Remembered as number 1."
    assert said[1].is_error
    assert "Ada likes robins." in said[2].content


class Files(RuleBasedStateMachine):
    """Anthropic's commands against a plain dict."""

    NAMES = st.sampled_from(["a", "b", "d/a", "d/b", "d/e/f"])

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.tool = ai.tools.MemoryFiles(Path(self.folder.name, "memory.db"))
        self.known: dict[str, str] = {}

    @rule(name=NAMES, text=st.sampled_from(["one", "one\ntwo\n", "", "two two"]))
    def create(self, name: str, text: str) -> None:
        try:
            self.tool.memory("create", f"/memories/{name}", file_text=text)
        except ai.tools.MemoryRefused:
            return
        self.known[name] = text

    @rule(name=NAMES, old=st.sampled_from(["one", "two", ""]))
    def replace(self, name: str, old: str) -> None:
        text = self.known.get(name)
        try:
            self.tool.memory("str_replace", f"/memories/{name}", old_str=old, new_str="six")
        except ai.tools.MemoryRefused:
            assert text is None or not old or text.count(old) != 1
        else:
            assert text is not None
            self.known[name] = text.replace(old, "six")

    @rule(name=NAMES, folder=st.booleans())
    def delete(self, name: str, folder: bool) -> None:
        at = name.split("/")[0] if folder else name
        gone = [each for each in self.known if each == at or each.startswith(f"{at}/")]
        try:
            self.tool.memory("delete", f"/memories/{at}")
        except ai.tools.MemoryRefused:
            assert not gone
        for each in gone:
            del self.known[each]

    @rule(old=NAMES, new=NAMES)
    def rename(self, old: str, new: str) -> None:
        try:
            self.tool.memory("rename", old_path=f"/memories/{old}", new_path=f"/memories/{new}")
        except ai.tools.MemoryRefused:
            return
        self.known[new] = self.known.pop(old)

    @rule()
    def view(self) -> None:
        shown = self.tool.memory("view", "/memories").splitlines()[1:]
        assert shown == [f"/memories/{name}" for name in sorted(self.known)]
        for name, text in self.known.items():
            lines = self.tool.memory("view", f"/memories/{name}").split("\n")[1:]
            assert [line.split("\t", 1)[1] for line in lines] == text.splitlines()

    def teardown(self) -> None:
        self.tool.close()
        self.folder.cleanup()


TestFiles = Files.TestCase


def test_lines_are_inserted_and_viewed(tmp_path: Path) -> None:
    memory = ai.tools.MemoryFiles(tmp_path / "memory.db").memory
    memory("create", "/memories/a", file_text="one\nthree")
    memory("insert", "/memories/a", insert_line=1, insert_text="two")
    memory("insert", "/memories/a", insert_line=3, insert_text="four")
    memory("insert", "/memories/a", insert_line=0, insert_text="zero\n")
    assert memory("view", "/memories/a", view_range=[2, 4]).split("\n")[1:] == [
        "     2\tone",
        "     3\ttwo",
        "     4\tthree",
    ]
    assert memory("view", "/memories/a", view_range=[5, -1]).endswith("     5\tfour")
    wrong: list[dict[str, Any]] = [{"insert_line": 9, "insert_text": "x"}, {"insert_line": 0}, {"insert_text": "x"}]
    for arguments in wrong:
        with pytest.raises(ai.tools.MemoryRefused):
            memory("insert", "/memories/a", **arguments)


@given(st.text("a./\\m%\0e", max_size=12))
def test_no_path_leads_outside(path: str) -> None:
    memory = ai.tools.MemoryFiles("never-made.db")
    for wrong in (path, f"/memories/../{path}", f"/memories/{path}/..", f"/memoriesx/{path}"):
        with pytest.raises(ai.tools.MemoryRefused):
            memory.memory("view", wrong)
    assert not Path("never-made.db").exists()


def test_the_search_index_holds_what_the_table_holds(memory: ai.tools.Memory, tmp_path: Path) -> None:
    for number in range(30):
        memory.remember(f"word{number} common", days=1 if number % 3 else None)
    memory.forget(4)
    memory.close()
    with closing(sqlite3.connect(tmp_path / "memory.db")) as database, database:
        database.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    assert len(texts(memory, "common")) == 29
