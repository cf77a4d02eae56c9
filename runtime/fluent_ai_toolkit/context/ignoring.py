"""The rules of .gitignore files (gitignore(5)).

A character class such as `[[:alpha:]]` is not known, and what git is told outside of .gitignore files is not read.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from fluent_ai_toolkit.errors import FileRefused
from fluent_ai_toolkit.tools.files.listing import Pattern
from fluent_ai_toolkit.tools.files.opening import open_at
from fluent_ai_toolkit.tools.files.text import open_text

_LIMIT: Final = 1_000_000
"""Bytes of a .gitignore file."""


class _Rule(NamedTuple):
    pattern: Pattern
    ignores: bool
    folders_only: bool


class Ignoring:
    """The rules that hold in a folder: its own, and those of the folders above it, from the outermost."""

    def __init__(self, levels: tuple[tuple[str, tuple[_Rule, ...]], ...] = ()) -> None:
        self._levels = levels
        """The path from the folder of the rules to this one, with a slash at its end, and the rules."""

    def ignores(self, name: str, *, folder: bool) -> bool:
        """Whether the file or folder with this name in the folder is ignored: the last rule that fits decides."""
        for above, rules in reversed(self._levels):
            for rule in reversed(rules):
                if (folder or not rule.folders_only) and rule.pattern.matches(f"./{above}{name}"):
                    return rule.ignores
        return False

    def below(self, name: str) -> Ignoring:
        """The rules that hold in a folder of this folder, without its own."""
        return Ignoring(tuple((f"{above}{name}/", rules) for above, rules in self._levels))

    def with_rules_of(self, folder: int) -> Ignoring:
        """With the rules of the folder itself, an open descriptor. Those of a file that cannot be read do not exist."""
        try:
            with closing(open_text(open_at(folder, ".gitignore", folder_only=False), ".gitignore", _LIMIT)) as file:
                rules = read_rules(file.read())
        except (OSError, FileRefused, UnicodeDecodeError):
            return self
        return Ignoring((*self._levels, ("", rules))) if rules else self


def rules_above(folder: Path) -> Ignoring:
    """What the folders above this one ignore, up to the root of its git repository; nothing outside of one."""
    above = [folder, *folder.parents]
    root = next((number for number, each in enumerate(above) if (each / ".git").exists()), 0)
    found = Ignoring()
    for each, next_below in zip(reversed(above[1 : root + 1]), reversed(above[:root]), strict=True):
        try:
            descriptor = os.open(each, os.O_RDONLY)
        except OSError:
            found = found.below(next_below.name)
            continue
        try:
            found = found.with_rules_of(descriptor).below(next_below.name)
        finally:
            os.close(descriptor)
    return found


def read_rules(text: str) -> tuple[_Rule, ...]:
    """The rules of a .gitignore file; lines that can match nothing are passed over, as git does."""
    return tuple(rule for line in text.split("\n") if (rule := _read_rule(line.removesuffix("\r"))) is not None)


def _read_rule(line: str) -> _Rule | None:
    kept = line.rstrip(" ")
    if kept.endswith("\\") and len(kept) < len(line):
        kept += " "
    if not kept or kept.startswith("#"):
        return None
    ignores = not kept.startswith("!")
    body = kept if ignores else kept[1:]
    folders_only = body.endswith("/")
    body = body.removesuffix("/")
    if not body or (body.endswith("\\") and (len(body) - len(body.rstrip("\\"))) % 2):
        return None
    if body.endswith("/**"):
        body += "/*"  # what is in the folder, and not the folder itself
    anchored = "/" in body
    try:
        pattern = Pattern(_without_escapes(f"./{body.removeprefix('/')}" if anchored else body))
    except FileRefused:
        return None
    return _Rule(pattern, ignores, folders_only)


def _without_escapes(pattern: str) -> str:
    """The pattern as fnmatch has it, which quotes by brackets what git quotes by a backslash."""
    if "\\" not in pattern and "[^" not in pattern:
        return pattern
    found: list[str] = []
    letters = iter(pattern.replace("[^", "[!"))
    for letter in letters:
        if letter == "\\":
            letter = next(letters, "\\")
            found.append(f"[{letter}]" if letter in "*?[" else letter)
        else:
            found.append(letter)
    return "".join(found)
