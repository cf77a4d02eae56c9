"""A call's arguments that come value by value, each with its path, as the text of one JSON object.

Source: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc
"""

from __future__ import annotations

import re
from typing import TypeAlias

import msgspec

from fluent_ai.errors import ProtocolError

Key: TypeAlias = str | int

_STEP = re.compile(r"""\.([^.\[\]]+) | \[(\d{1,9})\] | \['([^']*)'\] | \["([^"]*)"\]""", re.VERBOSE)


class PartialArguments:
    """`write` gives the text that a value adds, `close` what is still missing.

    The values must come in the order of the text: an object that was left is not entered again, and the items of an
    array count up. Anything else raises ProtocolError, because text that was given cannot be taken back.
    """

    def __init__(self) -> None:
        self._path: list[Key] = []
        self._seen: list[set[str]] = []
        """The names so far of each object on the path; empty for arrays."""
        self._in_string = False

    def write(self, json_path: str, value: str | float | bool | None, will_continue: bool = False) -> str:
        """`value` at a JSONPath such as `$.rooms[0].name`; a string may go on with the next call at the same path."""
        path = _steps(json_path)
        text = ""
        if self._in_string:
            if path == self._path and isinstance(value, str):
                self._in_string = will_continue
                return _escape(value) + ("" if will_continue else '"')
            text = '"'
        text += self._move(path)
        self._in_string = will_continue and isinstance(value, str)
        if self._in_string and isinstance(value, str):
            return f'{text}"{_escape(value)}'
        return text + msgspec.json.encode(value).decode()

    def close(self) -> str:
        return ('"' if self._in_string else "") + _closers(self._path)

    def _move(self, path: list[Key]) -> str:
        """The text between the last value and the one at `path`."""
        common = 0
        for mine, other in zip(self._path, path, strict=False):
            if mine != other:
                break
            common += 1
        text = "{"
        if self._path:
            if common in (len(path), len(self._path)):
                raise ProtocolError("function call: two values at one place in its arguments")
            text = _closers(self._path[common + 1 :]) + ","
        previous = self._path[common] if self._path else ""
        del self._seen[common + 1 :]
        for level in range(common, len(path)):
            key = path[level]
            if level > common:
                text += "[" if isinstance(key, int) else "{"
                previous = -1 if isinstance(key, int) else ""
            if level == len(self._seen):
                self._seen.append(set())
            text += self._name(level, key, previous)
        self._path = path
        return text

    def _name(self, level: int, key: Key, previous: Key) -> str:
        if isinstance(key, int):
            if isinstance(previous, int) and key == previous + 1:
                return ""
        elif isinstance(previous, str) and key not in self._seen[level]:
            self._seen[level].add(key)
            return msgspec.json.encode(key).decode() + ":"
        raise ProtocolError("function call: its arguments came out of order")


def _steps(json_path: str) -> list[Key]:
    path: list[Key] = []
    place = 1
    while place < len(json_path) and (found := _STEP.match(json_path, place)):
        name, index, *quoted = found.groups()
        path.append(int(index) if index is not None else name or "".join(filter(None, quoted)))
        place = found.end()
    if place != len(json_path) or not path or json_path[0] != "$" or isinstance(path[0], int):
        raise ProtocolError("function call: a path in its arguments cannot be read")
    return path


def _closers(path: list[Key]) -> str:
    return "".join("]" if isinstance(key, int) else "}" for key in reversed(path))


def _escape(text: str) -> str:
    return msgspec.json.encode(text).decode()[1:-1]
