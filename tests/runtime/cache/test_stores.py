"""The stores of answers: how long they keep what, and what they do when their file is in a bad state."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from clocks import Clock
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, manifest_for, sse, stream, text_chunks
from together import together

HELLO = stream(sse(*text_chunks("Hello")))
Make = Callable[..., Any]


@pytest.fixture(params=["memory", "sqlite"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes a store of either kind with a clock."""

    def made(clock: Clock, **options: Any) -> Any:
        if request.param == "memory":
            return ai.MemoryCache(**options, clock=lambda: clock.now)
        return ai.SQLiteCache(tmp_path / "replies.db", **options, clock=lambda: clock.now)

    return made


def test_a_value_is_used_for_its_time(make: Make) -> None:
    clock = Clock(1000.0)
    store = make(clock, ttl=10.0)
    assert store.get("a") is None
    store.set("a", b"1")
    store.set("a", b"2")
    clock.now += 9.9
    assert store.get("a") == b"2"
    clock.now += 0.1
    assert store.get("a") is None
    store.set("a", b"3")
    store.clear()
    assert store.get("a") is None


def test_no_time_is_for_ever(make: Make) -> None:
    clock = Clock(1000.0)
    store = make(clock, ttl=None)
    store.set("a", b"1")
    clock.now += 1e12
    assert store.get("a") == b"1"


def test_what_is_larger_than_all_is_not_kept(make: Make) -> None:
    store = make(Clock(1000.0), size=10)
    store.set("a", b"x" * 11)
    assert store.get("a") is None
    store.set("a", b"x" * 10)
    assert store.get("a") == b"x" * 10


def test_what_was_not_used_for_longest_goes_first() -> None:
    store = ai.MemoryCache(entries=2)
    store.set("a", b"1")
    store.set("b", b"2")
    assert store.get("a") == b"1"
    store.set("c", b"3")
    assert [store.get(key) for key in "abc"] == [b"1", None, b"3"]
    assert repr(store) == "MemoryCache(2 answers, 2 bytes)"


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 40))), st.integers(1, 100), st.integers(1, 5))
def test_memory_keeps_to_its_bounds(values: list[tuple[str, int]], size: int, entries: int) -> None:
    store = ai.MemoryCache(size=size, entries=entries)
    for key, length in values:
        store.set(key, b"x" * length)
        kept = {each: found for each in "abcdef" if (found := store.get(each)) is not None}
        assert len(kept) <= entries
        assert sum(map(len, kept.values())) <= size
        assert (store.get(key) is not None) == (length <= size)


def test_a_file_keeps_to_its_size_and_drops_the_oldest(tmp_path: Path) -> None:
    clock = Clock(1000.0)
    store = ai.SQLiteCache(tmp_path / "r.db", size=1000, clock=lambda: clock.now)
    for number in range(100):
        clock.now += 1
        store.set(f"{number:03}", b"x" * 100)
    held = [number for number in range(100) if store.get(f"{number:03}") is not None]
    assert held[-1] == 99
    assert held == list(range(held[0], 100))
    assert len(held) <= 10 + 32


def test_a_clock_that_jumps_back_makes_nothing_young(tmp_path: Path) -> None:
    clock = Clock(1000.0)
    store = ai.SQLiteCache(tmp_path / "r.db", ttl=10.0, clock=lambda: clock.now)
    store.set("a", b"1")
    clock.now = 500.0
    assert store.get("a") is None


def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "r.db"
    store = ai.SQLiteCache(path)
    store.set("a", b"1")
    assert path.stat().st_mode & 0o777 == 0o600
    assert {each.stat().st_mode & 0o077 for each in path.parent.iterdir()} == {0}
    store.close()
    assert store.get("a") == b"1"


def test_a_file_that_was_not_there_yet_may_be_read(tmp_path: Path) -> None:
    assert ai.SQLiteCache(tmp_path / "r.db").get("a") is None


OTHER = """
import sys
import fluent_ai as ai
store = ai.SQLiteCache(sys.argv[1])
for number in range(50):
    store.set(f"{sys.argv[2]}-{number}", sys.argv[2].encode())
print(sum(store.get(f"{sys.argv[2]}-{number}") is not None for number in range(50)))
"""


def test_several_processes_share_a_file(tmp_path: Path) -> None:
    path = str(tmp_path / "r.db")
    others = [
        subprocess.Popen([sys.executable, "-c", OTHER, path, name], stdout=subprocess.PIPE, text=True) for name in "ab"
    ]
    assert [other.communicate(timeout=120)[0].strip() for other in others] == ["50", "50"]
    store = ai.SQLiteCache(path)
    assert (store.get("a-49"), store.get("b-0")) == (b"a", b"b")


def test_many_threads_share_a_store(make: Make) -> None:
    store = make(Clock(1000.0))

    def work() -> None:
        for number in range(20):
            store.set(str(number), b"x" * number)
            assert store.get(str(number)) in (None, b"x" * number)

    together(*[work] * 4)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_uses_the_file_too(tmp_path: Path) -> None:
    store = ai.SQLiteCache(tmp_path / "r.db")
    store.set("a", b"1")
    if (child := os.fork()) == 0:
        ok = store.get("a") == b"1"
        store.set("b", b"2")
        os._exit(0 if ok else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert store.get("b") == b"2"


@pytest.mark.parametrize("state", ["corrupt", "locked", "read only", "full", "a folder", "of a later version"])
def test_a_file_in_a_bad_state_ends_no_call(
    server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture, state: str
) -> None:
    path = tmp_path / "r.db"
    store = ai.SQLiteCache(path)
    store._file._busy = 0.0
    blocker = None
    if state == "corrupt":
        path.write_bytes(b"not a database, at all" * 100)
    elif state == "locked":
        store.set("a", b"1")
        store.close()
        blocker = sqlite3.connect(path, isolation_level=None)
        blocker.execute("BEGIN EXCLUSIVE")
    elif state in ("read only", "full"):
        store.set("a", b"1")
        with store._file.reading() as connection:
            connection.execute("PRAGMA query_only = 1" if state == "read only" else "PRAGMA max_page_count = 1")
    elif state == "a folder":
        path.mkdir()
    else:
        store.set("a", b"1")
        with store._file.writing() as connection:
            connection.execute("PRAGMA user_version = 99")
        store.close()
    before = path.read_bytes() if path.is_file() else b""
    big = stream(sse(*text_chunks("Hello " * 2000)))
    server.say(big)
    settings: dict[str, Any] = {"keys": {"acme": "k-for-tests"}, "manifests": [manifest_for(server.url)]}
    with caplog.at_level(logging.WARNING), ai.Client(**settings, cache=store) as client:
        for _ in range(3):
            assert client.complete("acme:m", "hi").text.startswith("Hello")
    if blocker is not None:
        blocker.close()
    said = [record.getMessage() for record in caplog.records if record.name == "fluent_ai.cache"]
    assert 1 <= len(said) <= 2, "one for reading and one for keeping, if both fail"
    assert len(said) == len(set(said))
    assert len(server.sent) == 3
    if state in ("corrupt", "of a later version"):
        assert path.read_bytes() == before


def test_a_store_that_is_well_again_is_used_again(
    server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "r.db"
    path.mkdir()
    server.say(HELLO)
    settings: dict[str, Any] = {"keys": {"acme": "k-for-tests"}, "manifests": [manifest_for(server.url)]}
    with ai.Client(**settings, cache=ai.SQLiteCache(path)) as client:
        client.complete("acme:m", "hi")
        path.rmdir()
        client.complete("acme:m", "hi")
        assert client.complete("acme:m", "hi").from_cache
        assert len(server.sent) == 2


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        (ai.MemoryCache, {"ttl": 0}, "ttl is 0"),
        (ai.MemoryCache, {"entries": 0}, "entries is 0"),
        (ai.MemoryCache, {"size": "1"}, "size is of type str"),
        (ai.SQLiteCache, {"ttl": True}, "ttl is of type bool"),
        (ai.SQLiteCache, {"path": ""}, "path is ''"),
        (ai.SQLiteCache, {"path": "a\0b"}, "path is"),
    ],
)
def test_what_makes_no_sense_is_refused(kind: Any, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ai.ConfigError, match=said):
        kind(**options)
