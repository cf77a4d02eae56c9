"""Items of sources, and how their lines become documents of limited length."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal, NamedTuple

import msgspec
from fluent_ai.content.token_counts import likely_most_tokens

from fluent_ai_toolkit.context.documents import Document
from fluent_ai_toolkit.context.sections import begins_section

Split = Literal["lines", "sections"]
"""Where long texts are cut: between any lines, or before headings and definitions."""
_LEAST: Final = 8
"""A section with less than this part of the limit does not stand alone."""


class Item(NamedTuple):
    """Something that has a name and can be read: a file, a page, or what a callable gives."""

    head: Document
    """What its documents have in common, as far as that is known before it is read; it has no text."""
    read: Callable[[], tuple[Document, Iterable[str]]]
    """The head, then complete, and the text in lines or longer pieces. Both may raise FileRefused and FetchFailed."""
    is_html: bool = False
    """Whether the text is HTML, of which a model needs the words alone."""


class Form(NamedTuple):
    """What becomes of the text of an item."""

    limit: int
    """Tokens of a document, about."""
    split: Split
    html: Callable[[str], str | None]
    """What a page of HTML says."""


def documents_of(item: Item, form: Form) -> Iterator[Document]:
    """The item in parts of whole lines, of about as many tokens as allowed at most; longer lines are cut. No part is
    blank.
    """
    head, lines = item.read()
    if item.is_html:
        lines = (form.html("".join(lines)) or "",)
    begins = begins_section(head) if form.split == "sections" else None
    held: list[str] = []
    tokens, number, first = 0, head.line, head.line
    after_another = False  # decorators and comments belong to the definition that follows them
    for piece in _pieces(lines, form.limit):
        more = likely_most_tokens(piece)
        new = begins is not None and begins(piece)
        cut = new and not after_another and tokens * _LEAST >= form.limit
        after_another = new
        if held and (cut or tokens + more > form.limit):
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
