"""Ids for tool calls of providers that give none. No two are alike, because a history holds the calls of many turns."""

from __future__ import annotations

import re
from secrets import token_hex

_OURS = re.compile(r"call_fa[0-9a-f]{16}_\d+|call_\d{1,3}")
"""The second form stands in histories that were kept."""


def new_call_id(part: int) -> str:
    """A fresh id for the call that is the given part of a reply: fewer than 64 of the characters `A-Za-z0-9_`."""
    return f"call_fa{token_hex(8)}_{part}"


def is_our_call_id(call_id: str) -> bool:
    """Whether an id was made here, and so means nothing to the provider whose call it names."""
    return _OURS.fullmatch(call_id) is not None
