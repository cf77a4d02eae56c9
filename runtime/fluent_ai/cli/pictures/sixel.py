"""Pictures as sixels: six rows of pixels at a time, colour by colour (DEC STD 070, "Sixel Graphics Extension")."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_COLOURS = 256
_SIX = 6


def encode(picture: Image) -> str:
    """The picture, pixel by pixel, in at most 256 colours. The cursor is then wherever the terminal leaves it."""
    palette = picture.quantize(_COLOURS)
    width, height = palette.size
    pixels = palette.tobytes()
    colours = palette.getpalette() or []
    parts = [f'\x1bP0;1;0q"1;1;{width};{height}']
    for number in sorted(set(pixels)):
        shares = ";".join(str(round(value * 100 / 255)) for value in colours[3 * number :][:3])
        parts.append(f"#{number};2;{shares}")
    rows = [pixels[start : start + width] for start in range(0, width * height, width)]
    parts += (_band(rows[top : top + _SIX], width) for top in range(0, height, _SIX))
    return "".join(parts) + "\x1b\\"


def _band(rows: list[bytes], width: int) -> str:
    """Each colour overprints the band from its left edge, `$`; `-` begins the next band."""
    columns: dict[int, bytearray] = {}
    for bit, row in enumerate(rows):
        for x, number in enumerate(row):
            if number not in columns:
                columns[number] = bytearray(width)
            columns[number][x] |= 1 << bit
    return "$".join(f"#{number}{_runs(bits)}" for number, bits in columns.items()) + "-"


def _runs(bits: bytearray) -> str:
    """Sixels are characters from `?` on; longer runs of one have their length before it."""
    found = []
    for value, run in groupby(bits):
        length = sum(1 for _ in run)
        found.append(f"!{length}{chr(63 + value)}" if length > 3 else chr(63 + value) * length)
    return "".join(found)
