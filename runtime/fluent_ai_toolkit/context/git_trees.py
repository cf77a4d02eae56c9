"""Files of git repositories as items: those that a commit has, read from its objects, without a working tree.

Links and submodules are left out by name. Sources: gitformat-index, git-ls-tree(1), git-cat-file(1).
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Final, NamedTuple

from fluent_ai.arguments import as_flag, as_text, as_texts
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.context.awaiting import Awaiting
from fluent_ai_toolkit.context.documents import LeftOut
from fluent_ai_toolkit.context.folders import FILE_LIMIT, head_of, is_html
from fluent_ai_toolkit.context.git_commands import Running, commit_of, fetch, running
from fluent_ai_toolkit.context.items import Item
from fluent_ai_toolkit.errors import FileRefused, GitFailed
from fluent_ai_toolkit.tools.files.listing import Pattern
from fluent_ai_toolkit.tools.files.text import lines_of, text_of

ENTRY_LIMIT: Final = 1_000_000
"""Entries of a commit that are looked at: a few objects can name any number of files."""
LOST_LIMIT: Final = 100
"""Objects that may be lost until a repository is."""
_PATH_LIMIT: Final = 65_536
"""Bytes of a path."""

_URL: Final = re.compile(r"(https?|ssh)://", re.IGNORECASE)
_REMOTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|[^/\\:]{2,}:|[^/:]+@")
_REF: Final = re.compile(r"[^\x00-\x20\x7f~^:?*\[\\-][^\x00-\x20\x7f:?*\[\\]{0,255}")


class GitSource(NamedTuple):
    """A source for `ai.context`, as `ai.context.git` makes it."""

    repository: str
    """A folder, or a URL if `clone` is True."""
    ref: str
    """A branch, a tag or a commit."""
    paths: tuple[str, ...]
    """What is wanted of the commit: paths and globs; all if there are none."""
    clone: bool
    """Whether the commit is fetched."""

    def __repr__(self) -> str:
        return f"GitSource({self.shown!r}, ref={self.ref!r})"

    @property
    def shown(self) -> str:
        """The repository without the name, password and query of a URL."""
        scheme, mark, rest = self.repository.partition("://")
        if not mark:
            return self.repository
        host, slash, path = re.split(r"[?#]", rest, maxsplit=1)[0].partition("/")
        return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}"

    def items(self, awaiting: Awaiting) -> Generator[Item | LeftOut, None, None]:
        """The files of the commit, in the order of git. An item must be read before the next one is asked for."""
        try:
            with ExitStack() as stack:
                folder, commit = self.repository, self.ref
                if self.clone:
                    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="fluent-ai-"))
                    fetch(self.repository, self.ref, folder, awaiting)
                    commit = "FETCH_HEAD"
                yield from _files(self, folder, commit_of(folder, commit), stack)
        except GitFailed as error:
            yield LeftOut(self.shown, "git", error.message)


def git_source(repository: object, ref: str, paths: str | Sequence[str], clone: bool) -> GitSource:
    """The source. Raises ConfigError for what git cannot read, or a repository or commit that is not there."""
    where = os.fspath(repository) if isinstance(repository, os.PathLike) else repository
    where = as_text(where, "repository")
    if not _REF.fullmatch(as_text(ref, "ref")):
        raise ConfigError(f"ref is {ref[:80]!r}; allowed: the name of a branch or a tag, or a commit")
    patterns = (paths,) if isinstance(paths, str) else as_texts(paths, "paths") if paths else ()
    for pattern in patterns:
        try:
            Pattern(f"./{pattern.strip('/')}")
        except FileRefused:
            raise ConfigError(f"paths holds {pattern[:80]!r}; allowed: paths and globs without '..'") from None
    source = GitSource(where, ref, patterns, as_flag(clone, "clone"))
    if not clone and _REMOTE.match(where) and not Path(where).exists():
        raise ConfigError("repository is no folder; clone=True fetches one commit of a URL, without its history")
    if clone and not _URL.match(where):
        raise ConfigError("repository is no URL, and clone is True; allowed: https://, http:// and ssh://")
    if not clone and not Path(where).is_dir():
        raise ConfigError(f"repository is {where[:80]!r}, which is no folder; allowed: a folder, a URL with clone=True")
    if not clone:
        try:
            commit_of(where, ref)
        except GitFailed as error:
            raise ConfigError(error.message) from None
    return source


class _Entry(NamedTuple):
    mode: str
    object: str
    size: int | None
    path: str


def _files(source: GitSource, folder: str, commit: str, stack: ExitStack) -> Generator[Item | LeftOut, None, None]:
    wanted = _wanted(source.paths)
    objects = stack.enter_context(closing(_Objects(folder)))
    none = True
    for number, entry in enumerate(_entries(folder, commit)):
        if number == ENTRY_LIMIT:
            yield LeftOut(source.shown, "too_large", f"the commit has more than {ENTRY_LIMIT:,} entries")
            return
        if not wanted(entry.path):
            continue
        none = False
        if entry.mode == "120000":
            yield LeftOut(entry.path, "link")
        elif entry.mode == "160000":
            yield LeftOut(entry.path, "submodule")
        elif entry.size is not None and entry.size > FILE_LIMIT:
            yield LeftOut(entry.path, "too_large", f"the file has {entry.size:,} bytes; allowed: {FILE_LIMIT:,}")
        else:
            yield _item(source, objects, entry)
    if none:
        yield LeftOut(source.shown, "missing", "nothing was found there")


def _item(source: GitSource, objects: _Objects, entry: _Entry) -> Item:
    head = head_of(entry.path, source.shown, entry.size)

    def lines() -> Iterator[str]:
        data = objects.read(entry)
        with text_of(io.BytesIO(data), len(data), entry.path) as file:
            yield from lines_of(file, entry.path)

    return Item(head, lambda: (head, lines()), is_html(head))


def _wanted(paths: Sequence[str]) -> Callable[[str], bool]:
    """Whether a path of the commit is one of these, or below one of them."""
    plain = {each.strip("/") for each in paths if not any(sign in each for sign in "*?[")}
    globs = [Pattern(f"./{each.strip('/')}") for each in paths if any(sign in each for sign in "*?[")]
    if not paths or plain & {"", "."}:
        return lambda _: True

    def wanted(path: str) -> bool:
        if any(glob.matches(f"./{path}") for glob in globs):
            return True
        return path in plain or any(path.startswith(f"{each}/") for each in plain)

    return wanted


def _entries(folder: str, commit: str) -> Iterator[_Entry]:
    """What is in a commit and its folders, as git lists it (git-ls-tree(1)), a few at a time."""
    with running(folder, "ls-tree", "-r", "-z", "-l", "--full-tree", commit) as git:
        rest = b""
        while data := os.read(git.out.fileno(), 65_536):
            *lines, rest = (rest + data).split(b"\0")
            if len(rest) > _PATH_LIMIT:
                raise GitFailed("a path of the commit is too long", reason="failed")
            for line in lines:
                facts, _, path = line.partition(b"\t")
                mode, _, name, size = facts.decode("ascii", "replace").split()
                yield _Entry(mode, name, int(size) if size.isdecimal() else None, path.decode("utf-8", "replace"))
        if git.process.wait() != 0:
            raise GitFailed(f"git could not list the commit: {git.said()}", reason="failed")


class _Objects:
    """The objects of a repository, by git-cat-file(1), which dies of one that it would have to fetch."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._git: Running | None = None
        self._lost = 0

    def read(self, entry: _Entry) -> bytes:
        """The bytes of a file, which follow a line that says how many there are."""
        if self._git is None:
            self._git = self._stack.enter_context(running(self._folder, "cat-file", "--batch"))
        asked, out = self._git.process.stdin, self._git.out
        facts: list[bytes] = []
        with suppress(OSError):
            if asked is not None:
                asked.write(f"{entry.object}\n".encode())
                asked.flush()
            facts = out.readline(1_000).split()
            if len(facts) == 3 and facts[1] == b"blob" and int(facts[2]) <= FILE_LIMIT:
                data: bytes = out.read(int(facts[2]))
                out.read(1)
                if len(data) == int(facts[2]):
                    return data
        if facts[1:] != [b"missing"]:
            self._again()
        raise FileRefused("git has no such object", reason="unreadable", path=entry.path)

    def close(self) -> None:
        self._git = None
        self._stack.close()

    def _again(self) -> None:
        self.close()
        self._lost += 1
        if self._lost > LOST_LIMIT:
            raise GitFailed(f"git could not read more than {LOST_LIMIT} objects", reason="failed")
