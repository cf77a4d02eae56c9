"""The file of a store: processes that die, that share it, and files that are damaged, locked, old or new."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import fluent_ai as ai
import pytest
from chats import WAIT, texts
from fluent_ai.testing import fake_provider

from fluent_ai_toolkit.chat import ChatStoreFailed, tables

DIES = """
import sys
import fluent_ai as ai
from chats import pausing
with pausing() as model:
    chat = ai.Chat(ai.Client(), "pausing:x", store=sys.argv[1])
    with chat.say("count") as stream:
        for event in stream:
            if chat.id:
                print(chat.id, flush=True)
"""
SPEAKS = """
import sys
import fluent_ai as ai
from fluent_ai.testing import fake_provider
with fake_provider(*(f"reply {sys.argv[2]} {n}" for n in range(10))):
    for number in range(10):
        ai.Chat(ai.Client(), "fake:x", store=sys.argv[1]).say(f"{sys.argv[2]} {number}").collect()
"""


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    support = str(Path(__file__).parent.parent / "support")
    environment = {**os.environ, "PYTHONPATH": support}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def chat_with(path: Path, *replies: str) -> ai.Chat:
    with fake_provider(*replies):
        chat = ai.Chat(ai.Client(), "fake:x", store=path)
        for reply in replies:
            chat.say(f"say {reply}").collect()
    return chat


def test_kill_9_in_the_middle_of_a_reply_keeps_what_had_come(tmp_path: Path):
    path = tmp_path / "c.db"
    process = python(DIES, path)
    try:
        assert process.stdout is not None
        chat_id = process.stdout.readline().strip()
        deadline = time.monotonic() + WAIT
        while len(ai.chats(path).messages(chat_id)) < 2:  # the pings of the model keep the reply going
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=WAIT)
    with fake_provider("three") as fake:
        chat = ai.Chat(ai.Client(), "fake:x", store=path, chat=chat_id)
        assert texts(chat) == ["count", "one two "]
        assert chat.messages[1].status == "partial"
        chat.say("go on").collect()
    assert [each.text for each in fake.requests[0].messages] == ["count", "one two ", "go on"]


def test_processes_write_to_one_store_at_once(tmp_path: Path):
    path = tmp_path / "c.db"
    processes = [python(SPEAKS, path, name) for name in ("a", "b", "c")]
    for process in processes:
        process.communicate(timeout=120)
    assert [process.returncode for process in processes] == [0, 0, 0]
    store = ai.chats(path)
    found = store.list(limit=100)
    assert len(found) == 30
    assert {len(store.messages(each.id)) for each in found} == {2}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the platform has no fork")
def test_a_store_survives_a_fork(tmp_path: Path):
    chat = chat_with(tmp_path / "c.db", "one")
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with fake_provider("child"):
                chat.say("of the child").collect()
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with fake_provider("parent"):
        chat.say("of the parent").collect()
    assert texts(chat) == ["say one", "one", "of the child", "child", "of the parent", "parent"]


def test_only_the_owner_may_read_the_file(tmp_path: Path):
    chat_with(tmp_path / "c.db", "one")
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


def test_a_file_that_is_no_database_is_kept_and_the_chat_goes_on(tmp_path: Path):
    path = tmp_path / "c.db"
    path.write_bytes(b"no database at all " * 100)
    with fake_provider("one", "two") as fake:
        chat = ai.Chat(ai.Client(), "fake:x", store=path)
        warned = [event for event in chat.say("a") if isinstance(event, ai.Warned)]
        assert ["damaged" in event.message for event in warned] == [True]
        chat.say("b").collect()
    assert texts(chat) == ["a", "one", "b", "two"]
    assert [each.text for each in fake.requests[1].messages] == ["a", "one", "b"]
    assert path.read_bytes() == b"no database at all " * 100
    problem = chat.store.problem
    assert problem is not None
    assert (problem.reason, Path(problem.backup or "").read_bytes()) == ("damaged", path.read_bytes())
    with pytest.raises(ChatStoreFailed, match="damaged"):
        ai.chats(path).list()


def test_a_damaged_file_is_still_read_as_far_as_that_is_possible(tmp_path: Path):
    path = tmp_path / "c.db"
    chat = chat_with(path, "one")
    chat.close()
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'messages_by_parent'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    store = ai.chats(path)
    with fake_provider("two"):
        again = ai.Chat(ai.Client(), "fake:x", store=store, chat=chat.id)
        assert ai.Warned in map(type, list(again.say("b")))
    assert texts(again) == ["say one", "one", "b", "two"]
    assert store.problem is not None
    assert [each.text for each in store.messages(str(chat.id))] == ["say one", "one"]


def test_a_lock_of_another_process_delays_saving_and_loses_nothing(tmp_path: Path):
    path = tmp_path / "c.db"
    first = chat_with(path, "one")
    with fake_provider("two", "three"), closing(sqlite3.connect(path, isolation_level=None)) as other:
        chat = ai.Chat(ai.Client(), "fake:x", store=ai.chats(path, busy=0.05), chat=first.id)
        other.execute("BEGIN IMMEDIATE")
        events = list(chat.say("a"))
        assert ["locked" in each.message for each in events if isinstance(each, ai.Warned)] == [True]
        assert texts(ai.Chat(ai.Client(), "fake:x", store=path, chat=first.id)) == ["say one", "one"]
        assert texts(chat) == ["say one", "one", "a", "two"]
        other.execute("ROLLBACK")
        chat.say("b").collect()
    saved = ai.chats(path).messages(str(first.id))
    assert [each.text for each in saved] == ["say one", "one", "a", "two", "b", "three"]
    assert saved == chat.messages


def test_a_file_of_a_later_version_is_only_read(tmp_path: Path):
    path = tmp_path / "c.db"
    chat = chat_with(path, "one")
    chat.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    store = ai.chats(path)
    assert [each.text for each in store.messages(str(chat.id))] == ["say one", "one"]
    with pytest.raises(ChatStoreFailed, match="later version") as caught:
        store.delete(str(chat.id))
    assert caught.value.reason == "newer_format"


def test_a_file_of_an_earlier_version_is_kept_and_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "c.db"
    chat = chat_with(path, "one")
    chat.close()
    earlier = len(tables.STEPS)
    monkeypatch.setattr(tables, "STEPS", (*tables.STEPS, "ALTER TABLE chats ADD COLUMN mood TEXT DEFAULT 'calm; so';"))
    store = ai.chats(path)
    assert [each.text for each in store.messages(str(chat.id))] == ["say one", "one"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT mood FROM chats").fetchall() == [("calm; so",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (earlier + 1,)
    with closing(sqlite3.connect(tmp_path / f"c.db.format-{earlier}")) as kept:
        assert kept.execute("SELECT count(*) FROM messages").fetchone() == (2,)
        assert kept.execute("PRAGMA user_version").fetchone() == (earlier,)


def test_a_folder_that_may_not_be_written_is_warned_of(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with fake_provider("one"):
        chat = ai.Chat(ai.Client(), "fake:x", store=tmp_path / "file" / "c.db")
        assert ai.Warned in map(type, list(chat.say("a")))
    assert texts(chat) == ["a", "one"]


def test_retention_deletes_what_was_not_used_and_media_that_nothing_holds(tmp_path: Path):
    path = tmp_path / "c.db"
    with fake_provider("1", "2"):
        old = ai.Chat(ai.Client(), "fake:x", store=path)
        old.say(["look", ai.DocumentPart(data=b"%PDF-1.4 x")], validate=False).collect()
        new = ai.Chat(ai.Client(), "fake:x", store=path)
        new.say("b").collect()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE chats SET updated = updated - 100 * 86400 WHERE id = ?", (old.id,))
    store = ai.chats(path)
    assert store.forget(before="90d") == 1
    assert [each.id for each in store.list()] == [new.id]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM media").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM messages").fetchone() == (2,)


def test_chats_are_listed_renamed_tagged_deleted_and_copied(tmp_path: Path):
    store = ai.chats(tmp_path / "c.db")
    with fake_provider("1", "2"):
        for name in ("first", "second"):
            ai.Chat(ai.Client(), "fake:x", store=store, tags=[name]).say(f"{name}\n" + "x" * 200).collect()
    second, first = store.list()
    assert (first.title[:9], len(first.title)) == ("first xxx", 80)
    store.rename(first.id, "Birds")
    store.tag(first.id, "b", "a")
    store.untag(first.id, "first", "nope")
    assert (store.get(first.id).title, store.get(first.id).tags) == ("Birds", ("a", "b"))
    assert [each.id for each in store.list(tag="second")] == [second.id]
    store.backup(tmp_path / "copy.db")
    assert store.delete(first.id[:8]) == 1
    assert len(ai.chats(tmp_path / "copy.db").list()) == 2
    for wrong in ("", "zzz"):
        with pytest.raises(ai.ConfigError, match="chat is"):
            store.get(wrong)
    assert [each.id for each in store.list(limit=1)] == [second.id]
