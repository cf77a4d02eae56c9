"""Markers in a text that comes in pieces, also where one begins in one piece and ends in another."""

from __future__ import annotations

from collections.abc import Sequence


def begun(text: str, markers: Sequence[str]) -> int:
    """Length of the longest end of `text` that begins one of the markers, which must be held back.

    >>> begun("so <tool", ["<tool_call>", "<think>"])
    5
    """
    longest = max(map(len, markers), default=1) - 1
    for length in range(min(longest, len(text)), 0, -1):
        end = text[len(text) - length :]
        if any(marker.startswith(end) for marker in markers):
            return length
    return 0
