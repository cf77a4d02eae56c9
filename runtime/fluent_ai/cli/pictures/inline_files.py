"""Pictures as files inside of the text that a terminal reads: the protocols of kitty and of iTerm2.

Sources: https://sw.kovidgoyal.net/kitty/graphics-protocol/ and https://iterm2.com/documentation-images.html.
"""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_CHUNK = 4096


def kitty(picture: Image, columns: int, rows: int, number: int) -> str:
    """A picture over so many cells; one of the same `number`, which is not 0, is replaced. The cursor stays."""
    data = _png(picture)
    pieces = [data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK)]
    # a=T: send and show; f=100: PNG; C=1: the cursor stays; q=2: no answer, which would be read as typed.
    first = f"a=T,f=100,i={number},p=1,c={columns},r={rows},C=1,q=2,"
    return "".join(
        f"\x1b_G{'' if index else first}m={int(index + 1 < len(pieces))};{piece}\x1b\\"
        for index, piece in enumerate(pieces)
    )


def iterm(picture: Image, columns: int, rows: int) -> str:
    """A picture over so many cells. The cursor is then after it."""
    data = _png(picture)
    size = len(data) * 3 // 4 - data.count("=")
    facts = f"inline=1;size={size};width={columns};height={rows};preserveAspectRatio=0"
    return f"\x1b]1337;File={facts}:{data}\x07"


def _png(picture: Image) -> str:
    file = BytesIO()
    picture.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode("ascii")
