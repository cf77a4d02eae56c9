"""Markdown on a terminal while it is being written: finished blocks stay, the one in the making is drawn anew."""

from __future__ import annotations

import os
import sys
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from fluent_ai.content.printable import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

    from fluent_ai.config.values import Theme

REDRAW_SECONDS: Final = 0.08
_CODE: Final = {"dark": "monokai", "light": "default", "plain": "bw"}


class MarkdownWriter:
    """Writes to stdout, which must be a terminal. Blocks end at empty lines outside of code."""

    def __init__(self, theme: Theme = "dark") -> None:
        from rich.console import Console

        self._console = Console(no_color=True if theme == "plain" else None)
        self._code = _CODE[theme]
        self._text = ""
        self._live: Live | None = None
        self._drawn = 0.0

    def write(self, text: str) -> None:
        """The next piece of the text."""
        self._text += printable(text)
        if (end := _end_of_blocks(self._text)) > 0:
            done, self._text = self._text[:end], self._text[end:]
            self._clear()
            self._console.print(self._rendered(done))
            self._console.print()
        if self._text.strip() and monotonic() - self._drawn >= REDRAW_SECONDS:
            self._draw()

    def close(self) -> None:
        """Write what is left."""
        self._clear()
        text, self._text = self._text, ""
        if text.strip():
            self._console.print(self._rendered(text))

    def _draw(self) -> None:
        from rich.live import Live

        if self._live is None:
            self._live = Live(console=self._console, auto_refresh=False, transient=True, vertical_overflow="crop")
            self._live.start()
        self._live.update(self._rendered(self._text), refresh=True)
        self._drawn = monotonic()

    def _clear(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _rendered(self, text: str) -> RenderableType:
        from rich.markdown import Markdown

        return Markdown(text.strip("\n"), code_theme=self._code)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _end_of_blocks(text: str) -> int:
    """Where the last block ends that has ended: after an empty line that stands in no code and in no list."""
    fence = ""
    end, at = 0, 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        bare = line.strip()
        if not fence and bare.startswith(("```", "~~~")):
            fence = bare[:3]
        elif fence and bare.startswith(fence):
            fence = ""
        elif not fence and not bare and line.endswith("\n"):
            following = text[at:].lstrip("\n")[:1]
            if following and not following.isspace() and following not in "-*+0123456789":
                end = at
    return end


def can_render() -> bool:
    """Whether Markdown can be drawn: on a terminal that can move its cursor."""
    return sys.stdout.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")
