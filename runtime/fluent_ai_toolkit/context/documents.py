"""What sources stream: documents, and what was left out."""

from __future__ import annotations

from typing import Literal, TypeAlias

from fluent_ai.content.documents import Document as Document
from fluent_ai.content.events import Progress
from fluent_ai.content.json_struct import JsonStruct

LeftOutReason = Literal[
    "binary", "budget", "duplicate", "empty", "failed", "fetch", "git", "link", "missing", "near_duplicate",
    "no_permission", "outside", "special", "submodule", "too_deep", "too_large", "unreadable",
]  # fmt: skip


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
