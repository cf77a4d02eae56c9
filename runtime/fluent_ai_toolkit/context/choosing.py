"""The best documents that fit a budget, with no more of them in memory than fit."""

from __future__ import annotations

import heapq
import math
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Final, TypeAlias

from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.context.awaiting import Awaiting, awaited
from fluent_ai_toolkit.context.documents import Document

Rank: TypeAlias = Callable[[str, Sequence[Document]], "Sequence[float] | Awaitable[Sequence[float]]"]
"""Scores of documents for a question, one each; higher is better. It is called with up to `BATCH` documents at once."""
BATCH: Final = 64


class Chosen:
    """The longest beginning of a ranking that fits `budget` tokens, as the ranking grows; equal scores keep order."""

    def __init__(self, budget: int) -> None:
        self._room = budget
        self._held: list[tuple[float, int, int, Document]] = []
        """A heap, the worst first: score, minus the number, tokens."""
        self._number = 0
        self._barrier = (-math.inf, -math.inf)
        """The best that did not fit: nothing that is worse is taken, though it might be small enough."""

    def add(self, document: Document, score: float, tokens: int) -> list[Document]:
        """Take the document in, and return those that are out: itself, or worse ones."""
        self._number += 1
        rank = (score, -self._number)
        if rank < self._barrier:
            return [document]
        heapq.heappush(self._held, (*rank, tokens, document))
        self._room -= tokens
        out: list[Document] = []
        while self._room < 0:
            worst, number, size, dropped = heapq.heappop(self._held)
            self._room += size
            self._barrier = max(self._barrier, (worst, number))
            out.append(dropped)
        return out

    @property
    def is_full(self) -> bool:
        """Whether something did not fit: of documents with equal scores, no later one is taken then."""
        return self._barrier[1] > -math.inf

    def best_first(self) -> tuple[Document, ...]:
        return tuple(document for *_, document in sorted(self._held, key=lambda each: each[:2], reverse=True))


def scores_of(rank: Rank | None, question: str, documents: Sequence[Document], awaiting: Awaiting) -> Sequence[float]:
    """What `rank` says, if it is given. Raises ConfigError unless that is one number for each document."""
    if rank is None:
        return [0.0] * len(documents)
    given = awaited(rank(question, documents), awaiting)
    if not isinstance(given, Iterable):
        raise ConfigError(f"rank gave a value of type {type(given).__name__}; allowed: a number for each document")
    scores = tuple(given)
    if len(scores) != len(documents):
        raise ConfigError(f"rank gave {len(scores)} scores for {len(documents)} documents; allowed: one for each")
    for score in scores:
        if isinstance(score, bool) or not isinstance(score, int | float) or math.isnan(score):
            raise ConfigError(f"rank gave {score!r}; allowed: numbers")
    return scores
