"""Citations such as [1] in the text of a reply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from fluent_ai.content.events import Citation

from fluent_ai_toolkit.context.documents import Document

_CODE: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_MARK: Final = re.compile(r"\[(\d{1,6}(?: ?[,;] ?\d{1,6})*)\]")
_END: Final = re.compile(r"[.!?:;][\"')\]]*\s+|\n")


def citations_of(text: str, documents: Sequence[Document], part: int | None = None) -> Iterator[Citation]:
    """The citations in a text, in order: a mark supports its sentence, from the mark before it or its beginning on.

    Numbers that no document has are passed over, and so is what stands in code.
    """
    blank = _CODE.sub(lambda found: " " * len(found[0]), text)
    start = end = behind = 0
    for mark in _MARK.finditer(blank):
        numbers = [int(number) for number in re.findall(r"\d+", mark[1])]
        known = [number for number in numbers if 1 <= number <= len(documents)]
        if not known:
            continue
        if blank[behind : mark.start()].strip():  # else it stands beside the mark before it, for the same words
            start, end = _sentence(blank, behind, mark.start())
        behind = mark.end()
        for number in known:
            document = documents[number - 1]
            yield Citation(part, document.url, document.name, document.text, start, end)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the last sentence before a mark, without white space around it."""
    end = start + len(text[start:end].rstrip())
    for found in _END.finditer(text, start, end):
        if found.end() < end:
            start = found.end()
    return end - len(text[start:end].lstrip(" \t\r\n.,;:")), end
