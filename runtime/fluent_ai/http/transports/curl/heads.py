"""The head of a response, line by line; libcurl hands on some that other transports refuse."""

from __future__ import annotations

import re
from typing import Final

_STATUS: Final = re.compile(r"HTTP/\d(?:\.\d)? (\d{3})(?: |$)")
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LENGTH: Final = re.compile(r"\d{1,18}")
"""Of a body, in bytes; libcurl takes a number that is too large for no number."""


class Head:
    """What has been read of it. Interim responses (RFC 9110, 15.2) are passed over."""

    __slots__ = ("_last", "complete", "headers", "status")

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        """By lower-case names; several values of one name are joined by commas (RFC 9110, 5.3)."""
        self.complete = False
        self._last = ""  # the name of the last header, whose value may go on in the next line

    def feed(self, raw: bytes) -> bool:
        """Takes the next line, the blank one included. False if it is malformed."""
        line = raw.rstrip(b"\r\n").decode("latin-1")
        if not line:
            self.complete = self.status >= 200
        elif line.startswith("HTTP/"):
            if not (found := _STATUS.match(line)):
                return False
            self.status, self.headers, self._last = int(found[1]), {}, ""
        elif line[0] in " \t":
            if not self._last:
                return False
            self.headers[self._last] += f" {line.strip()}"
        else:
            return self._add(line)
        return True

    def _add(self, line: str) -> bool:
        name, colon, value = line.partition(":")
        name, value = name.lower(), value.strip()
        if not colon or not _NAME.fullmatch(name):
            return False
        known = self.headers.get(name)
        self.headers[name] = value if known is None else f"{known}, {value}"
        self._last = name
        return name != "content-length" or all(_LENGTH.fullmatch(each.strip()) for each in value.split(","))
