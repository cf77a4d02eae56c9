"""`-x`: the code of a reply without what is said around it."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(.*?)^ {0,3}\1[`~]* *$", re.DOTALL | re.MULTILINE)
"""CommonMark 0.31, section 4.5."""


def code_block(text: str, *, last: bool = False) -> str:
    """The first fenced block of code, or the last one; the text itself if there is none."""
    found = [match[2] for match in _FENCE.finditer(text)]
    return (found[-1] if last else found[0]).rstrip("\n") if found else text
