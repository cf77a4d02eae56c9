"""Text that a terminal, a log or an editor shows as it stands."""

from __future__ import annotations

import re
from typing import Final

STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters other than tab and newline, and those that set the direction of text (UAX #9, table 1)."""


def printable(text: str) -> str:
    """The text without characters that steer what shows it: what a model or a server says must not do that."""
    return STEERING.sub("", text)
