"""Structs that keep to themselves what they hold: keys, tokens and prompts."""

from __future__ import annotations

from typing import Any

import msgspec


class Veiled(msgspec.Struct, frozen=True):
    """Its repr shows nothing; a subclass may show what is harmless. Rich, which asks structs for their fields, shows
    the same.
    """

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        raise NotImplementedError("rich takes the repr instead")
