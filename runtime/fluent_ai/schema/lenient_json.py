"""A second look at JSON objects that models write wrongly. Nothing is completed: what was cut stays unread."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

_FENCE = re.compile(r"\A\s*```[a-zA-Z]*\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)
_MOST = 1_000_000
"""Characters; the syntax of Python takes memory many times its size."""


def lenient_object(text: str) -> dict[str, Any] | None:
    """The object of a text that is a JSON object with raw line ends in its strings, in a code fence, or followed by
    something else, or that is a Python literal; None for anything else, and for text that is cut.

    >>> lenient_object("{'city': 'Oslo', 'metric': True,}")
    {'city': 'Oslo', 'metric': True}
    >>> lenient_object('{"city": "Os') is None
    True
    """
    if (fenced := _FENCE.match(text)) is not None:
        text = fenced[1]
    text = text.strip()
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        found = _literal(text)
    return found if isinstance(found, dict) and all(isinstance(key, str) for key in found) else None


def _literal(text: str) -> object:
    if len(text) > _MOST:
        return None
    try:
        found = ast.literal_eval(text)
        json.dumps(found, allow_nan=False)  # Python has more types than JSON
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    return found
