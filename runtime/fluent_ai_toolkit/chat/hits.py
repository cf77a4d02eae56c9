"""What a search in a store of chats finds."""

from __future__ import annotations

from collections.abc import Container
from typing import Final, Literal

import msgspec
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.parts import Role
from fluent_ai.content.private import PrivateStruct
from fluent_ai.content.results import Result

from fluent_ai_toolkit.chat.words import fold, spans_of

SearchMatch = Literal["words", "corrected", "some_words", "substring"]
AROUND: Final = 80
"""Characters of context before and after the first match."""


class SearchHit(PrivateStruct, JsonStruct, frozen=True, kw_only=True):
    """A message that a search has found. The repr shows no content."""

    message: int
    """The id of the message, which `Chats.messages(chat, head=...)` takes."""
    chat: str
    """The id of its chat."""
    title: str
    """The title of its chat."""
    role: Role
    """Who wrote it."""
    model: str | None = None
    """The model that wrote it."""
    created: float
    """When it began, in seconds since 1970."""
    match: SearchMatch
    """`words` if it has all words; `corrected` if some of them by a similar one; `some_words`; or `substring`."""
    score: float
    """How well it matches: BM25, and up to half as much again for recent messages. Comparable within one `match`."""
    excerpt: str
    """The text around the first match."""
    highlights: tuple[tuple[int, int], ...] = ()
    """Where the matches are in the excerpt: the first character, and the one after the last."""

    def marked(self, before: str = "**", after: str = "**") -> str:
        """The excerpt with marks around the matches."""
        pieces, at = [], 0
        for start, end in self.highlights:
            pieces += [self.excerpt[at:start], before, self.excerpt[start:end], after]
            at = end
        return "".join((*pieces, self.excerpt[at:]))


class SearchResult(PrivateStruct, Result, frozen=True, kw_only=True):
    """All that a search has found, the best first, and how it went."""

    hits: tuple[SearchHit, ...] = ()
    """The messages."""
    corrections: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Words of the query that no message has, and the similar ones that were taken instead."""
    seconds: float = 0.0
    """How long the queries took, without what the caller did between them."""
    timed_out: bool = False
    """True if the time was over before everything was looked at."""


def excerpt_of(
    text: str, words: Container[str], prefix: str | None, substring: str | None
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text around the first match, and where the matches are in it."""
    spans = list(_substrings(text, substring)) if substring else _spans(text, words, prefix)
    first = spans[0][0] if spans else 0
    start, end = max(0, first - AROUND), min(len(text), first + 2 * AROUND)
    if start and (space := text.find(" ", start, first)) != -1:
        start = space + 1
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(head) - start
    inside = tuple((begin + shift, finish + shift) for begin, finish in spans if begin >= start and finish <= end)
    # Each line break becomes one space, so that the places stay what they are.
    return head + "".join(" " if each in "\r\n\t" else each for each in text[start:end]) + tail, inside


def _spans(text: str, words: Container[str], prefix: str | None) -> list[tuple[int, int]]:
    return [
        (start, end) for word, start, end in spans_of(text) if word in words or (prefix and word.startswith(prefix))
    ]


def _substrings(text: str, substring: str) -> list[tuple[int, int]]:
    folded, wanted = text.lower(), substring.lower()
    if len(folded) != len(text):  # a few letters are longer in lower case
        folded, wanted = text, substring
    found, at = [], folded.find(wanted)
    while at != -1:
        found.append((at, at + len(wanted)))
        at = folded.find(wanted, at + len(wanted))
    return found


def query_words(query: str) -> tuple[list[str], str | None]:
    """The words of a query, folded, and the last one if it may go on, because no space follows it."""
    words = [word for word, _, _ in spans_of(query)]
    return words, words[-1] if words and fold(query[-1:]) == words[-1][-1:] else None
