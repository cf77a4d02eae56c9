"""Words as the search sees them: without case and diacritics, and the nearest known ones to a word written wrongly."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from typing import Final

from fluent_ai.threads import new_lock

_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST: Final = 4
"""Words that are shorter are not corrected: too many others are near them."""
_MOST: Final = 3
"""How many known words may stand for one that is unknown."""


def fold(text: str) -> str:
    """The text as FTS5's unicode61 compares it (https://sqlite.org/fts5.html#unicode61_tokenizer)."""
    if text.isascii():
        return text.lower()
    bare = (each for each in unicodedata.normalize("NFD", text) if unicodedata.category(each) != "Mn")
    return "".join(bare).lower()


def words_of(text: str) -> Iterator[str]:
    """The words of a text, folded."""
    return (found[0] for found in _WORD.finditer(fold(text)))


def spans_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of a text, folded, and where it stands."""
    return ((fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text))


class Vocabulary:
    """The words of a store, read once and then as they are added. Safe to share between threads."""

    def __init__(self) -> None:
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        self._last = 0
        self._lock = new_lock()

    def update(self, connection: sqlite3.Connection) -> None:
        """Read the words that have been added."""
        with self._lock:
            query = "SELECT id, term FROM terms WHERE id > ? ORDER BY id"
            for number, term in connection.execute(query, (self._last,)):
                self._by_length.setdefault(len(term), []).append((term, _letters(term)))
                self._last = number

    def nearest(self, word: str) -> tuple[str, ...]:
        """The known words that one or two slips of the keyboard turn into this one; the nearest, and at most three.

        A slip is a letter too many, too few, another one, or two that have changed places (optimal string alignment);
        words of eight letters and more may have two.
        """
        if len(word) < _SHORTEST:
            return ()
        most = 1 if len(word) < 8 else 2
        letters, bits = _letters(word), 2 * most
        found: list[tuple[int, str]] = []
        for length in range(len(word) - most, len(word) + most + 1):
            known = self._by_length.get(length, ())
            near = [term for term, has in known if (letters ^ has).bit_count() <= bits and term != word]
            found += [(off, term) for term in near if (off := distance(word, term, most)) <= most]
        best = min(found, default=(0, ""))[0]
        return tuple(sorted(term for off, term in found if off == best)[:_MOST])


def distance(one: str, other: str, most: int) -> int:
    """How many slips are between two words; `most` + 1 if they are more than `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        further, before, row = before, row, [number]
        for place, there in enumerate(other, 1):
            off = min(row[-1] + 1, before[place] + 1, before[place - 1] + (letter != there))
            if number > 1 and place > 1 and letter == other[place - 2] and one[number - 2] == there:
                off = min(off, further[place - 2] + 1)
            row.append(off)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _letters(word: str) -> int:
    """The letters of a word as a set of bits, in which one slip changes at most two."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
