"""Collections: what is kept, what is embedded again, and what is similar."""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path

import fluent_ai as ai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fluent_ai_toolkit.collections import Collections, CollectionsFailed


class Embedder:
    """The vector of a text is how often it has an a and a b; `seen` is what was embedded."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, texts: Sequence[str]) -> list[array[float]]:
        self.seen += texts
        return [array("f", [text.count("a"), text.count("b"), 0.5]) for text in texts]


def test_only_what_is_new_or_changed_is_embedded(tmp_path: Path) -> None:
    embed = Embedder()
    notes = Collections(tmp_path / "notes.db").open("notes", model="counts")
    assert notes.add({"1": "a", "2": "b"}, embed) == 2
    assert notes.add({"1": "a", "2": "bb", "3": "ab"}, embed) == 2
    assert embed.seen == ["a", "b", "bb", "ab"]
    assert len(notes) == 3
    again = Collections(tmp_path / "notes.db").open("notes")
    assert [hit.id for hit in again.similar(embed(["bbb"])[0])] == ["2", "3", "1"]


def test_texts_may_be_left_out(tmp_path: Path) -> None:
    notes = Collections(tmp_path / "notes.db").open("notes", model="counts")
    notes.add({"1": "a private text"}, Embedder(), keep_texts=False)
    assert notes.similar(array("f", [1, 0, 0]))[0].text is None
    assert not any(b"private" in path.read_bytes() for path in tmp_path.iterdir())


def test_what_was_embedded_stays_if_a_later_batch_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fluent_ai_toolkit.collections import collection

    monkeypatch.setattr(collection, "BATCH", 2)
    embed = Embedder()

    def fails(texts: Sequence[str]) -> list[array[float]]:
        if "c" in texts:
            raise ai.ConnectionFailed("gone")
        return embed(texts)

    notes = Collections(tmp_path / "notes.db").open("notes", model="counts")
    with pytest.raises(ai.ConnectionFailed):
        notes.add({"1": "a", "2": "b", "3": "c"}, fails)
    assert len(notes) == 2


def test_wrong_uses_are_refused(tmp_path: Path) -> None:
    store = Collections(tmp_path / "notes.db")
    with pytest.raises(ai.ConfigError, match="there is no collection 'nots'"):
        store.open("nots")
    notes = store.open("notes", model="counts")
    with pytest.raises(ai.ConfigError, match=r"there is no collection 'nots' .*Did you mean notes\?"):
        store.open("nots")
    with pytest.raises(ai.ConfigError, match="holds vectors of counts"):
        store.open("notes", model="others")
    notes.add({"1": "a"}, Embedder())
    with pytest.raises(ai.ConfigError, match="vector has 2 dimensions, but '1' of 'notes' has 3"):
        notes.similar(array("f", [1, 2]))
    with pytest.raises(ai.ConfigError, match="embed returned 0 vectors for 1 texts"):
        notes.add({"2": "b"}, lambda texts: [])
    with pytest.raises(ai.ConfigError, match="id is 'x'"):
        notes.vector("x")
    with pytest.raises(ai.ConfigError, match="limit"):
        notes.similar(array("f", [1, 2, 3]), limit=0)
    assert store.delete("notes") == 1
    assert store.list() == []


def test_a_file_that_cannot_be_used_is_an_error_of_ours(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"no database" * 100)
    for use in (lambda: Collections(damaged).list(), lambda: Collections(damaged).open("notes", model="m")):
        with pytest.raises(CollectionsFailed, match=r"damaged\.db' cannot be used: file is not a database") as raised:
            use()
        assert raised.value.path == str(damaged)
    with pytest.raises(CollectionsFailed, match=r"cannot be used: (Not a directory|File exists)"):
        Collections(damaged / "notes.db").open("notes", model="m")
    path = tmp_path / "notes.db"
    store = Collections(path)
    notes = store.open("notes", model="m")
    with store._file.writing() as writing:
        writing.execute("DROP TABLE items")
    with pytest.raises(CollectionsFailed, match="no such table: items"):
        len(notes)


VECTORS = st.lists(st.lists(st.floats(-10, 10, width=32), min_size=3, max_size=3), min_size=1, max_size=6)


@given(VECTORS, st.booleans())
def test_scores_are_cosines_with_and_without_numpy(
    tmp_path_factory: pytest.TempPathFactory, vectors: list[list[float]], plain: bool
) -> None:
    notes = Collections(tmp_path_factory.mktemp("c") / "notes.db").open("notes", model="m")
    given_ = {str(number): str(number) for number in range(len(vectors))}
    notes.add(given_, lambda texts: [array("f", vectors[int(text)]) for text in texts])
    asked = array("f", vectors[0])
    with pytest.MonkeyPatch.context() as patch:
        if plain:
            patch.setitem(sys.modules, "numpy", None)
        found = notes.similar(asked, limit=len(vectors))
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    for hit in found:
        other = vectors[int(hit.id)]
        lengths = math.hypot(*asked) * math.hypot(*other)
        if lengths > 1e-6:
            cosine = sum(a * b for a, b in zip(asked, other, strict=True)) / lengths
            assert hit.score == pytest.approx(cosine, abs=1e-4)
