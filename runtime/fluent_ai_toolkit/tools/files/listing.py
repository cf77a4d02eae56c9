"""What is in a folder, and in those below it, one entry at a time."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Final, Literal

import msgspec

from fluent_ai_toolkit.errors import FileRefused
from fluent_ai_toolkit.tools.files.opening import open_at, refusal

DEPTH_LIMIT: Final = 32
"""Folders within one another; each is open while its contents are listed."""

EntryKind = Literal["file", "folder", "link", "special"]


class FileEntry(msgspec.Struct, frozen=True):
    """A file or folder in a listing."""

    path: str
    """As `read_file` and `list_folder` take it."""
    kind: EntryKind
    """`link` for a symbolic link, wherever it leads; `special` for devices, sockets and pipes."""
    size: int | None
    """Bytes of a file."""
    modified: datetime
    """When its content was last changed, in UTC."""


def walk(folder: int, depth: int, *, hidden: bool, shown: str) -> Generator[FileEntry, None, None]:
    """The entries in the order of their names, each folder before what is in it; links are not followed.

    What is in folders below that may not be read is left out. At most `depth` folders are open, and the entries of
    these in memory. Raises FileRefused if the folder itself cannot be read; closes it in any case.
    """
    try:
        try:
            entries = entries_of(folder, hidden=hidden)
        except OSError as error:
            raise refusal(error, shown) from None
        for name, entry in entries:
            yield entry
            if entry.kind != "folder" or depth <= 1:
                continue
            try:
                below = open_at(folder, name, folder_only=True)
                with closing(walk(below, depth - 1, hidden=hidden, shown=entry.path)) as found:
                    for deeper in found:
                        yield msgspec.structs.replace(deeper, path=f"{entry.path}/{deeper.path}")
            except (OSError, FileRefused):
                continue
    finally:
        os.close(folder)


def entries_of(folder: int, *, hidden: bool) -> list[tuple[str, FileEntry]]:
    """What is in this one folder, each with the name that the system knows it by. Raises OSError."""
    found: list[tuple[str, FileEntry]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") and not hidden:
                continue
            try:
                facts = entry.stat(follow_symlinks=False)
            except OSError:  # deleted meanwhile
                continue
            kind = _kind(facts.st_mode)
            shown = os.fsencode(entry.name).decode("utf-8", "backslashreplace")
            modified = datetime.fromtimestamp(int(facts.st_mtime), UTC)
            found.append((entry.name, FileEntry(shown, kind, facts.st_size if kind == "file" else None, modified)))
    found.sort(key=lambda each: each[0])
    return found


def _kind(mode: int) -> EntryKind:
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "special"


class Pattern:
    """A pattern of paths: `*`, `?` and `[...]` within a name, `**` for any folders. Without a slash, of names alone.

    Raises FileRefused for a pattern that leads out of the folder. Time is linear in the lengths of both: names are
    matched one by one, and all ways to read `**` at once.
    """

    def __init__(self, pattern: str) -> None:
        parts = pattern.split("/")
        if len(pattern) > 1_000 or "\0" in pattern or ".." in parts or pattern.startswith("/"):
            raise FileRefused(
                "the pattern leads out of the folder, or is too long", reason="outside", path=pattern[:80]
            )
        self._parts = parts if len(parts) > 1 else ["**", *parts]

    def matches(self, path: str) -> bool:
        """Whether the path, which has / between its names, is one of those that are meant."""
        last = len(self._parts)
        reached = self._skipped({0})
        for name in path.split("/"):
            stepped = set()
            for at in reached:
                if at < last:
                    if self._parts[at] == "**":
                        stepped.add(at)
                    elif fnmatchcase(name, self._parts[at]):
                        stepped.add(at + 1)
            reached = self._skipped(stepped)
        return last in reached

    def _skipped(self, reached: set[int]) -> set[int]:
        """With what is reached because ** may stand for no folder."""
        found = set(reached)
        for at in sorted(reached):
            while at < len(self._parts) and self._parts[at] == "**":
                at += 1
                found.add(at)
        return found
