"""On which line of a TOML document a key stands, for error messages; nothing else reads a document this way."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Key: TypeAlias = tuple[str | int, ...]
"""The keys from the top down; a number is the position in an array of tables."""


def line_of(text: str, key: Sequence[str | int]) -> int | None:
    """The line, from 1, of the first statement that gives `key` or a part of it, else of the nearest table around it;
    None for neither. `text` is a valid document.
    """
    best: tuple[int, int] | None = None
    for line, given in _statements(text):
        common = min(len(given), len(key))
        if given[:common] == tuple(key[:common]) and (best is None or common > best[0]):
            best = common, line
    return best and best[1]


def _statements(text: str) -> Iterator[tuple[int, Key]]:
    """The line and the whole key of each table header and each value."""
    lines = text.splitlines()
    table: Key = ()
    counts: dict[Key, int] = {}
    start = 0
    while start < len(lines):
        end, key = _end(lines, start), _key(lines[start])
        if lines[start].lstrip().startswith("["):
            table = _placed(key, counts, is_array=lines[start].lstrip().startswith("[["))
            yield start + 1, table
        elif key:
            yield start + 1, (*table, *key)
        start = end


def _end(lines: Sequence[str], start: int) -> int:
    """Where the next statement begins: values may go over many lines."""
    for end in range(start + 1, len(lines) + 1):
        if _parsed("\n".join(lines[start:end])) is not None:
            return end
    return start + 1


def _key(line: str) -> Key:
    """The dotted key of a header, or what stands before the equals sign; quoted parts may hold such signs too."""
    ends = [line] if line.lstrip().startswith("[") else [f"{line[:at]}=0" for at in _signs(line)]
    found: object = next((each for each in map(_parsed, ends) if each), None)
    names: list[str] = []
    while isinstance(found, dict | list) and found:
        if isinstance(found, dict):
            names.append(next(iter(found)))
            found = found[names[-1]]
        else:
            found = found[0]
    return tuple(names)


def _signs(line: str) -> Iterator[int]:
    return (at for at, letter in enumerate(line) if letter == "=")


def _parsed(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _placed(key: Key, counts: dict[Key, int], *, is_array: bool) -> Key:
    """The key of a table, with the positions of the arrays of tables that it stands in."""
    placed: Key = ()
    for name in key[:-1] if is_array else key:
        placed = (*placed, name)
        if placed in counts:
            placed = (*placed, counts[placed])
    if is_array:
        placed = (*placed, key[-1])
        counts[placed] = counts.get(placed, -1) + 1
        placed = (*placed, counts[placed])
    return placed
