"""The place in a terminal where a picture appears, version over version."""

from __future__ import annotations

import secrets
import shutil
import sys
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

from fluent_ai.errors import ConfigError

from . import half_blocks, inline_files, sixel, terminal_graphics
from .terminal_graphics import Graphics, Way

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDEST = 64
"""Columns."""


class Canvas:
    """Draws pictures on stdout, each in the place of the one before until that is kept.

    Without a `way` the terminal is asked. Raises ConfigError where stdout is no terminal, or pillow is not installed.
    """

    def __init__(self, way: Way | None = None) -> None:
        if not sys.stdout.isatty():
            raise ConfigError("--preview draws in a terminal, and stdout is none")
        try:
            self._images = import_module("PIL.Image")
        except ModuleNotFoundError:
            raise ConfigError("--preview needs pillow: pip install 'fluent-ai[images]'") from None
        self._graphics = terminal_graphics.ask() if way is None else Graphics(way)
        self._number = secrets.randbits(31) | 1
        self._drawn = 0

    def draw(self, data: bytes) -> None:
        """The picture of these bytes, in place of the last one."""
        picture: Image = self._images.open(BytesIO(data)).convert("RGB")
        columns, rows = _fit(picture.width, picture.height)
        up = f"\x1b[{self._drawn}A" if self._drawn else ""
        sys.stdout.write(up + self._painted(picture, columns, rows))
        sys.stdout.flush()
        self._drawn = rows

    def keep(self) -> None:
        """What is drawn stays; the next picture comes below it."""
        self._drawn = 0
        self._number += 1

    def _painted(self, picture: Image, columns: int, rows: int) -> str:
        """Text that ends at the beginning of the line below the picture."""
        if self._graphics.way == "blocks":
            return half_blocks.paint(picture, columns, rows)
        # The lines are made first, so that nothing scrolls while the picture is drawn.
        place = "\n" * rows + f"\x1b[{rows}A\x1b7"
        return f"{place}{self._inserted(picture, columns, rows)}\x1b8\x1b[{rows}B"

    def _inserted(self, picture: Image, columns: int, rows: int) -> str:
        width, height = columns * self._graphics.cell[0], rows * self._graphics.cell[1]
        if self._graphics.way == "sixel":
            return sixel.encode(picture.resize((width, height)))
        if picture.width > width:
            picture = picture.resize((width, height))
        if self._graphics.way == "kitty":
            return inline_files.kitty(picture, columns, rows, self._number)
        return inline_files.iterm(picture, columns, rows)


def _fit(width: int, height: int) -> tuple[int, int]:
    """Columns and rows of a picture, in characters that are twice as high as wide; it leaves room for a line below."""
    terminal = shutil.get_terminal_size()
    columns = max(1, min(_WIDEST, terminal.columns - 1, width, 2 * (terminal.lines - 2) * width // height))
    return columns, max(1, round(height * columns / width / 2))
