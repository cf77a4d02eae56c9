"""SentencePiece's BPE: of all neighbours that make up a token, those that make the one of the highest score are joined
first, the leftmost of equals (https://github.com/google/sentencepiece/blob/master/src/bpe_model.cc).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from heapq import heapify, heappop, heappush
from typing import Final

SPACE: Final = "\u2581"
"""What stands for a space in the tokens of SentencePiece."""
_WORDS: Final = 10_000
"""Words whose ids are kept, since they come again and again."""
_LONGEST: Final = 32
"""Characters of a word that is worth keeping."""


class ScoreBPE:
    """Makes plain text, with `SPACE` for its spaces, into ids.

    `numbers` are the tokens that text may become, with their ids, and `scores` [vocabulary] the scores of all ids. A
    character that is no token becomes the tokens of its UTF-8 bytes, `of_bytes` [256]; one of whose bytes there is no
    token (None) becomes `unknown`, once for all such characters in a row.

    >>> encode = ScoreBPE({"a": 0, "b": 1, "ab": 2, "ba": 3}, [0.0, 0.0, -2.0, -1.0], [None] * 256, unknown=4)
    >>> encode("abab"), encode("cca")
    ([0, 3, 1], [4, 0])
    """

    def __init__(
        self, numbers: Mapping[str, int], scores: Sequence[float], of_bytes: Sequence[int | None], *, unknown: int
    ) -> None:
        self._numbers = numbers
        self._scores = scores
        self._of_bytes = of_bytes
        self._unknown = unknown
        self._ids_of_word = lru_cache(_WORDS)(self._ids)

    def __call__(self, text: str) -> list[int]:
        """Raises UnicodeEncodeError for lone surrogates, unless they are tokens."""
        ids: list[int] = []
        for word in self._between_words.split(text):
            found = self._ids_of_word(word) if len(word) <= _LONGEST else self._ids(word)
            ids += found[1:] if ids and found and ids[-1] == found[0] == self._unknown else found
        return ids

    @cached_property
    def _between_words(self) -> re.Pattern[str]:
        """Before a space, where no token reaches over that place: what is before it does not change what is behind."""
        reaching = {SPACE}
        for token in self._numbers:
            at = token.find(SPACE, 1)
            while at > 0:
                reaching.add(token[at - 1])
                at = token.find(SPACE, at + 1)
        return re.compile(f"(?<![{re.escape(''.join(reaching))}])(?={SPACE})")

    def _join(self, word: str) -> list[str]:
        """The pieces of a word that no token joins any more."""
        numbers, scores = self._numbers, self._scores
        pieces = list(word)
        before, after = list(range(-1, len(word) - 1)), list(range(1, len(word) + 1))
        agenda = [
            (-scores[number], left, joined)
            for left in range(len(word) - 1)
            if (number := numbers.get(joined := word[left : left + 2])) is not None
        ]
        heapify(agenda)
        while agenda:
            _, left, joined = heappop(agenda)
            right = after[left]
            if not pieces[left] or right == len(word) or pieces[left] + pieces[right] != joined:
                continue  # one of the two has been joined with another one since
            pieces[left], pieces[right] = joined, ""
            further = after[left] = after[right]
            if further < len(word):
                before[further] = left
            for first, second in ((before[left], left), (left, further)):
                if first >= 0 and second < len(word):
                    joined = pieces[first] + pieces[second]
                    if (number := numbers.get(joined)) is not None:
                        heappush(agenda, (-scores[number], first, joined))
        return [piece for piece in pieces if piece]

    def _ids(self, word: str) -> list[int]:
        ids: list[int] = []
        for piece in self._join(word):
            number = self._numbers.get(piece)
            if number is not None:
                ids.append(number)
                continue
            of_bytes = [found for byte in piece.encode() if (found := self._of_bytes[byte]) is not None]
            if len(of_bytes) == len(piece.encode()):
                ids += of_bytes
            elif not ids or ids[-1] != self._unknown:
                ids.append(self._unknown)
        return ids
