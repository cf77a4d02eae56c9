"""What sources stream: documents, and what was left out."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.content.events import Progress
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.private import PrivateStruct

LeftOutReason = Literal[
    "binary", "budget", "duplicate", "empty", "failed", "fetch", "link", "missing", "no_permission",
    "outside", "special", "too_deep", "too_large", "unreadable",
]  # fmt: skip


class Document(PrivateStruct, JsonStruct, frozen=True, kw_only=True):
    """A text with its name, or a part of a long one: lines that follow one another."""

    name: str
    """The path as it was found from the source, the URL without its query, or the name that a callable gives."""
    text: str
    """The text itself."""
    media_type: str = "text/plain"
    """Such as `text/markdown`, by the name of a file or by what the server says."""
    source: str = ""
    """The source that it came from, as it was given; of a callable, its name."""
    size: int | None = None
    """Bytes of the whole file; None if it is no file."""
    line: int = 1
    """The number of the first line in the whole text."""
    url: str | None = None
    """Where the page is found; None for what is no page of the web."""

    def __repr__(self) -> str:
        return f"Document({self.name!r}, line {self.line}, {len(self.text):,} characters)"


class LeftOut(JsonStruct, frozen=True):
    """An item that is not among the documents, and why."""

    name: str
    """The name of the item, as a document would have it."""
    reason: LeftOutReason
    """`budget` for what was found but did not fit, `duplicate` for a text that was there before, and so on."""
    message: str = ""
    """What went wrong, for people; empty if the reason says it all."""
    line: int | None = None
    """The number of the first line, if a part of a text was left out; None if all of it was."""


ContextEvent: TypeAlias = Document | LeftOut | Progress
"""What a context streams: documents, what was left out, and after each item a `Progress` of the phase `read`."""
