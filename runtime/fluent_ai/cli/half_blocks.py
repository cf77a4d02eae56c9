"""Pictures in a terminal: each character is two pixels, one above the other."""

from __future__ import annotations

import shutil
import sys
from importlib import import_module
from io import BytesIO

from fluent_ai.errors import ConfigError

_WIDEST = 64


class Canvas:
    """Draws pictures on stdout, each in the place of the one before until that is kept.

    Raises ConfigError where stdout is no terminal, or pillow is not installed.
    """

    def __init__(self) -> None:
        if not sys.stdout.isatty():
            raise ConfigError("--preview draws in a terminal, and stdout is none")
        try:
            self._images = import_module("PIL.Image")
        except ModuleNotFoundError:
            raise ConfigError("--preview needs pillow: pip install 'fluent-ai[images]'") from None
        self._drawn = 0

    def draw(self, data: bytes) -> None:
        """The picture of these bytes, in place of the last one."""
        up = f"\x1b[{self._drawn}A" if self._drawn else ""
        lines = self._lines(data)
        sys.stdout.write(up + "".join(f"{each}\x1b[0m\n" for each in lines))
        sys.stdout.flush()
        self._drawn = len(lines)

    def keep(self) -> None:
        """What is drawn stays; the next picture comes below it."""
        self._drawn = 0

    def _lines(self, data: bytes) -> list[str]:
        picture = self._images.open(BytesIO(data)).convert("RGB")
        columns = max(1, min(_WIDEST, shutil.get_terminal_size().columns - 1, picture.width))
        rows = max(1, round(picture.height * columns / picture.width / 2))
        pixels = picture.resize((columns, 2 * rows)).tobytes()
        return ["".join(_pair(pixels, columns, x, 2 * y) for x in range(columns)) for y in range(rows)]


def _pair(pixels: bytes, columns: int, x: int, y: int) -> str:
    upper, lower = (pixels[3 * (row * columns + x) :][:3] for row in (y, y + 1))
    return f"\x1b[38;2;{upper[0]};{upper[1]};{upper[2]}m\x1b[48;2;{lower[0]};{lower[1]};{lower[2]}m▀"
