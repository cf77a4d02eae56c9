"""One collection: texts with their vectors, by the ids that their owner gave them."""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import mul
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from fluent_ai.arguments import as_text, check_number
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from fluent_ai_toolkit.collections.collections_file import CollectionsFile

Embed: TypeAlias = Callable[[Sequence[str]], Iterable["array[float]"]]
"""From texts to their vectors, in order, such as `lambda texts: client.embed(model, texts)`."""
BATCH: Final = 256
"""How many texts are embedded, and kept, at once."""


class Similar(NamedTuple):
    """A text of a collection, and how similar it is."""

    id: str
    """Its id in the collection."""
    score: float
    """The cosine of the angle between the vectors: 1 for the same direction."""
    text: str | None
    """None if the collection keeps no texts."""


class Collection:
    """The texts of one name in a file; `Collections.open` makes it. Methods raise CollectionsFailed, as its do."""

    def __init__(self, file: CollectionsFile, number: int, name: str, model: str) -> None:
        self._file = file
        self._number = number
        self.name = name
        """Its name."""
        self.model = model
        """The model whose vectors it holds."""

    def __len__(self) -> int:
        with self._file.reading() as reading:
            (count,) = reading.execute("SELECT count(*) FROM items WHERE collection = ?", (self._number,)).fetchone()
        return int(count)

    def add(self, items: Mapping[str, str], embed: Embed, *, keep_texts: bool = True) -> int:
        """Embed the texts and keep them by their ids; returns how many were embedded.

        A text that is there already under its id is not embedded again. What was embedded is kept, also if a later
        batch fails.
        """
        fresh = [(id_, text) for id_, text in items.items() if not self._has(id_, _digest(as_text(text, "text")))]
        for start in range(0, len(fresh), BATCH):
            batch = fresh[start : start + BATCH]
            vectors = list(embed([text for _, text in batch]))
            if len(vectors) != len(batch):
                raise ConfigError(
                    f"embed returned {len(vectors)} vectors for {len(batch)} texts; allowed: one for each"
                )
            with self._file.writing() as writing:
                writing.executemany(
                    "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?)",
                    [
                        (self._number, id_, _digest(text), text if keep_texts else None, _unit(vector).tobytes())
                        for (id_, text), vector in zip(batch, vectors, strict=True)
                    ],
                )
        return len(fresh)

    def similar(self, vector: array[float], *, limit: int = 10, without: str | None = None) -> list[Similar]:
        """The texts that are most similar to a vector, best first, but for the one with the id `without`.

        All vectors are compared, with numpy if it is installed. Raises ConfigError for a vector of another length.
        """
        check_number("limit", limit, int, 1, math.inf)
        asked = _unit(vector)
        with self._file.reading() as reading:
            rows = reading.execute(
                "SELECT id, text, vector FROM items WHERE collection = ?", (self._number,)
            ).fetchall()
        rows = [row for row in rows if row[0] != without]
        for id_, _, data in rows:
            if len(data) != asked.itemsize * len(asked):
                raise ConfigError(
                    f"vector has {len(asked)} dimensions, but {id_!r:.80} of {self.name!r} has "
                    f"{len(data) // asked.itemsize}; allowed: vectors of one model, {self.model}"
                )
        scored = zip(_scores(asked, [data for _, _, data in rows]), rows, strict=True)
        best = sorted(((score, id_, text) for score, (id_, text, _) in scored), key=lambda each: (-each[0], each[1]))
        return [Similar(id_, score, text) for score, id_, text in best[:limit]]

    def vector(self, id_: str) -> array[float]:
        """The vector of a text, of length 1. Raises ConfigError for an unknown id."""
        with self._file.reading() as reading:
            row = reading.execute(
                "SELECT vector FROM items WHERE collection = ? AND id = ?", (self._number, id_)
            ).fetchone()
        if row is None:
            raise ConfigError(f"id is {id_!r:.80}, which is not in the collection {self.name!r}")
        return array("f", row[0])

    def _has(self, id_: str, digest: bytes) -> bool:
        with self._file.reading() as reading:
            row = reading.execute(
                "SELECT 1 FROM items WHERE collection = ? AND id = ? AND digest = ?", (self._number, id_, digest)
            ).fetchone()
        return row is not None


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _unit(vector: array[float]) -> array[float]:
    length = math.sqrt(sum(map(mul, vector, vector)))
    return array("f", [value / length for value in vector] if length else vector)


def _scores(asked: array[float], vectors: Sequence[bytes]) -> Iterator[float]:
    try:
        import numpy
    except ModuleNotFoundError:
        for data in vectors:
            yield sum(map(mul, asked, array("f", data)))
        return
    if vectors:
        table = numpy.frombuffer(b"".join(vectors), "f4").reshape(len(vectors), len(asked))
        yield from (table @ numpy.frombuffer(asked, "f4")).tolist()
