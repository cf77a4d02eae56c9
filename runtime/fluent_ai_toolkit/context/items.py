"""Items of sources, and how their lines become documents of limited length."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec
from fluent_ai.content.token_counts import likely_most_tokens

from fluent_ai_toolkit.context.documents import Document


class Item(NamedTuple):
    """Something that has a name and can be read: a file, a page, or what a callable gives."""

    head: Document
    """What its documents have in common, as far as that is known before it is read; it has no text."""
    read: Callable[[], tuple[Document, Iterable[str]]]
    """The head, then complete, and the text in lines or longer pieces. Both may raise FileRefused and FetchFailed."""


def documents_of(item: Item, limit: int) -> Iterator[Document]:
    """The item in parts of whole lines, of about `limit` tokens at most; longer lines are cut. No part is blank."""
    head, lines = item.read()
    held: list[str] = []
    tokens, number, first = 0, head.line, head.line
    for piece in _pieces(lines, limit):
        more = likely_most_tokens(piece)
        if held and tokens + more > limit:
            yield from _part(head, held, first)
            held, tokens, first = [], 0, number
        held.append(piece)
        tokens += more
        number += piece.count("\n")
    yield from _part(head, held, first)


def _pieces(lines: Iterable[str], limit: int) -> Iterator[str]:
    """Lines, and pieces of those that are too long for one part: a character has at most 2.8 tokens by our estimate."""
    step = max(1, limit // 3)
    for text in lines:
        for line in text.splitlines(keepends=True) if text.count("\n") > 1 else (text,):
            if likely_most_tokens(line) <= limit:
                yield line
            else:
                yield from (line[at : at + step] for at in range(0, len(line), step))


def _part(head: Document, held: list[str], first: int) -> Iterator[Document]:
    text = "".join(held)
    if text.strip():
        yield msgspec.structs.replace(head, text=text, line=first)
