"""The tools that read and list files of allowed folders."""

from __future__ import annotations

import heapq
import os
import stat
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from fluent_ai.arguments import as_flag, check_number
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.errors import FileRefused
from fluent_ai_toolkit.tools.files.listing import DEPTH_LIMIT, FileEntry, Pattern, walk
from fluent_ai_toolkit.tools.files.opening import SUPPORTED, Folder, outside
from fluent_ai_toolkit.tools.files.text import lines_of, open_text

PathLike = str | os.PathLike[str]
Sort = Literal["name", "size", "modified"]
LineNumber = Annotated[int, msgspec.Meta(ge=1)]


class Listing(msgspec.Struct, frozen=True):
    """What `Files.list_folder` found."""

    entries: tuple[FileEntry, ...]
    """Those that fit the pattern and the kind."""
    more: bool
    """True if there are others, which are left out."""


class Files:
    """Tools with which a model reads the text files of some folders, and nothing outside of them.

    With one folder, paths begin there; with several, each path begins with a folder's name. Links are followed as long
    as they stay within their folder. Names that begin with a dot do not exist, unless `hidden` is True.

    Args:
        folders: The folders.
        hidden: Whether files and folders whose names begin with a dot may be read and are listed.
        file_limit: Bytes of the largest file that is opened.
        read_limit: Characters that one call of `read_file` returns.

    Raises ConfigError for what is no folder, for two of one name, and on Windows, which cannot open files by the
    descriptors of folders, so that what is checked could be exchanged before it is read.

    >>> import fluent_ai as ai, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "notes.txt").write_text("milk, bread")
    >>> ai.tools.Files(folder).read_file("notes.txt")
    'milk, bread'
    """

    def __init__(
        self,
        *folders: PathLike,
        hidden: bool = False,
        file_limit: int = 16_777_216,
        read_limit: int = 100_000,
    ) -> None:
        if not SUPPORTED:
            raise ConfigError("Files needs a system that opens files by the descriptors of folders: not Windows")
        if not folders:
            raise ConfigError("folders is empty; allowed: at least one folder")
        check_number("file_limit", file_limit, int, 1, 2**40)
        check_number("read_limit", read_limit, int, 1, 2**30)
        self._file_limit, self._read_limit = file_limit, read_limit
        self._folders: dict[str, Folder] = {}
        self._known_as: list[tuple[tuple[str, ...], Folder]] = []
        for each in folders:
            given = Path(os.path.abspath(each))
            if not given.is_dir():
                raise ConfigError(f"folders holds {os.fspath(each)!r}; allowed: folders that exist")
            folder = Folder(given.resolve(), hidden=as_flag(hidden, "hidden"))
            if given.name in self._folders:
                raise ConfigError(f"folders holds two of the name {given.name!r}; allowed: folders of different names")
            self._folders[given.name] = folder
            self._known_as += [(given.parts, folder), (folder.path.parts, folder)]

    def __repr__(self) -> str:
        return f"Files({', '.join(repr(str(each.path)) for each in self._folders.values())})"

    def tools(self) -> Sequence[Callable[..., Any]]:
        """`read_file` and `list_folder`."""
        return (self.read_file, self.list_folder)

    def read_file(self, path: str, start_line: LineNumber = 1, lines: LineNumber | None = None) -> str:
        """Read a text file, or some of its lines. A note in brackets at the end says where to go on, if there is more.

        Args:
            path: Of the file, as list_folder shows it.
            start_line: The first line to read, from 1.
            lines: How many lines to read at most.
        """
        parts: list[str] = []
        room, number, complete = self._read_limit, start_line, 0
        with closing(self.lines(path, start_line)) as found:
            for line in found:
                ended = lines is not None and number >= start_line + lines
                if ended or (len(line) > room and complete):
                    return "".join([*parts[:complete], f"[There is more: go on with start_line={number}.]"])
                if len(line) > room:
                    return "".join([*parts, line[:room], f"\n[Cut off within line {number}.]"])
                parts.append(line)
                room -= len(line)
                if line.endswith("\n"):
                    number, complete = number + 1, len(parts)
        return "".join(parts) or "[There are no such lines.]"

    def list_folder(
        self,
        path: str = ".",
        depth: Annotated[int, msgspec.Meta(ge=1, le=DEPTH_LIMIT)] | None = None,
        pattern: str | None = None,
        kind: Literal["file", "folder", "any"] = "any",
        sort: Sort = "name",
        limit: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 200,
    ) -> Listing:
        """List a folder, with kinds, sizes in bytes, and times of the last change.

        Args:
            path: Of the folder; "." for the outermost.
            depth: How many levels of folders to list; this folder alone by default, or all if there is a pattern.
            pattern: Which paths to list, such as "*.md" or "src/**/test_*.py".
            kind: Which kind of entries to list.
            sort: By "name" in ascending, by "size" or "modified" in descending order.
            limit: How many entries to list at most.
        """
        with closing(self.entries(path, depth, pattern)) as found:
            fitting = (each for each in found if kind in ("any", each.kind))
            if sort == "name":
                listed = [each for each, _ in zip(fitting, range(limit + 1), strict=False)]
            elif sort == "size":
                listed = heapq.nlargest(limit + 1, fitting, key=lambda each: each.size or 0)
            else:
                listed = heapq.nlargest(limit + 1, fitting, key=lambda each: each.modified)
        return Listing(tuple(listed[:limit]), more=len(listed) > limit)

    def lines(self, path: str, start_line: int = 1) -> Generator[str, None, None]:
        """The lines of a text file as they are read, with their newlines; those of 65,536 characters and more come in
        pieces. Raises FileRefused.
        """
        folder, rest = self._find(path)
        with open_text(folder.open(rest, path), path, self._file_limit) as file:
            number = 1
            for line in lines_of(file, path):
                if number >= start_line:
                    yield line
                number += line.endswith("\n")

    def entries(
        self, path: str = ".", depth: int | None = None, pattern: str | None = None
    ) -> Generator[FileEntry, None, None]:
        """What is in a folder, as it is found: names in order, each folder before what is in it. Raises FileRefused.

        `depth` and `pattern` are those of `list_folder`. Memory holds the entries of the folders on the way only.
        """
        wanted = None if pattern is None else Pattern(pattern)
        levels = depth or (1 if pattern is None else DEPTH_LIMIT)
        check_number("depth", levels, int, 1, DEPTH_LIMIT)
        above = path.rstrip("/") + "/" if _names(path) or os.path.isabs(path) else ""
        with closing(self._walk(path, levels)) as found:
            for entry in found:
                if wanted is None or wanted.matches(entry.path):
                    yield msgspec.structs.replace(entry, path=above + entry.path)

    def _walk(self, path: str, depth: int) -> Generator[FileEntry, None, None]:
        if len(self._folders) == 1 or _names(path):
            yield from self._within(path, depth)
            return
        for name, folder in self._folders.items():  # the outermost of several is no folder of the system's
            modified = datetime.fromtimestamp(int(folder.path.stat().st_mtime), UTC)
            yield FileEntry(name, "folder", None, modified)
            if depth > 1:
                for entry in self._within(name, depth - 1):
                    yield msgspec.structs.replace(entry, path=f"{name}/{entry.path}")

    def _within(self, path: str, depth: int) -> Generator[FileEntry, None, None]:
        folder, rest = self._find(path)
        descriptor = folder.open(rest, path)
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise FileRefused("it is a file", reason="not_a_folder", path=path)
        yield from walk(descriptor, depth, hidden=folder.hidden, shown=path)

    def _find(self, path: str) -> tuple[Folder, str]:
        """The folder that a path is in, and the path from there."""
        if os.path.isabs(path):
            parts = Path(path).parts
            for known, folder in self._known_as:
                if parts[: len(known)] == known:
                    return folder, "/".join(parts[len(known) :])
            raise outside(path)
        if len(self._folders) == 1:
            return next(iter(self._folders.values())), path
        first, *rest = _names(path) or [""]
        if (found := self._folders.get(first)) is None:
            names = ", ".join(self._folders)
            raise FileRefused(f"paths begin with one of the folders: {names}", reason="outside", path=path)
        return found, "/".join(rest)


def _names(path: str) -> list[str]:
    return [name for name in path.split("/") if name not in ("", ".")]
