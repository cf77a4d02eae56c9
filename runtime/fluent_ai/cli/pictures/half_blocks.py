"""Pictures in any terminal with colours: each character is two pixels, one above the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


def paint(picture: Image, columns: int, rows: int) -> str:
    """The picture in so many characters, a line for each row."""
    pixels = picture.resize((columns, 2 * rows)).tobytes()
    lines = ("".join(_pair(pixels, columns, x, 2 * y) for x in range(columns)) for y in range(rows))
    return "".join(f"{each}\x1b[0m\n" for each in lines)


def _pair(pixels: bytes, columns: int, x: int, y: int) -> str:
    upper, lower = (pixels[3 * (row * columns + x) :][:3] for row in (y, y + 1))
    return f"\x1b[38;2;{upper[0]};{upper[1]};{upper[2]}m\x1b[48;2;{lower[0]};{lower[1]};{lower[2]}m▀"
