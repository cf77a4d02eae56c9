"""Searching chats: what is found, in which order, and how it is shown."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider
from hypothesis import given
from hypothesis import strategies as st
from shells import Shell

from fluent_ai_toolkit.chat import Chats, rows, search, tables
from fluent_ai_toolkit.chat.chat_rows import make_chat
from fluent_ai_toolkit.chat.rows import NewMessage
from fluent_ai_toolkit.chat.words import distance, fold

TEXTS = (
    "How do I move Postgres into Kubernetes?",
    "Use a StatefulSet for the database, and a volume.",
    "The café in Zürich closes at eight",
    "Zeppelins are filled with helium. " + "Nothing else is worth a word. " * 30 + "Hydrogen burns.",
    "写一首关于春天的诗",
    "100% of snake_case names",
)


def filled(path: Path | None, *texts: str, age: float = 0.0, **values: Any) -> Chats:
    store = Chats(path, 5.0)
    with store.writing() as connection:
        chat = make_chat(connection, title="A chat")
        for number, text in enumerate(texts):
            new = NewMessage(role="user", parts=(ai.TextPart(text),), text=text, created=time.time() - age + number)
            for name, value in values.items():
                setattr(new, name, value)
            rows.insert(connection, chat, None, new)
    return store


@pytest.fixture(scope="module")
def store() -> Chats:
    return filled(None, *TEXTS)


def found(store: Chats, query: str, **options: Any) -> list[tuple[str, str]]:
    return [(each.match, each.excerpt.strip("…")[:12]) for each in store.search(query, **options)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("kubernetes", ("words", TEXTS[0][:12])),
        ("kubernets postgres", ("corrected", TEXTS[0][:12])),
        ("psotgres", ("corrected", TEXTS[0][:12])),
        ("POSTGRES move", ("words", TEXTS[0][:12])),
        ("cafe zurich", ("words", TEXTS[2][:12])),
        ("stateful", ("words", TEXTS[1][:12])),
        ("tefulse", ("substring", TEXTS[1][:12])),
        ("春天的", ("substring", TEXTS[4])),
        ("春天", ("substring", TEXTS[4])),
        ("100%", ("words", TEXTS[5][:12])),
        ("ke_ca", ("some_words", TEXTS[5][:12])),
        ("volume absent", ("some_words", TEXTS[1][:12])),
    ],
)
def test_the_best_match_comes_first(store: Chats, query: str, first: tuple[str, str]):
    assert found(store, query)[:1] == [first]


@pytest.mark.parametrize("query", ['"', "AND OR NOT", "a* NEAR(b)", "(", "'; DROP TABLE messages; --", "%", "_", "😀"])
def test_nothing_in_a_query_is_an_operator(store: Chats, query: str):
    assert isinstance(found(store, query), list)
    assert len(found(store, "kubernetes")) == 1


def test_without_fuzzy_only_words_as_written_are_found(store: Chats):
    assert found(store, "kubernets", fuzzy=False) == []
    assert store.search("kubernets").collect().corrections == {"kubernets": ("kubernetes",)}


def test_the_excerpt_shows_the_match_with_its_context(store: Chats):
    (hit,) = store.search("hydrogen")
    assert hit.marked("<", ">").startswith("…")
    assert "<Hydrogen> burns." in hit.marked("<", ">")
    assert [hit.excerpt[start:end] for start, end in hit.highlights] == ["Hydrogen"]
    assert len(hit.excerpt) < 300
    (hit,) = store.search("tefulse")
    assert hit.marked().startswith("Use a Sta**tefulSe**t for")
    assert (hit.title, hit.role) == ("A chat", "user")
    assert "Use" not in repr(hit) + repr(store.search("tefulse").collect())


def test_recent_messages_come_before_old_ones_that_match_as_well(tmp_path: Path):
    store = filled(tmp_path / "c.db", "a green parrot", age=400 * 86400.0)
    filled(tmp_path / "c.db", "a green turtle")
    filled(tmp_path / "c.db", "a green salad", age=300 * 86400.0)
    assert [each.excerpt for each in store.search("green")] == ["a green turtle", "a green salad", "a green parrot"]


def test_filters_choose_what_is_looked_at(tmp_path: Path):
    path = tmp_path / "c.db"
    filled(path, "the moon", age=50 * 86400.0)
    store = filled(path, "moon of the model", role="assistant", provider="openai", model="gpt_5")
    tagged = next(each.id for each in store.list() if store.messages(each.id) == ())
    store.tag(tagged, "space")
    everything = {each.excerpt for each in store.search("moon")}
    assert everything == {"the moon", "moon of the model"}
    for options in (
        {"role": "assistant"}, {"model": "openai:gpt_"}, {"model": "gpt_5"}, {"since": "30d"},
    ):  # fmt: skip
        assert [each.excerpt for each in store.search("moon", **options)] == ["moon of the model"], options
        assert [each.excerpt for each in store.search("oo", **options)] == [], options
        assert [each.excerpt for each in store.search("oon", **options)] == ["moon of the model"], options
    assert [each.excerpt for each in store.search("moon", until=datetime.now(UTC).replace(year=2000))] == []
    assert [each.excerpt for each in store.search("moon", until="30d")] == ["the moon"]
    assert {each.chat for each in store.search("moon", tag="space")} == {tagged}
    assert {each.chat for each in store.search("moon", chat=tagged)} == {tagged}
    assert [each.excerpt for each in store.search("moon", model="gptx5")] == []


def test_hits_stream_stage_by_stage_in_both_kinds(shell: Shell, store: Chats):
    search = store.search if isinstance(shell.client, ai.Client) else store.asearch
    stream = search("volume zeppelins")
    hits, error = shell.items(stream)
    assert error is None
    assert {each.match for each in hits} == {"some_words"}
    result = stream.partial
    assert (result.hits, result.timed_out) == (tuple(hits), False)
    assert 0 < result.seconds < 30
    assert stream.partial.timing.total > 0


def test_a_search_ends_when_its_time_is_over(tmp_path: Path):
    store = filled(tmp_path / "c.db", *("the same words again and again " * 20 for _ in range(3000)))
    began = time.monotonic()
    result = store.search("same words again", timeout=0.001).collect()
    assert result.timed_out
    assert time.monotonic() - began < 30
    assert len(store.search("same words again", timeout=60.0, limit=7).collect().hits) == 7


def test_what_came_of_a_reply_whose_process_died_is_found(tmp_path: Path):
    store = filled(tmp_path / "c.db", "", status="partial", parts=(ai.TextPart("half a zebra"),))
    assert found(store, "zebra") == [("words", "half a zebra")]
    assert found(store, "zebar") == [("corrected", "half a zebra")]


def test_changed_and_deleted_messages_are_not_found_any_more(tmp_path: Path):
    with fake_provider("gone with the wind", "here to stay"):
        chat = ai.Chat(ai.Client(), "fake:x", store=tmp_path / "c.db")
        chat.say("tell me").collect()
        other = ai.Chat(ai.Client(), "fake:x", store=chat.store)
        other.say("tell me more").collect()
    assert len(found(chat.store, "wind")) == 1
    chat.store.delete(str(chat.id))
    assert found(chat.store, "wind") == []
    assert len(found(chat.store, "tell")) == 1
    with closing(sqlite3.connect(tmp_path / "c.db")) as connection:
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
        connection.execute("INSERT INTO pieces (pieces, rank) VALUES ('integrity-check', 1)")


def test_a_store_from_before_the_search_can_be_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "c.db"
    steps = tables.STEPS
    monkeypatch.setattr(tables, "STEPS", steps[:1])
    old = Chats(path, 5.0)
    with old.writing() as connection:
        chat = make_chat(connection, title="Old")
        connection.execute(
            "INSERT INTO messages (chat, role, parts, text, status, created) VALUES (?, 'user', ?, ?, 'complete', 1)",
            (chat, '[{"type": "text", "text": "an old penguin"}]', "an old penguin"),
        )
    old.close()
    monkeypatch.setattr(tables, "STEPS", steps)
    assert found(ai.chats(path), "penguim") == [("corrected", "an old pengu")]
    assert (tmp_path / "c.db.format-1").exists()


@pytest.mark.parametrize(
    ("query", "options", "told"),
    [("", {}, "query is empty"), ("a", {"limit": 0}, "limit is 0"), ("a", {"timeout": 0}, "timeout is 0"),
     ("a", {"role": "robot"}, "role is 'robot'"), ("a", {"since": "yesterday"}, "the period is"),
     ("a", {"fuzzy": 1}, "fuzzy"), ("a", {"tag": ""}, "tag is empty"), ("a", {"colour": 1}, "colour is no option")],
)  # fmt: skip
def test_bad_arguments_are_named(store: Chats, query: str, options: dict[str, Any], told: str):
    with pytest.raises(ai.ConfigError, match=told):
        store.search(query, **options)


WORD = st.text("abc", min_size=1, max_size=6)


@given(WORD, WORD)
def test_distance_is_symmetric_and_zero_for_the_same_word_alone(one: str, other: str):
    assert distance(one, other, 2) == distance(other, one, 2)
    assert (distance(one, other, 2) == 0) == (one == other)


@given(st.text("abcdef", min_size=4, max_size=9), st.data())
def test_one_slip_is_one(word: str, data: st.DataObject):
    place = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    before, after = word[:place], word[place + 1 :]
    slips = (before + after, f"{before}x{word[place:]}", f"{before}x{after}")
    assert {distance(word, each, 2) for each in slips} == {1}
    assert distance(word, swapped, 2) == (word != swapped)


@given(st.text())
def test_folding_twice_is_folding_once(text: str):
    assert fold(fold(text)) == fold(text)


def test_of_words_that_very_many_messages_have_the_latest_are_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(None, *(f"common {'filling ' * number}{number}" for number in range(6)))

    def numbers(**options: Any) -> list[str]:
        return [hit.excerpt[-1] for hit in store.search("common", limit=3, **options)]

    assert numbers() == ["0", "1", "2"]  # the shortest, in which the word weighs most
    monkeypatch.setattr(search, "RANKED", 3)
    assert numbers() == ["3", "4", "5"]
    assert numbers(role="user") == ["0", "1", "2"]  # a filter has few left to rank
