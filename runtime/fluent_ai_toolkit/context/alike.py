"""Texts that are nearly the same, by their shingles (Broder, On the resemblance and containment of documents, 1997)."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from typing import Final
from zlib import crc32

from fluent_ai_toolkit.context.documents import Document

_SHINGLE: Final = 5
"""Words that follow one another."""
_SKETCH: Final = 64
"""Shingles that stand for a text: those with the smallest hashes. The error of the resemblance is about 0.04 at 0.9."""
_LEAST: Final = 16
"""Shingles below which a text says too little to be compared."""
_WORD: Final = re.compile(r"\w+")


class Alike:
    """Finds among the documents that are held one whose words resemble those of another."""

    def __init__(self, least: float) -> None:
        self._least = least
        self._sketches: dict[Document, frozenset[int]] = {}
        self._holders: dict[int, set[Document]] = {}

    def twin_of(self, document: Document) -> Document | None:
        """A document that resembles this one enough; None if there is none, and then this one is held."""
        sketch = sketch_of(document.text)
        if len(sketch) < _LEAST:
            return None
        shared = Counter(other for each in sketch for other in self._holders.get(each, ()))
        for other, _ in shared.most_common(3):
            if resemblance(sketch, self._sketches[other]) >= self._least:
                return other
        self._sketches[document] = sketch
        for each in sketch:
            self._holders.setdefault(each, set()).add(document)
        return None

    def drop(self, document: Document) -> None:
        """Hold it no longer."""
        for each in self._sketches.pop(document, ()):
            holders = self._holders[each]
            holders.discard(document)
            if not holders:
                del self._holders[each]


def sketch_of(text: str) -> frozenset[int]:
    """The smallest hashes of its shingles."""
    words = _WORD.findall(text.lower())
    shingles = {
        crc32(" ".join(words[at : at + _SHINGLE]).encode("utf-8", "surrogatepass"))
        for at in range(len(words) - _SHINGLE + 1)
    }
    return frozenset(heapq.nsmallest(_SKETCH, shingles))


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """An estimate of how many of all their shingles both texts have, from 0 to 1."""
    smallest = heapq.nsmallest(_SKETCH, one | other)
    return sum(each in one and each in other for each in smallest) / len(smallest) if smallest else 0.0
