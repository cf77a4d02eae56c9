"""Files, folders and globs as items, found as they are asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from fluent_ai_toolkit.context.documents import Document, LeftOut
from fluent_ai_toolkit.context.ignoring import Ignoring, rules_above
from fluent_ai_toolkit.context.items import Item
from fluent_ai_toolkit.errors import FileRefused
from fluent_ai_toolkit.tools.files.listing import DEPTH_LIMIT, FileEntry, Pattern, entries_of
from fluent_ai_toolkit.tools.files.opening import Folder, open_at, refusal
from fluent_ai_toolkit.tools.files.text import lines_of, media_type_of, open_text

FILE_LIMIT: Final = 16_777_216
"""Bytes of the largest file that is read."""
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})


class Place(NamedTuple):
    """A folder to search, and what is wanted in it."""

    folder: Path
    shown: str
    """What the names of its items begin with."""
    pattern: str | None
    """Of paths from the folder; None for all."""


def place_of(source: str) -> Place:
    """Where a path or a glob begins, and what it searches for there."""
    parts = Path(source).parts
    plain = next((number for number, part in enumerate(parts) if any(sign in part for sign in "*?[")), len(parts))
    above = Path(*parts[:plain])
    shown = "" if above == Path() else above.as_posix().rstrip("/") + "/"
    return Place(above, shown, "/".join(parts[plain:]) or None)


def file_item(source: str) -> Iterator[Item | LeftOut]:
    """The file with this path, which was asked for by name: it may be hidden, ignored, or a link."""
    path = Path(source).resolve()

    def opened() -> int:
        return Folder(path.parent, hidden=True).open(path.name, source)

    yield _item(source, source, path.stat().st_size if path.exists() else None, opened)


def folder_items(place: Place, source: str) -> Generator[Item | LeftOut, None, None]:
    """What is in a folder and below it, in the order of names. Links are not followed; hidden files do not exist.

    An item must be read before the next one is asked for. Memory holds the entries of the folders on the way only.
    """
    folder = place.folder.resolve()
    parts = [] if place.pattern is None else place.pattern.split("/")
    depth = len(parts) if parts and "**" not in parts else DEPTH_LIMIT
    try:
        descriptor = Folder(folder, hidden=True).open(".", source)
    except FileRefused as error:
        yield left_out(error, source)
        return
    yield from _Search(place, source).below(descriptor, "", depth, rules_above(folder))


def left_out(error: FileRefused, name: str) -> LeftOut:
    """An item that may not or cannot be read."""
    match error.reason:
        case "binary" | "missing" | "no_permission" | "outside" | "special" | "too_large" as reason:
            return LeftOut(name, reason, error.message)
        case _:
            return LeftOut(name, "unreadable", error.message)


class _Search:
    def __init__(self, place: Place, source: str) -> None:
        self._shown = place.shown
        self._source = source
        self._wanted = None if place.pattern is None else Pattern(f"./{place.pattern}")

    def below(self, folder: int, above: str, depth: int, rules: Ignoring) -> Generator[Item | LeftOut, None, None]:
        """What is wanted of an open folder, whose path is `above`; closes it in any case."""
        try:
            here = rules.with_rules_of(folder)
            try:
                entries = entries_of(folder, hidden=False)
            except OSError as error:
                yield self._refused(error, above)
                return
            for name, entry in entries:
                path = above + entry.path
                if here.ignores(entry.path, folder=entry.kind == "folder"):
                    continue
                if entry.kind == "folder":
                    yield from self._folder(folder, name, path, depth, here.below(entry.path))
                elif self._wanted is None or self._wanted.matches(f"./{path}"):
                    yield self._entry(folder, name, path, entry)
        finally:
            os.close(folder)

    def _folder(
        self, above: int, name: str, path: str, depth: int, rules: Ignoring
    ) -> Generator[Item | LeftOut, None, None]:
        if depth <= 1:
            if self._wanted is None:
                yield LeftOut(self._shown + path, "too_deep", f"allowed: {DEPTH_LIMIT} folders within one another")
            return
        try:
            below = open_at(above, name, folder_only=True)
        except OSError as error:
            yield self._refused(error, path)
            return
        yield from self.below(below, f"{path}/", depth - 1, rules)

    def _entry(self, folder: int, name: str, path: str, entry: FileEntry) -> Item | LeftOut:
        shown = self._shown + path
        if entry.kind == "file":
            return _item(shown, self._source, entry.size, lambda: _opened(folder, name, shown))
        return LeftOut(shown, "link" if entry.kind == "link" else "special")

    def _refused(self, error: OSError, path: str) -> LeftOut:
        shown = (self._shown + path).rstrip("/") or self._source
        return left_out(refusal(error, shown), shown)


def _opened(folder: int, name: str, shown: str) -> int:
    try:
        return open_at(folder, name, folder_only=False)
    except OSError as error:
        raise refusal(error, shown) from None


def _item(name: str, source: str, size: int | None, opened: Callable[[], int]) -> Item:
    head = head_of(name, source, size)

    def lines() -> Iterator[str]:
        with open_text(opened(), name, FILE_LIMIT) as file:
            yield from lines_of(file, name)

    return Item(head, lambda: (head, lines()), is_html(head))


def is_html(head: Document) -> bool:
    """Whether a file holds HTML, by its type."""
    return head.media_type in _HTML


def head_of(name: str, source: str, size: int | None) -> Document:
    """What is known of a file before it is read."""
    known = media_type_of(b"", name)
    media_type = known if known.startswith(("text/", "application/")) else "text/plain"
    media_type = "text/plain" if media_type == "application/octet-stream" else media_type
    return Document(name=name, text="", media_type=media_type, source=source, size=size)
