"""Refreshed lists on disk: which are kept, which are used, and how they are laid over the shipped catalog."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from catalogs import ADDRESS, kept, write_catalog
from fluent_ai.registry import Change, Registry
from fluent_ai.registry.changes import changes
from fluent_ai.registry.facts import ModelFacts, ModelInfo, Prices
from fluent_ai.registry.overlay_merge import lay
from fluent_ai.registry.provenance import Origin
from fluent_ai.registry.refreshed_lists import ADDRESSES, LiveList, LiveLists

NOW = datetime.now(UTC)
DAYS = timedelta(days=1)


def names(lists: list[LiveList]) -> list[str]:
    return [facts.id for each in lists for _, models in each.parts for facts in models]


def test_lists_grow_old(tmp_path: Path) -> None:
    lists = LiveLists(tmp_path, ttl=2 * DAYS)
    lists.put(kept("acme", NOW - DAYS, "a"))
    lists.put(kept("other", NOW - 3 * DAYS, "a"))
    again = LiveLists(tmp_path, ttl=2 * DAYS)
    assert names(again.of("acme")) == ["a"]
    assert again.at("acme", ADDRESS) is not None
    assert again.of("other") == []
    assert again.at("other", ADDRESS) is None
    assert again.last("other", ADDRESS) is not None
    assert again.of("nobody") == []
    assert again.providers() == {"acme", "other"}


def test_an_older_list_does_not_replace_a_younger(tmp_path: Path) -> None:
    LiveLists(tmp_path).put(kept("acme", NOW, "young"))
    older = LiveLists(tmp_path)
    older.put(kept("acme", NOW - DAYS, "old"))
    assert names(LiveLists(tmp_path).of("acme")) == names(older.of("acme")) == ["young"]


def test_each_address_has_a_list_of_its_own(tmp_path: Path) -> None:
    lists = LiveLists(tmp_path)
    lists.put(kept("acme", NOW, "second", address="https://eu.acme.example"))
    lists.put(kept("acme", NOW - DAYS, "first"))
    lists.put(kept("acme", NOW, "mine", address="http://127.0.0.1", kind="stand_in"))
    for each in (lists, LiveLists(tmp_path)):
        assert names(each.of("acme")) == names(each.of("acme", ADDRESS)) == ["first", "second"]
        assert names(each.of("acme", "http://127.0.0.1")) == ["first", "second", "mine"]


def test_the_youngest_lists_of_a_provider_stay(tmp_path: Path) -> None:
    lists = LiveLists(tmp_path)
    for number in range(ADDRESSES + 2):
        lists.put(
            kept("acme", NOW - DAYS + number * timedelta(hours=1), f"m{number}", address=f"https://{number}.example")
        )
    assert names(LiveLists(tmp_path).of("acme")) == [f"m{number}" for number in range(2, ADDRESSES + 2)]


def test_a_list_from_the_future_is_not_used_and_replaced(tmp_path: Path) -> None:
    LiveLists(tmp_path).put(kept("acme", NOW + 400 * DAYS, "tomorrow"))
    assert LiveLists(tmp_path).of("acme") == []
    LiveLists(tmp_path).put(kept("acme", NOW, "today"))
    assert names(LiveLists(tmp_path).of("acme")) == ["today"]


def test_the_least_recently_used_list_goes(tmp_path: Path) -> None:
    lists = LiveLists(tmp_path, capacity=2)
    for number, name in enumerate(("one", "two")):
        lists.put(kept(name, NOW, "a"))
        os.utime(tmp_path / f"{name}.json", (number, number))
    assert LiveLists(tmp_path).of("one")
    lists.put(kept("three", NOW, "a"))
    assert sorted(path.stem for path in tmp_path.glob("*.json")) == ["one", "three"]


def test_a_file_of_another_release_is_ignored_without(tmp_path: Path) -> None:
    (tmp_path / "acme.json").write_bytes(b'{"version": 1, "whatever": 1}')
    assert LiveLists(tmp_path).of("acme") == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_leaves_the_last_list_and_nothing_beside_it(tmp_path: Path) -> None:
    LiveLists(tmp_path).put(kept("acme", NOW - DAYS, "last"))
    program = textwrap.dedent(
        """
        import resource, signal, sys, warnings
        from datetime import UTC, datetime
        from pathlib import Path
        from fluent_ai.registry.facts import ModelFacts
        from fluent_ai.registry.provenance import Origin
        from fluent_ai.registry.refreshed_lists import LiveList, LiveLists
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        origin = Origin(who="Acme API", url="", date=datetime.now(UTC).date(), kind="provider")
        parts = [(origin, [ModelFacts(id=f"m{each}") for each in range(2000)])]
        lists = LiveLists(Path(sys.argv[1]))
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            lists.put(LiveList(provider="acme", address="https://acme.example", fetched=datetime.now(UTC), parts=parts))
        assert "the list is not kept" in str(said[0].message), said
        assert len(lists.of("acme")[0].ids) == 2000
        """
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "acme.json"]
    assert names(LiveLists(tmp_path).of("acme")) == ["last"]


def test_what_a_dead_process_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".0123456789abcdef.new").write_bytes(b"half a li")
    LiveLists(tmp_path).put(kept("acme", NOW, "a"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "acme.json"]


def test_a_younger_catalog_wins(tmp_path: Path) -> None:
    write_catalog(tmp_path, "acme", [ModelInfo(id="a", context_window=5)], day=NOW.date() + DAYS)
    shipped = Registry(tmp_path, overlays=()).all("acme")
    assert kept("acme", NOW, "b").over(shipped) == shipped


def test_reviewed_corrections_and_models_of_others_stay() -> None:
    url = f"{ADDRESS}/models"
    api = Origin(who="Acme API", url=url, date=date(2026, 1, 1), kind="provider")
    review = Origin(who="review", url="", date=date(2026, 1, 1), kind="review", reason="the list is wrong")
    corrected = lay(None, "acme", "a", {"context_window": 1}, api)
    corrected = lay(corrected, "acme", "a", {"context_window": 2}, review)
    others = lay(None, "acme", "z", {"context_window": 3}, Origin(who="a price list", url=url, date=date(2026, 1, 1)))
    elsewhere = Origin(who="Acme API", url="https://eu.acme.example/models", date=date(2026, 1, 1), kind="provider")
    abroad = lay(None, "acme", "x", {"context_window": 4}, elsewhere)
    origin = Origin(who="Acme API", url=url, date=NOW.date(), kind="provider")
    facts = ModelFacts(id="a", context_window=9, prices=Prices(input=1.0))
    live = LiveList(provider="acme", address=ADDRESS, fetched=NOW, parts=[(origin, [facts])])
    merged = live.over([corrected, abroad, others])
    assert [(info.id, info.context_window, info.last_listed) for info in merged] == [
        ("a", 2, None), ("x", 4, None), ("z", 3, None),
    ]  # fmt: skip
    assert merged[0].prices == Prices(input=1.0)


def test_a_model_that_comes_back_is_listed_again() -> None:
    api = Origin(who="Acme API", url=f"{ADDRESS}/models", date=date(2026, 1, 1), kind="provider")
    gone = lay(None, "acme", "a", {"last_listed": date(2025, 1, 1)}, api)
    (back,) = kept("acme", NOW, "a").over([gone])
    assert back.last_listed is None
    assert back.status(NOW.date()) == "active"


def test_changes_of_nothing_are_none() -> None:
    infos = [ModelInfo(id="a", provider="acme", tools=True)]
    assert list(changes(infos, infos)) == []
    assert list(changes([], infos)) == [Change(kind="new", model="acme:a")]
    assert list(changes(infos, [])) == [Change(kind="gone", model="acme:a")]


def test_many_processes_and_threads_write_at_once(tmp_path: Path) -> None:
    """Every read finds a whole list, and the youngest one stays."""
    program = textwrap.dedent(
        """
        import sys
        from datetime import UTC, datetime, timedelta
        from pathlib import Path
        from fluent_ai.registry.facts import ModelFacts
        from fluent_ai.registry.provenance import Origin
        from fluent_ai.registry.refreshed_lists import LiveList, LiveLists
        start = datetime.fromisoformat(sys.argv[2])
        address = "https://acme.example"
        for number in range(30):
            fetched = start + timedelta(seconds=number)
            origin = Origin(who="Acme API", url="", date=fetched.date(), kind="provider")
            models = [ModelFacts(id=f"m{each}") for each in range(200)]
            parts = [(origin, models)]
            LiveLists(Path(sys.argv[1])).put(LiveList(provider="acme", address=address, fetched=fetched, parts=parts))
        """
    )
    command = [sys.executable, "-W", "error", "-c", program, str(tmp_path), (NOW - DAYS).isoformat()]
    writers = [subprocess.Popen(command) for _ in range(3)]
    stop = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not stop.is_set():
            if found := LiveLists(tmp_path).of("acme"):
                seen.append(len(names(found)))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert [writer.wait(300) for writer in writers] == [0, 0, 0]
    finally:
        stop.set()
        reader.join()
    assert set(seen) <= {200}
    (last,) = LiveLists(tmp_path).of("acme")
    assert last.fetched == NOW - DAYS + timedelta(seconds=29)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "acme.json"]
