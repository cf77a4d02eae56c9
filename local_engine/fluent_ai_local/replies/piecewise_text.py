"""A text that comes in pieces, and is read as if it were there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from typing import TypeAlias

from fluent_ai_local.replies.held_back import begun
from fluent_ai_local.replies.json_value import JsonValue

Steps: TypeAlias = Generator[None, None, bool]
"""Yields where more text is needed; what it returns says whether it found what it was looking for."""


class PiecewiseText:
    """A text that may be read on trial: `at` moves over it, and `take` makes that final.

    Whoever has more text adds it to `buffer`, or sets `ended`, and resumes the generator that has yielded.
    """

    def __init__(self) -> None:
        self.buffer = ""
        self.at = 0
        self.ended = False

    def take(self, length: int | None = None) -> str:
        """Removes what was read, or so many characters, from the front, and gives it."""
        taken = self.buffer[: self.at if length is None else length]
        self.buffer = self.buffer[len(taken) :]
        self.at = 0
        return taken

    def more(self) -> Steps:
        """Whether there is a character at `at`, or will be."""
        while self.at >= len(self.buffer) and not self.ended:
            yield
        return self.at < len(self.buffer)

    def next(self) -> Generator[None, None, str]:
        """Moves over white space, and gives the character behind it without moving on; "" at the end."""
        while (yield from self.more()):
            if not self.buffer[self.at].isspace():
                return self.buffer[self.at]
            self.at += 1
        return ""

    def expect(self, *texts: str) -> Generator[None, None, str]:
        """Moves over white space and that of the texts which follows; "" without moving if none does."""
        start = self.at
        yield from self.next()
        while True:
            rest = self.buffer[self.at : self.at + max(map(len, texts))]
            for text in texts:
                if rest.startswith(text):
                    self.at += len(text)
                    return text
            if self.ended or not any(text.startswith(rest) for text in texts):
                self.at = start
                return ""
            yield

    def until(self, marker: str, longest: int) -> Generator[None, None, str | None]:
        """Moves over a marker, and gives the text before it; None without moving if that is too long, or none comes."""
        while True:
            found = self.buffer.find(marker, self.at, self.at + longest + len(marker))
            if found >= 0:
                text, self.at = self.buffer[self.at : found], found + len(marker)
                return text
            if self.ended or len(self.buffer) - self.at >= longest + len(marker):
                return None
            yield

    def value(self) -> Generator[None, None, str]:
        """Moves over the JSON value that begins here, and gives it; "" where it does not end."""
        value, start, seen = JsonValue(), self.at, self.at
        while True:
            end = value.end(self.buffer, seen)
            if end is not None:
                self.at = end
                return self.buffer[start:end]
            seen = len(self.buffer)
            if self.ended:
                return ""
            yield

    def pass_value(self, out: Callable[[str], None]) -> Steps:
        """Takes the JSON value that begins here, and gives its pieces to `out` as they come; False if it is cut."""
        value = JsonValue()
        self.take()
        while True:
            end = value.end(self.buffer, 0)
            self._give(len(self.buffer) if end is None else end, out)
            if end is not None or self.ended:
                return end is not None
            yield

    def pass_until(
        self, markers: Collection[str], out: Callable[[str], None], *, whole: bool = True
    ) -> Generator[None, None, str]:
        """Gives the text before the first of some markers to `out`, and takes the marker; "" at the end of the text.

        No marker may begin another one. `whole` says that a marker which the end cuts is text.
        """
        while True:
            found = [(at, marker) for marker in markers if (at := self.buffer.find(marker)) >= 0]
            if found:
                at, marker = min(found)
                self._give(at, out)
                return self.take(len(marker))
            half = 0 if self.ended and whole else begun(self.buffer, tuple(markers))
            self._give(len(self.buffer) - half, out)
            if self.ended:
                self.buffer = ""
                return ""
            yield

    def _give(self, length: int, out: Callable[[str], None]) -> None:
        if text := self.take(length):
            out(text)
