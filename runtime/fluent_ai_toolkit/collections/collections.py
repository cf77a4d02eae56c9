"""All collections of a file."""

from __future__ import annotations

import os
from typing import NamedTuple

from fluent_ai.arguments import as_text, did_you_mean
from fluent_ai.errors import ConfigError
from fluent_ai.user_folder import data_file

from fluent_ai_toolkit.collections.collection import Collection
from fluent_ai_toolkit.collections.collections_file import CollectionsFile


class CollectionInfo(NamedTuple):
    """What is known of a collection without reading it."""

    name: str
    """Its name."""
    model: str
    """The model whose vectors it holds."""
    items: int
    """How many texts it has."""


class Collections:
    """Collections of embedded texts, by default in `embeddings.db` in the user's folder for data. Methods raise
    CollectionsFailed for a file that cannot be read or written.

    >>> import fluent_ai as ai, tempfile
    >>> from array import array
    >>> def embed(texts):
    ...     return [array("f", [text.count("a"), text.count("b")]) for text in texts]
    >>> notes = Collections(tempfile.mkdtemp() + "/notes.db").open("notes", model="counts")
    >>> notes.add({"one": "aaa", "two": "abb", "three": "bbb"}, embed)
    3
    >>> [(hit.id, round(hit.score, 2)) for hit in notes.similar(embed(["aab"])[0], limit=2)]
    [('one', 0.89), ('two', 0.8)]
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self.path = data_file(path, "embeddings.db")
        """The file."""
        self._file = CollectionsFile(self.path)

    def open(self, name: str, *, model: str | None = None) -> Collection:
        """The collection of that name; with a `model` it is made if there is none.

        Raises ConfigError for an unknown name, and for another model than that whose vectors it holds.
        """
        as_text(name, "name")
        row = self._row(name)
        if row is None and model is not None:
            with self._file.writing() as writing:
                writing.execute("INSERT OR IGNORE INTO collections (name, model) VALUES (?, ?)", (name, model))
            row = self._row(name)
        if row is None:
            known = [each.name for each in self.list()]
            raise ConfigError(f"there is no collection {name!r:.80} in {self.path}.{did_you_mean(name, known)}")
        number, known_model = row
        if model not in (None, known_model):
            raise ConfigError(f"the collection {name!r:.80} holds vectors of {known_model}; allowed: the same model")
        return Collection(self._file, number, name, known_model)

    def list(self) -> list[CollectionInfo]:
        """All collections, by name."""
        if not self.path.exists():
            return []
        with self._file.reading() as reading:
            rows = reading.execute(
                "SELECT name, model, count(id) FROM collections LEFT JOIN items ON collection = number "
                "GROUP BY number ORDER BY name"
            ).fetchall()
        return [CollectionInfo(*row) for row in rows]

    def delete(self, name: str) -> int:
        """Delete a collection; returns how many texts it had. Raises ConfigError for an unknown name."""
        collection = self.open(name)
        count = len(collection)
        with self._file.writing() as writing:
            writing.execute("DELETE FROM collections WHERE name = ?", (name,))
        return count

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._file.close()

    def _row(self, name: str) -> tuple[int, str] | None:
        with self._file.reading() as reading:
            row: tuple[int, str] | None = reading.execute(
                "SELECT number, model FROM collections WHERE name = ?", (name,)
            ).fetchone()
        return row
