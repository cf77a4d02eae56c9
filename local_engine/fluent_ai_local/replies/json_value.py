"""Where a JSON value ends, in a text that comes in pieces."""

from __future__ import annotations

import re
from typing import Final

_OUTSIDE: Final = re.compile(r'["{}\[\]]')
_INSIDE: Final = re.compile(r'["\\]')
_AFTER_SCALAR: Final = re.compile(r"[\s,;}\]]")


class JsonValue:
    """One value, followed by its brackets and strings alone: what is not JSON ends where its brackets do.

    >>> value = JsonValue()
    >>> value.end('{"a": "}', 0), value.end('"}, ...', 0)
    (None, 2)
    """

    def __init__(self) -> None:
        self._depth = 0
        self._in_string = False
        self._escaped = False
        self._begun = False
        self._scalar = False

    def end(self, text: str, start: int) -> int | None:
        """The index behind the value, where it ends in this piece; None if it goes on.

        The first piece begins with the value, at `start`. A number or a word ends before the character behind it.
        """
        if not self._begun and start < len(text):
            self._begun = True
            self._scalar = text[start] not in '"{['
        if self._scalar:
            found = _AFTER_SCALAR.search(text, start)
            return found.start() if found else None
        at = start
        while at < len(text):
            if self._escaped:
                self._escaped = False
                at += 1
                continue
            found = (_INSIDE if self._in_string else _OUTSIDE).search(text, at)
            if found is None:
                return None
            at = found.end()
            match found[0]:
                case "\\":
                    self._escaped = True
                case '"':
                    self._in_string = not self._in_string
                case "{" | "[":
                    self._depth += 1
                case _:
                    self._depth -= 1
            if self._depth <= 0 and not self._in_string:
                return at
        return None
